// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// slow is an index that shows what was written when it is told to.
type slow struct {
	pipeline.Index
	told int
}

// Refresh implements the line's refresher.
func (s *slow) Refresh(context.Context) error { s.told++; return nil }

func TestAWaitEndsWhenWhatWasWrittenIsFound(t *testing.T) {
	l := startLine(t, world{fetcher: writer{bytes: 300}}, "extract", "index", "alert")
	ix := &slow{Index: l.Index}
	if err := (&pipeline.Line{Options: pipeline.Options{Bus: l.Bus, Index: ix}}).Quiet(within(t, 30*time.Second)); err != nil || ix.told != 1 {
		t.Errorf("the index was told %d times, %v; want once", ix.told, err)
	}
}

// down is a host that does not answer.
type down struct{}

func (down) Fetch(context.Context, ingest.Link) (*ingest.Fetched, error) {
	return nil, errors.New("connection refused")
}

func TestAWaitGivesUpOnAHostThatIsDown(t *testing.T) {
	w := world{fetcher: down{}}
	w.bus.Delays = []time.Duration{time.Hour}
	l := startLine(t, w, "fetch", "extract", "index", "alert")
	ctx := within(t, time.Minute)
	if _, err := l.Add(ctx, []string{"https://down.example/a", "https://down.example/b"}); err != nil {
		t.Fatal(err)
	}
	left, err := l.Calm(ctx, pipeline.Patience{Links: true, Still: 500 * time.Millisecond})
	if err != nil || left != 2 {
		t.Errorf("%d are left, %v; want 2", left, err)
	}
	e, err := l.Why(ctx, "https://down.example/a")
	if err != nil || e.State != copytaster.StatePending {
		t.Fatalf("%+v, %v; want it pending", e, err)
	}
	if f := e.Failing(); f == nil || f.Stage != "fetch" || f.Delivery != 1 || f.Reason != "connection refused" || f.Next.Sub(f.At) != time.Hour {
		t.Errorf("the ledger says %+v; want the first try's error and the next an hour later", f)
	}
	if left, err := l.Calm(ctx, pipeline.Patience{Still: time.Minute}); err != nil || left != 0 {
		t.Errorf("%d are left of other work, %v; want none", left, err)
	}
}
