// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/copytaster/copytaster"
)

// opaque lets cmp compare amounts by what they print.
var opaque = cmp.Comparer(func(a, b copytaster.Decimal) bool { return a.String() == b.String() })

const column = "Atos has won a £5m contract from the Home Office. It is worth a look.\n\nThe firm starts in May."

func TestTagFillsADocument(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: column}}
	tagger := shared(t)
	tagger.Tag(d)
	if len(d.Mentions) != 2 || len(d.Money) != 1 || len(d.Contracts) != 1 || len(d.Sentences) != 3 {
		t.Fatalf("%d mentions, %d figures, %d contracts, %d sentences", len(d.Mentions), len(d.Money), len(d.Contracts), len(d.Sentences))
	}
	if d.Extractor != tagger.Revision() || !strings.HasPrefix(d.Extractor, Version+"+") {
		t.Errorf("extractor %q", d.Extractor)
	}
	m := d.Mentions[0]
	want := copytaster.Mention{Span: copytaster.Span{Start: 0, End: 4}, Party: copytaster.Party{Entity: "atos", Name: "Atos"},
		Surface: "Atos", Role: copytaster.RoleSupplier, Alias: "Atos", Zone: copytaster.ZoneBody, Score: m.Score}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Errorf("mention -want +got:\n%s", diff)
	}
	checkDocument(t, d)
}

func TestTaggingAgainChangesNothing(t *testing.T) {
	once := &copytaster.Document{Article: copytaster.Article{Text: column, Asides: []copytaster.Aside{{Zone: copytaster.ZoneComment, Text: "Serco next?"}}}}
	shared(t).Tag(once)
	twice := *once
	twice.Asides = append([]copytaster.Aside(nil), once.Asides...)
	shared(t).Tag(&twice)
	if diff := cmp.Diff(once, &twice, opaque); diff != "" {
		t.Errorf("-once +twice:\n%s", diff)
	}
}

func TestAsidesHoldSuppliersAndBuyersOnly(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: column, Asides: []copytaster.Aside{
		{Zone: copytaster.ZoneComment, Text: "Serco won a £9m contract from the DWP, says the Daily Mail."},
		{Zone: copytaster.ZoneJobs, Text: "Recruitment Genius: UI Designer, £25000 - £35000 per annum"},
		{Zone: copytaster.ZoneRelated, Text: "https://example.org/capita-wins"},
	}}}
	shared(t).Tag(d)
	var got []string
	for _, a := range d.Asides {
		for _, m := range a.Mentions {
			if m.Surface != m.Of(a.Text) {
				t.Errorf("the span of %q is not in its aside", m.Surface)
			}
			got = append(got, fmt.Sprintf("%s %s %s", m.Surface, m.Role, m.Zone))
		}
	}
	want := []string{"Serco supplier comment", "DWP buyer comment"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(d.Money) != 1 || len(d.Contracts) != 1 {
		t.Errorf("the asides yielded money or contracts: %d, %d", len(d.Money), len(d.Contracts))
	}
}

func TestANewsroomsSupplierIsNotTaggedInAJobWidget(t *testing.T) {
	list, err := BuiltinEntries()
	if err != nil {
		t.Fatal(err)
	}
	tagger := NewTagger(NewGazetteer(list, []Entry{{ID: "recruitment-genius", Name: "Recruitment Genius"}}))
	text := "Recruitment Genius: General Processor, £7 per hour"
	d := &copytaster.Document{Article: copytaster.Article{Text: "Recruitment Genius has won a £5m contract from the Home Office.",
		Asides: []copytaster.Aside{{Zone: copytaster.ZoneJobs, Text: text}}}}
	tagger.Tag(d)
	if len(d.Mentions) == 0 || d.Mentions[0].Entity != "recruitment-genius" {
		t.Errorf("the body's mentions are %+v", d.Mentions)
	}
	if len(d.Asides[0].Mentions) > 0 {
		t.Errorf("the widget gave %+v", d.Asides[0].Mentions)
	}
	tags := tagger.TagZoned(text, "", []copytaster.Zoned{{Span: copytaster.Span{End: len(text)}, Zone: copytaster.ZoneJobs}})
	if len(tags.Mentions) > 0 || len(tags.Contracts) > 0 {
		t.Errorf("the zoned widget gave %+v", tags)
	}
}

