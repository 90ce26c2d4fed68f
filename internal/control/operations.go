// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/ingest/boilerplate"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// calmStill is how long nothing may move before what is in flight counts as
// waiting for a retry.
const calmStill = 3 * time.Second

// calm waits for the stages after the fetch. Links of other inputs are not waited
// for, nor what was given back to be tried again: a host or a receiver that is
// down would hold every verb for hours.
func (s *server) calm(ctx context.Context) error {
	_, err := s.line.Calm(ctx, pipeline.Patience{Still: calmStill})
	return err
}

// none is what an operation takes or gives when there is nothing to say.
type none struct{}

func (s *server) add(ctx context.Context, r AddRequest) (AddReply, error) {
	since := s.line.Now()
	urls, err := s.line.Add(ctx, r.Inputs)
	return AddReply{URLs: urls, Since: since}, err
}

func (s *server) settle(ctx context.Context, r SettleRequest, send func(*copytaster.Entry) error) error {
	for _, u := range r.URLs {
		e, err := s.line.Final(ctx, u, r.Since)
		if err != nil {
			return err
		}
		if err := send(e); err != nil {
			return err
		}
	}
	return s.calm(ctx)
}

func (s *server) watches(ctx context.Context, _ none) ([]copytaster.Watch, error) {
	return s.line.ListWatches(ctx)
}

func (s *server) addWatch(ctx context.Context, w copytaster.Watch) (none, error) {
	return none{}, s.line.AddWatch(ctx, w)
}

func (s *server) removeWatch(ctx context.Context, w copytaster.Watch) (none, error) {
	return none{}, s.line.RemoveWatch(ctx, w.Name)
}

func (s *server) why(ctx context.Context, r URLRequest) (WhyReply, error) {
	e, err := s.line.Why(ctx, r.URL)
	if err != nil {
		return WhyReply{}, err
	}
	out := WhyReply{Entry: e}
	if e.ID == "" {
		return out, nil
	}
	docs, err := s.line.Index.Revisions(ctx, e.ID)
	if err != nil && !errors.Is(err, index.ErrNotFound) {
		return out, err
	}
	for i, d := range docs {
		if i == 0 {
			out.Title = d.Title
		}
		out.Revisions = appendRevision(out.Revisions, d)
	}
	out.Alerts, err = s.line.Rang(ctx, e.ID)
	return out, err
}

// appendRevision leaves out versions in which the text is as it was: a replay,
// or one more source that listed it. Of those the oldest is kept.
func appendRevision(all []Revision, d *copytaster.Document) []Revision {
	r := Revision{Version: d.Version(), Fetched: d.Fetched, Title: d.Title, Hash: d.Hash}
	for i := range d.Money {
		r.Money = append(r.Money, d.Money[i].Label())
	}
	if n := len(all); n > 0 && all[n-1].Hash == r.Hash {
		all[n-1] = r
		return all
	}
	return append(all, r)
}

func (s *server) sources(ctx context.Context, _ none) (SourcesReply, error) {
	all, err := s.line.SourceStatuses(ctx)
	return SourcesReply{all}, err
}

func (s *server) rules(ctx context.Context, r HostRequest) (boilerplate.SiteModel, error) {
	m := pipeline.NewSites(s.line.Bus).Model(ctx, r.Host)
	if m == nil {
		return boilerplate.SiteModel{}, fmt.Errorf("nothing has been learned of %s: %w", r.Host, index.ErrNotFound)
	}
	return *m, nil
}

func (s *server) poll(ctx context.Context, r PollRequest) (PollReply, error) {
	failed, err := s.line.PollNow(ctx)
	out := PollReply{Failed: map[string]string{}}
	if err == nil && r.Wait > 0 {
		out.Left, err = s.line.Calm(ctx, pipeline.Patience{Links: true, Still: r.Wait})
	}
	for name, ferr := range failed {
		out.Failed[name] = ferr.Error()
	}
	return out, err
}

func (s *server) dead(ctx context.Context, r LettersRequest) ([]bus.Letter, error) {
	return s.line.Bus.Dead().List(ctx, r.Stage, r.After, r.Limit)
}

func (s *server) retry(ctx context.Context, r LettersRequest) (CountReply, error) {
	n, err := s.line.RetryDead(ctx, r.Stage, r.IDs, r.All)
	return CountReply{n}, err
}

func (s *server) drop(ctx context.Context, r LettersRequest) (CountReply, error) {
	err := s.line.Bus.Dead().Drop(ctx, r.IDs...)
	return CountReply{len(r.IDs)}, err
}

func (s *server) replay(ctx context.Context, r ExportRequest) (CountReply, error) {
	q, _, err := s.line.Query(r.Query)
	if err != nil {
		return CountReply{}, err
	}
	n, err := s.line.Replay(ctx, q)
	if err != nil {
		return CountReply{n}, err
	}
	return CountReply{n}, s.calm(ctx)
}

func (s *server) remove(ctx context.Context, r URLRequest) (pipeline.Removal, error) {
	done, err := s.line.Remove(ctx, r.URL)
	if err != nil {
		return done, err
	}
	return done, s.calm(ctx)
}

func (s *server) status(ctx context.Context, _ none) (StatusReply, error) {
	tally, err := s.line.Index.Tally(ctx)
	if err != nil {
		return StatusReply{}, err
	}
	st, err := s.line.Bus.Status(ctx)
	if err != nil {
		return StatusReply{}, err
	}
	channels, err := s.line.ChannelStatuses(ctx)
	return StatusReply{Verb: s.verb, Tally: tally, Bus: st, Channels: channels}, err
}

func (s *server) channels(ctx context.Context, _ none) ([]pipeline.ChannelStatus, error) {
	return s.line.ChannelStatuses(ctx)
}

func (s *server) forgetChannel(ctx context.Context, r ChannelRequest) (none, error) {
	return none{}, s.line.ForgetChannel(ctx, r.Name)
}
