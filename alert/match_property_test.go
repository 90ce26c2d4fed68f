// SPDX-License-Identifier: Apache-2.0

package alert_test

import (
	"fmt"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/querytest"
)

// TestMatcherAgreesWithSearch: without asides and quiet mentions a watch rings
// for exactly the documents that its query finds; with them never for more.
func TestMatcherAgreesWithSearch(t *testing.T) {
	var watches []copytaster.Watch
	var queries []copytaster.Query
	for i, q := range querytest.Queries(1, 500) {
		w := copytaster.Watch{Name: fmt.Sprintf("w%d", i), Query: q.String()}
		if alert.CheckWatch(w) == nil {
			watches, queries = append(watches, w), append(queries, q)
		}
	}
	m, err := alert.NewMatcher(watches, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(watches) < 100 {
		t.Fatalf("only %d of the queries can be watches", len(watches))
	}
	rang := 0
	for _, d := range querytest.Documents(2, 200) {
		d.Asides = nil
		loud := true
		for _, mention := range d.Mentions {
			loud = loud && !mention.Quiet
		}
		ringing := map[string]bool{}
		for _, a := range m.Match(d) {
			ringing[a.Watch] = true
			if a.ID != copytaster.AlertID(a.Watch, d.ID) || a.Article != d.ID {
				t.Errorf("alert %q of watch %s for %s", a.ID, a.Watch, d.ID)
			}
		}
		rang += len(ringing)
		for i, w := range watches {
			if finds := queries[i].Match(d); finds != ringing[w.Name] && (loud || ringing[w.Name]) {
				t.Errorf("%s: search finds %s: %v, the watch rings: %v", w.Query, d.ID, finds, ringing[w.Name])
			}
		}
	}
	if rang < 1000 {
		t.Errorf("only %d alerts: the test says little", rang)
	}
}