func TestZonedTextsKeepTheirZones(t *testing.T) {
	body, jobs, chrome := "Serco won a £5m contract from the DWP.\n", "Nurse, £30,000 per annum\n", "Capita £9m\n"
	text := body + jobs + chrome
	a, b := len(body), len(body)+len(jobs)
	tags := shared(t).TagZoned(text, "", []copytaster.Zoned{
		{Span: copytaster.Span{Start: 0, End: a}, Zone: copytaster.ZoneBody},
		{Span: copytaster.Span{Start: a, End: b}, Zone: copytaster.ZoneJobs},
		{Span: copytaster.Span{Start: b, End: len(text)}},
	})
	var got []string
	for _, m := range tags.Mentions {
		got = append(got, m.Surface+" "+string(m.Zone))
	}
	for _, m := range tags.Money {
		got = append(got, m.Surface+" "+string(m.Zone))
	}
	want := []string{"Serco body", "DWP body", "£5m body", "£30,000 jobs"}
	if diff := cmp.Diff(want, got, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(tags.Contracts) != 1 {
		t.Errorf("%d contracts", len(tags.Contracts))
	}
}

func TestTaggerIsSafeForConcurrentUse(t *testing.T) {
	want := &copytaster.Document{Article: copytaster.Article{Text: column}}
	shared(t).Tag(want)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				d := &copytaster.Document{Article: copytaster.Article{Text: column}}
				shared(t).Tag(d)
				if !cmp.Equal(want, d, opaque) {
					t.Error("another result")
				}
			}
		})
	}
	wg.Wait()
}

// checkDocument reports every breach of the rules that hold for what is tagged
// in any text.
func checkDocument(t testing.TB, d *copytaster.Document) {
	t.Helper()
	text, valid := d.Text, utf8.ValidString(d.Text)
	span := func(what string, s copytaster.Span, surface string) {
		if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
			t.Fatalf("%s: span %v in a text of %d bytes", what, s, len(text))
		}
		if valid && !utf8.ValidString(text[s.Start:s.End]) {
			t.Fatalf("%s: span %v cuts a character", what, s)
		}
		if surface != "" && text[s.Start:s.End] != surface {
			t.Fatalf("%s: the surface is %q, the span holds %q", what, surface, text[s.Start:s.End])
		}
	}
	last := -1
	for _, m := range d.Mentions {
		span("mention", m.Span, m.Surface)
		if m.Start < last {
			t.Fatalf("mention %q is out of order or overlaps", m.Surface)
		}
		last = m.End
		if m.Score < 0 || m.Score > 1 || m.Name == "" || m.Role == "" {
			t.Fatalf("mention %+v", m)
		}
	}
	last = -1
	for _, s := range d.Sentences {
		span("sentence", s, "")
		if s.Start < last {
			t.Fatal("sentences overlap")
		}
		last = s.End
	}
	for _, c := range d.Contracts {
		if len(c.Suppliers) == 0 || len(c.Evidence) == 0 || c.Status == "" || c.Score <= 0 || c.Score > 1 {
			t.Fatalf("contract %+v", c)
		}
		for _, e := range c.Evidence {
			span("evidence", e, "")
		}
		if len(c.Subject) > maxSubject || !utf8.ValidString(c.Subject) && valid {
			t.Fatalf("subject %q", c.Subject)
		}
	}
}

