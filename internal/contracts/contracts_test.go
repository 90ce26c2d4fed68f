// SPDX-License-Identifier: Apache-2.0

package contracts

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/copytaster/copytaster"
)

var keep = flag.String("package", "", "file that the release package of the tests is written to, to hold it against the published schema")

func at() time.Time { return time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC) }

const story = "The harbour board has picked Kestrel Pumps and Varley Dredging to clear the basin for up to £12m. " +
	"Work begins in June.\n\n=HYPERLINK(1) said the clerk of Sandhaven, whose £7 an hour contract with Orrin ended early."

func span(part string) copytaster.Span {
	i := strings.Index(story, part)
	return copytaster.Span{Start: i, End: i + len(part)}
}

func money(part string, bound copytaster.Bound, per copytaster.Period, least, most int64) copytaster.Money {
	m := copytaster.Money{Span: span(part), Surface: part, Currency: "GBP", Bound: bound, Per: per}
	if least > 0 {
		d := decimal.MustNew(least, 0)
		m.Min = &d
	}
	if most > 0 {
		d := decimal.MustNew(most, 0)
		m.Max = &d
	}
	return m
}

// paper is an article with one contract in every state.
func paper() *copytaster.Document {
	d := &copytaster.Document{Article: copytaster.Article{ID: "a1b2", URL: "https://paper.example/basin?a=1", Title: "=Basin to be cleared",
		Sources: []string{"paper"}, Language: "en-GB", Text: story, Fetched: at(),
		Published: copytaster.Date{Time: time.Date(2031, 5, 5, 9, 0, 0, 0, time.FixedZone("", 3600)), Precision: copytaster.PrecisionTime}}}
	for _, s := range copytaster.Statuses() {
		d.Contracts = append(d.Contracts, copytaster.Contract{
			Suppliers: []copytaster.Party{{Entity: "kestrel", Name: "Kestrel Pumps"}, {Name: "Varley Dredging"}},
			Buyer:     copytaster.Party{Name: "harbour board"}, Subject: "clearing the basin: " + string(s), Status: s,
			Values:   []copytaster.Money{money("£7", copytaster.BoundExact, copytaster.PerHour, 7, 7), money("£12m", copytaster.BoundUpTo, "", 0, 12000000)},
			Evidence: []copytaster.Span{span("The harbour board has picked Kestrel Pumps and Varley Dredging to clear the basin for up to £12m."), span("=HYPERLINK(1) said the clerk of Sandhaven")},
			Start:    copytaster.Date{Time: time.Date(2031, 6, 1, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionMonth},
			End:      copytaster.Date{Time: time.Date(2034, 6, 1, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionDay}, Score: 0.875})
	}
	return d
}

// bare is an article of which hardly anything is known.
func bare() *copytaster.Document {
	return &copytaster.Document{Article: copytaster.Article{ID: "c3", URL: "file:drop/x.txt", Text: "Orrin has it.", Fetched: at()},
		Contracts: []copytaster.Contract{{Suppliers: []copytaster.Party{{Name: "Orrin"}}, Status: copytaster.StatusInForce, Evidence: []copytaster.Span{{Start: 0, End: 13}}},
			{Suppliers: []copytaster.Party{{Name: "Orrin"}}, Status: copytaster.StatusInForce, Evidence: []copytaster.Span{{Start: 5, End: 99}}}}}
}

func identify(id string) []string {
	if id == "kestrel" {
		return []string{"GB-COH:00000001", "nonsense", "XI-LEI:5555"}
	}
	return nil
}

func write(t *testing.T, w Writer, docs ...*copytaster.Document) {
	t.Helper()
	for _, d := range docs {
		if err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func rowsOf(t *testing.T, docs ...*copytaster.Document) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	write(t, NewTable(&b), docs...)
	all, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(all) == 0 {
		t.Fatalf("%d lines: %v", len(all), err)
	}
	var out []map[string]string
	for _, rec := range all[1:] {
		row := map[string]string{}
		for i, c := range rec {
			row[all[0][i]] = c
		}
		out = append(out, row)
	}
	return out
}

func TestTheTableHasOneRowAContract(t *testing.T) {
	rows := rowsOf(t, paper(), bare())
	if len(rows) != len(copytaster.Statuses())+2 {
		t.Fatalf("%d rows", len(rows))
	}
	got := rows[1]
	want := map[string]string{"nature": Nature, "published": "2031-05-05", "status": "awarded", "suppliers": "Kestrel Pumps; Varley Dredging",
		"supplier_ids": "kestrel", "buyer": "harbour board", "subject": "clearing the basin: awarded", "value": "up to £12m", "min": "", "max": "12000000",
		"bound": "up_to", "currency": "GBP", "all_values": "£7 an hour; up to £12m", "start": "2031-06", "end": "2034-06-01", "score": "0.875",
		"quote":    "The harbour board has picked Kestrel Pumps and Varley Dredging to clear the basin for up to £12m.",
		"headline": "'=Basin to be cleared", "url": "https://paper.example/basin?a=1", "article": "a1b2", "fetched": "2031-05-06T07:08:09Z",
		"more_evidence": "'=HYPERLINK(1) said the clerk of Sandhaven"}
	for col, v := range want {
		if got[col] != v {
			t.Errorf("%s is %q, want %q", col, got[col], v)
		}
	}
	if last := rows[len(rows)-1]; last["quote"] != "" || last["value"] != "" || last["min"] != "" || last["published"] != "" {
		t.Errorf("what is not known is made up: %v", last)
	}
}

func packageOf(t *testing.T, docs ...*copytaster.Document) map[string]any {
	t.Helper()
	var b bytes.Buffer
	write(t, NewOCDS(&b, at(), identify), docs...)
	if *keep != "" && len(docs) > 1 {
		if err := os.WriteFile(*keep, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var p map[string]any
	if err := json.Unmarshal(b.Bytes(), &p); err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return p
}

// TestThePackageHasWhatTheStandardRequires checks the required fields, closed
// code lists and references of OCDS 1.1.5 by hand; the published schema is not
// part of this repository.
func TestThePackageHasWhatTheStandardRequires(t *testing.T) {
	p := packageOf(t, paper(), bare())
	for _, k := range []string{"uri", "version", "publishedDate", "publisher", "releases"} {
		if p[k] == nil {
			t.Errorf("the package lacks %s", k)
		}
	}
	if p["version"] != "1.1" {
		t.Errorf("version %v", p["version"])
	}
	releases := p["releases"].([]any)
	if len(releases) != len(copytaster.Statuses())+2 {
		t.Fatalf("%d releases", len(releases))
	}
	ocids := map[string]bool{}
	for _, r := range releases {
		r := r.(map[string]any)
		checkRelease(t, r)
		checkParts(t, r)
		if id := r["ocid"].(string); ocids[id] {
			t.Errorf("two claims are called %s", id)
		} else {
			ocids[id] = true
		}
	}
}

func checkRelease(t *testing.T, r map[string]any) {
	t.Helper()
	for _, k := range []string{"ocid", "id", "date", "tag", "initiationType", "parties", "copytaster"} {
		if r[k] == nil {
			t.Errorf("a release lacks %s: %v", k, r)
		}
	}
	if _, err := time.Parse(time.RFC3339, r["date"].(string)); err != nil {
		t.Errorf("date: %v", err)
	}
	tags := []string{"tender", "award", "awardCancellation", "contract", "contractUpdate", "contractAmendment", "contractTermination"}
	for _, tag := range r["tag"].([]any) {
		if !slices.Contains(tags, tag.(string)) {
			t.Errorf("tag %v", tag)
		}
	}
	known := map[string]bool{}
	for _, p := range r["parties"].([]any) {
		known[p.(map[string]any)["id"].(string)] = true
	}
	for _, ref := range references(r) {
		if id := ref.(map[string]any)["id"].(string); !known[id] {
			t.Errorf("%s is no party of %v", id, r["ocid"])
		}
	}
	statuses := map[string][]string{"awards": {"pending", "active", "cancelled", "unsuccessful"}, "contracts": {"pending", "active", "cancelled", "terminated"}}
	for part, allowed := range statuses {
		all, _ := r[part].([]any)
		for _, a := range all {
			a := a.(map[string]any)
			if !slices.Contains(allowed, a["status"].(string)) || a["id"] == nil || part == "contracts" && a["awardID"] == nil {
				t.Errorf("%s: %v", part, a)
			}
			if !strings.Contains(a["description"].(string), Nature) {
				t.Errorf("%s does not say what it is: %v", part, a["description"])
			}
		}
	}
}

// checkParts checks what the standard requires of the parts of a release: an id
// for the tender, for each party and each document, roles and a status of the
// code lists, and dates in full.
func checkParts(t *testing.T, r map[string]any) {
	t.Helper()
	ids := map[string]bool{}
	for _, p := range r["parties"].([]any) {
		p := p.(map[string]any)
		id, _ := p["id"].(string)
		if id == "" || ids[id] || p["name"] == "" {
			t.Errorf("a party without a name or an id of its own: %v", p)
		}
		ids[id] = true
		for _, role := range p["roles"].([]any) {
			if !slices.Contains([]string{"buyer", "supplier", "tenderer"}, role.(string)) {
				t.Errorf("role %v", role)
			}
		}
	}
	if tender, ok := r["tender"].(map[string]any); ok {
		if tender["id"] == nil || !slices.Contains([]string{"planned", "active"}, tender["status"].(string)) {
			t.Errorf("tender: %v", tender)
		}
	}
	walk(r, func(key string, v map[string]any) {
		switch key {
		case "documents":
			if v["id"] == nil {
				t.Errorf("a document without an id: %v", v)
			}
		case "value":
			if c, _ := v["currency"].(string); v["amount"] != nil && len(c) != 3 {
				t.Errorf("value: %v", v)
			}
		case "period", "contractPeriod":
			for _, k := range []string{"startDate", "endDate"} {
				if d, ok := v[k].(string); ok {
					if _, err := time.Parse(time.RFC3339, d); err != nil {
						t.Errorf("%s: %v", k, err)
					}
				}
			}
		}
	})
}

// walk calls f with every object of a release and the key that it stands under.
func walk(v any, f func(key string, object map[string]any)) {
	object, _ := v.(map[string]any)
	for key, x := range object {
		all, ok := x.([]any)
		if !ok {
			all = []any{x}
		}
		for _, y := range all {
			if o, ok := y.(map[string]any); ok {
				f(key, o)
				walk(o, f)
			}
		}
	}
}

// references are the parties that a release refers to.
func references(r map[string]any) []any {
	var out []any
	if r["buyer"] != nil {
		out = append(out, r["buyer"])
	}
	if tender, ok := r["tender"].(map[string]any); ok {
		out = append(out, tender["tenderers"].([]any)...)
	}
	if awards, ok := r["awards"].([]any); ok {
		out = append(out, awards[0].(map[string]any)["suppliers"].([]any)...)
	}
	return out
}

func TestAReleaseNamesItsArticleAndItsWords(t *testing.T) {
	releases := packageOf(t, paper())["releases"].([]any)
	r := releases[1].(map[string]any) // awarded
	award := r["awards"].([]any)[0].(map[string]any)
	doc := award["documents"].([]any)[0].(map[string]any)
	if doc["url"] != "https://paper.example/basin?a=1" || !strings.HasPrefix(doc["description"].(string), "The harbour board has picked") {
		t.Errorf("the document is %v", doc)
	}
	if d := cmp.Diff(map[string]any{"amount": 12000000.0, "currency": "GBP"}, award["value"]); d != "" {
		t.Errorf("value: %s", d)
	}
	if !strings.Contains(award["description"].(string), "up to £12m") {
		t.Errorf("what was said of the number is lost: %v", award["description"])
	}
	mark := r["copytaster"].(map[string]any)
	if d := cmp.Diff(map[string]any{"endDate": "2034-06-01T00:00:00Z"}, award["contractPeriod"]); d != "" {
		t.Errorf("a period holds the days that were stated, and no others: %s", d)
	}
	if mark["start"] != "2031-06" || mark["end"] != "2034-06-01" {
		t.Errorf("the mark says from %v to %v", mark["start"], mark["end"])
	}
	if mark["nature"] != Nature || mark["score"] != 0.875 || mark["status"] != "awarded" {
		t.Errorf("the mark is %v", mark)
	}
	party := r["parties"].([]any)[0].(map[string]any)
	if d := cmp.Diff(map[string]any{"scheme": "GB-COH", "id": "00000001"}, party["identifier"]); d != "" {
		t.Errorf("identifier: %s", d)
	}
	if more, _ := party["additionalIdentifiers"].([]any); len(more) != 1 {
		t.Errorf("more identifiers: %v", party)
	}
}

func TestARangeIsNotGivenOneNumber(t *testing.T) {
	d := bare()
	d.Contracts[0].Values = []copytaster.Money{money("£12m", copytaster.BoundRange, "", 10000000, 12000000)}
	r := packageOf(t, d)["releases"].([]any)[0].(map[string]any)
	if v := r["awards"].([]any)[0].(map[string]any)["value"]; v != nil {
		t.Errorf("the value is %v", v)
	}
	if row := rowsOf(t, d)[0]; row["min"] != "10000000" || row["max"] != "12000000" {
		t.Errorf("the row is %v", row)
	}
}

func TestAnEmptyPackageIsWhole(t *testing.T) {
	p := packageOf(t)
	if all, ok := p["releases"].([]any); !ok || len(all) != 0 {
		t.Errorf("releases: %v", p["releases"])
	}
}

func TestAClaimKeepsItsIdentity(t *testing.T) {
	first := Claims(paper())
	d := paper()
	slices.Reverse(d.Contracts)
	d.Fetched = at().Add(time.Hour)
	for i := range d.Contracts {
		slices.Reverse(d.Contracts[i].Suppliers)
		d.Contracts[i].Status, d.Contracts[i].Values = copytaster.StatusDisputed, nil
		d.Contracts[i].Subject = strings.ToUpper(d.Contracts[i].Subject)
	}
	second := Claims(d)
	slices.Reverse(second)
	for i := range first {
		if first[i].OCID != second[i].OCID {
			t.Errorf("%s became %s", first[i].OCID, second[i].OCID)
		}
	}
	other := paper()
	other.Contracts[0].Buyer.Name = "another board"
	if Claims(other)[0].OCID == first[0].OCID {
		t.Error("another buyer's contract has the same identity")
	}
	twins := Claims(bare())
	if twins[1].OCID != twins[0].OCID+"-2" {
		t.Errorf("the second of two alike is %s, the first %s", twins[1].OCID, twins[0].OCID)
	}
}

// full refuses to be written to after some bytes.
type full struct{ left int }

var errFull = errors.New("the disk is full")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAFailureOfWritingIsTold(t *testing.T) {
	for name, w := range map[string]Writer{"table": NewTable(&full{5000}), "package": NewOCDS(&full{5000}, at(), nil)} {
		var err error
		for range 100 {
			err = errors.Join(err, w.Write(paper()))
		}
		if err = errors.Join(err, w.Close()); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzWritersTakeAnyText(f *testing.F) {
	f.Add("=1+1", "\u2028\"<", 3, 9)
	f.Add("\xff\x00", "", -5, 1<<40)
	f.Fuzz(func(t *testing.T, text, name string, start, end int) {
		d := bare()
		d.Text, d.Title, d.URL, d.Language = text, name, text, name
		d.Contracts[0].Suppliers[0].Name, d.Contracts[0].Subject, d.Contracts[0].Buyer.Name = name, text, text
		d.Contracts[0].Evidence = []copytaster.Span{{Start: start, End: end}}
		packageOf(t, d)
		if rows := rowsOf(t, d); len(rows) != 2 {
			t.Errorf("%d rows", len(rows))
		}
	})
}
