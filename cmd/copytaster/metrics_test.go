// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

func TestOutcomesAreCountedByStageClassAndState(t *testing.T) {
	m := newMeters()
	done := bus.Observation{Stage: "index", Class: copytaster.ClassDone, State: copytaster.StateIndexed, Elapsed: 20 * time.Millisecond}
	m.observe(done)
	m.observe(done)
	m.observe(bus.Observation{Stage: "fetch", Class: copytaster.ClassTransient, Elapsed: 2 * time.Second})
	want := map[string]float64{"class=done stage=index state=indexed": 2, "class=transient stage=fetch state=": 1}
	if diff := cmp.Diff(want, counters(t, m, "copytaster_stage_outcomes_total")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n, sum := histogram(t, m, "copytaster_stage_seconds", "index"); n != 2 || sum != 0.04 {
		t.Errorf("%d messages of the index in %v seconds", n, sum)
	}
}

// counters returns the values of a counter by their labels.
func counters(t *testing.T, m *meters, name string) map[string]float64 {
	t.Helper()
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
		for _, metric := range f.GetMetric() {
			var labels []string
			for _, l := range metric.GetLabel() {
				labels = append(labels, l.GetName()+"="+l.GetValue())
			}
			out[strings.Join(labels, " ")] = metric.GetCounter().GetValue()
		}
	}
	return out
}

// histogram returns the count and the sum of a histogram with a label's value, or
// of the only one.
func histogram(t *testing.T, m *meters, name, value string) (uint64, float64) {
	t.Helper()
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
		for _, metric := range f.GetMetric() {
			if value == "" || metric.GetLabel()[0].GetValue() == value {
				return metric.GetHistogram().GetSampleCount(), metric.GetHistogram().GetSampleSum()
			}
		}
	}
	return 0, 0
}

// shelf is an index that refuses what has no id.
type shelf struct {
	pipeline.Index
	purged bool
}

func (s *shelf) Put(_ context.Context, docs []*copytaster.Document) []error {
	errs := make([]error, len(docs))
	for i, d := range docs {
		if d.ID == "" {
			errs[i] = errors.New("no id")
		}
	}
	return errs
}

func (s *shelf) Purge(context.Context) error { s.purged = true; return nil }

func TestAgeIsOfNewCopyWithAMoment(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	moment := func(ago time.Duration) copytaster.Date {
		return copytaster.Date{Time: now.Add(-ago), Precision: copytaster.PrecisionTime}
	}
	day := copytaster.Date{Time: now.Truncate(24 * time.Hour), Precision: copytaster.PrecisionDay}
	for name, tt := range map[string]struct {
		article copytaster.Article
		want    []float64
	}{
		"published two minutes ago": {copytaster.Article{ID: "a", Published: moment(2 * time.Minute)}, []float64{1, 120}},
		"changed a minute ago":      {copytaster.Article{ID: "a", Published: moment(time.Hour), Modified: moment(time.Minute)}, []float64{1, 60}},
		"a change before it":        {copytaster.Article{ID: "a", Published: moment(time.Minute), Modified: moment(time.Hour)}, []float64{1, 60}},
		"a day":                     {copytaster.Article{ID: "a", Published: day}, []float64{0, 0}},
		"undated":                   {copytaster.Article{ID: "a"}, []float64{0, 0}},
		"the future":                {copytaster.Article{ID: "a", Published: moment(-time.Minute)}, []float64{0, 0}},
		"a replay":                  {copytaster.Article{ID: "a", Published: moment(time.Minute), Generation: 1}, []float64{0, 0}},
		"one more source":           {copytaster.Article{ID: "a", Published: moment(time.Minute), Sources: []string{"a", "b"}}, []float64{0, 0}},
		"not put":                   {copytaster.Article{Published: moment(time.Minute)}, []float64{0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMeters()
			m.now = func() time.Time { return now }
			m.index(&shelf{}).Put(t.Context(), []*copytaster.Document{{Article: tt.article}})
			n, sum := histogram(t, m, "copytaster_article_age_seconds", "")
			if diff := cmp.Diff(tt.want, []float64{float64(n), sum}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAMeteredIndexStillPurges(t *testing.T) {
	s := &shelf{}
	m := newMeters()
	if err := m.index(s).(interface{ Purge(context.Context) error }).Purge(t.Context()); err != nil || !s.purged {
		t.Errorf("purged: %v, %v", s.purged, err)
	}
	plain := struct{ pipeline.Index }{s} // cannot purge
	if err := m.index(plain).(interface{ Purge(context.Context) error }).Purge(t.Context()); err != nil {
		t.Error(err)
	}
}

// answering is a channel that answers with the same error every time.
type answering struct{ err error }

func (a answering) Send(context.Context, *copytaster.Alert) error { return a.err }

func TestDeliveriesAreCountedByChannelAndResult(t *testing.T) {
	m := newMeters()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	m.now = func() time.Time { return now }
	down := errors.New("down")
	for _, tt := range []struct {
		channel string
		err     error
	}{{"desk", nil}, {"desk", nil}, {"desk", down}, {"mail", copytaster.Permanent(down)}} {
		err := m.channel(tt.channel, answering{tt.err}).Send(t.Context(), &copytaster.Alert{Fetched: now.Add(-3 * time.Second)})
		if !errors.Is(err, tt.err) {
			t.Errorf("Send returns %v, want %v", err, tt.err)
		}
	}
	want := map[string]float64{"channel=desk result=delivered": 2, "channel=desk result=retry": 1, "channel=mail result=refused": 1}
	if diff := cmp.Diff(want, counters(t, m, "copytaster_alerts_sent_total")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n, sum := histogram(t, m, "copytaster_alert_delay_seconds", "desk"); n != 2 || sum != 6 {
		t.Errorf("%d delays of %v seconds in sum", n, sum)
	}
	if n, _ := histogram(t, m, "copytaster_alert_delay_seconds", "mail"); n != 0 {
		t.Errorf("%d delays of what was not delivered", n)
	}
}

func TestEveryMeterIsInTheManual(t *testing.T) {
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "METRICS.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, part, ok := strings.Cut(string(manual), "## What a process counts")
	part, _, ok2 := strings.Cut(part, "\n## ")
	if !ok || !ok2 {
		t.Fatal("the manual has no such part")
	}
	described := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(copytaster_\\w+)` \\|([^|]*)\\|").FindAllStringSubmatch(part, -1) {
		described[row[1]] = strings.TrimSpace(row[2])
	}
	m := newMeters()
	m.observe(bus.Observation{Stage: "fetch"})
	if err := m.channel("desk", answering{}).Send(t.Context(), new(copytaster.Alert)); err != nil {
		t.Fatal(err)
	}
	served := map[string]string{}
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		var labels []string
		for _, l := range f.GetMetric()[0].GetLabel() {
			labels = append(labels, "`"+l.GetName()+"`")
		}
		served[f.GetName()] = strings.Join(labels, ", ")
	}
	if diff := cmp.Diff(served, described); diff != "" {
		t.Errorf("(-served +described):\n%s", diff)
	}
}
