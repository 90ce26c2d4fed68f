// SPDX-License-Identifier: Apache-2.0

package copytaster

// Document is an Article and what the extractors found in its body.
type Document struct {
	Article
	Mentions  []Mention  `json:"mentions,omitempty"`
	Money     []Money    `json:"money,omitempty"`
	Contracts []Contract `json:"contracts,omitempty"`
	Sentences []Span     `json:"sentences,omitempty"` // of Text, in order, without the space between them
	Extractor string     `json:"extractor,omitempty"` // version of the code and revision of the gazetteer
}

// Span is a piece of a text: bytes Start to End, both on rune boundaries,
// 0 <= Start < End <= len(text).
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Of returns the span's piece of text. It returns "" for a span that does not
// fit, so that a damaged document cannot stop a page.
func (s Span) Of(text string) string {
	if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
		return ""
	}
	return text[s.Start:s.End]
}

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Party is an organisation: its gazetteer id, or none for one discovered in the
// text, and the name as written or as the gazetteer has it.
type Party struct {
	Entity string `json:"entity,omitempty"`
	Name   string `json:"name"`
}

// Key is what stands for the party in an output: its id, else its name.
func (p Party) Key() string {
	if p.Entity != "" {
		return p.Entity
	}
	return p.Name
}

// Mention is one naming of an organisation.
type Mention struct {
	Span
	Party
	Surface string  `json:"surface"`
	Role    Role    `json:"role"`
	Alias   string  `json:"alias,omitempty"` // the gazetteer's alias that matched
	Zone    Zone    `json:"zone,omitempty"`
	Quiet   bool    `json:"quiet,omitempty"` // the alias is set never to alert
	Score   float64 `json:"score"`           // 0 to 1
}

// Role is what an organisation does in the text.
type Role string

// The roles of an organisation.
const (
	RoleSupplier Role = "supplier"
	RoleBuyer    Role = "buyer"
	RoleOther    Role = "other"
)
