// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"regexp"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestArticleID(t *testing.T) {
	// Published: a change of this value would make every stored article a new one.
	if got, want := ArticleID("https://www.example.com/a"), "p2rcif7ui7m7tynx2nnk4p3w5e"; got != want {
		t.Errorf("ArticleID = %s, want %s", got, want)
	}
	token := regexp.MustCompile(`^[a-z2-7]{26}$`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		if !token.MatchString(ArticleID(a)) {
			t.Fatalf("%q is not one token", ArticleID(a))
		}
		if (ArticleID(a) == ArticleID(b)) != (a == b) {
			t.Fatalf("ids of %q and %q", a, b)
		}
	})
}

func TestContentHash(t *testing.T) {
	base := func() *Article {
		return &Article{Title: "T", Text: "Text", Byline: []string{"A", "B"}, Asides: []Aside{{Zone: ZoneComment, Text: "c"}},
			Published: Date{Time: time.Date(2014, 2, 26, 6, 38, 0, 0, time.UTC), Precision: PrecisionTime}}
	}
	want := ContentHash(base())
	if !regexp.MustCompile(`^[a-z2-7]{32}$`).MatchString(want) {
		t.Errorf("the hash is %q", want)
	}
	for name, edit := range map[string]func(*Article){
		"the title":          func(a *Article) { a.Title = "U" },
		"the text":           func(a *Article) { a.Text += "." },
		"the kind":           func(a *Article) { a.Kind = KindBlog },
		"the section":        func(a *Article) { a.Section = "s" },
		"the image":          func(a *Article) { a.Image = "i" },
		"the language":       func(a *Article) { a.Language = "cy" },
		"the country":        func(a *Article) { a.Country = "GB" },
		"the byline":         func(a *Article) { a.Byline = []string{"AB"} },
		"the byline's order": func(a *Article) { a.Byline = []string{"B", "A"} },
		"no byline":          func(a *Article) { a.Byline = nil },
		"the date":           func(a *Article) { a.Published.Time = a.Published.Time.Add(time.Minute) },
		"the precision":      func(a *Article) { a.Published.Precision = PrecisionDay },
		"the paywall":        func(a *Article) { a.Paywall = true },
		"no asides":          func(a *Article) { a.Asides = nil },
		"an aside's text":    func(a *Article) { a.Asides[0].Text = "d" },
		"an aside's zone":    func(a *Article) { a.Asides[0].Zone = ZoneJobs },
		"an aside's author":  func(a *Article) { a.Asides[0].Author = "x" },
		"one more comment":   func(a *Article) { a.Asides = append(a.Asides, Aside{Zone: ZoneComment, Text: "c"}) },
		"an aside's place":   func(a *Article) { a.Asides[0].At = 1 },
		"a moved border":     func(a *Article) { a.Title, a.Text = "TT", "ext" },
	} {
		a := base()
		if edit(a); ContentHash(a) == want {
			t.Errorf("%s does not change the hash", name)
		}
	}
	for name, edit := range map[string]func(*Article){
		"the fetch time":    func(a *Article) { a.Fetched = time.Unix(1, 0) },
		"the generation":    func(a *Article) { a.Generation = 1 },
		"the archive":       func(a *Article) { a.Archive = "x" },
		"the stripper":      func(a *Article) { a.Stripper, a.Confidence = "2", 0.5 },
		"the sources":       func(a *Article) { a.Sources = []string{"s"} },
		"the URL":           func(a *Article) { a.URL, a.Canonical, a.ID = "u", "c", "i" },
		"the modified date": func(a *Article) { a.Modified.Time = time.Unix(1, 0) },
		"related stories": func(a *Article) {
			a.Asides = append(a.Asides, Aside{Zone: ZoneRelated, Text: "r"}, Aside{Zone: ZoneJobs, Text: "j"}, Aside{Zone: ZonePromo, Text: "p"})
		},
		"an aside's tags": func(a *Article) { a.Asides[0].Mentions = []Mention{{}} },
	} {
		a := base()
		if edit(a); ContentHash(a) != want {
			t.Errorf("%s changes the hash", name)
		}
	}
}
