// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
)

func TestCurvesRiseAndStayShares(t *testing.T) {
	for name, c := range map[string]curve{"contracts": contractCurve, "mentions": mentionCurve} {
		last := 0.0
		for x := -0.5; x <= 1.5; x += 0.01 {
			got := c.at(x)
			if got < last || got <= 0 || got >= 1 {
				t.Fatalf("%s: %.2f of evidence gives %.2f after %.2f", name, x, got, last)
			}
			last = got
		}
	}
}

// reliability counts, for each band of score, how much was found and how much of
// it was right.
type reliability map[string]*struct {
	found, right int
	sum          float64
}

// bands are the lower ends of the bands of score.
var bands = []float64{0.95, 0.90, 0.87, 0.83, 0}

func (r reliability) add(score float64, right bool) {
	for _, b := range bands {
		if score < b {
			continue
		}
		key := fmt.Sprintf("%.2f and more", b)
		if r[key] == nil {
			r[key] = &struct {
				found, right int
				sum          float64
			}{}
		}
		r[key].found++
		r[key].sum += score
		if right {
			r[key].right++
		}
		return
	}
}

func (r reliability) print(b *strings.Builder, what string) {
	var keys []string
	for k := range r {
		keys = append(keys, k)
	}
	sort.Sort(sort.Reverse(sort.StringSlice(keys)))
	for _, k := range keys {
		x := r[k]
		fmt.Fprintf(b, "%-9s %s  mean score %.2f  right %4d of %4d  %.2f\n", what, k, x.sum/float64(x.found), x.right, x.found, share(x.right, x.found))
	}
}

// TestReliability compares the scores with how often they were right on our own
// passages, as they are tagged now. The rules were made with these: shares below
// the scores would mean that a score promises too much.
func TestReliability(t *testing.T) {
	files, err := filepath.Glob("testdata/entities/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no passages: %v", err)
	}
	tagger, contracts, mentions := shared(t), reliability{}, reliability{}
	for _, file := range files {
		for _, p := range passagesOf(t, file) {
			d := &copytaster.Document{Article: copytaster.Article{Text: p.Text}}
			tagger.Tag(d)
			p.reliableMentions(d, mentions)
			p.reliableContracts(d, contracts)
		}
	}
	var b strings.Builder
	contracts.print(&b, "contracts")
	mentions.print(&b, "suppliers")
	compareBoard(t, "testdata/scoreboard-scores.txt", b.String())
}

func (p *passage) reliableMentions(d *copytaster.Document, r reliability) {
	for _, m := range d.Mentions {
		if m.Role != copytaster.RoleSupplier {
			continue
		}
		right := false
		for _, o := range p.Orgs {
			right = right || o.Role == "supplier" && m.Overlaps(copytaster.Span{Start: o.Start, End: o.End})
		}
		r.add(m.Score, right)
	}
}

func (p *passage) reliableContracts(d *copytaster.Document, r reliability) {
	used := map[int]bool{}
	for i := range d.Contracts {
		for _, s := range d.Contracts[i].Suppliers {
			best, at := 0, -1
			for k := range p.Contracts {
				if q := p.Contracts[k].likeness(idOf(s), &d.Contracts[i]); !used[k] && q > best {
					best, at = q, k
				}
			}
			used[at] = true
			r.add(d.Contracts[i].Score, at >= 0)
		}
	}
}
