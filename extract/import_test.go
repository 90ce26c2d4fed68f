// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const ocdsPackage = `{"uri":"https://buyer.example/p","version":"1.1","extensions":[],"publisher":{"name":"x"},"releases":[
{"ocid":"ocds-1-a","tag":["award"],"parties":[
 {"id":"1","name":"KESTREL PUMPS  LIMITED","roles":["supplier"],"identifier":{"scheme":"gb-coh","id":"00012345","legalName":"Kestrel Pumps Limited"}},
 {"id":"2","name":"Sandhaven Council","roles":["buyer"]},
 {"id":"3","name":"Varley Dredging","roles":["tenderer"],"additionalIdentifiers":[{"scheme":"XI-LEI","id":529900}]}],
 "awards":[{"suppliers":[{"id":"1","name":"KESTREL PUMPS LIMITED"}]}]},
{"ocid":"ocds-1-b","parties":[{"id":"9","name":"Kestrel Water","roles":["supplier"],"identifier":{"scheme":"GB-COH","id":"00012345"}}]}]}`

func importOCDS(t *testing.T, text string) []Entry {
	t.Helper()
	list, err := ImportOCDS(strings.NewReader(text), "p.json")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestImportOCDSTakesSuppliersAndTenderers(t *testing.T) {
	want := []Entry{
		{ID: "gb-coh-00012345", Name: "KESTREL PUMPS LIMITED", Kind: KindSupplier, Aliases: []string{"Kestrel Water"}, IDs: []string{"GB-COH:00012345"}},
		{ID: "xi-lei-529900", Name: "Varley Dredging", Kind: KindSupplier, IDs: []string{"XI-LEI:529900"}},
	}
	if d := cmp.Diff(want, importOCDS(t, ocdsPackage)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestImportOCDSReadsEveryPackaging(t *testing.T) {
	release := `{"parties":[{"name":"Orrin Works Ltd","roles":["supplier"]}],"ocid":"x"}`
	old := `{"ocid":"x","awards":[{"suppliers":[{"name":"Orrin Works Ltd"}]}]}` // 1.0 has no parties
	for name, text := range map[string]string{
		"a release":             release,
		"a release of 1.0":      old,
		"an array":              "[" + release + "," + old + "]",
		"JSON Lines":            release + "\n" + old + "\n",
		"a record package":      `{"records":[{"ocid":"x","compiledRelease":` + release + `,"releases":[{"url":"https://x.example","tag":["award"]}]},{"ocid":"y","compiledRelease":null}]}`,
		"lines of packages":     `{"releases":[` + release + "]}\n" + `{"releases":[` + old + "]}",
		"nulls where it allows": `{"releases":[{"ocid":"z","parties":null,"tender":null,"awards":null},` + release + `]}`,
		"a tender of 1.0":       `{"ocid":"x","tender":{"tenderers":[{"name":"Orrin Works Ltd"}]}}`,
	} {
		t.Run(name, func(t *testing.T) {
			got := importOCDS(t, text)
			if len(got) != 1 || got[0].ID != "orrin-works" && got[0].ID != "orrin-works-ltd" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestImportOCDSReportsWhatItCannotUse(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		entries    int
	}{
		"no JSON":                   {"<html>", "p.json: after release 0", 0},
		"nothing":                   {"", "no release", 0},
		"a cut package":             {ocdsPackage[:len(ocdsPackage)-3], "unexpected EOF", 2},
		"parties that are no array": {`[{"ocid":"a","parties":"none"},{"ocid":"b","parties":[{"name":"Orrin","roles":["supplier"]}]}]`, "release 1: parties", 1},
		"a supplier without a name": {`{"ocid":"a","parties":[{"roles":["supplier"]}]}`, "release 1: no id", 0},
		"a name of a novel":         {`{"ocid":"a","parties":[{"roles":["supplier"],"name":"` + strings.Repeat("long ", 200) + `"}]}`, "is not a name", 0},
		"releases that are a word":  {`{"releases":"all"}`, "no array", 0},
		"a number":                  {"7", "neither a package nor a release", 0},
		"packages in packages":      {strings.Repeat(`{"releases":[`, 50), "nested too deeply", 0},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := ImportOCDS(strings.NewReader(c.text), "p.json")
			if err == nil || !strings.Contains(err.Error(), c.want) || len(list) != c.entries {
				t.Errorf("%d entries, error %v; want %d and %q", len(list), err, c.entries, c.want)
			}
		})
	}
}

const registerCSV = "\uFEFFCompanyName, CompanyNumber,CompanyStatus,PreviousName_1.CONDATE,PreviousName_1.CompanyName\n" +
	`"KESTREL ""PUMPS"" LIMITED","00012345","Active","",""` + "\n" +
	`"ORRIN WORKS LTD","SC000099","Active","",ORRIN AND SONS LIMITED` + "\n" +
	"no number,,Active,,\n" +
	"short\n" +
	`"ORRIN GROUP LTD","SC000099","Active"` + "\n"

func companies() Register {
	return Register{Name: "companyname", Number: "CompanyNumber", Former: "PreviousName_1.Comp", Scheme: "GB-COH", Country: "GB"}
}

func TestImportRegisterMapsColumns(t *testing.T) {
	got, err := ImportRegister(strings.NewReader(registerCSV), "r.csv", companies())
	if err == nil || !strings.Contains(err.Error(), "r.csv:4: no id") || !strings.Contains(err.Error(), "r.csv:5:") {
		t.Errorf("the bad lines: %v", err)
	}
	want := []Entry{
		{ID: "gb-coh-00012345", Name: `KESTREL "PUMPS" LIMITED`, Kind: KindSupplier, IDs: []string{"GB-COH:00012345"}, Country: "GB"},
		{ID: "gb-coh-sc000099", Name: "ORRIN WORKS LTD", Kind: KindSupplier, IDs: []string{"GB-COH:SC000099"}, Country: "GB",
			Aliases: []string{"ORRIN AND SONS LIMITED", "ORRIN GROUP LTD"}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestImportRegisterRefusesWhatIsNone(t *testing.T) {
	reg := companies()
	for name, c := range map[string]struct{ text, want string }{
		"an empty file":     {"", "no header line"},
		"another's columns": {"a,b\n1,2\n", `there are`},
		"an open quote":     {"CompanyName,CompanyNumber\n\"" + strings.Repeat("x,\n", maxRecord/2), "longer than"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := ImportRegister(strings.NewReader(c.text), "r.csv", reg); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %.200v, want %q", err, c.want)
			}
		})
	}
	reg.Comma = ';'
	list, err := ImportRegister(strings.NewReader("CompanyName;CompanyNumber\nOrrin, Works;7\n"), "r.csv", reg)
	if err != nil || len(list) != 1 || list[0].Name != "Orrin, Works" {
		t.Errorf("with semicolons: %+v %v", list, err)
	}
}

// endless is a record that never ends.
type endless struct{ begin, more string }

func (e *endless) Read(p []byte) (int, error) {
	if e.begin != "" {
		n := copy(p, e.begin)
		e.begin = e.begin[n:]
		return n, nil
	}
	n := 0
	for n+len(e.more) <= len(p) {
		n += copy(p[n:], e.more)
	}
	return n, nil
}

func TestAnEndlessRecordIsBounded(t *testing.T) {
	for name, begin := range map[string]string{"a name": `{"ocid":"x","parties":[{"name":"`, "a release that is skipped": `{"ocid":"x","planning":{"note":"`} {
		if _, err := ImportOCDS(&endless{begin, "a"}, "p.json"); !errors.Is(err, errRecord) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ImportRegister(&endless{"CompanyName,CompanyNumber\n\"", "a"}, "r.csv", companies()); !errors.Is(err, errRecord) {
		t.Errorf("register: %v", err)
	}
}

func TestWhatIsImportedIsAList(t *testing.T) {
	list := append(importOCDS(t, ocdsPackage), Entry{ID: "both", Name: "Both; Ways", Kind: KindBoth, Aliases: []string{"A; B", "C"}, Generic: true, Notes: "n", Quiet: []string{"C"}})
	var b bytes.Buffer
	if err := WriteCSV(&b, list); err != nil {
		t.Fatal(err)
	}
	got, err := LoadCSV(&b, "own.csv")
	if err != nil {
		t.Fatal(err)
	}
	list[2].Aliases = []string{"A, B", "C"}
	if d := cmp.Diff(list, got); d != "" {
		t.Errorf("(-written +read)\n%s", d)
	}
	if problems := Lint(got[:2]); len(problems) > 0 {
		t.Errorf("lint: %v", problems)
	}
}

func TestImportedNamesAreTagged(t *testing.T) {
	list, err := ImportRegister(strings.NewReader(registerCSV), "r.csv", companies())
	if err == nil {
		t.Fatal("the bad lines were not reported")
	}
	g := NewGazetteer(list)
	for _, name := range []string{"Orrin Works", "orrin works ltd", "Orrin and Sons Limited", "gb-coh-sc000099"} {
		if ids := g.Resolve("supplier", name); !slices.Equal(ids, []string{"gb-coh-sc000099"}) {
			t.Errorf("%s resolves to %v", name, ids)
		}
	}
}

func TestNewIDIsAnID(t *testing.T) {
	for name, want := range map[string]string{"Kestrel & Sons Ltd.": "kestrel-and-sons-ltd", "GB-COH:SC268016": "gb-coh-sc268016", "Müller's Söhne": "muller-sohne",
		"株式会社": "", "": "", strings.Repeat("abcdefg ", 20): strings.TrimRight(strings.Repeat("abcdefg-", 8), "-")} {
		if got := NewID(name); got != want {
			t.Errorf("NewID(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(ocdsPackage))
	f.Add([]byte(registerCSV))
	f.Add([]byte(`{"records":[{"compiledRelease":{"ocid":1,"tender":{"tenderers":[{"id":{},"name":"x"}]}}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		ocds, _ := ImportOCDS(bytes.NewReader(data), "f") // what is wrong may be reported
		register, _ := ImportRegister(bytes.NewReader(data), "f", companies())
		for _, list := range [][]Entry{ocds, register} {
			var b bytes.Buffer
			if err := WriteCSV(&b, list); err != nil {
				t.Fatal(err)
			}
			got, err := LoadCSV(io.Reader(&b), "f")
			if err != nil || len(got) != len(list) {
				t.Fatalf("%d entries became %d: %v", len(list), len(got), err)
			}
			seen := map[string]bool{}
			for _, e := range got {
				if seen[e.ID] {
					t.Fatalf("the id %s is there twice", e.ID)
				}
				seen[e.ID] = true
			}
		}
	})
}

func BenchmarkImportRegister(b *testing.B) {
	var text strings.Builder
	text.WriteString("CompanyName,CompanyNumber\n")
	for i := range 10000 {
		fmt.Fprintf(&text, "\"Kestrel %d Pumps Limited\",%08d\n", i, i)
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if _, err := ImportRegister(strings.NewReader(text.String()), "r", companies()); err != nil {
			b.Fatal(err)
		}
	}
}
