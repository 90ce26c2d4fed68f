// SPDX-License-Identifier: Apache-2.0

package indextest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// questions are queries of the corpus and what they find: every field and
// operator of the language.
var questions = []struct{ query, want string }{
	{"", "assessments bare cafe payroll tagging yearbook"},
	{"payroll", "payroll yearbook"},
	{"reviewing", "tagging"},
	{"reviewed", "tagging"},
	{`"reviewed"`, ""},
	{`"reviewing"`, "tagging"},
	{"council payroll", "payroll yearbook"},
	{"council -capita", "yearbook"},
	{"-council", "assessments bare cafe tagging"},
	{"-council -atos", "bare cafe tagging"},
	{"NOT (council OR atos)", "bare cafe tagging"},
	{"capita OR serco", "assessments payroll tagging"},
	{"(capita OR serco) -tagging", "assessments payroll"},
	{"xyzzy", ""},
	{"-xyzzy", "assessments bare cafe payroll tagging yearbook"},
	{"fit-for-work", "assessments"},
	{`"fit for work"`, "assessments"},
	{`"work fit for"`, ""},
	{`"fit work"~1`, "assessments yearbook"},
	{`"payroll barnet"~2`, ""},
	{`"payroll barnet"~4`, "payroll"},
	{"pay*", "assessments payroll yearbook"},
	{"payr*", "payroll yearbook"},
	{"title:payroll", "payroll"},
	{"body:capita", "payroll"},
	{"title:council body:barnet", "payroll"},
	{"title:barnet", ""},
	{`"deal capita"`, ""},
	{"zone:comment", "tagging"},
	{"zone:related", "tagging"},
	{"zone:promo", ""},
	{"-zone:comment", "assessments bare cafe payroll yearbook"},
	{"zone:comment capita", "tagging"},
	{"zone:related capita", ""},
	{`zone:comment "fit for work"`, ""},
	{`zone:comment fit work`, "tagging"},
	{"(zone:comment OR zone:related) weather", "tagging"},
	{"zone:body weekend", ""},
	{"supplier:capita", "payroll"},
	{`supplier:"Capita plc"`, "payroll"},
	{"supplier:CAPITA", "payroll"},
	{"supplier:capita zone:comment", "tagging"},
	{"supplier:serco", "assessments tagging"},
	{"supplier:atos supplier:serco", "assessments"},
	{`supplier:"brightwater ltd"`, "tagging"},
	{"supplier:dwp", ""},
	{"buyer:dwp", "assessments"},
	{"supplier:*", "assessments payroll tagging"},
	{"-buyer:*", "bare cafe tagging yearbook"},
	{"supplier:*  zone:comment", "tagging"},
	{"money:*", "assessments cafe payroll tagging"},
	{"money:>100m", "assessments"},
	{"money:>=500m", "assessments"},
	{"money:>500m", ""},
	{"money:<8", "assessments"},
	{"money:10m..12m", "assessments payroll"},
	{"money:30k", "payroll"},
	{"money:30k per:year", "payroll"},
	{"money:30k per:hour", ""},
	{"per:hour", "assessments"},
	{"per:*", "assessments payroll"},
	{"money:>1m currency:eur", "cafe"},
	{"money:3m currency:eur", ""},
	{"money:3m", "cafe"},
	{"currency:*", "assessments cafe payroll tagging"},
	{"currency:gbp", "assessments payroll tagging"},
	{"money:>=£12m", "assessments payroll"},
	{"status:awarded", "assessments payroll"},
	{"status:under_review", "tagging"},
	{"status:*", "assessments payroll tagging"},
	{"-status:awarded", "bare cafe tagging yearbook"},
	{"subject:payroll", "payroll"},
	{"subject:helplines", "assessments"},
	{"subject:*", "assessments payroll tagging"},
	{"contract:(supplier:serco status:awarded)", "assessments"},
	{"contract:(supplier:atos status:awarded)", ""},
	{"supplier:atos status:awarded", "assessments"},
	{"contract:(buyer:dwp money:>100m)", "assessments"},
	{"contract:(supplier:serco money:>100m)", ""},
	{"contract:(supplier:serco -status:awarded)", "tagging"},
	{"contract:(supplier:serco (status:under_review OR subject:helpline))", "assessments tagging"},
	{"contract:(-supplier:serco)", "assessments payroll"},
	{"-contract:(supplier:serco)", "bare cafe payroll yearbook"},
	{"contract:(money:10m currency:gbp)", "assessments"},
	{"contract:(buyer:*)", "assessments payroll"},
	{"kind:news", "assessments payroll"},
	{"kind:*", "assessments cafe payroll tagging yearbook"},
	{"source:wire", "payroll tagging"},
	{"source:local-post", "payroll yearbook"},
	{"-source:*", "bare"},
	{"author:jane", "assessments payroll"},
	{`author:"o'neill jane"`, "payroll"},
	{`author:"jane shah"`, ""},
	{"author:*", "assessments payroll"},
	{"language:en", "assessments payroll tagging"},
	{"language:en-GB", "assessments payroll"},
	{"language:*", "assessments cafe payroll tagging"},
	{"published:2014", "cafe payroll tagging"},
	{"published:2014-02", "cafe payroll"},
	{"published:2014-02-26", "cafe payroll"},
	{"published:2014-02-25", ""},
	{"published:2014-03-31", "tagging"},
	{"published:2013-06-15", "yearbook"},
	{"published:2013..2014-02", "cafe payroll yearbook"},
	{"published:>=2014-03", "tagging"},
	{"published:<2014", "yearbook"},
	{"published:*", "cafe payroll tagging yearbook"},
	{"-published:*", "assessments bare"},
	{"fetched:2014-03-01", "assessments bare cafe payroll tagging yearbook"},
	{"fetched:<2014-03-01", ""},
	{"cafe besancon", "cafe"},
	{"strasse NAÏVE finance", "cafe"},
	{"obrien", "cafe"},
	{"елка", "cafe"},
	{"東京", "cafe"},
	{"uk 500000", "cafe"},
	{`payroll OR (supplier:serco money:>100m) OR kind:blog`, "assessments payroll tagging yearbook"},
	{`(tagging OR status:awarded) -(title:fit OR author:shah)`, "tagging"},
}

