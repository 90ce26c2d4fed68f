// SPDX-License-Identifier: Apache-2.0

package web

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"
)

func TestCutSplitsAtTagsAndMarks(t *testing.T) {
	text := "Atos won £5m today"
	tags := []label{{copytaster.Span{Start: 9, End: 13}, "money", "five"}, {copytaster.Span{Start: 0, End: 4}, "supplier", "Atos"}, {copytaster.Span{Start: 2, End: 6}, "buyer", "overlaps"}}
	marks := []copytaster.Span{{Start: 5, End: 11}, {Start: 90, End: 99}, {Start: -1, End: 2}}
	got := cut(text, copytaster.Span{End: len(text)}, tags, marks)
	want := []piece{{"Atos", "supplier", "Atos", false}, {" ", "", "", false}, {"won ", "", "", true}, {"£", "money", "five", true}, {"5m", "money", "five", false}, {" today", "", "", false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzCutLosesNothing(f *testing.F) {
	f.Add("Atos won £5m\n\ntoday", int64(1))
	f.Fuzz(func(t *testing.T, text string, seed int64) {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		var tags []label
		var marks []copytaster.Span
		for range r.IntN(8) {
			tags = append(tags, label{copytaster.Span{Start: r.IntN(len(text)+4) - 2, End: r.IntN(len(text) + 4)}, "money", ""})
			marks = append(marks, copytaster.Span{Start: r.IntN(len(text)+4) - 2, End: r.IntN(len(text) + 4)})
		}
		var whole strings.Builder
		for _, p := range cut(text, copytaster.Span{End: len(text)}, tags, marks) {
			whole.WriteString(p.Text)
		}
		if whole.String() != text {
			t.Errorf("%q became %q", text, whole.String())
		}
		var kept strings.Builder
		for _, p := range body(text, tags, marks) {
			for _, piece := range p {
				kept.WriteString(piece.Text)
			}
		}
		if strings.Join(strings.Fields(kept.String()), "") != strings.Join(strings.Fields(text), "") {
			t.Errorf("the body of %q is %q", text, kept.String())
		}
	})
}

func TestBodyTagsEachParagraph(t *testing.T) {
	text := "One Atos.\n\nTwo Atos.\n\n\n\nThree."
	var tags []label
	for _, at := range []int{15, 4} {
		tags = append(tags, label{copytaster.Span{Start: at, End: at + 4}, "supplier", ""})
	}
	got := body(text, tags, nil)
	if len(got) != 3 || got[0][1].Text != "Atos" || got[0][1].Class != "supplier" || got[1][1].Text != "Atos" {
		t.Errorf("%+v", got)
	}
}

func TestTermIsReadAsItWasMeant(t *testing.T) {
	for value, want := range map[string]string{"atos": "supplier:atos", "G4S": "supplier:G4S", "Recruitment Genius": `supplier:"Recruitment Genius"`,
		"": `supplier:""`, `a"b`: `supplier:"a b"`, "-x": `supplier:"-x"`, "a(b": `supplier:"a(b"`, "Müller": `supplier:"Müller"`} {
		got := term("supplier", value)
		if got != want {
			t.Errorf("term(%q) = %s, want %s", value, got, want)
		}
		if value == "" {
			continue
		}
		if _, err := copytaster.ParseQuery(got); err != nil {
			t.Errorf("%s cannot be read: %v", got, err)
		}
	}
}

func TestFacetLinksNarrowExcludeAndTakeBack(t *testing.T) {
	bucket := index.Bucket{Value: "atos", Label: "Atos", Count: 3}
	tests := []struct{ query, with, without, back string }{
		{"", "/search?q=supplier%3Aatos&sort=newest", "/search?q=-supplier%3Aatos&sort=newest", ""},
		{"a OR b", "/search?q=%28a+OR+b%29+supplier%3Aatos&sort=newest", "/search?q=%28a+OR+b%29+-supplier%3Aatos&sort=newest", ""},
		{"a supplier:atos b", "", "", "/search?q=a+b&sort=newest"},
		{"-supplier:atos", "", "", "/search?sort=newest"},
		{"(a supplier:atos )", "/search?q=%28a+supplier%3Aatos+%29+supplier%3Aatos&sort=newest", "/search?q=%28a+supplier%3Aatos+%29+-supplier%3Aatos&sort=newest", ""},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			q, err := copytaster.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			got := newFacetValue(tt.query, q, index.SortNewest, "supplier", bucket)
			if diff := cmp.Diff(facetValue{"Atos", 3, tt.with, tt.without, tt.back}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFacetsAreCappedAndNamed(t *testing.T) {
	var many []index.Bucket
	for i := range 20 {
		many = append(many, index.Bucket{Value: strings.Repeat("x", i+1), Count: 1})
	}
	got := facets("", copytaster.Query{}, index.SortNewest, map[string][]index.Bucket{"source": many, "status": {{Value: "under_review"}}, "month": {{Value: "2014-03"}, {Value: "odd"}}, "currency": {{Value: "gbp"}}})
	var shown []string
	for _, f := range got {
		shown = append(shown, f.Title+": "+f.Values[0].Label)
	}
	if diff := cmp.Diff([]string{"Contract states: under review", "Currencies: GBP", "Sources: x", "Months: March 2014"}, shown); diff != "" {
		t.Error(diff)
	}
	if f := got[2]; len(f.Values) != maxValues || f.More != 20-maxValues {
		t.Errorf("%d values and %d more", len(f.Values), f.More)
	}
	if !strings.Contains(got[3].Values[0].With, "published%3A2014-03") {
		t.Errorf("a month narrows by %s", got[3].Values[0].With)
	}
}

func TestFiguresAreCountedBySize(t *testing.T) {
	counted := map[string][]index.Bucket{"money": {{Value: ">=1bn", Count: 5}, {Value: "10m..<100m", Count: 2}, {Value: "<100k", Count: 1}}}
	for _, tt := range []struct{ query, with, without, back string }{
		{"", "money:10m..<100m", "-money:10m..<100m", ""},
		{"atos", "atos money:10m..<100m", "atos -money:10m..<100m", ""},
		{"currency:gbp", "currency:gbp (money:10m..<100m)", "currency:gbp -money:10m..<100m", ""},
		{"currency:gbp (money:10m..<100m)", "", "", "currency:gbp"},
		{"a money:10m..<100m", "", "", "a"},
		{"-money:10m..<100m a", "", "", "a"},
	} {
		q, err := copytaster.ParseQuery(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		fs := facets(tt.query, q, index.SortAmount, counted)
		if len(fs) != 1 || fs[0].Title != "Figures" || len(fs[0].Values) != 3 || fs[0].Values[0].Label != "under 100,000" || fs[0].Values[2].Count != 5 {
			t.Fatalf("%s: %+v", tt.query, fs)
		}
		want := facetValue{Label: "10m to 100m", Count: 2}
		for to, query := range map[*string]string{&want.With: tt.with, &want.Without: tt.without, &want.Back: tt.back} {
			if query == "" {
				continue
			}
			*to = link("/search", "q", query, "sort", "amount")
			if _, err := copytaster.ParseQuery(query); err != nil {
				t.Errorf("%s: %v", query, err)
			}
		}
		if diff := cmp.Diff(want, fs[0].Values[1]); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.query, diff)
		}
	}
}

func TestTheLargestFigureLeads(t *testing.T) {
	ten := decimal.MustNew(10_000_000, 0)
	m := &copytaster.Money{Min: &ten, Max: &ten, Currency: "GBP", Bound: copytaster.BoundExact}
	it := item{Chips: []chip{{Class: "supplier", Text: "Atos"}, {Class: "money", Text: "£10m"}, {Class: "money", Text: "£5m"}}}
	it.lead(nil)
	it.lead(m)
	want := []chip{{Class: "money", Text: "£10m", Title: m.Title()}, {Class: "supplier", Text: "Atos"}, {Class: "money", Text: "£5m"}}
	if diff := cmp.Diff(want, it.Chips); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryOrderCanBeChosen(t *testing.T) {
	for _, sort := range index.Sorts() {
		if got := sortOf(string(sort)); got != sort {
			t.Errorf("sortOf(%q) = %q", sort, got)
		}
	}
}

func TestCompareFindsTheChanges(t *testing.T) {
	from, to := strings.Split("a b c d e f", " "), strings.Split("a b x d e f g", " ")
	var got []string
	for _, c := range compare(from, to) {
		got = append(got, c.Kind+" "+c.Text)
	}
	if diff := cmp.Diff([]string{"same b", "removed c", "added x", "same d", "same f", "added g"}, got); diff != "" {
		t.Error(diff)
	}
	if got := compare(from, from); len(got) != 0 {
		t.Errorf("no change is %v", got)
	}
}

func TestCompareRebuildsBothTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := func() (out []string) {
		for range r.IntN(9) {
			out = append(out, string(rune('a'+r.IntN(4))))
		}
		return out
	}
	for range 500 {
		from, to := words(), words()
		kept := compare(from, to)
		for _, side := range []struct {
			text []string
			skip string
		}{{from, "added"}, {to, "removed"}} {
			var changed []string
			for _, c := range kept {
				if c.Kind != side.skip && c.Kind != "same" {
					changed = append(changed, c.Text)
				}
			}
			if len(changed) > len(side.text) || !subsequence(changed, side.text) {
				t.Fatalf("from %v to %v: changes %v are not of %v", from, to, changed, side.text)
			}
		}
	}
}

func subsequence(part, whole []string) bool {
	for _, p := range part {
		at := slices.Index(whole, p)
		if at < 0 {
			return false
		}
		whole = whole[at+1:]
	}
	return true
}

func TestTimesAndDatesAreShownAsPreciseAsTheyAre(t *testing.T) {
	s := newServer(Options{Now: now, Zone: time.UTC})
	for in, want := range map[time.Time]string{now(): "06:40", now().Add(-48 * time.Hour): "25 Mar 06:40", now().AddDate(-1, 0, 0): "27 Mar 2013", {}: ""} {
		if got := s.clock(in); got != want {
			t.Errorf("clock(%v) = %q, want %q", in, got, want)
		}
	}
	stated := time.Date(2014, 3, 27, 14, 5, 0, 0, time.FixedZone("", 3600))
	for precision, want := range map[copytaster.Precision]string{copytaster.PrecisionYear: "2014", copytaster.PrecisionMonth: "March 2014",
		copytaster.PrecisionDay: "27 March 2014", copytaster.PrecisionTime: "27 March 2014, 14:05 +01:00", "": "27 March 2014"} {
		if got := dateText(copytaster.Date{Time: stated, Precision: precision}); got != want {
			t.Errorf("%s: %q, want %q", precision, got, want)
		}
	}
	if dateText(copytaster.Date{}) != "undated" || dayText(copytaster.Date{}) != "undated" {
		t.Error("an unknown date is shown as one")
	}
	if got := dayText(copytaster.Date{Time: stated, Precision: copytaster.PrecisionTime}); got != "27 Mar 2014" {
		t.Errorf("in a list: %q", got)
	}
	for n, want := range map[int]string{0: "0 articles", 1: "1 article", 999: "999 articles", 1000: "1,000 articles", 1234567: "1,234,567 articles"} {
		if got := plural(n, "article"); got != want {
			t.Errorf("plural(%d) = %q", n, got)
		}
	}
}

func TestOnlyWebAddressesBecomeLinks(t *testing.T) {
	for in, want := range map[string]string{"https://a.example/x": "https://a.example/x", "http://a.example": "http://a.example", "javascript:alert(1)": "", "file:///etc/passwd": "",
		"urn:sha256:00": "", "//a.example": "", "https:///x": "", "": "", "data:text/html,x": "", "JAVASCRIPT:alert(1)": "", "file:drop/a.pdf": ""} {
		if got := webURL(in); got != want {
			t.Errorf("webURL(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTellingPrefersContractsThenTags(t *testing.T) {
	d := testArticle(1)
	if got := telling(d).Sentence; !strings.HasPrefix(got, "Ministers") {
		t.Errorf("with a contract: %q", got)
	}
	d.Contracts, d.Money, d.Mentions = nil, nil, d.Mentions[1:]
	if got := telling(d).Sentence; !strings.HasPrefix(got, "The Department") {
		t.Errorf("with a buyer: %q", got)
	}
	d.Mentions = nil
	if got := telling(d).Sentence; !strings.HasPrefix(got, "Ministers") {
		t.Errorf("with nothing: %q", got)
	}
	if got := telling(&copytaster.Document{}); got.Sentence != "" {
		t.Errorf("of an empty text: %q", got.Sentence)
	}
}

func TestRevisionsThatReadAlikeAreOne(t *testing.T) {
	version := func(seconds int, hash string) *copytaster.Document {
		d := testArticle(1)
		d.Fetched, d.Hash = now().Add(time.Duration(seconds)*time.Second), hash
		return d
	}
	all := []*copytaster.Document{version(5, "b"), version(4, "b"), version(3, "a"), version(2, "b")}
	got := revisions(all, all[0], "")
	var shown []string
	for _, r := range got {
		shown = append(shown, r.Doc.Fetched.Format("05 ")+r.Doc.Hash+map[bool]string{true: " shown"}[r.Current])
	}
	if diff := cmp.Diff([]string{"04 b shown", "03 a", "02 b"}, shown); diff != "" {
		t.Error(diff)
	}
}
