// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"
)

// Checkpoint is what a listing showed last time, bounded: at most 64 KiB as
// JSON. What became of each URL is in the ledger, not here.
type Checkpoint struct {
	ETag         string          `json:"etag,omitempty"`
	LastModified string          `json:"last_modified,omitempty"`
	Seen         string          `json:"seen,omitempty"`  // 12 characters per item: 8 of its URL's hash, 4 of its own
	Parts        map[string]Part `json:"parts,omitempty"` // child sitemaps, by short hash of their URL
}

// Part is what is remembered of one child of a sitemap index.
type Part struct {
	ETag         string `json:"e,omitempty"`
	LastModified string `json:"m,omitempty"`
	Stated       string `json:"s,omitempty"` // the lastmod that the index gave for it
}

// Bounds of a checkpoint: 4,200 items of 12 bytes and 60 parts of 200 stay
// below 64 KiB.
const (
	maxSeen      = 4200
	seenKey      = 8
	seenEntry    = 12
	maxParts     = 60
	maxValidator = 120 // bytes of an ETag or date; a longer one is not kept
)

// shortHash is n characters of the hash of s: 6 bits each.
func shortHash(s string, n int) string {
	sum := sha256.Sum256([]byte(s))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:n]
}

// validator bounds what a server may make us remember.
func validator(s string) string {
	if len(s) > maxValidator || strings.ContainsAny(s, "\r\n\x00") {
		return ""
	}
	return s
}

// seen maps the short hash of a URL to that of its item.
func (ck Checkpoint) seen() map[string]string {
	m := make(map[string]string, len(ck.Seen)/seenEntry)
	for i := 0; i+seenEntry <= len(ck.Seen); i += seenEntry {
		m[ck.Seen[i:i+seenKey]] = ck.Seen[i+seenKey : i+seenEntry]
	}
	return m
}

// advance returns the items of a listing that ck has not seen, or not so, oldest
// first, and the checkpoint that has seen them all. Only the newest max items
// are looked at. Items that have left the listing are remembered while there is
// room, so that one which comes back is not news.
func (ck Checkpoint) advance(items []Item, max int) ([]Item, Checkpoint) {
	items = newest(unique(items), max)
	old := ck.seen()
	var fresh []Item
	now := make(map[string]bool, len(items))
	var entries strings.Builder
	for _, it := range items {
		key := shortHash(it.URL, seenKey)
		mark := shortHash(it.Hash, seenEntry-seenKey)
		if old[key] != mark {
			fresh = append(fresh, it)
		}
		now[key] = true
		entries.WriteString(key + mark)
	}
	next := ck
	next.Seen = remembered(ck.Seen, now, maxSeen-len(items)) + entries.String()
	return fresh, next
}

// remembered keeps the newest room entries of seen that are not in now.
func remembered(seen string, now map[string]bool, room int) string {
	var keep []string
	for i := 0; i+seenEntry <= len(seen); i += seenEntry {
		if e := seen[i : i+seenEntry]; !now[e[:seenKey]] {
			keep = append(keep, e)
		}
	}
	if len(keep) > room {
		keep = keep[len(keep)-room:]
	}
	return strings.Join(keep, "")
}

// unique drops repeated URLs; the first stands.
func unique(items []Item) []Item {
	seen := make(map[string]bool, len(items))
	return slices.DeleteFunc(items, func(it Item) bool {
		dup := seen[it.URL]
		seen[it.URL] = true
		return dup
	})
}

// newest returns the max newest items, oldest first. Listings put the newest
// first by custom, so undated items count as listed from new to old.
func newest(items []Item, max int) []Item {
	slices.Reverse(items)
	slices.SortStableFunc(items, func(a, b Item) int {
		x, y := a.stated(), b.stated()
		if x.IsZero() || y.IsZero() {
			return cmp.Compare(boolInt(!x.IsZero()), boolInt(!y.IsZero()))
		}
		return x.Compare(y)
	})
	if len(items) > max {
		items = items[len(items)-max:]
	}
	return items
}

// stated is the newest time that a listing gives for an item.
func (it Item) stated() time.Time {
	if it.Modified.Known() && it.Modified.Time.After(it.Published.Time) {
		return it.Modified.Time
	}
	return it.Published.Time
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
