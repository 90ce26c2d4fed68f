// SPDX-License-Identifier: Apache-2.0

package alert

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// ChannelConfig says where and how alerts go. The keys that a kind does not
// name are ignored by it, but for URL and Secrets, which are refused where they
// mean nothing.
type ChannelConfig struct {
	Name         string        // one NATS token: [a-z0-9-]{1,64}
	Kind         string        // see Kinds
	URL          string        // webhook: http or https
	Secrets      []string      // webhook: whsec_BASE64, the newest first; each signs
	AllowPrivate bool          // webhook: the address may be loopback or private, on any port
	Timeout      time.Duration // webhook: of one delivery; 0 means 15 s
}

// Deps is what channels take from the process around them. The zero Deps is the
// wall clock and no output.
type Deps struct {
	Now     func() time.Time // the clock of webhook-timestamp; nil means time.Now
	Out     io.Writer        // what terminal channels write to; nil discards
	Color   bool             // terminal: the output shows colours (NO_COLOR unset, a terminal)
	Version string           // of the program, for the User-Agent
}

// maker builds one kind of channel.
type maker func(ChannelConfig, Deps) (Channel, error)

// kinds is the table of channel kinds: one line registers one.
func kinds() map[string]maker {
	return map[string]maker{
		"terminal": newTerminal,
		"webhook":  newWebhook,
	}
}

// Kinds lists the kinds of channel by name.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds())) }

// NewChannel builds the channel that c describes. It opens no connection. The
// error names the channel and the key that is wrong, never a secret.
func NewChannel(c ChannelConfig, d Deps) (Channel, error) {
	if !validName(c.Name) {
		return nil, fmt.Errorf("channel %q: a name is 1 to 64 of a-z, 0-9 and -", c.Name)
	}
	build, ok := kinds()[c.Kind]
	if !ok {
		return nil, fmt.Errorf("channel %s: unknown kind %q: use %s", c.Name, c.Kind, strings.Join(Kinds(), " or "))
	}
	ch, err := build(c, d.withDefaults())
	if err != nil {
		return nil, fmt.Errorf("channel %s: %w", c.Name, err)
	}
	return ch, nil
}

func (d Deps) withDefaults() Deps {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Out == nil {
		d.Out = io.Discard
	}
	return d
}

// validName reports whether s is a name of a watch or channel: one NATS token,
// [a-z0-9-]{1,64}.
func validName(s string) bool {
	return len(s) <= 64 && isWord(s) && s == strings.ToLower(s)
}

// isWord reports whether s consists of letters, digits and - of ASCII.
func isWord(s string) bool {
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-') {
			return false
		}
	}
	return s != ""
}
