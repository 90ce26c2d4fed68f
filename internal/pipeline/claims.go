// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"slices"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest"
)

// A page is fetched for one link, but several listings may know of it, and each
// makes claims of its own. What is kept must not depend on which came first.

// surer is the better founded of two claims of a date; b where both are founded
// alike.
func surer(a, b copytaster.Date) copytaster.Date {
	if !b.Known() || a.Known() && foundation(a) < foundation(b) {
		return a
	}
	return b
}

// foundation ranks where a date was read, the best first.
func foundation(d copytaster.Date) int {
	order := []copytaster.Origin{copytaster.OriginJSONLD, copytaster.OriginMeta, copytaster.OriginMarkup, copytaster.OriginFeed,
		copytaster.OriginURL, copytaster.OriginText, copytaster.OriginFile}
	if i := slices.Index(order, d.Origin); i >= 0 {
		return i
	}
	return len(order)
}

// later is the later of two dates.
func later(a, b copytaster.Date) copytaster.Date {
	if a.Time.After(b.Time) {
		return a
	}
	return b
}

// keepClaims gives a new revision what an older one knew better.
func keepClaims(prev *copytaster.Article, a *copytaster.Article) {
	a.Published = surer(prev.Published, a.Published)
	a.Modified = later(prev.Modified, a.Modified)
	a.Hash = copytaster.ContentHash(a)
}

// claimed is an article as one more listing knows it.
func claimed(prev *copytaster.Article, l ingest.Link) copytaster.Article {
	a := *prev
	a.Sources = []string{l.Source}
	a.Published = surer(l.Published, prev.Published)
	a.Modified = later(prev.Modified, l.Modified)
	a.Hash = copytaster.ContentHash(&a)
	return a
}
