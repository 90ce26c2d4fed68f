// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/querytest"
)

func TestDocumentsSurviveTheWire(t *testing.T) {
	for _, d := range querytest.Documents(21, 100) {
		data, err := copytaster.Encode(d)
		if err != nil {
			t.Fatal(err)
		}
		got, err := copytaster.Decode[copytaster.Document](copytaster.SchemaDocument, data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(d, got); diff != "" {
			t.Fatalf("document (-sent +received):\n%s", diff)
		}
		article, err := copytaster.Decode[copytaster.Article]("", data)
		if err != nil || article.Hash != d.Hash {
			t.Fatalf("a document does not read as an article: %v", err)
		}
	}
}

func TestAlertsAndOutcomesSurviveTheWire(t *testing.T) {
	d := review()
	e := copytaster.MustParseQuery("atos").Explain(copytaster.NewView(d))
	alert := &copytaster.Alert{ID: copytaster.AlertID("w", d.ID), Watch: "w", Query: "atos", Article: d.ID, Title: d.Title, Fetched: d.Fetched, Evidence: e.Evidence,
		Also: map[copytaster.Zone]int{copytaster.ZoneComment: 2}}
	data, err := copytaster.Encode(alert)
	if err != nil {
		t.Fatal(err)
	}
	d.Money[1].Converts = len(d.Money) // restates the last figure
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
	got, err := copytaster.Decode[copytaster.Alert](copytaster.SchemaAlert, data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(alert, got); diff != "" {
		t.Errorf("alert (-sent +received):\n%s", diff)
	}
	outcome := &copytaster.Outcome{URL: "https://x.example/", State: copytaster.StateGone, Stage: "fetch", At: d.Fetched}
	if data, err = copytaster.Encode(outcome); err != nil {
		t.Fatal(err)
	}
	back, err := copytaster.Decode[copytaster.Outcome](copytaster.SchemaOutcome, data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(outcome, back); diff != "" {
		t.Errorf("outcome (-sent +received):\n%s", diff)
	}
}

func TestDecodeToleratesOtherVersions(t *testing.T) {
	id := copytaster.ArticleID("c")
	a, err := copytaster.Decode[copytaster.Article](copytaster.SchemaArticle, fmt.Appendf(nil, `{"id":%q,"canonical":"c","of_the_future":{"x":[1]},"text":"é"}`, id))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&copytaster.Article{ID: id, Canonical: "c", Text: "é"}, a); diff != "" {
		t.Errorf("article (-want +got):\n%s", diff)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, tt := range []struct{ name, schema, data, says string }{
		{"another schema", copytaster.SchemaAlert, "{}", "copytaster.alert.v1"},
		{"nothing", "", "", "unexpected end"},
		{"no JSON", "", "hello", "invalid character"},
		{"a list", "", "[]", "cannot unmarshal"},
		{"two values", "", "{}{}", "after top-level value"},
		{"invalid UTF-8", "", "{\"title\":\"\xff\"}", "UTF-8"},
		{"a deep value", "", `{"x":` + strings.Repeat("[", 20000), "depth"},
		{"a large payload", "", strings.Repeat(" ", copytaster.MaxWire+1), "more than"},
		{"what does not validate", "", `{"id":"x","canonical":"c"}`, "id:"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := copytaster.Decode[copytaster.Document](tt.schema, []byte(tt.data))
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("error %v does not say %q", err, tt.says)
			}
			if copytaster.ClassOf(err) != copytaster.ClassPermanent {
				t.Errorf("the error is %s, want permanent", copytaster.ClassOf(err))
			}
		})
	}
}

func TestValidateRefuses(t *testing.T) {
	bad := span(1, 2)
	for _, tt := range []struct {
		name, says string
		edit       func(*copytaster.Document)
	}{
		{"no canonical URL", "canonical", func(d *copytaster.Document) { d.Canonical = "" }},
		{"another id", "id:", func(d *copytaster.Document) { d.ID = "x" }},
		{"a text that is not UTF-8", "text: not valid", func(d *copytaster.Document) { d.Text = "\xff" }},
		{"a text that is not NFC", "text: not in NFC", func(d *copytaster.Document) { d.Text = "e\u0301" }},
		{"a title that is not UTF-8", "title", func(d *copytaster.Document) { d.Title = "\xff" }},
		{"a year beyond RFC 3339", "fetched", func(d *copytaster.Document) { d.Fetched = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }},
		{"a zone of seconds", "published", func(d *copytaster.Document) { d.Published.Time = d.Published.Time.In(time.FixedZone("", 61)) }},
		{"a modified year before 0", "modified", func(d *copytaster.Document) { d.Modified.Time = time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC) }},
		{"an aside's text", "asides[1]: text", func(d *copytaster.Document) { d.Asides[1].Text = "\xff" }},
		{"an aside's place", "asides[0]: at", func(d *copytaster.Document) { d.Asides[0].At = len(d.Text) + 1 }},
		{"an aside's date", "asides[0]: published", func(d *copytaster.Document) { d.Asides[0].Published.Time = time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC) }},
		{"an aside's mention", "asides[0]: mentions[0]", func(d *copytaster.Document) { d.Asides[0].Mentions[0].End = 999 }},
		{"a mention past the end", "mentions[1]", func(d *copytaster.Document) { d.Mentions[1].End = 1 << 40 }},
		{"an empty mention", "mentions[0]", func(d *copytaster.Document) { d.Mentions[0].End = 0 }},
		{"a negative mention", "mentions[0]", func(d *copytaster.Document) { d.Mentions[0].Start = -1 }},
		{"a surface of another place", "mentions[0]: surface", func(d *copytaster.Document) { d.Mentions[0].Surface = "Acme" }},
		{"a figure inside a character", "money[0]", func(d *copytaster.Document) { d.Money[0].Start += len("more than ") + 1 }},
		{"a conversion of nothing", "money[1].converts", func(d *copytaster.Document) { d.Money[1].Converts = 4 }},
		{"a value's surface", "contracts[0].values[0]", func(d *copytaster.Document) { d.Contracts[0].Values = []copytaster.Money{{Span: bad}} }},
		{"a contract's evidence", "contracts[1].evidence[0]", func(d *copytaster.Document) { d.Contracts[1].Evidence = []copytaster.Span{{Start: 5, End: 5}} }},
		{"a sentence", "sentences[0]", func(d *copytaster.Document) { d.Sentences[0].Start = 1 << 40 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := review()
			tt.edit(d)
			err := d.Validate()
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v does not say %q", err, tt.says)
			}
			if _, err := copytaster.Encode(d); copytaster.ClassOf(err) != copytaster.ClassPermanent {
				t.Errorf("Encode: %v, want a permanent error", err)
			}
		})
	}
}

