// SPDX-License-Identifier: Apache-2.0

package copytaster

// ZoneTitle names the headline in a plan. No text is ever zoned with it.
const ZoneTitle Zone = "title"

// Cond is one condition of a plan: what a query means, with every rule of the
// language already applied, so that each backend only translates. The
// conditions are And, Or, Not, All, TextCond, EntityCond, MoneyCond,
// ContractCond, StatusCond, SubjectCond, KeywordCond, DateCond and ZoneCond.
type Cond interface{ cond() }

// And holds where all its conditions hold; an empty And always does.
type And []Cond

// Or holds where one of its conditions holds; an empty Or never does.
type Or []Cond

// Not holds where its condition does not.
type Not struct{ Cond Cond }

// TextCond asks for terms of the analyser in one of the zones In. Each aside is
// a text of its own: a phrase never runs from one into the next.
type TextCond struct {
	In     []Zone   // ZoneTitle, ZoneBody, or an aside's zone
	Terms  []string // at least one; stems, unless Exact
	Exact  bool     // Terms are whole words, not stems
	Near   int      // 0: the terms stand side by side in order; n > 0: all stand, in any order, in a window of len(Terms)+n terms
	Prefix bool     // the one term is the beginning of a word (never a stem)
}

// EntityCond asks for a mention of an organisation in a role.
type EntityCond struct {
	Role Role     // supplier or buyer
	Any  bool     // any organisation in that role
	IDs  []string // gazetteer ids that the value resolves to
	Name string   // FoldName of the value: equal to that of the party's name, alias or surface
	Zone Zone     // ZoneBody, or an aside's zone; "" inside a ContractCond
}

// MoneyCond asks for one figure of the body for which all that is set holds.
type MoneyCond struct {
	Lo, Hi   *int64 // ends of an interval in hundredths, both included, that the figure's interval must meet; vague figures never do
	Currency string // ISO 4217; "" for any, known or not; AnyValue for any that is known
	Per      Period // "" for any, sums too; AnyValue for any rate
}

// AnyValue, as a MoneyCond's currency or period, asks that there is one.
const AnyValue = "*"

// ContractCond asks for one contract for which Cond holds: And, Or, Not,
// EntityCond, MoneyCond, StatusCond and SubjectCond, each read of that contract.
type ContractCond struct{ Cond Cond }

// StatusCond asks for a contract in a state.
type StatusCond struct{ Status Status }

// SubjectCond asks for a contract whose subject has the terms of Text, whose In
// is empty, or with Any for one that has a subject.
type SubjectCond struct {
	Any  bool
	Text TextCond
}

// KeywordCond asks for a value of a field. Kind and source compare Value with
// the FoldName of the document's; an author matches when every word of Value
// stands in one byline's FoldName; a language when it is Value or begins with
// Value and a hyphen, in lower case. Any asks only that there is one.
type KeywordCond struct {
	Field string // kind, source, author or language
	Value string // FoldName of what was asked; of a language, its tag in lower case
	Any   bool
}

// DateCond asks for a date between two ends, both included, either of which may
// be open; with both open it asks for a known date. Published days are compared
// as the publisher printed them, so From and To are YYYY-MM-DD; a date of which
// only the month or year was stated stands for all its days. Fetched times are
// compared as days in UTC.
type DateCond struct {
	Field    string // published or fetched
	From, To string // YYYY-MM-DD or ""
}

// ZoneCond asks for an aside in a zone.
type ZoneCond struct{ Zone Zone }

func (And) cond()          {}
func (Or) cond()           {}
func (Not) cond()          {}
func (TextCond) cond()     {}
func (EntityCond) cond()   {}
func (MoneyCond) cond()    {}
func (ContractCond) cond() {}
func (StatusCond) cond()   {}
func (SubjectCond) cond()  {}
func (KeywordCond) cond()  {}
func (DateCond) cond()     {}
func (ZoneCond) cond()     {}
