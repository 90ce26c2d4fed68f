// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/querytest"
)

// wantTerms checks that a preparer's terms are those of the analyser, and that
// SQLite's ascii tokenizer will split them where we do.
func wantTerms(t *testing.T, p *preparer, text string) {
	t.Helper()
	got := p.analyse(text)
	var words, stems []string
	for _, k := range copytaster.Analyse(text) {
		words, stems = append(words, k.Word), append(stems, k.Stem)
	}
	if got.words != strings.Join(words, " ") || got.stems != strings.Join(stems, " ") {
		t.Errorf("text %q\n got %q\n and %q\nwant %q\n and %q", text, got.words, got.stems, words, stems)
	}
	for _, term := range append(words, stems...) {
		if ascii := strings.FieldsFunc(term, separates); len(ascii) != 1 || ascii[0] != term {
			t.Errorf("text %q: SQLite would take the term %q apart: %q", text, term, ascii)
		}
	}
}

// separates reports whether the ascii tokenizer ends a token at r, or folds it.
func separates(r rune) bool {
	return r < 0x80 && !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
}

func TestAnalyse(t *testing.T) {
	p := newPreparer().(*preparer)
	for range 2 { // the second time from memory
		for _, text := range []string{
			"", "Atos's fit-for-work tests", "£500m U.K. 1,000.5 O2's", "Straße ﬁnance ﷺ ½ ² 東京 Ёлка", "a\x00b \xff", "e\u0301 ʼn ŉ İstanbul", strings.Repeat("running ", 100) + strings.Repeat("y", 70),
		} {
			wantTerms(t, p, text)
		}
	}
	t.Run("goes on when its memory is full", func(t *testing.T) {
		for i := range maxStems + 100 {
			p.stem("w" + fmt.Sprint(i))
		}
		if len(p.stems) > maxStems {
			t.Errorf("it remembers %d stems", len(p.stems))
		}
		wantTerms(t, p, "Ministers are reviewing contracts")
	})
}

func FuzzAnalyse(f *testing.F) {
	for _, d := range querytest.Documents(3, 3) {
		f.Add(d.Text)
	}
	f.Add("ŉ ﷺ ﬃ O’Brien's ½ 1.2bn U.S.A. \u0345ᾳ İ ẞ")
	f.Fuzz(func(t *testing.T, text string) { wantTerms(t, newPreparer().(*preparer), text) })
}

func TestEncode(t *testing.T) {
	p := newPreparer().(*preparer)
	for _, want := range append(querytest.Documents(4, 20), new(copytaster.Document)) {
		blob, err := p.encode(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decode(blob)
		if err != nil {
			t.Fatal(err)
		}
		again, err := p.encode(got)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(blob, again); diff != "" {
			t.Errorf("%s is not the same the second time: %s", want.ID, diff)
		}
	}
	t.Run("a damaged revision is an error", func(t *testing.T) {
		for _, blob := range [][]byte{nil, {1, 2, 3}, []byte("not compressed")} {
			if d, err := decode(blob); err == nil {
				t.Errorf("decode(%q) = %v", blob, d)
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	blob, err := newPreparer().(*preparer).encode(article("a", "title", "text"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(blob)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, blob []byte) {
		if d, err := decode(blob); err == nil && d == nil {
			t.Error("neither a document nor an error")
		}
	})
}

func TestPrepareAllKeepsTheOrder(t *testing.T) {
	x := openTest(t)
	docs := make([]*copytaster.Document, 200)
	for i := range docs {
		if i%7 != 0 {
			docs[i] = article(fmt.Sprint(i), "", strings.Repeat("word ", 200-i))
		}
	}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			rows, errs := x.prepareAll(docs)
			for i, d := range docs {
				if (d == nil) != (errs[i] != nil) || d != nil && rows[i].doc != d {
					t.Errorf("document %d: %v, %v", i, rows[i], errs[i])
				}
			}
		})
	}
	all.Wait()
}
