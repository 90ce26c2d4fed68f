// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
)

// checkStream refuses settings under which the server drops, or acknowledges
// what is not on disk.
func checkStream(c jetstream.StreamConfig) error {
	wrong := ""
	switch {
	case c.Discard != jetstream.DiscardNew:
		wrong = "discards old messages when it is full; set its discard policy to new"
	case c.PersistMode == jetstream.AsyncPersistMode:
		wrong = "has persist_mode async, which acknowledges before the disk has it; set it to default"
	case c.Storage != jetstream.FileStorage:
		wrong = "lies in memory; make it anew with file storage"
	case c.NoAck:
		wrong = "has no_ack set, so that publishers learn nothing; clear it"
	case c.MaxAge > 0:
		wrong = "drops messages by age; set max_age to 0"
	case c.MaxMsgs > 0:
		wrong = "has a limit of messages; set max_msgs to -1"
	case c.MaxBytes <= 0:
		wrong = "has no limit of bytes and would fill the disk; set max_bytes"
	}
	if wrong != "" {
		return fmt.Errorf("%w: %s %s", ErrUnsafe, c.Name, wrong)
	}
	return nil
}

// checkShape refuses a stream of our name that is not ours, or that forgets
// message ids before they come again.
func checkShape(have, want jetstream.StreamConfig) error {
	wrong := ""
	switch {
	case !slices.Equal(have.Subjects, want.Subjects):
		wrong = fmt.Sprintf("takes %s instead of %s; set its subjects so, or delete it", strings.Join(have.Subjects, " "), strings.Join(want.Subjects, " "))
	case have.Retention != want.Retention:
		wrong = fmt.Sprintf("has the retention %s instead of %s; make it anew, the retention of a stream cannot be changed", have.Retention, want.Retention)
	case have.MaxMsgsPerSubject != want.MaxMsgsPerSubject && (have.MaxMsgsPerSubject > 0 || want.MaxMsgsPerSubject > 0),
		have.DiscardNewPerSubject != want.DiscardNewPerSubject:
		wrong = fmt.Sprintf("keeps %d messages per subject, discard_new_per_subject %t; set %d and %t",
			have.MaxMsgsPerSubject, have.DiscardNewPerSubject, want.MaxMsgsPerSubject, want.DiscardNewPerSubject)
	case have.Duplicates < want.Duplicates:
		wrong = fmt.Sprintf("remembers message ids for %v only; set its duplicate window to %v", have.Duplicates, want.Duplicates)
	case have.Mirror != nil || len(have.Sources) > 0:
		wrong = "is filled from another stream; delete it"
	}
	if wrong != "" {
		return fmt.Errorf("%w: %s %s", ErrUnsafe, have.Name, wrong)
	}
	return nil
}
