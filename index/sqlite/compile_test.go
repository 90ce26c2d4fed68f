// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/querytest"
)

func TestCompile(t *testing.T) {
	const (
		text    = "article.n IN (SELECT rowid FROM article_text WHERE article_text MATCH ?)"
		wire    = "article.n IN (SELECT owner FROM keyword WHERE field = ? AND value = ?)"
		comment = "article.n IN (SELECT article FROM aside WHERE zone = ?)"
	)
	for _, tt := range []struct {
		query, sql string
		args       []any
	}{
		{"", "1", nil},
		{"capita", text, []any{"({title_stem body_stem} : \"capita\")"}},
		{`"Capita"`, text, []any{"({title_word body_word} : \"capita\")"}},
		{"title:cap*", text, []any{"({title_word} : \"cap\"*)"}},
		{`"fit work"~3`, text, []any{"({title_word body_word} : NEAR(\"fit\" \"work\", 3))"}},
		{"capita body:serco", text, []any{`(({title_stem body_stem} : "capita") AND ({body_stem} : "serco"))`}},
		{"-capita", "NOT (" + text + ")", []any{`({title_stem body_stem} : "capita")`}},
		{"capita source:wire serco", "(" + text + " AND " + wire + ")",
			[]any{`(({title_stem body_stem} : "capita") AND ({title_stem body_stem} : "serco"))`, "source", "wire"}},
		{"source:wire OR capita", "(" + text + " OR " + wire + ")", []any{`({title_stem body_stem} : "capita")`, "source", "wire"}},
		{"zone:comment -source:wire", "(" + comment + " AND NOT (" + wire + "))", []any{copytaster.ZoneComment, "source", "wire"}},
	} {
		t.Run(tt.query, func(t *testing.T) {
			e, err := compile(copytaster.MustParseQuery(tt.query).Plan())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.sql, e.sql); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.args, e.args); diff != "" {
				t.Error(diff)
			}
			if n := strings.Count(e.sql, "?"); n != len(e.args) {
				t.Errorf("%d place-holders and %d arguments", n, len(e.args))
			}
		})
	}
	t.Run("terms cannot break out of the match", func(t *testing.T) {
		x := openTest(t)
		c := copytaster.TextCond{In: []copytaster.Zone{copytaster.ZoneTitle}, Terms: []string{`a" OR "b`, `") : *`}}
		if _, err := x.search(t.Context(), c, "", index.Page{}); err != nil {
			t.Error(err)
		}
	})
	t.Run("what no plan may hold is an error", func(t *testing.T) {
		for _, c := range []copytaster.Cond{
			nil, copytaster.DateCond{Field: "modified"}, copytaster.ContractCond{Cond: copytaster.ZoneCond{}}, copytaster.And{copytaster.Or{copytaster.Not{}}},
		} {
			if e, err := compile(c); err == nil {
				t.Errorf("compile(%#v) = %v", c, e)
			}
		}
	})
	t.Run("the empty and is everything, the empty or nothing", func(t *testing.T) {
		x := openTest(t)
		putAll(t, x, article("a", "", ""))
		for _, tt := range []struct {
			plan copytaster.Cond
			want int
		}{
			{copytaster.And{}, 1}, {copytaster.Or{}, 0}, {copytaster.Not{Cond: copytaster.Or{}}, 1}, {copytaster.Not{Cond: copytaster.And{}}, 0},
			{copytaster.And{copytaster.And{}, copytaster.Or{}}, 0}, {copytaster.Or{copytaster.And{}, copytaster.Or{}}, 1},
			{copytaster.ContractCond{Cond: copytaster.And{}}, 0}, {copytaster.EntityCond{Role: copytaster.RoleBuyer}, 0},
		} {
			r, err := x.search(t.Context(), tt.plan, "", index.Page{})
			if err != nil || r.Total != tt.want {
				t.Errorf("%#v finds %+v, %v; want %d", tt.plan, r, err, tt.want)
			}
		}
	})
}

func TestScore(t *testing.T) {
	for query, want := range map[string]string{
		"":                              "",
		"supplier:capita":               "",
		"-capita":                       "",
		"capita":                        `({title_stem body_stem} : "capita")`,
		"capita -serco":                 `({title_stem body_stem} : "capita")`,
		"capita supplier:serco":         `({title_stem body_stem} : "capita")`,
		"capita supplier:x serco":       `(({title_stem body_stem} : "capita") AND ({title_stem body_stem} : "serco"))`,
		"capita OR serco":               `(({title_stem body_stem} : "capita") OR ({title_stem body_stem} : "serco"))`,
		"atos (capita OR supplier:x)":   `(({title_stem body_stem} : "ato") OR ({title_stem body_stem} : "capita"))`,
		"zone:comment capita":           "",
		"(zone:comment OR zone:body) a": `({body_stem} : "a")`,
	} {
		if got := ftsScore(copytaster.MustParseQuery(query).Plan()); got != want {
			t.Errorf("query %q is ranked by %s, want %s", query, got, want)
		}
	}
}

// TestPagesSeek checks that a page is found by seeking in an index, whatever its
// depth, where most articles are hits; and that the hits alone are read where
// they are few.
func TestPagesSeek(t *testing.T) {
	x := openTest(t)
	putAll(t, x, querytest.Newsroom(50)...)
	for sort, want := range map[index.Sort]string{
		index.SortNewest:  "SEARCH article USING INDEX article_newest ((newest,fetched,id)<(?,?,?))",
		index.SortOldest:  "SEARCH article USING INDEX article_oldest ((oldest,fetched,id)>(?,?,?))",
		index.SortFetched: "SEARCH article USING INDEX article_fetched ((fetched,id)<(?,?))",
	} {
		o := order{sort: sort, after: &index.Cursor{}}
		if plan := queryPlan(t, x, o, true); !strings.Contains(plan, want) || strings.Contains(plan, "SCAN article") {
			t.Errorf("%s, dense: the plan is\n%s", sort, plan)
		}
		if plan := queryPlan(t, x, o, false); !strings.Contains(plan, "SCAN hit") || strings.Contains(plan, "SCAN article") {
			t.Errorf("%s, sparse: the plan is\n%s", sort, plan)
		}
	}
	if plan := queryPlan(t, x, order{sort: index.SortRelevance, after: &index.Cursor{}}, false); !strings.Contains(plan, "SCAN hit") || strings.Contains(plan, "SCAN article") {
		t.Errorf("relevance: the plan is\n%s", plan)
	}
}

// queryPlan is how SQLite reads a page.
func queryPlan(t *testing.T, x *Index, o order, dense bool) string {
	t.Helper()
	tx, err := x.read.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	s := &search{tx: tx, page: index.Page{Sort: index.SortRelevance}}
	if err := s.find(t.Context(), never()); err != nil {
		t.Fatal(err)
	}
	text, args := o.query(dense, 20)
	steps, err := query(t.Context(), tx, "EXPLAIN QUERY PLAN "+text, args, func(scan func(...any) error) (step string, err error) {
		var id, parent, unused int
		err = scan(&id, &parent, &unused, &step)
		return step, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}
