// SPDX-License-Identifier: Apache-2.0

package copytaster

import "time"

// Decision is what the newsroom has said of an organisation that was discovered
// in the copy and stands on no list.
type Decision struct {
	Name    string    `json:"name"` // as the copy wrote it
	Verdict Verdict   `json:"verdict"`
	ID      string    `json:"id,omitempty"` // gazetteer id that an accepted name is tagged with
	At      time.Time `json:"at"`           // UTC
}

// Verdict is what was decided of a discovered name.
type Verdict string

// The verdicts. A name that is open has been decided by nobody, or no longer.
const (
	VerdictAccepted Verdict = "accepted" // it joins the newsroom's own list of suppliers
	VerdictRejected Verdict = "rejected" // it is never tagged again
	VerdictOpen     Verdict = "open"     // forget what was decided
)
