// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"pgregory.net/rapid"
)

func TestToken(t *testing.T) {
	long := strings.Repeat("a", 129)
	for in, want := range map[string]string{
		"":             "_",
		"guardian":     "guardian",
		"Mixed-Case-9": "Mixed-Case-9",
		"a.b":          "a_2Eb",
		"*":            "_2A",
		">":            "_3E",
		"a b":          "a_20b",
		"_":            "_5F",
		"_2E":          "_5F2E",
		"é":            "_C3_A9",
		"\r\n":         "_0D_0A",
		long[:128]:     long[:128],
	} {
		if got := Token(in); got != want {
			t.Errorf("Token(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Token(long); !strings.HasPrefix(got, "_h") || len(got) != 66 {
		t.Errorf("a long string gives %q", got)
	}
}

func TestTokenTellsStringsApart(t *testing.T) {
	seen := map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[_h0-9A-F.a-]{0,12}`)).Draw(t, "s")
		token := Token(s)
		if before, ok := seen[token]; ok && before != s {
			t.Fatalf("%q and %q share the token %q", before, s, token)
		}
		seen[token] = s
		if err := checkSubject("copytaster.article." + token); err != nil {
			t.Fatal(err)
		}
	})
}

func TestCheckSubject(t *testing.T) {
	for _, s := range []string{ArticleSubject("x"), AlertSubject("w", "id"), LinkSubject("news.example"), LedgerSubject("fetch"), DocumentSubject("..")} {
		if err := checkSubject(s); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	for _, s := range []string{
		"", "copytaster", "copytaster.article", "copytaster.article.", "copytaster..x", "copytaster.article.*", "copytaster.>",
		"copytaster.article.a b", "copytaster.article.a\r\nPUB x", "$JS.API.STREAM.DELETE.LINKS", "other.article.a", "copytaster.article.é",
		"copytaster.article." + strings.Repeat("a", 600),
	} {
		if err := checkSubject(s); err == nil {
			t.Errorf("%q is accepted", s)
		}
	}
}

// The shard of a host is part of the wire: these may not change.
func TestShardIsFixed(t *testing.T) {
	for host, want := range map[string]int{"": 5, "www.gov.uk": 20, "news.example": 22} {
		if got := Shard(host); got != want {
			t.Errorf("Shard(%q) = %d, want %d", host, got, want)
		}
	}
	if Shard("News.Example") != Shard("news.example") || Shard("news.example.") != Shard("news.example") {
		t.Error("one host has two shards")
	}
}

func TestSpecOf(t *testing.T) {
	for subject, want := range map[string]string{
		LinkSubject("a"): Links, ArticleSubject("a"): Articles, DocumentSubject("a"): Documents, AlertSubject("w", "a"): Alerts,
		LedgerSubject("a"): Ledger, deadSubject("s", "a"): Dead, retrySubject("a"): Retries,
	} {
		if spec, ok := specOf(subject); !ok || spec.name != want {
			t.Errorf("%s goes to %q, want %s", subject, spec.name, want)
		}
	}
	for _, subject := range []string{"copytaster.other.a", "copytaster.alert.only", "copytaster.article.a.b"} {
		if spec, ok := specOf(subject); ok {
			t.Errorf("%s goes to %s", subject, spec.name)
		}
	}
}

func FuzzToken(f *testing.F) {
	for _, s := range []string{"", "a.b", "*", ">", "\r\n", "é", strings.Repeat("ü", 200)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if err := checkSubject("copytaster.article." + Token(s)); err != nil {
			t.Error(err)
		}
	})
}

// What is accepted as a header arrives as that header and as no other.
func FuzzHeader(f *testing.F) {
	for _, s := range [][2]string{{"Copytaster-Url", "https://a.example/?b=c"}, {"A", "b\r\nC: d"}, {"A\r\nB", "c"}, {"", ""}, {"A", "\xff"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, k, v string) {
		m, err := Out{Subject: ArticleSubject("a"), ID: "id", Header: map[string]string{k: v}}.message()
		if err != nil {
			return
		}
		var wire strings.Builder
		wire.WriteString("NATS/1.0\r\n")
		for name, values := range m.Header {
			wire.WriteString(name + ": " + values[0] + "\r\n")
		}
		wire.WriteString("\r\n")
		h, err := nats.DecodeHeadersMsg([]byte(wire.String()))
		if err != nil {
			t.Fatalf("%q: %q is not understood: %v", k, v, err)
		}
		if len(h) != 2 || strings.Trim(h.Get(k), " \t") != strings.Trim(v, " \t") {
			t.Errorf("%q: %q arrives as %q", k, v, h)
		}
	})
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"a", "news.example", "=41", "a=", "..", "é/\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		enc := encodeKey(s)
		if got := decodeKey(enc); got != s {
			t.Errorf("%q comes back as %q", s, got)
		}
		for i := range len(enc) {
			if c := enc[i]; !plain(c) && c != '_' && c != '/' && c != '=' {
				t.Errorf("%q is spelled %q", s, enc)
			}
		}
	})
}
