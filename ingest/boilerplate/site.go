// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/copytaster/copytaster"
)

// Bounds of a site model.
const (
	maxSiteBytes  = 64 << 10
	maxSiteBlocks = 560
	maxSiteSeen   = 64  // articles remembered, so that none counts twice
	siteRepeats   = 2   // articles from which a block is the site's
	siteAge       = 200 // articles after which an unseen block is forgotten
)

// SiteModel is what the pages of one host have taught: the blocks that stand on
// several articles. It is a value: Learn returns a new one, and JSON keeps it,
// in at most 64 KiB.
type SiteModel struct {
	Articles int         `json:"articles"`       // learned from, ever
	Seen     []uint64    `json:"seen,omitempty"` // hashes of the last articles' ids and texts
	Blocks   []SiteBlock `json:"blocks,omitempty"`
}

// SiteBlock is a block that stood on pages of the host.
type SiteBlock struct {
	Hash  uint64 `json:"h"`
	Pages int    `json:"n"`           // articles that had it
	Last  int    `json:"l"`           // number of the last of them
	Text  string `json:"t,omitempty"` // its beginning, for people
}

// Revision names the state of the model.
func (m *SiteModel) Revision() string { return "site" + strconv.Itoa(m.Articles) }

// Repeats lists the blocks that the model holds to be the site's, those on most
// articles first: what a person checks.
func (m *SiteModel) Repeats() []SiteBlock {
	var out []SiteBlock
	for _, b := range m.Blocks {
		if b.Pages >= siteRepeats {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b SiteBlock) int {
		if a.Pages != b.Pages {
			return b.Pages - a.Pages
		}
		return compareBlock(a, b.Hash)
	})
	return out
}

// pages is the number of articles that had a block.
func (m *SiteModel) pages(h uint64) int {
	if i, ok := slices.BinarySearchFunc(m.Blocks, h, compareBlock); ok {
		return m.Blocks[i].Pages
	}
	return 0
}

// boilerplate reports whether a block is the site's and not the article's: it
// stood on other articles. Short sub-headings repeat in a series of articles and
// are no evidence.
func (m *SiteModel) boilerplate(b *block) bool {
	return b.words >= 4 && m.pages(hashText(b.text)) >= siteRepeats
}

func compareBlock(b SiteBlock, h uint64) int {
	switch {
	case b.Hash < h:
		return -1
	case b.Hash > h:
		return 1
	}
	return 0
}

// Learn returns the model with one more article, m itself being left alone. A
// revision of an article that was learned from before, or a story that repeats
// most of one, changes nothing: an updated story does not become boilerplate.
func (m *SiteModel) Learn(r Result, articleID string) *SiteModel {
	id, text := hashText(articleID), hashText(r.Text)
	if m == nil {
		m = &SiteModel{}
	}
	if slices.Contains(m.Seen, id) || slices.Contains(m.Seen, text) || m.retold(r.Blocks) {
		return m
	}
	next := &SiteModel{Articles: m.Articles + 1, Seen: append(slices.Clone(m.Seen), id, text)}
	if n := len(next.Seen); n > maxSiteSeen {
		next.Seen = next.Seen[n-maxSiteSeen:]
	}
	next.Blocks = next.merge(m.Blocks, r.Blocks)
	return next
}

// retold reports whether most of a page's body stood on earlier articles.
func (m *SiteModel) retold(page []Block) bool {
	old, all := 0, 0
	for _, b := range page {
		if b.Zone != copytaster.ZoneBody {
			continue
		}
		all += len(b.Text)
		if m.pages(hashText(b.Text)) > 0 {
			old += len(b.Text)
		}
	}
	return old*2 > all
}

// merge adds the blocks of one article to the old ones.
func (m *SiteModel) merge(old []SiteBlock, page []Block) []SiteBlock {
	on := make(map[uint64]string, len(page))
	for _, b := range page {
		on[hashText(b.Text)] = b.Text
	}
	out := make([]SiteBlock, 0, len(old)+len(on))
	for _, b := range old {
		if _, ok := on[b.Hash]; ok {
			b.Pages++
			b.Last = m.Articles
			delete(on, b.Hash)
		}
		if m.Articles-b.Last <= siteAge {
			out = append(out, b)
		}
	}
	for h, text := range on {
		out = append(out, SiteBlock{Hash: h, Pages: 1, Last: m.Articles, Text: beginning(text)})
	}
	return bound(out)
}

// beginning is the first letters and digits of a block.
func beginning(s string) string {
	const most = 24
	out := make([]rune, 0, most)
	for n, r := range strings.Map(plainRune, s[:min(len(s), 8*most)]) {
		if n >= most {
			break
		}
		out = append(out, r)
	}
	return string(out)
}

// plainRune leaves out what JSON would have to escape.
func plainRune(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) || r == ' ' {
		return r
	}
	return -1
}

// bound keeps the blocks that stood on most pages, then the latest, in the order
// of their hashes.
func bound(blocks []SiteBlock) []SiteBlock {
	if len(blocks) == 0 {
		return nil
	}
	if len(blocks) > maxSiteBlocks {
		slices.SortFunc(blocks, func(a, b SiteBlock) int {
			if a.Pages != b.Pages {
				return b.Pages - a.Pages
			}
			if a.Last != b.Last {
				return b.Last - a.Last
			}
			return compareBlock(a, b.Hash)
		})
		blocks = blocks[:maxSiteBlocks]
	}
	slices.SortFunc(blocks, func(a, b SiteBlock) int { return compareBlock(a, b.Hash) })
	return blocks
}

// ParseSiteModel reads a model as json.Marshal wrote it. It refuses one that is
// larger than a model can be.
func ParseSiteModel(data []byte) (*SiteModel, error) {
	if len(data) > maxSiteBytes {
		return nil, fmt.Errorf("site model of %d bytes, at most %d", len(data), maxSiteBytes)
	}
	m := new(SiteModel)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("site model: %w", err)
	}
	m.Blocks = bound(m.Blocks)
	return m, nil
}
