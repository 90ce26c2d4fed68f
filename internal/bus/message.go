// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/copytaster/copytaster"
)

// Headers with a meaning to every stage.
const (
	HeaderURL    = "Copytaster-Url"    // the URL whose fate the message decides; without it no outcome is emitted
	HeaderSource = "Copytaster-Source" // the configured source that listed it
	HeaderReplay = "Copytaster-Replay" // set on a replay: the alert stage skips it
	HeaderSchema = "Copytaster-Schema" // version of the wire format of the data
)

// Headers of the bus itself.
const (
	headerRetry         = "Copytaster-Retry"          // how often the message came back from the dead letters
	headerOriginSubject = "Copytaster-Origin-Subject" // on a retry: where the message stood
	headerOriginStream  = "Copytaster-Origin-Stream"
	headerOriginID      = "Copytaster-Origin-Id"
	headerClaim         = "Copytaster-Claim"        // name of the object that holds the body
	headerClaimSum      = "Copytaster-Claim-Sha256" // of the body, hexadecimal
	headerClaimSize     = "Copytaster-Claim-Size"   // of the body, bytes
)

// maxHeader bounds all headers of one message together, in bytes.
const maxHeader = 64 << 10

// Out is a message to publish.
type Out struct {
	Subject string            // from one of the subject functions
	ID      string            // Nats-Msg-Id: the server drops a second one within a day; "" for none
	Data    []byte            // any size up to 64 MiB: a large one goes through the object store
	Header  map[string]string // names of letters, digits and '-'; values without CR, LF and NUL
	Expect  *uint64           // the sequence that must be the subject's last; 0 for none yet
}

// Message is a stored message.
type Message struct {
	Subject   string
	Stream    string
	ID        string // Nats-Msg-Id
	Seq       uint64 // place in the stream; never an identity: a store that lost data hands it out again
	Data      []byte // whole, also when it came through the object store
	Header    map[string]string
	Delivered int // 1 at the first delivery; 0 outside a consumer
	Time      time.Time

	// Note is the outcome that the loop completes and emits for the message's
	// URL. The handler may fill in what it knows (ID, Version, Hash, State ...).
	Note *copytaster.Outcome

	// InProgress tells the server that the work goes on. The loop does so by
	// itself while a handler runs; nil outside a consumer.
	InProgress func() error
}

// message checks o and turns it into the client's form.
func (o Out) message() (*nats.Msg, error) {
	if err := checkSubject(o.Subject); err != nil {
		return nil, err
	}
	m := nats.NewMsg(o.Subject)
	m.Data = o.Data
	for k, v := range o.Header {
		if strings.HasPrefix(strings.ToLower(k), "nats-") {
			return nil, fmt.Errorf("header %q belongs to the server", k)
		}
		if err := setHeader(m, k, v); err != nil {
			return nil, err
		}
	}
	if o.ID != "" {
		if err := setHeader(m, jetstream.MsgIDHeader, o.ID); err != nil {
			return nil, err
		}
	}
	if n := headerSize(m); n > maxHeader {
		return nil, fmt.Errorf("headers of %d bytes are larger than %d", n, maxHeader)
	}
	return m, nil
}

// setHeader refuses what would end the line and start a header of its own.
func setHeader(m *nats.Msg, k, v string) error {
	if k == "" {
		return fmt.Errorf("header without a name")
	}
	for i := range len(k) {
		if !plain(k[i]) {
			return fmt.Errorf("header name %q has the byte %q", k, k[i])
		}
	}
	if i := strings.IndexAny(v, "\r\n\x00"); i >= 0 {
		return fmt.Errorf("header %s has the byte %q at %d", k, v[i], i)
	}
	m.Header.Set(k, v)
	return nil
}

func headerSize(m *nats.Msg) int {
	n := len("NATS/1.0\r\n\r\n")
	for k, vs := range m.Header {
		for _, v := range vs {
			n += len(k) + len(v) + len(": \r\n")
		}
	}
	return n
}

// newMessage turns a stored message into ours. A message that came back from the
// dead letters shows its first subject, stream and id.
func newMessage(stream, subject string, h nats.Header, data []byte) Message {
	m := Message{Subject: subject, Stream: stream, ID: h.Get(jetstream.MsgIDHeader), Data: data, Header: flatten(h)}
	if s := m.Header[headerOriginSubject]; s != "" {
		m.Subject, m.Stream, m.ID = s, m.Header[headerOriginStream], m.Header[headerOriginID]
	}
	return m
}

// flatten keeps the first value of each header that is not the server's.
func flatten(h nats.Header) map[string]string {
	out := make(map[string]string, len(h))
	for k, vs := range h {
		if len(vs) > 0 && !strings.HasPrefix(k, "Nats-") {
			out[k] = vs[0]
		}
	}
	return out
}

// key identifies what a message says: its id, or the hash of its data where it
// has none; and how often it came back from the dead letters.
func (m Message) key() string {
	id := m.ID
	if id == "" {
		id = digest(string(m.Data), m.Header[headerClaimSum])
	}
	return digest(m.Stream, m.Subject, id, m.Header[headerRetry])
}

// Retried reports whether the message came back from the dead letters: what it
// was may be gone from its stream.
func (m Message) Retried() bool { return m.Header[headerRetry] != "" }

func cloneHeader(h map[string]string) map[string]string {
	if h == nil {
		return map[string]string{}
	}
	return maps.Clone(h)
}