func TestValidateOfAlertsAndOutcomes(t *testing.T) {
	for _, tt := range []struct {
		name, says string
		v          interface{ Validate() error }
	}{
		{"another id", "id:", &copytaster.Alert{ID: "x", Watch: "w", Article: "a"}},
		{"a mark outside its sentence", "evidence.marks[0]", &copytaster.Alert{ID: "w.a", Watch: "w", Article: "a",
			Evidence: copytaster.Evidence{Sentence: "s", Marks: []copytaster.Span{{Start: 0, End: 2}}}}},
		{"a date that cannot be written", "published", &copytaster.Alert{ID: "w.a", Watch: "w", Article: "a",
			Published: copytaster.Date{Time: time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)}}},
		{"no URL", "url", &copytaster.Outcome{State: copytaster.StateGone}},
		{"no state", "state", &copytaster.Outcome{URL: "u"}},
	} {
		if err := tt.v.Validate(); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: error %v does not say %q", tt.name, err, tt.says)
		}
	}
}

func FuzzDecode(f *testing.F) {
	data, err := copytaster.Encode(review())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"id":"x","money":[{"start":1,"end":0,"min":"1e9"}]}`))
	f.Add([]byte(`{"fetched":"2014-02-26T06:38:00Z","asides":[null],"contracts":[{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := copytaster.Decode[copytaster.Document]("", data)
		if err != nil {
			return
		}
		again, err := copytaster.Encode(d)
		if err != nil {
			t.Fatalf("what was decoded cannot be encoded: %v", err)
		}
		back, err := copytaster.Decode[copytaster.Document]("", again)
		if err != nil || !cmp.Equal(d.Text, back.Text) || len(d.Mentions) != len(back.Mentions) {
			t.Fatalf("what was encoded does not come back: %v", err)
		}
		copytaster.MustParseQuery("atos OR supplier:* OR money:*").Explain(copytaster.NewView(d))
	})
}

// TestWireDocumentNamesEveryField compares docs/WIRE.md with the types, both
// ways: each of its tables has a row for every JSON field and for nothing else.
func TestWireDocumentNamesEveryField(t *testing.T) {
	page, err := os.ReadFile("docs/WIRE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []any{copytaster.Article{}, copytaster.Aside{}, copytaster.Date{}, copytaster.Document{}, copytaster.Mention{}, copytaster.Money{},
		copytaster.Contract{}, copytaster.Party{}, copytaster.Span{}, copytaster.Alert{}, copytaster.Evidence{}, copytaster.Outcome{}} {
		typ := reflect.TypeOf(v)
		_, section, ok := strings.Cut(string(page), "\n### "+typ.Name()+"\n")
		if !ok {
			t.Errorf("docs/WIRE.md has no section ### %s", typ.Name())
			continue
		}
		section, _, _ = strings.Cut(section, "\n### ")
		var rows []string
		for _, row := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\|").FindAllStringSubmatch(section, -1) {
			rows = append(rows, row[1])
		}
		if diff := cmp.Diff(jsonFields(typ), rows); diff != "" {
			t.Errorf("fields of %s (-type +docs/WIRE.md):\n%s", typ.Name(), diff)
		}
	}
}

// jsonFields lists the type's own fields; those of an embedded type are in its
// own section.
func jsonFields(typ reflect.Type) []string {
	var out []string
	for i := range typ.NumField() {
		if f := typ.Field(i); !f.Anonymous {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			out = append(out, name)
		}
	}
	return out
}

// TestWireDocumentExamplesDecode decodes the JSON examples of docs/WIRE.md.
func TestWireDocumentExamplesDecode(t *testing.T) {
	page, err := os.ReadFile("docs/WIRE.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(page, -1)
	if len(examples) < 2 {
		t.Fatalf("%d examples, want 2 at least", len(examples))
	}
	for _, e := range examples {
		var keys map[string]any
		if err := json.Unmarshal(e[1], &keys); err != nil {
			t.Errorf("%s: %v", e[1], err)
			continue
		}
		if _, isAlert := keys["watch"]; isAlert {
			_, err = copytaster.Decode[copytaster.Alert](copytaster.SchemaAlert, e[1])
		} else {
			_, err = copytaster.Decode[copytaster.Document](copytaster.SchemaDocument, e[1])
		}
		if err != nil {
			t.Errorf("%s: %v", e[1], err)
		}
	}
}
