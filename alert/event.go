// SPDX-License-Identifier: Apache-2.0

package alert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/copytaster/copytaster"
)

// EventType is the CloudEvents type of a delivered alert. Its data is the JSON
// of copytaster.Alert.
const EventType = "copytaster.alert.matched.v1"

// event is a CloudEvents 1.0 envelope in structured JSON mode.
type event struct {
	SpecVersion string            `json:"specversion"`
	ID          string            `json:"id"`
	Source      string            `json:"source"`
	Type        string            `json:"type"`
	Subject     string            `json:"subject,omitempty"`
	Time        string            `json:"time"`
	ContentType string            `json:"datacontenttype"`
	Data        *copytaster.Alert `json:"data"`
}

// encodeEvent is the body of a delivery. It depends on the alert alone, so that
// a repeated delivery is the same event byte for byte.
func encodeEvent(a *copytaster.Alert) ([]byte, error) {
	body, err := json.Marshal(event{
		SpecVersion: "1.0",
		ID:          a.ID,
		Source:      "/copytaster/watches/" + a.Watch,
		Type:        EventType,
		Subject:     a.Article,
		Time:        a.Fetched.UTC().Format(time.RFC3339Nano),
		ContentType: "application/json",
		Data:        a,
	})
	if err != nil {
		return nil, copytaster.Permanent(fmt.Errorf("encode alert %s: %w", a.ID, err))
	}
	return escape(body), nil
}

// escape writes what could control a receiver's log or screen as \u escapes,
// which encoding/json does for the ASCII control characters alone. The values
// stay what they are: in JSON such a character stands in strings only.
func escape(body []byte) []byte {
	if !bytes.ContainsFunc(body, unsafeRune) {
		return body
	}
	var b bytes.Buffer
	for _, r := range string(body) {
		if unsafeRune(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.Bytes()
}
