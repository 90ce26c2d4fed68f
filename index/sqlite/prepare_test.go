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
