// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// rung returns alerts of watches, numbered.
func rung(watches ...string) []copytaster.Alert {
	var out []copytaster.Alert
	for i, w := range watches {
		out = append(out, copytaster.Alert{Watch: w, Title: fmt.Sprint("story ", i)})
	}
	return out
}

func TestSomeAlertsOfEveryWatchAreShown(t *testing.T) {
	for _, tt := range []struct {
		watches, want string
	}{
		{"", ""},
		{"a", "a0"},
		{"b a a a a a", "a1 b0 a2 a3 a4"},
		{"a a a b b c", "a0 b3 c5 a1 b4"},
		{"f e d c b a", "a5 b4 c3 d2 e1"},
	} {
		var got []string
		for _, a := range someOf(rung(strings.Fields(tt.watches)...), 5) {
			got = append(got, a.Watch+strings.TrimPrefix(a.Title, "story "))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.watches, diff)
		}
	}
}

func TestAnAccountIsReadAtAGlance(t *testing.T) {
	alerts := rung("atos", "atos", "atos", "atos", "atos", "large")
	alerts[0].Evidence = copytaster.Evidence{Sentence: "Atos has won.", Marks: []copytaster.Span{{Start: 0, End: 4}}}
	s := &account{
		tally: []index.Count{{State: copytaster.StateIndexed, N: 40}, {State: copytaster.StateDuplicate, Reason: "duplicate", N: 2},
			{State: copytaster.StateGone, Reason: "server answers 404 Not Found", N: 3}},
		articles: 40, dead: 3, suppliers: 1, contracts: 2, money: 9, watches: 2,
		edits: []edit{{"Cost is £600m", "Cost is £500m"}}, alerts: alerts,
	}
	var out bytes.Buffer
	(&printer{w: &out}).account(s)
	want := `
What became of it
    45 URLs found
    40 indexed
     2 duplicate
     3 gone: server answers 404 Not Found
    40 articles: 1 supplier named, 2 contracts, 9 money figures
       edited since: Cost is £500m
       before: Cost is £600m

6 alerts from 2 watches
  atos
    story 0
    Atos has won.
  large
    story 5
  atos
    story 1
  atos
    story 2
  atos
    story 3
  and 1 more
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := s.check(); err != nil {
		t.Error(err)
	}
	s.articles, s.dead = 39, 1
	s.tally = append(s.tally, index.Count{State: copytaster.StatePending, N: 4})
	for _, want := range []string{"4 URLs have not ended", "40 articles are indexed, the index holds 39", "3 URLs died, there are 1 dead letters"} {
		if err := s.check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want one that says %s", err, want)
		}
	}
}
