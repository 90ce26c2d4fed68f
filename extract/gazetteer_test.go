// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/copytaster/copytaster"
)

func TestBuiltinListsAreClean(t *testing.T) {
	list, err := BuiltinEntries()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 480 {
		t.Errorf("only %d entries", len(list))
	}
	for _, p := range Lint(list) {
		t.Error(p)
	}
	listed := map[string]bool{}
	for i := range list {
		listed[list[i].ID] = true
	}
	for i := range list {
		if s := list[i].Successor; s != "" && (!listed[s] || s == list[i].ID) {
			t.Errorf("%s is succeeded by %q, which no list has", list[i].ID, s)
		}
	}
}

func TestAProductIsNoMentionOfItsMaker(t *testing.T) {
	for text, want := range map[string]string{
		"Trustmarque will supply Microsoft 365 and Oracle Database to the council.": "Trustmarque",
		"Microsoft and Oracle Corp have won the contract.":                          "Microsoft, Oracle Corp",
	} {
		d := &copytaster.Document{Article: copytaster.Article{Text: text}}
		shared(t).Tag(d)
		var got []string
		for _, m := range d.Mentions {
			if m.Role == copytaster.RoleSupplier {
				got = append(got, m.Surface)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("suppliers of %q: %q, want %s", text, got, want)
		}
	}
}

func TestBuiltinResolvesEveryNameOfEveryEntry(t *testing.T) {
	list, err := BuiltinEntries()
	if err != nil {
		t.Fatal(err)
	}
	g := NewGazetteer(list)
	for i := range list {
		e := &list[i]
		role := copytaster.Role("")
		for _, n := range append(e.names(), e.ID, strings.ToUpper(e.Name)) {
			if ids := g.Resolve(role, n); !contains(ids, e.ID) {
				t.Errorf("%q resolves to %v, not to %s", n, ids, e.ID)
			}
		}
		if g.Name(e.ID) != e.Name {
			t.Errorf("the name of %s is %q", e.ID, g.Name(e.ID))
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func TestResolve(t *testing.T) {
	g := NewGazetteer([]Entry{
		{ID: "orr", Name: "Orr Dredging", Legal: []string{"Orr Dredging (Holdings) plc"}, Abbreviations: []string{"ODG"}},
		{ID: "uk-army", Name: "British Army", Aliases: []string{"Army"}, Kind: KindBuyer, Country: "GB"},
		{ID: "us-army", Name: "US Army", Aliases: []string{"Army"}, Kind: KindBuyer, Country: "US"},
		{ID: "rail", Name: "Line Company", Kind: KindBoth},
		{ID: "auditor", Name: "Audit Office", Kind: KindWatchdog},
	})
	for _, c := range []struct {
		name  string
		role  copytaster.Role
		value string
		want  []string
	}{
		{"by id", copytaster.RoleSupplier, "orr", []string{"orr"}},
		{"by name in any case", copytaster.RoleSupplier, "orr DREDGING", []string{"orr"}},
		{"by a registered name", copytaster.RoleSupplier, "Orr Dredging (Holdings) plc", []string{"orr"}},
		{"by a registered form that no list has", copytaster.RoleSupplier, "Orr Dredging Limited", []string{"orr"}},
		{"by abbreviation in any case", copytaster.RoleSupplier, "odg", []string{"orr"}},
		{"a shared name gives all", copytaster.RoleBuyer, "army", []string{"uk-army", "us-army"}},
		{"a supplier is no buyer", copytaster.RoleBuyer, "orr", []string{}},
		{"one that is both is both", copytaster.RoleBuyer, "Line Company", []string{"rail"}},
		{"a watchdog may buy", copytaster.RoleBuyer, "audit office", []string{"auditor"}},
		{"an unknown name gives none", copytaster.RoleSupplier, "Nobody Ltd", []string{}},
		{"nothing gives none", copytaster.RoleSupplier, "", []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, g.Resolve(c.role, c.value)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestLaterListReplacesAnEntry(t *testing.T) {
	base := []Entry{{ID: "orr", Name: "Orr"}, {ID: "vane", Name: "Vane"}}
	g := NewGazetteer(base, []Entry{{ID: "orr", Name: "Orr Group", Aliases: []string{"Orrco"}}})
	if g.Len() != 2 || g.Name("orr") != "Orr Group" {
		t.Errorf("%d entries, orr is %q", g.Len(), g.Name("orr"))
	}
	if ids := g.Resolve(copytaster.RoleSupplier, "Orrco"); len(ids) != 1 {
		t.Errorf("the new alias resolves to %v", ids)
	}
}

func TestRevision(t *testing.T) {
	rev := func(list ...Entry) string { return NewGazetteer(list).Revision() }
	a := rev(Entry{ID: "orr", Name: "Orr"})
	if a != rev(Entry{ID: "orr", Name: "Orr"}) {
		t.Error("the same list has two revisions")
	}
	for name, other := range map[string]Entry{
		"another name":  {ID: "orr", Name: "Orr2"},
		"another id":    {ID: "orr2", Name: "Orr"},
		"an alias":      {ID: "orr", Name: "Orr", Aliases: []string{"Orrco"}},
		"needs context": {ID: "orr", Name: "Orr", Context: []string{"Orr"}},
		"an exclusion":  {ID: "orr", Name: "Orr", Exclude: []string{"Orr Bay"}},
	} {
		if rev(other) == a {
			t.Errorf("%s: the revision did not change", name)
		}
	}
	if len(a) != 8 {
		t.Errorf("revision %q", a)
	}
}

func TestEveryGeneratedNameIsFoundWithItsSpan(t *testing.T) {
	word := rapid.StringMatching(`[A-Z][a-z]{3,8}`)
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(word, 2, 4).Draw(t, "words"), rapid.SampledFrom([]string{" ", "-", " & ", " and "}).Draw(t, "joint"))
		g := NewGazetteer([]Entry{{ID: "x", Name: name}})
		written := rapid.SampledFrom([]string{name, strings.ToUpper(name), strings.ReplaceAll(name, " & ", " and "), strings.ReplaceAll(name, " ", "\n")}).Draw(t, "written")
		after := rapid.SampledFrom([]string{" won", "'s deal", "’s deal", "-run prison", ", which", ")", "."}).Draw(t, "after")
		text := "the work of " + written + after
		hits := g.match(text, tokenise(text))
		if len(hits) != 1 {
			t.Fatalf("%d hits in %q", len(hits), text)
		}
		toks := tokenise(text)
		if got := text[hits[0].start:toks[hits[0].to-1].end]; got != written {
			t.Fatalf("found %q, want %q", got, written)
		}
	})
}
