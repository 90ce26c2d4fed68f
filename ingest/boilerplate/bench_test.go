// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// sharedPages reads up to n pages of a set that lies beside the checkout.
func sharedPages(tb testing.TB, set string, n int) [][]byte {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "data", "boilerplate", set, "html", "*.gz"))
	if err != nil || len(names) == 0 {
		tb.Skip("no pages beside the checkout")
	}
	var out [][]byte
	for _, name := range names[:min(n, len(names))] {
		f, err := os.Open(name)
		if err != nil {
			tb.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			tb.Fatal(err)
		}
		data, err := io.ReadAll(z)
		f.Close()
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, bytes.ToValidUTF8(data, nil))
	}
	return out
}

// BenchmarkStrip prints what a page costs as a multiple of its parsing alone.
func BenchmarkStrip(b *testing.B) {
	pages := sharedPages(b, "fundus", 128)
	var parse, strip float64
	b.Run("parse", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := html.Parse(bytes.NewReader(pages[i%len(pages)])); err != nil {
				b.Fatal(err)
			}
		}
		parse = float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	})
	b.Run("strip", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			StripHTML(Input{HTML: pages[i%len(pages)]}, nil)
		}
		strip = float64(b.Elapsed().Nanoseconds()) / float64(b.N)
		if parse > 0 {
			b.ReportMetric(strip/parse, "x-parse")
		}
	})
}

// BenchmarkZoneText prints how much plain text is zoned in a second: the verb
// tag does it before everything else.
func BenchmarkZoneText(b *testing.B) {
	paragraph := "The council has ended its street-cleaning deal with Tidewell three years early, after a year in which the firm missed two thirds of its targets.\n\n"
	for name, text := range map[string]string{
		"prose":     strings.Repeat(paragraph, 200),
		"flattened": strings.Repeat("Home\nShare\nSubscribe\nComments\nRead more\n", 20) + strings.Repeat(paragraph, 100),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				ZoneText(text)
			}
		})
	}
}
