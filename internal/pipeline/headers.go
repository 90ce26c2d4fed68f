// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"encoding/json"
	"fmt"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/bus"
)

// replayed reports whether a message goes back over what is known: nothing rings
// for it.
func replayed(m *bus.Message) bool { return m.Header[bus.HeaderReplay] != "" }

// decode reads a message's JSON. Bytes that cannot be read will not get better.
func decode[T any](m bus.Message) (T, error) {
	var v T
	if err := json.Unmarshal(m.Data, &v); err != nil {
		return v, copytaster.Locate("message on "+m.Subject, copytaster.Permanent(fmt.Errorf("undecodable: %w", err)))
	}
	return v, nil
}

// each calls f for every message and collects its errors in order.
func each(batch []bus.Message, f func(i int, m bus.Message) error) []error {
	errs := make([]error, len(batch))
	for i, m := range batch {
		errs[i] = f(i, m)
	}
	return errs
}

// story is the URL that a chain of messages is about, and who listed it.
type story struct {
	url, source string
	replay      bool
}

// storyOf is the story of an article that goes on from message m.
func storyOf(a *copytaster.Article, m *bus.Message) story {
	return story{url: a.URL, source: first(a.Sources), replay: replayed(m)}
}

// message builds the story's next message.
func (s story) message(subject, id, schema string, v any) (bus.Out, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return bus.Out{}, copytaster.Permanent(fmt.Errorf("encode message for %s: %w", subject, err))
	}
	h := map[string]string{bus.HeaderSchema: schema}
	for name, value := range map[string]string{bus.HeaderURL: s.url, bus.HeaderSource: s.source} {
		if value != "" {
			h[name] = value
		}
	}
	if s.replay {
		h[bus.HeaderReplay] = "1"
	}
	return bus.Out{Subject: subject, ID: id, Data: data, Header: h}, nil
}
