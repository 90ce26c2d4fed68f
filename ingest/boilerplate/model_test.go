// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"math"
	"testing"
)

func TestForest(t *testing.T) {
	one := tree{feature: [treeDepth]uint16{0, 1, 1, 1, 1, 1}, above: [treeDepth]float32{0.5, 9, 9, 9, 9, 9}}
	one.leaf[0], one.leaf[1] = -1, 2
	f := forest{base: 0.5, trees: []tree{one}}
	for x, want := range map[float32]float64{0: -0.5, 0.5: -0.5, 0.6: 2.5} {
		if got := f.odds([]float32{x, 0}); math.Abs(got-1/(1+math.Exp(-want))) > 1e-6 {
			t.Errorf("of %v is %v", x, got)
		}
	}
}

func TestForestStopsWhereHopeless(t *testing.T) {
	var down, up tree
	for i := range down.leaf {
		down.leaf[i], up.leaf[i] = -1, 100
	}
	f := forest{}
	for range askEvery {
		f.trees = append(f.trees, down)
	}
	f.trees = append(f.trees, up)
	if got := f.odds([]float32{0}); got > 0.001 {
		t.Errorf("asked on: %v", got)
	}
}

// TestTablesFitTheFeatures fails where features were added or removed without
// training again.
func TestTablesFitTheFeatures(t *testing.T) {
	widest := func(f forest) int {
		w := 0
		for i := range f.trees {
			for _, k := range f.trees[i].feature {
				w = max(w, int(k)+1)
			}
		}
		return w
	}
	const page = "<h1>Deal</h1><p>A sentence of the body, with a comma in it.</p>"
	html, err := Observe(Input{HTML: []byte(page)}, shippedLexis())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name          string
		sheet         *Sheet
		first, second forest
	}{
		{"page", html, firstStage, secondStage},
		{"text", ObserveText("Deal\n\nA sentence of the body, with a comma in it.", shippedLexis()), firstTextStage, secondTextStage},
	} {
		t.Run(c.name, func(t *testing.T) {
			first := c.sheet.First()
			second := c.sheet.Second(make([]float64, len(first)))
			if n, w := len(first[0]), widest(c.first); w > n || w < n*9/10 {
				t.Errorf("the first stage asks for %d of %d features", w, n)
			}
			if n, w := len(second[0]), widest(c.second); w > n || w < n*9/10 {
				t.Errorf("the second stage asks for %d of %d features", w, n)
			}
			for i := range first {
				if len(first[i]) != len(first[0]) || len(second[i]) != len(second[0]) {
					t.Fatalf("row %d has %d and %d features", i, len(first[i]), len(second[i]))
				}
			}
		})
	}
}

func TestOverlap(t *testing.T) {
	if got := wording("Council ends deal").overlap(wording("The council ENDS its deal")); got != 1 {
		t.Errorf("overlap is %v", got)
	}
	if got := wording("Council").alike(wording("Council ends deal early")); math.Abs(got-0.4) > 1e-9 {
		t.Errorf("likeness is %v", got)
	}
	if wording("").overlap(wording("x")) != 0 || wording("a").alike(wording("b")) != 0 {
		t.Error("nothing in common, and yet alike")
	}
}

func TestGrams(t *testing.T) {
	m := grams("The council ended the deal.")
	if len(m) != 2 {
		t.Errorf("%d runs of four words in five", len(m))
	}
	for h := range grams("the COUNCIL ended, the") {
		if !m[h] {
			t.Error("case and punctuation count")
		}
	}
}

func TestPathDepth(t *testing.T) {
	for url, want := range map[string]float64{"": -1, "https://a.example": 0, "https://a.example/news": 1, "https://a.example/news/council-ends-deal": 3} {
		if got := pathDepth(url); got != want {
			t.Errorf("%q is %v deep, want %v", url, got, want)
		}
	}
}

func TestContainer(t *testing.T) {
	p, err := parsePage(Input{HTML: []byte(around2("", `<div class="sidebar"><p>`+para1+`</p></div>`))})
	if err != nil {
		t.Fatal(err)
	}
	if p.best < 0 || p.boxes[p.best].own&nameBody == 0 {
		t.Fatalf("the container is box %d", p.best)
	}
	if !p.inside(p.blocks[2].box, p.best) || p.inside(p.blocks[0].box, p.best) || p.inside(0, -1) {
		t.Error("inside is wrong")
	}
}
