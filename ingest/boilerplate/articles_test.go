// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"testing"
)

const (
	other1 = "Half of the trams that the county bought in the spring are still in their crates, because nobody ordered the rails that they are meant to run on."
	other2 = "The harbour master has resigned after a week in which two ferries were sold by mistake, one of them to a man who had asked for a bicycle."
)

func TestOtherArticlesAreNotTheBody(t *testing.T) {
	two := `<article><p>` + other1 + `</p></article><article><p>` + other2 + `</p></article>`
	for _, c := range []struct {
		name, url, page string
		want            bool // whether the other articles are body
	}{
		{"below the headline's", "https://courier.example/a", around2("", two), false},
		{"inside the headline's", "https://courier.example/a", around2(two, ""), false},
		{"a live blog", "https://courier.example/live/deal", around2(two, ""), true},
		{"more than the headline's", "https://courier.example/a", `<article><h1>Council ends deal</h1><p>` + para1 + `</p></article><article class="article-body"><p>` +
			strings.Join([]string{para2, other1, para3, other2}, `</p><p>`) + `</p></article>`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := StripHTML(Input{HTML: []byte(c.page), URL: c.url}, nil)
			for _, s := range []string{other1, other2} {
				if got := strings.Contains(r.Text, s); got != c.want {
					t.Errorf("%.30q is in the body: %v", s, got)
				}
			}
			if !strings.Contains(r.Text, para1) {
				t.Error("the article is lost")
			}
		})
	}
}

// TestLineOfATextOfWhichLittleIsSure has the same for plain text.
func TestLineOfATextOfWhichLittleIsSure(t *testing.T) {
	for _, c := range []struct {
		name  string
		probs []float64
		want  float64
	}{
		{"sure of the body", []float64{0.98, 0.95, 0.4}, textLine},
		{"half sure, the rest hardly less likely", []float64{0.62, 0.6, 0.5}, 0.5},
		{"half sure, the rest unlikely", []float64{0.62, 0.62, 0.1}, 0.62},
		{"nothing passes", []float64{0.5, 0.4}, textLine},
	} {
		p := &plain{}
		for _, q := range c.probs {
			p.blocks = append(p.blocks, block{words: 40, prob: q})
		}
		if got := p.line(); got < c.want-1e-9 || got > c.want+1e-9 {
			t.Errorf("%s: the line is %.3f, want %.3f", c.name, got, c.want)
		}
	}
}

func TestLineFallsWhereNothingIsSure(t *testing.T) {
	of := func(probs ...float64) *page {
		p := &page{}
		for _, q := range probs {
			p.blocks = append(p.blocks, block{words: 40, prob: q})
		}
		return p
	}
	for _, c := range []struct {
		name string
		p    *page
		want float64
	}{
		{"sure of the body", of(0.98, 0.95, 0.4), bodyLine},
		{"half sure, the rest hardly less likely", of(0.6, 0.6, 0.4), 0.4},
		{"half sure, the rest unlikely", of(0.6, 0.6, 0.1), 0.6},
		{"half sure, the rest likely for a few words", &page{blocks: []block{{words: 100, prob: 0.7}, {words: 10, prob: 0.45}, {words: 200, prob: 0.2}}}, 0.45},
		{"next to no body", of(0.4, 0.3), bodyLine / 2},
		{"a thread", &page{thread: true, blocks: []block{{words: 40, prob: 0.6}}}, bodyLine},
	} {
		if got := c.p.line(); got < c.want-1e-9 || got > c.want+1e-9 {
			t.Errorf("%s: the line is %.3f, want %.3f", c.name, got, c.want)
		}
	}
}
