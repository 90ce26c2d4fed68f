// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
)

// Bounds of a site model.
const (
	maxSiteBytes  = 64 << 10
	maxSiteBlocks = 350
	maxSiteKinds  = 100
	maxSiteSeen   = 64   // articles remembered, so that none counts twice
	siteAge       = 200  // articles after which what none had is forgotten
	siteWords     = 5000 // of a kind of box; above, what is older counts half
	siteForm      = 2    // of the model; another form is learned anew
)

// SiteModel is what the pages of one host have taught: the blocks that stand on
// several articles, and which kinds of boxes hold the body. It is a value: Learn
// returns a new one, and JSON keeps it, in at most 64 KiB.
type SiteModel struct {
	Form     int         `json:"form"`
	Articles int         `json:"articles"`       // learned from, ever
	Seen     []uint64    `json:"seen,omitempty"` // hashes of the last articles' ids and texts
	Blocks   []SiteBlock `json:"blocks,omitempty"`
	Kinds    []SiteKind  `json:"kinds,omitempty"`
}

// SiteBlock is a block that stood on pages of the host: a text in a kind of box.
// The same words elsewhere are another block, because the first lines of an
// article are the teaser of it below all others.
type SiteBlock struct {
	Hash  uint64 `json:"h"`
	Pages int    `json:"n"`           // articles that had it
	Body  int    `json:"b,omitempty"` // articles whose body it was taken for
	Last  int    `json:"l"`           // number of the last of them
	Text  string `json:"t,omitempty"` // its beginning, for people
}

// SiteKind is a kind of box: the tag of a block, and the tags and classes of the
// nearest boxes around it.
type SiteKind struct {
	Hash    uint64 `json:"h"`
	Body    int    `json:"b,omitempty"` // words in it that were body
	Dropped int    `json:"d,omitempty"` // words that were not
	Last    int    `json:"l"`           // number of the last article that had it
	Text    string `json:"t,omitempty"` // the beginning of a block in it, for people
}

// Revision names the state of the model.
func (m *SiteModel) Revision() string { return "site" + strconv.Itoa(m.Articles) }

// Repeats lists the blocks that stood on more than one article, those on most
// first: what a person checks.
func (m *SiteModel) Repeats() []SiteBlock {
	var out []SiteBlock
	for _, b := range m.Blocks {
		if b.Pages > 1 {
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

func compareBlock(b SiteBlock, h uint64) int { return cmp.Compare(b.Hash, h) }

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
	next := &SiteModel{Form: siteForm, Articles: m.Articles + 1, Seen: append(slices.Clone(m.Seen), id, text)}
	if n := len(next.Seen); n > maxSiteSeen {
		next.Seen = next.Seen[n-maxSiteSeen:]
	}
	next.Blocks = next.merge(m.Blocks, r.Blocks)
	next.Kinds = next.mergeKinds(m.Kinds, r.Blocks)
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
		if m.pages(b.place()) > 0 {
			old += len(b.Text)
		}
	}
	return old*2 > all
}

// place hashes a block's text and its kind of box.
func (b *Block) place() uint64 { return placed(hashText(b.Text), b.Kind) }

func placed(text, kind uint64) uint64 { return text*fnvPrime ^ kind }

// merge adds the blocks of one article to the old ones.
func (m *SiteModel) merge(old []SiteBlock, page []Block) []SiteBlock {
	on := make(map[uint64]SiteBlock, len(page))
	for _, b := range page {
		h := b.place()
		s := SiteBlock{Hash: h, Pages: 1, Last: m.Articles, Text: b.Text}
		if b.Alone || on[h].Body > 0 {
			s.Body = 1
		}
		on[h] = s
	}
	out := make([]SiteBlock, 0, len(old)+len(on))
	for _, b := range old {
		if now, ok := on[b.Hash]; ok {
			b.Pages++
			b.Body += now.Body
			b.Last = m.Articles
			delete(on, b.Hash)
		}
		if m.Articles-b.Last <= siteAge {
			out = append(out, b)
		}
	}
	for _, b := range on {
		b.Text = beginning(b.Text)
		out = append(out, b)
	}
	return bound(out)
}

// beginning is the first letters and digits of a block.
func beginning(s string) string {
	const most, bytes = 24, 72
	out, n := "", 0
	for _, r := range strings.Map(plainRune, s[:min(len(s), 8*most)]) {
		if n++; n > most || len(out)+utf8.RuneLen(r) > bytes {
			break
		}
		out += string(r)
	}
	return out
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
// larger than a model can be, or of another form.
func ParseSiteModel(data []byte) (*SiteModel, error) {
	if len(data) > maxSiteBytes {
		return nil, fmt.Errorf("site model of %d bytes, at most %d", len(data), maxSiteBytes)
	}
	m := new(SiteModel)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("site model: %w", err)
	}
	if m.Form != siteForm {
		return nil, fmt.Errorf("site model of form %d, not %d", m.Form, siteForm)
	}
	m.Blocks, m.Kinds = bound(m.Blocks), boundKinds(m.Kinds)
	return m, nil
}
