// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoadCSV(t *testing.T) {
	const list = "\uFEFFid,Name,kind,aliases,context,generic,ids,successor\n" +
		"orr,Orr Dredging,supplier,Orr; Orr Marine ,Orr,,GB-COH:01234567,vane\n" +
		"\"vane\",\"Vane, Son & Co\",,,,1,,\n"
	got, err := LoadCSV(strings.NewReader(list), "ours.csv")
	if err != nil {
		t.Fatal(err)
	}
	want := []Entry{
		{ID: "orr", Name: "Orr Dredging", Kind: KindSupplier, Aliases: []string{"Orr", "Orr Marine"}, Context: []string{"Orr"}, IDs: []string{"GB-COH:01234567"}, Successor: "vane"},
		{ID: "vane", Name: "Vane, Son & Co", Generic: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestLoadCSVNamesTheFileAndTheLine(t *testing.T) {
	for _, c := range []struct{ name, list, want string }{
		{"nothing", "", "ours.csv: no header line"},
		{"an unknown column", "id,name,colour\n", `column 3: unknown or repeated name "colour"`},
		{"a column twice", "id,name,name\n", "column 3"},
		{"no id column", "name\nOrr\n", "the columns id and name must be there"},
		{"no id", "id,name\n,Orr\n", "ours.csv:2: no id"},
		{"a bad id", "id,name\nOrr!,Orr\n", `ours.csv:2: id "Orr!"`},
		{"no name", "id,name\norr,\n", "ours.csv:2: orr: no name"},
		{"a bad kind", "id,name,kind\norr,Orr,boat\n", `ours.csv:2: orr: unknown kind "boat"`},
		{"a name of nothing", "id,name,aliases\norr,Orr, ;\norr2,...,\n", ""},
		{"too few cells", "id,name\norr\n", "wrong number of fields"},
		{"an open quote", "id,name\norr,\"Orr\n", "ours.csv"},
		{"an endless name", "id,name\norr," + strings.Repeat("x", maxName+1) + "\n", "is not a name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := LoadCSV(strings.NewReader(c.list), "ours.csv")
			if c.want == "" {
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestLoadCSVKeepsTheGoodLines(t *testing.T) {
	got, err := LoadCSV(strings.NewReader("id,name\norr,Orr\n!,Bad\nvane,Vane\nsable\nrook,Rook\n"), "ours.csv")
	if len(got) != 3 || err == nil {
		t.Errorf("%d entries, %v", len(got), err)
	}
}

func FuzzLoadCSV(f *testing.F) {
	f.Add("id,name,kind,aliases\norr,Orr,supplier,a;b\n")
	f.Add("id,name\n\"")
	f.Fuzz(func(t *testing.T, list string) {
		entries, _ := LoadCSV(strings.NewReader(list), "fuzz")
		g := NewGazetteer(entries)
		Lint(entries)
		for _, e := range entries {
			if e.ID != "" && e.check() == nil && g.Name(e.ID) == "" {
				t.Fatalf("%q is loaded but not there", e.ID)
			}
		}
	})
}

func TestLint(t *testing.T) {
	for _, c := range []struct {
		name string
		list []Entry
		want string
	}{
		{"an id twice", []Entry{{ID: "orr", Name: "Orr Works"}, {ID: "orr", Name: "Orr Yards"}}, "the id is used twice"},
		{"a name of two", []Entry{{ID: "a", Name: "Orr Works"}, {ID: "b", Name: "Orr Yards", Aliases: []string{"ORR works"}}}, `the name "ORR works" is also one of a`},
		{"a common word", []Entry{{ID: "circle", Name: "Circle"}}, "is a common word"},
		{"a first name", []Entry{{ID: "vera", Name: "Vera"}}, "is a common word, a first name or a place"},
		{"a place", []Entry{{ID: "leeds", Name: "Leeds"}}, "or a place"},
		{"a mark without a name", []Entry{{ID: "orr", Name: "Orr Works", Context: []string{"Orr"}}}, `"Orr" is marked but is no name`},
		{"an identifier without a scheme", []Entry{{ID: "orr", Name: "Orr Works", IDs: []string{"0123"}}}, "is not SCHEME:ID"},
		{"an exclusion of one word", []Entry{{ID: "orr", Name: "Orr Works", Exclude: []string{"Orr"}}}, "would hide the name"},
		{"a bad entry", []Entry{{ID: "Orr", Name: "Orr Works"}}, "only a-z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, p := range Lint(c.list) {
				if strings.Contains(p.Text, c.want) {
					return
				}
			}
			t.Errorf("%v does not say %q", Lint(c.list), c.want)
		})
	}
}

func TestLintPassesWhatTheTextDecides(t *testing.T) {
	list := []Entry{
		{ID: "uk-army", Name: "British Army", Aliases: []string{"Army"}, Kind: KindBuyer, Country: "GB", Context: []string{"Army"}},
		{ID: "us-army", Name: "US Army", Aliases: []string{"Army"}, Kind: KindBuyer, Country: "US", Context: []string{"Army"}},
		{ID: "circle", Name: "Circle Health", Aliases: []string{"Circle"}, Context: []string{"Circle"}, IDs: []string{"GB-COH:1"}, Exclude: []string{"Arctic Circle"}},
	}
	if got := Lint(list); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}
