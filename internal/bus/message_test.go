// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
)

func TestNewMessage(t *testing.T) {
	t.Run("hides the server's headers", func(t *testing.T) {
		m := newMessage(Articles, "s", nats.Header{"Nats-Msg-Id": {"id"}, "Nats-Stream": {"x"}, HeaderURL: {"u", "second"}, "Empty": nil}, nil)
		if d := cmp.Diff(map[string]string{HeaderURL: "u"}, m.Header); d != "" || m.ID != "id" {
			t.Errorf("id %s, %s", m.ID, d)
		}
	})
	t.Run("shows a retry as it was first", func(t *testing.T) {
		h := nats.Header{"Nats-Msg-Id": {"retry"}, headerOriginSubject: {"first"}, headerOriginStream: {Documents}, headerOriginID: {"id"}}
		if m := newMessage(Retries, "copytaster.retry.index", h, nil); m.Subject != "first" || m.Stream != Documents || m.ID != "id" {
			t.Errorf("%+v", m)
		}
	})
}

func TestKeyTellsMessagesApart(t *testing.T) {
	base := Message{Stream: Articles, Subject: "s", ID: "id", Header: map[string]string{}}
	if again := base; again.key() != base.key() {
		t.Error("one message has two keys")
	}
	seen := map[string]string{base.key(): "the first"}
	for name, m := range map[string]Message{
		"another stream":  {Stream: Documents, Subject: "s", ID: "id"},
		"another subject": {Stream: Articles, Subject: "t", ID: "id"},
		"another id":      {Stream: Articles, Subject: "s", ID: "ie"},
		"a retry":         {Stream: Articles, Subject: "s", ID: "id", Header: map[string]string{headerRetry: "1"}},
		"no id":           {Stream: Articles, Subject: "s", Data: []byte("a")},
		"other data":      {Stream: Articles, Subject: "s", Data: []byte("b")},
		"moved letters":   {Stream: Articles, Subject: "si", ID: "d"},
	} {
		if before, ok := seen[m.key()]; ok {
			t.Errorf("%s has the key of %s", name, before)
		}
		seen[m.key()] = name
	}
	later := base
	later.Seq, later.Delivered = 99, 3
	if later.key() != base.key() {
		t.Error("the place in the stream is part of the key")
	}
}

func TestClip(t *testing.T) {
	for _, s := range []string{"", "short", strings.Repeat("é", 50), "a\xff\xfeb", strings.Repeat("\xff", 30)} {
		for n := range 12 {
			if got := clip(s, n); len(got) > n || !utf8.ValidString(got) {
				t.Errorf("clip(%q, %d) = %q", s, n, got)
			}
		}
	}
	if got := oneLine(" a\r\n\tb  c "); got != "a b c" {
		t.Errorf("oneLine gives %q", got)
	}
}
