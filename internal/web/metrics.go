// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// scrapeTimeout bounds what one scrape asks of the line.
const scrapeTimeout = 5 * time.Second

// metrics serves the metrics of docs/METRICS.md, and with them those of
// Options.Metrics.
func (s *server) metrics() http.Handler {
	own := prometheus.NewRegistry()
	own.MustRegister(newLineCollector(s), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	gather := prometheus.Gatherers{own}
	if s.Metrics != nil {
		gather = append(gather, s.Metrics)
	}
	return promhttp.HandlerFor(gather, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// lineCollector asks the line how it stands at each scrape, so that nothing has
// to be counted twice.
type lineCollector struct {
	s *server

	build, up, urls, pending, inFlight, streamBytes, streamLimit, dead, diskFree *prometheus.Desc
	newestFetched, documents, sourceLastItem, sourceLastPoll, sourceFailures     *prometheus.Desc
}

func newLineCollector(s *server) *lineCollector {
	d := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("copytaster_"+name, help, labels, nil)
	}
	return &lineCollector{
		s:              s,
		build:          d("build_info", "The program: always 1.", "version", "go"),
		up:             d("up", "1 if the part answered this scrape, else 0.", "part"),
		urls:           d("urls", "URLs ever discovered, by the state they are in.", "state"),
		pending:        d("stage_pending_messages", "Messages that a stage has not been given yet.", "stage"),
		inFlight:       d("stage_in_flight_messages", "Messages given to a stage and not settled.", "stage"),
		streamBytes:    d("stream_bytes", "Bytes in a stream.", "stream"),
		streamLimit:    d("stream_limit_bytes", "Bytes that a stream may hold.", "stream"),
		dead:           d("dead_letters", "Letters that wait for a person."),
		diskFree:       d("disk_free_bytes", "Bytes free under the embedded store."),
		newestFetched:  d("newest_fetched_timestamp_seconds", "When the newest searchable article was fetched."),
		documents:      d("documents", "Articles that can be searched."),
		sourceLastItem: d("source_last_item_timestamp_seconds", "When a source last had something new.", "source"),
		sourceLastPoll: d("source_last_poll_timestamp_seconds", "When a source was last looked at.", "source"),
		sourceFailures: d("source_failures", "Failures of a source in a row.", "source"),
	}
}

// Describe sends no description: which metrics there are depends on the parts
// that are wired.
func (c *lineCollector) Describe(chan<- *prometheus.Desc) {}

// Collect asks each part once.
func (c *lineCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	gauge(ch, c.build, 1, c.s.Version, runtime.Version())
	for part, collect := range map[string]func(context.Context, chan<- prometheus.Metric) error{
		"index": c.index, "ledger": c.ledger, "bus": c.status, "sources": c.sources,
	} {
		ok := 1.0
		if err := collect(ctx, ch); err != nil {
			ok = 0
			c.s.Log.Warn("metrics", "part", part, "error", err)
		}
		gauge(ch, c.up, ok, part)
	}
}

func gauge(ch chan<- prometheus.Metric, d *prometheus.Desc, v float64, labels ...string) {
	ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}

func (c *lineCollector) index(ctx context.Context, ch chan<- prometheus.Metric) error {
	res, err := c.s.Index.Search(ctx, copytaster.Query{}, index.Page{Size: 1, Sort: index.SortFetched})
	if err != nil {
		return err
	}
	gauge(ch, c.documents, float64(res.Total))
	if len(res.Hits) > 0 {
		gauge(ch, c.newestFetched, seconds(res.Hits[0].Document.Fetched))
	}
	return nil
}

func (c *lineCollector) ledger(ctx context.Context, ch chan<- prometheus.Metric) error {
	if c.s.Ledger == nil {
		return nil
	}
	counts, err := c.s.Ledger.Tally(ctx)
	if err != nil {
		return err
	}
	byState := map[copytaster.State]int{}
	for _, n := range counts {
		byState[n.State] += n.N
	}
	for _, state := range copytaster.States() {
		gauge(ch, c.urls, float64(byState[state]), string(state))
	}
	return nil
}

func (c *lineCollector) status(ctx context.Context, ch chan<- prometheus.Metric) error {
	if c.s.Status == nil {
		return nil
	}
	st, err := c.s.Status(ctx)
	if err != nil {
		return err
	}
	for _, stage := range st.Stages {
		if stage.Name == "" {
			continue // the bus's own readers
		}
		gauge(ch, c.pending, float64(stage.Pending), stage.Name)
		gauge(ch, c.inFlight, float64(stage.InFlight), stage.Name)
	}
	for _, stream := range st.Streams {
		gauge(ch, c.streamBytes, float64(stream.Bytes), stream.Name)
		gauge(ch, c.streamLimit, float64(stream.MaxBytes), stream.Name)
	}
	gauge(ch, c.dead, float64(st.Dead))
	if st.DiskFree >= 0 {
		gauge(ch, c.diskFree, float64(st.DiskFree))
	}
	return nil
}

func (c *lineCollector) sources(ctx context.Context, ch chan<- prometheus.Metric) error {
	if c.s.Sources == nil {
		return nil
	}
	all, err := c.s.Sources(ctx)
	for _, src := range all {
		gauge(ch, c.sourceLastItem, seconds(src.LastItem), src.Name)
		gauge(ch, c.sourceLastPoll, seconds(src.LastPoll), src.Name)
		gauge(ch, c.sourceFailures, float64(src.Failures), src.Name)
	}
	return err
}

// seconds is a time as Prometheus has it; 0 for never.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
