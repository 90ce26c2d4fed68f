// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/querytest"
)

func span(start, end int) copytaster.Span { return copytaster.Span{Start: start, End: end} }

// find is the span of the first occurrence of piece; one that is not there has
// a span that fits no text.
func find(text, piece string) copytaster.Span {
	start := strings.Index(text, piece)
	return span(start, start+len(piece))
}

func pieces(text string, spans []copytaster.Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, s.Of(text))
	}
	return out
}

func TestExplainMarksWhatMatched(t *testing.T) {
	d := review()
	v := copytaster.NewView(d)
	for _, tt := range []struct {
		name, query string
		title, body []string
	}{
		{"words in title and body", "reviews", []string{"review"}, []string{"review"}},
		{"without possessive endings", "atos", []string{"Atos"}, []string{"Atos"}},
		{"phrases as one mark", `"fit for work"`, nil, []string{"fit-for-work"}},
		{"the words of a proximity", `"contracts atos"~5`, []string{"Atos", "contracts"}, []string{"Atos", "contracts"}},
		{"whole words for a prefix", "contr*", []string{"contracts"}, []string{"contracts"}},
		{"organisations", "buyer:dwp", nil, []string{"DWP"}},
		{"figures", "money:>1m", nil, []string{"more than £500m"}},
		{"overlapping marks as one", "£500m money:>1m", nil, []string{"more than £500m"}},
		{"a contract's parties and values where its evidence stands", "contract:(buyer:dwp)", nil, []string{"DWP", "more than £500m"}},
		{"nothing of a negation", "atos -prison -buyer:moj", []string{"Atos"}, []string{"Atos"}},
		{"nothing of an alternative that does not hold", "(atos prison) OR buyer:dwp", nil, []string{"DWP"}},
		{"every alternative that holds", "buyer:dwp OR money:7", nil, []string{"DWP", "£7 an hour"}},
		{"the title alone on request", "title:review", []string{"review"}, nil},
		{"the body alone on request", "body:review", nil, []string{"review"}},
		{"nothing for metadata", "source:guardian published:2014", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := copytaster.MustParseQuery(tt.query).Explain(v)
			if diff := cmp.Diff(tt.title, pieces(d.Title, m.Title)); diff != "" {
				t.Errorf("title (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.body, pieces(d.Text, m.Body)); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExplainChoosesTheEvidence(t *testing.T) {
	v := copytaster.NewView(review())
	const first, second = "Atos's fit-for-work contracts face a review.", "The DWP said the deal, worth more than £500m, would stay."
	for _, tt := range []struct {
		name, query, want string
		marks             []string
	}{
		{"the sentence with the word", "northgate", "Northgate Widgets earns £7 an hour.", []string{"Northgate"}},
		{"the sentence with most conditions", "atos dwp deal", second, []string{"DWP", "deal"}},
		{"the earliest among equals", "atos OR dwp", first, []string{"Atos"}},
		{"a tag before a word", "review money:>1m", second, []string{"more than £500m"}},
		{"tags of both kinds", "supplier:atos buyer:dwp money:>1m", second, []string{"DWP", "more than £500m"}},
		{"a contract's clause", "status:under_review", second, []string{"DWP", "more than £500m"}},
		{"the first sentence where nothing can be pointed at", "source:guardian", first, nil},
		{"the first sentence for a negation", "-prison", first, nil},
		{"the title where it alone matched", "ministers", "Ministers order review of Atos’s contracts", []string{"Ministers"}},
		{"the body before the title", "review", first, []string{"review"}},
		{"an aside where it alone matched", "zone:comment supplier:capita", "Capita is next.", []string{"Capita"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := copytaster.MustParseQuery(tt.query).Explain(v).Evidence
			if e.Sentence != tt.want {
				t.Errorf("sentence %q, want %q", e.Sentence, tt.want)
			}
			if diff := cmp.Diff(tt.marks, pieces(e.Sentence, e.Marks)); diff != "" {
				t.Errorf("marks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExplainAddsTheTagsOfTheSentence(t *testing.T) {
	d := review()
	e := copytaster.MustParseQuery("deal").Explain(copytaster.NewView(d)).Evidence
	if e.Of(d.Text) != e.Sentence {
		t.Errorf("the span is %q, the sentence %q", e.Of(d.Text), e.Sentence)
	}
	if diff := cmp.Diff(d.Mentions[1:2], e.Mentions); diff != "" {
		t.Errorf("mentions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(d.Money[:1], e.Money); diff != "" {
		t.Errorf("money (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(d.Contracts[:1], e.Contracts); diff != "" {
		t.Errorf("contracts (-want +got):\n%s", diff)
	}
}

func TestExplainCountsWhatAsidesHold(t *testing.T) {
	d := review()
	d.Asides = append(d.Asides, copytaster.Aside{Zone: copytaster.ZoneRelated, Text: "Atos: a review. Atos again",
		Mentions: []copytaster.Mention{{Span: span(0, 4), Party: copytaster.Party{Entity: "capita", Name: "Capita plc"}, Surface: "Atos", Role: copytaster.RoleSupplier}}})
	v := copytaster.NewView(d)
	const comment, related = copytaster.ZoneComment, copytaster.ZoneRelated
	for _, tt := range []struct {
		name, query string
		want        map[copytaster.Zone]int
	}{
		{"words of the article", "atos", map[copytaster.Zone]int{related: 2}},
		{"organisations of the article", "supplier:* atos", map[copytaster.Zone]int{related: 2, comment: 1}},
		{"one place once", "zone:comment capita supplier:capita", map[copytaster.Zone]int{comment: 1}},
		{"phrases", `"a review" OR prison`, map[copytaster.Zone]int{related: 1}},
		{"a proximity once", `"review atos"~2`, map[copytaster.Zone]int{related: 1}},
		{"nothing of the title", "title:atos", nil},
		{"nothing of a negation", "fit -prisons", nil},
		{"an organisation's own zone only", "(zone:comment supplier:capita) atos", map[copytaster.Zone]int{comment: 1, related: 2}},
		{"nothing of another zone", "zone:comment capita", map[copytaster.Zone]int{comment: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, copytaster.MustParseQuery(tt.query).Explain(v).Also); diff != "" {
				t.Errorf("also (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExplainWithoutSentences(t *testing.T) {
	d := review()
	d.Sentences = nil
	e := copytaster.MustParseQuery("northgate").Explain(copytaster.NewView(d)).Evidence
	if !strings.HasPrefix(e.Sentence, "The DWP") || !strings.HasSuffix(e.Sentence, "unspent.") {
		t.Errorf("the evidence is %q, want the second paragraph", e.Sentence)
	}
	d.Text, d.Mentions, d.Money, d.Contracts = "", nil, nil, nil
	e = copytaster.MustParseQuery("source:guardian").Explain(copytaster.NewView(d)).Evidence
	if e.Sentence != d.Title || e.Span != (copytaster.Span{}) {
		t.Errorf("the evidence of an empty text is %+v, want the title", e)
	}
}

func TestExplainOfOddDocuments(t *testing.T) {
	explain := func(query string, d *copytaster.Document) copytaster.Evidence {
		t.Helper()
		return copytaster.MustParseQuery(query).Explain(copytaster.NewView(d)).Evidence
	}
	t.Run("a mark between the sentences is its own evidence", func(t *testing.T) {
		d := review()
		d.Sentences = d.Sentences[2:]
		if e := explain("fit-for-work", d); e.Sentence != "fit-for-work" {
			t.Errorf("the evidence is %q", e.Sentence)
		}
	})
	t.Run("one condition counts once, however often it stands there", func(t *testing.T) {
		d := &copytaster.Document{Article: copytaster.Article{Text: "Tax, tax, tax and tax.\n\nTax and spend."}}
		if e := explain("tax spend", d); e.Sentence != "Tax and spend." {
			t.Errorf("the evidence is %q", e.Sentence)
		}
	})
	t.Run("marks that touch stay two", func(t *testing.T) {
		d := &copytaster.Document{Article: copytaster.Article{Text: "東京"}}
		if m := copytaster.MustParseQuery(`"東" "京"`).Explain(copytaster.NewView(d)); len(m.Body) != 2 {
			t.Errorf("marks %v, want two", m.Body)
		}
	})
	t.Run("a phrase across two sentences marks its part in each", func(t *testing.T) {
		e := explain(`"review the dwp"`, review())
		if e.Sentence != "Atos's fit-for-work contracts face a review." || len(e.Marks) != 1 || e.Marks[0].Of(e.Sentence) != "review." {
			t.Errorf("the evidence is %q with marks %v", e.Sentence, e.Marks)
		}
	})
	t.Run("mentions of other zones are not the body's", func(t *testing.T) {
		d := review()
		d.Mentions[0].Zone = copytaster.ZoneRelated
		if copytaster.MustParseQuery("supplier:atos").Match(d) {
			t.Error("a mention of zone related is found in the body")
		}
	})
	t.Run("the paragraph of an aside", func(t *testing.T) {
		d := review()
		d.Asides[1].Text = "First.\n\nSecond about tagging.\n\nThird."
		if e := explain("zone:comment tagging", d); e.Sentence != "Second about tagging." || e.Marks[0].Of(e.Sentence) != "tagging" {
			t.Errorf("the evidence is %q", e.Sentence)
		}
	})
	t.Run("spans that fit nothing do no harm", func(t *testing.T) {
		d := review()
		d.Sentences = []copytaster.Span{{Start: -5, End: 1 << 30}}
		d.Mentions[0].Span = copytaster.Span{Start: 7, End: -3}
		d.Money[0].Span = copytaster.Span{Start: 1 << 30, End: 1 << 31}
		d.Contracts[0].Evidence = nil
		for _, q := range []string{"review", "supplier:atos", "money:>1m", "status:under_review", "source:guardian"} {
			explain(q, d)
		}
	})
}

func TestExplainShortensAnOverlongSentence(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: strings.Repeat("naïve words ", 300) + "needle " + strings.Repeat("naïve words ", 300)}}
	e := copytaster.MustParseQuery("needle").Explain(copytaster.NewView(d)).Evidence
	if len(e.Sentence) > 1100 || !utf8.ValidString(e.Sentence) || e.Of(d.Text) != e.Sentence {
		t.Errorf("the sentence is %d bytes, valid %t, at its span %t", len(e.Sentence), utf8.ValidString(e.Sentence), e.Of(d.Text) == e.Sentence)
	}
	if got := pieces(e.Sentence, e.Marks); len(got) != 1 || got[0] != "needle" {
		t.Errorf("marks %q", got)
	}
	if strings.TrimSpace(e.Sentence) != e.Sentence {
		t.Errorf("the sentence begins or ends with a space: %.20q", e.Sentence)
	}
	d.Text = strings.Repeat("ж", 5000)
	e = copytaster.MustParseQuery("-needle").Explain(copytaster.NewView(d)).Evidence
	if !utf8.ValidString(e.Sentence) || len(e.Sentence) > 1100 || e.Sentence == "" {
		t.Errorf("the sentence of a text without spaces is %d bytes, valid %t", len(e.Sentence), utf8.ValidString(e.Sentence))
	}
}

func TestExplainBoundsItsMarks(t *testing.T) {
	d := &copytaster.Document{Article: copytaster.Article{Text: strings.Repeat("a b c d e f g h ", 5_000)}}
	m := copytaster.MustParseQuery(`"a b c d e f g h"~9 OR a`).Explain(copytaster.NewView(d))
	if n := len(m.Body); n < 5_000 || n > 20_000 {
		t.Errorf("%d marks, want all 5,000 of the word and at most 10,000 more", n)
	}
	checkMarks(t, copytaster.Query{}, d.Text, m.Body)
}

// TestExplanationsFitTheirDocuments holds for every query and document: marks
// are in order, apart, and on rune boundaries, and a match of words or tags
// always shows something.
func TestExplanationsFitTheirDocuments(t *testing.T) {
	var views []*copytaster.View
	for _, d := range querytest.Documents(11, 60) {
		views = append(views, copytaster.NewView(d))
	}
	matches := 0
	for _, q := range querytest.Queries(11, 300) {
		for _, v := range views {
			if !q.MatchView(v) {
				continue
			}
			matches++
			m, d := q.Explain(v), v.Document()
			checkMarks(t, q, d.Title, m.Title)
			checkMarks(t, q, d.Text, m.Body)
			checkMarks(t, q, m.Evidence.Sentence, m.Evidence.Marks)
			if e := m.Evidence; e.Span != (copytaster.Span{}) && (e.Of(d.Text) != e.Sentence || len(m.Body) > 0 && len(e.Marks) == 0) {
				t.Fatalf("%s: evidence %+v does not fit", q, e)
			}
			for zone, n := range m.Also {
				if n < 1 {
					t.Fatalf("%s: %d in %s", q, n, zone)
				}
			}
		}
	}
	if matches < 1000 {
		t.Errorf("only %d matches were looked at", matches)
	}
}

func checkMarks(t *testing.T, q copytaster.Query, text string, marks []copytaster.Span) {
	t.Helper()
	last := 0
	for _, m := range marks {
		if err := m.Validate(text); err != nil || m.Start < last {
			t.Fatalf("%s: mark %+v behind %d: %v", q, m, last, err)
		}
		last = m.End
	}
}
