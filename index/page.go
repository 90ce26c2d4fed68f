// SPDX-License-Identifier: Apache-2.0

package index

import (
	"fmt"
	"slices"
	"time"

	"github.com/copytaster/copytaster"
)

// Sizes of a page and of a facet.
const (
	DefaultSize = 20   // hits, where Page.Size is 0
	MaxSize     = 1000 // hits
	MaxBuckets  = 100  // values of a facet
	MaxMonths   = 1200 // values of the facet "month"
)

// Normal returns the page with its defaults filled in, or ErrBadPage for one
// that cannot be. It does not look into the cursor.
func (p Page) Normal() (Page, error) {
	if p.Size == 0 {
		p.Size = DefaultSize
	}
	if p.Size < 0 || p.Size > MaxSize {
		return p, fmt.Errorf("%w: size %d is not between 1 and %d", ErrBadPage, p.Size, MaxSize)
	}
	if p.Sort == "" {
		p.Sort = SortNewest
	}
	if !slices.Contains(Sorts(), p.Sort) {
		return p, fmt.Errorf("%w: unknown sort %q; there are %q", ErrBadPage, p.Sort, Sorts())
	}
	for _, f := range p.Facets {
		if !slices.Contains(FacetNames(), f) {
			return p, fmt.Errorf("%w: unknown facet %q; there are %q", ErrBadPage, f, FacetNames())
		}
	}
	return p, nil
}

// Buckets is the most values that are returned for a facet.
func Buckets(facet string) int {
	if facet == "month" {
		return MaxMonths
	}
	return MaxBuckets
}

const dayMillis = 24 * 60 * 60 * 1000

// PublishedKey is the number by which SortNewest and SortOldest compare a date:
// first the day as the publisher printed it, then the moment. ok is false for an
// unknown date.
func PublishedKey(d copytaster.Date) (key int64, ok bool) {
	if !d.Known() {
		return 0, false
	}
	y, m, day := d.Time.Date()
	start := time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
	// A printed day and the moment in UTC are at most a day's zone apart: 2^28 ms
	// hold three days, the day's own being the middle one.
	within := d.Time.UnixMilli() - start.UnixMilli() + dayMillis
	within = min(max(within, 0), 3*dayMillis-1)
	return start.Unix()/(24*60*60)<<28 | within, true
}
