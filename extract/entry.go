// SPDX-License-Identifier: Apache-2.0

package extract

import "github.com/copytaster/copytaster"

// Kind is what sort of organisation an entry is.
type Kind string

// The kinds of entry. A supplier that also buys (an infrastructure company in
// public hands) is KindBoth. A watchdog audits, regulates or prosecutes: it is
// tagged as other unless the text shows it buying. KindOther is everything that
// is only listed so as not to be taken for a supplier: media, parties, unions.
const (
	KindSupplier Kind = "supplier"
	KindBuyer    Kind = "buyer"
	KindBoth     Kind = "both"
	KindWatchdog Kind = "watchdog"
	KindOther    Kind = "other"
)

// Entry is one organisation of a list. Aliases are generated where they follow
// a rule (legal suffixes, "&" for "and", case, hyphens, accents), so that a list
// holds only what no rule gives.
type Entry struct {
	ID            string   // lower case, [a-z0-9-]; stable, because stored documents hold it
	Name          string   // as shown
	Kind          Kind     // supplier where empty
	Legal         []string // registered names
	Aliases       []string // trading names, former names, subsidiaries that are not kept apart
	Abbreviations []string // matched in their own case only
	IDs           []string // SCHEME:ID, schemes as in org-id.guide
	Parent        string   // id of the entry that owns it
	Successor     string   // id of the entry that took over what it supplied
	Notes         string   // insolvency, merger, and what else a reader should know
	Country       string   // ISO 3166 alpha-2, or EU
	Sector        string
	Generic       bool     // a name for many bodies ("NHS"): a more specific one in the text wins
	Context       []string // names above that are also words, surnames or places: they need a sign in the text
	Quiet         []string // names above that never alert
	AnyCase       []string // names above that are written in small letters too
	Exclude       []string // phrases holding a name above that mean something else
}

// names lists every written form of the entry, the shown name first.
func (e *Entry) names() []string {
	out := make([]string, 0, 1+len(e.Legal)+len(e.Aliases)+len(e.Abbreviations))
	out = append(out, e.Name)
	out = append(out, e.Aliases...)
	out = append(out, e.Legal...)
	return append(out, e.Abbreviations...)
}

// serves reports whether an entry of kind k can stand in a role.
func (k Kind) serves(role copytaster.Role) bool {
	switch role {
	case copytaster.RoleSupplier:
		return k == KindSupplier || k == KindBoth || k == ""
	case copytaster.RoleBuyer:
		return k == KindBuyer || k == KindBoth || k == KindWatchdog
	case copytaster.RoleOther:
		return k == KindOther || k == KindWatchdog
	}
	return true
}
