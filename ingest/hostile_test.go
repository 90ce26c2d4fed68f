// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
)

// made builds the inputs that are too large to be stored.
func made(t *testing.T, spec json.RawMessage) []byte {
	t.Helper()
	var m struct {
		Kind, Open, Close   string
		Times, Bytes, Depth int
		EntityBytes         int `json:"entity_bytes"`
		References          int
		DecodedBytes        int64 `json:"decoded_bytes"`
	}
	if err := json.Unmarshal(spec, &m); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	switch m.Kind {
	case "xml-quadratic":
		fmt.Fprintf(&b, `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "%s">]><rss version="2.0"><channel><title>%s</title></channel></rss>`, strings.Repeat("x", m.EntityBytes), strings.Repeat("&a;", m.References))
	case "repeat":
		b.WriteString(strings.Repeat(strings.ReplaceAll(m.Open, "%d", "1"), m.Times) + strings.Repeat(m.Close, m.Times))
	case "attributes":
		b.WriteString("<rss")
		for i := range m.Times {
			fmt.Fprintf(&b, ` a%d="1"`, i)
		}
		b.WriteString("></rss>")
	case "attribute-value":
		b.WriteString("<p title='" + strings.Repeat("x", m.Bytes) + "'>x</p>")
	case "gzip-zeros":
		z := gzip.NewWriter(&b)
		io.CopyN(z, zeros{}, min(m.DecodedBytes, 256<<20))
		z.Close()
	case "robots-long":
		b.WriteString("User-agent: *\nDisallow: /a\n" + strings.Repeat("# padding line\n", m.Bytes/15))
	case "sitemap-chain":
		b.WriteString(`<sitemapindex><sitemap><loc>http://a.test/1.xml</loc></sitemap></sitemapindex>`)
	default:
		t.Fatalf("unknown make %q", m.Kind)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestHostileDocumentsAreSurvived(t *testing.T) {
	if raceDetector {
		t.Skip("the limits on memory mean nothing under the race detector")
	}
	for _, row := range conformance[struct {
		ID, Input, Encoding, Expect string
		ContentType                 string `json:"content_type"`
		InputB64                    string `json:"input_b64"`
		Make                        json.RawMessage
	}](t, "hostile_documents") {
		if strings.HasPrefix(row.ID, "html/deep") || strings.HasPrefix(row.ID, "html/nested") || strings.HasPrefix(row.ID, "html/unclosed") || strings.HasPrefix(row.ID, "html/million") {
			continue // the stripper's own tests
		}
		t.Run(row.ID, func(t *testing.T) {
			body := inputOf(t, row.Input, row.InputB64)
			if row.Make != nil {
				body = made(t, row.Make)
			}
			survive(t, body, row.ContentType, row.Encoding)
		})
	}
}

// survive sends a body through everything that may be asked to read it, and
// bounds what that allocates.
func survive(t *testing.T, body []byte, contentType, encoding string) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		if encoding != "" {
			w.Header().Set("Content-Encoding", encoding)
		}
		w.Write(body)
	})
	client := testClient(ClientOptions{})
	got, err := NewFetcher(FetcherOptions{Client: client}).Fetch(context.Background(), Link{URL: srv.URL + "/x", SourceKind: "feed"})
	if err == nil && (got.Article.Text == "" || !utf8.ValidString(got.Article.Text) || strings.Contains(got.Article.Text, "\x00")) {
		t.Errorf("text %.80q", got.Article.Text)
	}
	for _, kind := range []string{"feed", "sitemap"} {
		s, err := NewSource(SourceConfig{Name: "x", Kind: kind, URL: srv.URL + "/x"}, client)
		if err != nil {
			t.Fatal(err)
		}
		items, _, err := s.List(context.Background(), Checkpoint{})
		for _, it := range items {
			checkItem(t, it)
			if strings.Contains(it.Title, "root:") {
				t.Errorf("a file was read: %q", it.Title)
			}
		}
		if err != nil && copytaster.ClassOf(err) == copytaster.ClassDone {
			t.Error(err)
		}
	}
	runtime.ReadMemStats(&after)
	if n := (after.TotalAlloc - before.TotalAlloc) >> 20; n > 1500 {
		t.Errorf("%d MiB allocated", n)
	}
}
