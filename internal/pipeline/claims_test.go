// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest"
)

func dated(day int, o copytaster.Origin) copytaster.Date {
	return copytaster.Date{Time: time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC), Precision: copytaster.PrecisionDay, Origin: o}
}

func TestWhatIsKeptDoesNotDependOnWhichListingCameFirst(t *testing.T) {
	page := copytaster.Article{URL: "https://p.example/a", Canonical: "https://p.example/a", Text: "Text.", Published: dated(1, copytaster.OriginText)}
	feed := ingest.Link{URL: page.URL, Source: "feed", Published: dated(2, copytaster.OriginFeed), Modified: dated(5, copytaster.OriginFeed)}
	bare := ingest.Link{URL: page.URL, Source: "sitemap", Modified: dated(4, copytaster.OriginFeed)}

	one := claimed(&page, bare)
	one = claimed(&one, feed)
	two := claimed(&page, feed)
	two = claimed(&two, bare)
	if one.Hash != two.Hash || one.Published != two.Published || one.Modified != two.Modified {
		t.Errorf("%v and %v", one, two)
	}
	if one.Published.Day() != "2026-11-02" || one.Modified.Day() != "2026-11-05" {
		t.Errorf("published %v, modified %v", one.Published, one.Modified)
	}
}

func TestALaterFetchDoesNotForgetASurerDate(t *testing.T) {
	prev := copytaster.Article{URL: "https://p.example/a", Canonical: "https://p.example/a", Text: "Text.", Published: dated(2, copytaster.OriginFeed)}
	prev.Hash = copytaster.ContentHash(&prev)
	again := prev
	again.Published = dated(1, copytaster.OriginText)
	again.Hash = copytaster.ContentHash(&again)
	if _, err := succeed(&prev, again); err == nil {
		t.Error("a less sure date made a revision")
	}
	again.Published = dated(3, copytaster.OriginJSONLD)
	again.Hash = copytaster.ContentHash(&again)
	next, err := succeed(&prev, again)
	if err != nil || next.Published.Day() != "2026-11-03" {
		t.Errorf("a surer date made no revision: %v, %v", next.Published, err)
	}
}
