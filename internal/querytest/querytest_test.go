// SPDX-License-Identifier: Apache-2.0

package querytest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
)

func TestDocumentsAreValid(t *testing.T) {
	ids := map[string]bool{}
	for i, d := range Documents(1, 300) {
		if err := d.Validate(); err != nil {
			t.Errorf("document %d: %v", i, err)
		}
		if ids[d.ID] {
			t.Errorf("document %d: id %s comes twice", i, d.ID)
		}
		ids[d.ID] = true
	}
}

func TestEqualSeedsGiveEqualResults(t *testing.T) {
	if diff := cmp.Diff(Documents(7, 20), Documents(7, 20)); diff != "" {
		t.Errorf("documents differ:\n%s", diff)
	}
	if diff := cmp.Diff(Queries(7, 50), Queries(7, 50)); diff != "" {
		t.Errorf("queries differ:\n%s", diff)
	}
	if cmp.Equal(Documents(7, 20), Documents(8, 20)) {
		t.Error("another seed gives the same documents")
	}
}

func TestMostQueriesAreAccepted(t *testing.T) {
	r := newRandom(3, 2)
	refused := 0
	for range 1000 {
		if _, err := copytaster.ParseQuery(r.query()); err != nil {
			refused++
			if refused == 1 {
				t.Logf("refused, for example: %v", err)
			}
		}
	}
	if refused > 100 {
		t.Errorf("%d of 1000 queries were refused, want 100 at most", refused)
	}
}

// TestResultsSayMuch guards against a generator whose queries find everything or
// nothing, on which a comparison of engines would prove little.
func TestResultsSayMuch(t *testing.T) {
	var views []*copytaster.View
	for _, d := range Documents(1, 300) {
		views = append(views, copytaster.NewView(d))
	}
	queries := Queries(1, 500)
	telling := 0
	kinds := map[string]int{}
	for _, q := range queries {
		n := 0
		for _, v := range views {
			if q.MatchView(v) {
				n++
			}
		}
		if n > 0 && n < len(views) {
			telling++
			countConds(q.Plan(), kinds)
		}
	}
	t.Logf("%d of %d queries find some documents and not others; conditions in them: %v", telling, len(queries), kinds)
	if telling < len(queries)*3/4 {
		t.Errorf("only %d of %d queries find some documents and not others", telling, len(queries))
	}
	for _, k := range []string{"And", "Or", "Not", "TextCond", "EntityCond", "MoneyCond", "ContractCond", "StatusCond", "SubjectCond", "KeywordCond", "DateCond", "ZoneCond"} {
		if kinds["copytaster."+k] < 5 {
			t.Errorf("%s is in %d telling queries, want 5 at least", k, kinds["copytaster."+k])
		}
	}
}

func countConds(c copytaster.Cond, kinds map[string]int) {
	kinds[fmt.Sprintf("%T", c)]++
	switch c := c.(type) {
	case copytaster.And:
		for _, k := range c {
			countConds(k, kinds)
		}
	case copytaster.Or:
		for _, k := range c {
			countConds(k, kinds)
		}
	case copytaster.Not:
		countConds(c.Cond, kinds)
	case copytaster.ContractCond:
		countConds(c.Cond, kinds)
	}
}
