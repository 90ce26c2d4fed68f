// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/bus"
)

// Stripping is how surely the pages of a source are stripped: two moving means
// of Article.Confidence, a quick one and a slow one. A site that has been rebuilt
// shows in the gap between them.
type Stripping struct {
	Pages  int     `json:"pages"`
	Lately float64 `json:"lately"` // over about 5 pages
	Usual  float64 `json:"usual"`  // over about 50 pages
}

// When a source's stripping is an alarm: enough pages to know what is usual, and
// a fall that chance does not explain.
const (
	strippingPages = 20
	strippingFall  = 0.2
)

// Add returns the means with one more page.
func (s Stripping) Add(confidence float64) Stripping {
	if s.Pages == 0 {
		s.Lately, s.Usual = confidence, confidence
	}
	s.Pages++
	s.Lately += (confidence - s.Lately) / 5
	s.Usual += (confidence - s.Usual) / float64(min(s.Pages, 50))
	return s
}

// Broken reports whether the source's pages are stripped far less surely than
// they used to be: it has probably been rebuilt.
func (s Stripping) Broken() bool {
	return s.Pages >= strippingPages && s.Lately < s.Usual-strippingFall
}

// strippingKey is where a source's Stripping stands in the SITES bucket, beside
// the hosts' models; no host begins with a slash.
func strippingKey(source string) string { return "/source/" + source }

// StrippingOf returns how surely a source's pages are stripped.
func (l *Line) StrippingOf(ctx context.Context, source string) (Stripping, error) {
	s, _, err := l.stripping(ctx, source)
	return s, err
}

func (l *Line) stripping(ctx context.Context, source string) (s Stripping, revision uint64, err error) {
	data, revision, err := l.Bus.KV(bus.Sites).Get(ctx, strippingKey(source))
	if errors.Is(err, bus.ErrNotFound) {
		return s, 0, nil
	}
	if err != nil {
		return s, 0, fmt.Errorf("stripping of %s: %w", source, err)
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return Stripping{}, revision, nil // damaged: it is counted anew
	}
	return s, revision, nil
}

// countStripping adds one article to the means of its source, and warns once
// when they fall apart.
func (l *Line) countStripping(ctx context.Context, a *copytaster.Article) error {
	if a.Confidence == 0 {
		return nil // not a page
	}
	source := first(a.Sources)
	was, revision, err := l.stripping(ctx, source)
	if err != nil {
		return err
	}
	is := was.Add(a.Confidence)
	data, err := json.Marshal(is)
	if err != nil {
		return fmt.Errorf("stripping of %s: %w", source, err)
	}
	kv := l.Bus.KV(bus.Sites)
	if revision == 0 {
		_, err = kv.Create(ctx, strippingKey(source), data)
	} else {
		_, err = kv.Update(ctx, strippingKey(source), data, revision)
	}
	if errors.Is(err, bus.ErrConflict) || errors.Is(err, bus.ErrExists) {
		return nil // another page was counted at the same moment: one of two will do
	}
	if is.Broken() && !was.Broken() {
		l.Log.Warn("the pages of a source are stripped less surely than usual; has it been rebuilt?",
			"source", source, "lately", is.Lately, "usual", is.Usual)
	}
	return err
}