func testLanguage(t *testing.T, open Opener) {
	b := open(t)
	docs := corpus()
	put(t, b, docs...)
	for _, tt := range questions {
		t.Run(tt.query, func(t *testing.T) {
			want := strings.Fields(tt.want)
			if accepted := matching(parse(t, tt.query), docs); !slices.Equal(accepted, want) {
				t.Fatalf("the suite is wrong: Match accepts %q, the table says %q", accepted, want)
			}
			if got := find(t, b, tt.query); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// matching returns the sorted ids of the documents that a query accepts.
func matching(q copytaster.Query, docs []*copytaster.Document) []string {
	var ids []string
	for _, d := range docs {
		if q.Match(d) {
			ids = append(ids, d.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// Agree puts the documents into an empty index and checks that each query finds
// exactly those that its Match accepts. At least a third of the queries must
// find something, and not everything, or the check would say little.
func Agree(t *testing.T, b index.Backend, docs []*copytaster.Document, queries []copytaster.Query) {
	t.Helper()
	put(t, b, docs...)
	telling := 0
	for _, q := range queries {
		want := matching(q, docs)
		if len(want) > 0 && len(want) < len(docs) {
			telling++
		}
		r, err := b.Search(t.Context(), q, index.Page{Size: index.MaxSize})
		if err != nil {
			t.Fatal(err)
		}
		got := idsOf(r)
		slices.Sort(got)
		if diff := cmp.Diff(want, got, equateEmpty); diff != "" || r.Total != len(want) {
			t.Errorf("query %q: total %d, want %d (-Match +index):\n%s", q, r.Total, len(want), diff)
		}
	}
	if telling < len(queries)/3 {
		t.Errorf("only %d of %d queries find something and not everything", telling, len(queries))
	}
	t.Logf("%d queries over %d documents, %d of them telling", len(queries), len(docs), telling)
}
