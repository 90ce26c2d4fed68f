// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// meters count what this process does: the part of docs/METRICS.md that nobody
// can be asked for afterwards. Every label is bounded.
type meters struct {
	registry   *prometheus.Registry
	outcomes   *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	age        prometheus.Histogram
	alerts     *prometheus.CounterVec
	alertDelay *prometheus.HistogramVec
	now        func() time.Time
}

func newMeters() *meters {
	m := &meters{
		registry: prometheus.NewRegistry(),
		outcomes: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "copytaster_stage_outcomes_total",
			Help: "Messages settled by a stage, by class of the verdict and by the state that the URL got."}, []string{"stage", "class", "state"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "copytaster_stage_seconds",
			Help:    "Seconds of the call that served a message; a batch's call counts for each of its messages.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}}, []string{"stage"}),
		age: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "copytaster_article_age_seconds",
			Help:    "Seconds from publication, or from the latest change that the publisher claims, until the article could be searched.",
			Buckets: []float64{10, 30, 60, 120, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 3 * 86400, 7 * 86400}}),
		alerts: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "copytaster_alerts_sent_total",
			Help: "Attempts to deliver an alert, by channel and result."}, []string{"channel", "result"}),
		alertDelay: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "copytaster_alert_delay_seconds",
			Help:    "Seconds from the fetch of an article until its alert was delivered.",
			Buckets: []float64{.1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 4 * 3600, 86400}}, []string{"channel"}),
		now: time.Now,
	}
	m.registry.MustRegister(m.outcomes, m.seconds, m.age, m.alerts, m.alertDelay)
	return m
}

// observe is bus.Options.Observe.
func (m *meters) observe(o bus.Observation) {
	m.outcomes.WithLabelValues(o.Stage, string(o.Class), string(o.State)).Inc()
	m.seconds.WithLabelValues(o.Stage).Observe(o.Elapsed.Seconds())
}

// index returns ix with the age of what is put observed.
func (m *meters) index(ix pipeline.Index) pipeline.Index { return &meteredIndex{ix, m} }

type meteredIndex struct {
	pipeline.Index
	meters *meters
}

// Put implements index.Backend.
func (x *meteredIndex) Put(ctx context.Context, docs []*copytaster.Document) []error {
	errs := x.Index.Put(ctx, docs)
	now := x.meters.now()
	for i, d := range docs {
		if i < len(errs) && errs[i] == nil {
			x.meters.searchable(&d.Article, now)
		}
	}
	return errs
}

// Refresh shows what was written where the index needs to be told.
func (x *meteredIndex) Refresh(ctx context.Context) error {
	if r, ok := x.Index.(interface{ Refresh(context.Context) error }); ok {
		return r.Refresh(ctx)
	}
	return nil
}

// Purge wipes what was deleted where the index can do so.
func (x *meteredIndex) Purge(ctx context.Context) error {
	if p, ok := x.Index.(interface{ Purge(context.Context) error }); ok {
		return p.Purge(ctx)
	}
	return nil
}

// searchable observes the age of a document that was put. A replay is no news, nor
// is a story that one more source lists; a day alone says too little, and a date
// in the future nothing.
func (m *meters) searchable(a *copytaster.Article, now time.Time) {
	claim := a.Published
	if a.Modified.Time.After(claim.Time) {
		claim = a.Modified
	}
	fresh := a.Generation == 0 && len(a.Sources) <= 1
	if age := now.Sub(claim.Time); fresh && claim.Precision == copytaster.PrecisionTime && age >= 0 {
		m.age.Observe(age.Seconds())
	}
}

// channel returns ch with its deliveries counted under its name.
func (m *meters) channel(name string, ch alert.Channel) alert.Channel {
	return &meteredChannel{ch, name, m}
}

type meteredChannel struct {
	alert.Channel
	name   string
	meters *meters
}

// Send implements alert.Channel.
func (c *meteredChannel) Send(ctx context.Context, a *copytaster.Alert) error {
	err := c.Channel.Send(ctx, a)
	c.meters.alerts.WithLabelValues(c.name, sendResult(err)).Inc()
	if err == nil {
		c.meters.alertDelay.WithLabelValues(c.name).Observe(max(c.meters.now().Sub(a.Fetched).Seconds(), 0))
	}
	return err
}

// sendResult is the label of an attempt.
func sendResult(err error) string {
	switch copytaster.ClassOf(err) {
	case copytaster.ClassDone:
		return "delivered"
	case copytaster.ClassTransient:
		return "retry"
	}
	return "refused"
}