// TestHostileTexts feeds texts that make careless code loop, recurse or blow up;
// that it ends in the time of a test run is the point.
func TestHostileTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("long texts")
	}
	for name, text := range map[string]string{
		"one endless run of capitals":  strings.Repeat("Serco Capita Atos ", 20000),
		"a list without end":           "The Home Office paid " + strings.Repeat("Serco, Mitie and ", 20000) + "G4S £5m.",
		"nothing but contracts":        strings.Repeat("contract with the deal for the agreement ", 10000),
		"nothing but verbs":            strings.Repeat("won awarded to by from ", 20000),
		"open brackets":                strings.Repeat("(", 300000),
		"possessives":                  strings.Repeat("Atos's's' ", 30000),
		"dots between letters":         strings.Repeat("A.", 200000),
		"labels without values":        strings.Repeat("Supplier\n", 40000),
		"colons":                       strings.Repeat("Awarded to: ", 30000),
		"a value without end":          "Supplier: " + strings.Repeat("A Ltd and ", 30000) + "\nBuyer: Home Office",
		"a table without end":          "Lot | Supplier | Value\n" + strings.Repeat("1 | A Ltd | £5 |\n", 20000),
		"cells":                        "Supplier: A Ltd\nBuyer: " + strings.Repeat("|\t", 100000),
		"one sentence of anaphora":     "Serco won. " + strings.Repeat("It said it won the contract and ", 8000),
		"distinct capitals":            distinct(40000),
		"bytes that are no UTF-8":      strings.Repeat("Serco\xff\xfe\x80 won ", 20000),
		"combining marks":              "S" + strings.Repeat("\u0301", 100000),
		"one long word":                strings.Repeat("a", 1000000),
		"glued to every word":          strings.Repeat("bySerco ofAtos ", 20000),
		"figures":                      strings.Repeat("£5m contract ", 20000),
		"contracts told over and over": strings.Repeat("Serco won a £5m contract from the Home Office. ", 4000),
	} {
		t.Run(name, func(t *testing.T) {
			d := &copytaster.Document{Article: copytaster.Article{Text: text}}
			shared(t).Tag(d)
			checkDocument(t, d)
		})
	}
}

// distinct is a text of n different capitalised words in sentences that could
// hold contracts.
func distinct(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Na%cme%d ", 'a'+i%26, i)
		if i%7 == 6 {
			b.WriteString("won a contract. ")
		}
	}
	return b.String()
}

func FuzzTag(f *testing.F) {
	f.Add(column)
	f.Add("Contract award notice: Roof. Contracting authority: Home Office. Awarded to: Sable Works Ltd.. Value: £9,409.")
	f.Add("“Atos’s”\nofSerco–run (NYSE: ACN) U.S. £1bn “contract”")
	f.Add("Supplier\nX\n\nTotal value of contract\n£1")
	f.Add("\xff\u00a0Capita\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		d := &copytaster.Document{Article: copytaster.Article{Text: text}}
		shared(t).Tag(d)
		checkDocument(t, d)
	})
}

// TestSamples reads the three sample articles, where they are at hand.
func TestSamples(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "data", "seeds")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the samples are not there")
	}
	tag := func(pattern string) *copytaster.Document {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		text, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		body, _, _ := strings.Cut(string(text), "Read more:") // what follows is no article
		d := &copytaster.Document{Article: copytaster.Article{Text: body}}
		shared(t).Tag(d)
		checkDocument(t, d)
		return d
	}
	has := func(d *copytaster.Document, supplier string, status copytaster.Status, figure string) bool {
		for _, c := range d.Contracts {
			for _, s := range c.Suppliers {
				if s.Entity == supplier && c.Status == status && (figure == "" || len(c.Values) > 0 && strings.Contains(c.Values[0].Surface, figure)) {
					return true
				}
			}
		}
		return false
	}
	first := tag("000_*")
	if !has(first, "atos", copytaster.StatusExiting, "£500m") || !has(first, "capita", copytaster.StatusInForce, "") {
		t.Errorf("000: %+v", first.Contracts)
	}
	second := tag("002_*")
	if !has(second, "atos", copytaster.StatusExiting, "") || !has(second, "atos", copytaster.StatusAwarded, "") || has(second, "g4s", copytaster.StatusInForce, "") {
		t.Errorf("002: %+v", second.Contracts)
	}
	third := tag("003_*")
	if !has(third, "atos", copytaster.StatusUnderReview, "£500m") || !has(third, "atos", copytaster.StatusExiting, "£500m") {
		t.Errorf("003: %+v", third.Contracts)
	}
}
