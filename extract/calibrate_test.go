// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"os"
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
var bands = []float64{0.95, 0.885, 0.87, 0.84, 0}

func (r reliability) add(score float64, right bool) {
	for _, b := range bands {
		if score < b {
			continue
		}
		key := fmt.Sprintf("%.3f and more", b)
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

// sight is what was found with one amount of evidence in passages that nobody had
// read before, and how much of it was right.
type sight struct {
	evidence     float64
	found, right int
}

// firstSight reads testdata/first-sight.tsv: by what was found, the sights in
// rising order of evidence, all batches together.
func firstSight(t *testing.T) map[string][]sight {
	t.Helper()
	raw, err := os.ReadFile("testdata/first-sight.tsv")
	if err != nil {
		t.Fatal(err)
	}
	sum := map[string]map[float64]sight{}
	for line := range strings.Lines(string(raw)) {
		var batch, what string
		var s sight
		if strings.HasPrefix(line, "#") {
			continue
		}
		if _, err := fmt.Sscanf(line, "%s\t%s\t%f\t%d\t%d", &batch, &what, &s.evidence, &s.found, &s.right); err != nil {
			t.Fatalf("bad line %q: %v", line, err)
		}
		if sum[what] == nil {
			sum[what] = map[float64]sight{}
		}
		old := sum[what][s.evidence]
		sum[what][s.evidence] = sight{s.evidence, old.found + s.found, old.right + s.right}
	}
	out := map[string][]sight{}
	for what, all := range sum {
		for _, s := range all {
			out[what] = append(out[what], s)
		}
		sort.Slice(out[what], func(i, j int) bool { return out[what][i].evidence < out[what][j].evidence })
	}
	return out
}

// isotonic are the shares that rise with the evidence and lie nearest to those
// seen, by pooling neighbours that fall (Ayer and others, 1955).
func isotonic(seen []sight) []float64 {
	var blocks []sight
	var size []int
	for _, s := range seen {
		blocks, size = append(blocks, s), append(size, 1)
		for n := len(blocks); n > 1 && blocks[n-2].right*blocks[n-1].found > blocks[n-1].right*blocks[n-2].found; n = len(blocks) {
			blocks[n-2].found += blocks[n-1].found
			blocks[n-2].right += blocks[n-1].right
			size[n-2] += size[n-1]
			blocks, size = blocks[:n-1], size[:n-1]
		}
	}
	var out []float64
	for i, b := range blocks {
		for range size[i] {
			out = append(out, share(b.right, b.found))
		}
	}
	return out
}

// TestCurvesFollowFirstSight shows that a score promises what was seen in copy
// that the rules were not made with, within four hundredths, and prints it.
func TestCurvesFollowFirstSight(t *testing.T) {
	var b strings.Builder
	all := firstSight(t)
	for _, what := range []string{"contracts", "suppliers"} {
		c, fit := map[string]curve{"contracts": contractCurve, "suppliers": mentionCurve}[what], isotonic(all[what])
		if len(fit) < 3 {
			t.Fatalf("%d amounts of evidence for %s", len(fit), what)
		}
		for i, s := range all[what] {
			score := c.at(s.evidence)
			fmt.Fprintf(&b, "%-9s evidence %.2f  right %3d of %3d  %.2f  fit %.2f  score %.2f\n", what, s.evidence, s.right, s.found, share(s.right, s.found), fit[i], score)
			if d := score - fit[i]; d > 0.04 || d < -0.04 {
				t.Errorf("%s with %.2f of evidence: score %.2f, right %.2f", what, s.evidence, score, fit[i])
			}
		}
	}
	compareBoard(t, "testdata/scoreboard-first-sight.txt", b.String())
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
