// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"slices"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/extract"
)

// stopping is a tagger that leaves out the discovered names that were rejected,
// with or without a legal suffix, and the contracts that are nobody's without
// them. Names of the lists are never left out.
type stopping struct {
	Tagger
	stops *extract.Gazetteer
}

// withStops is the tagger with the rejected names taken out.
func withStops(t Tagger, decided []copytaster.Decision) Tagger {
	var list []extract.Entry
	for _, d := range decided {
		if d.Verdict == copytaster.VerdictRejected {
			list = append(list, extract.Entry{ID: extract.NewID(d.Name), Name: d.Name, Kind: extract.KindOther})
		}
	}
	if len(list) == 0 {
		return t
	}
	return &stopping{t, extract.NewGazetteer(list)}
}

// Revision implements Tagger: other stops are another revision.
func (s *stopping) Revision() string { return s.Tagger.Revision() + "-" + s.stops.Revision() }

// Tag implements Tagger.
func (s *stopping) Tag(d *copytaster.Document) {
	s.Tagger.Tag(d)
	d.Mentions = slices.DeleteFunc(d.Mentions, s.mention)
	for i := range d.Asides {
		d.Asides[i].Mentions = slices.DeleteFunc(d.Asides[i].Mentions, s.mention)
	}
	var kept []copytaster.Contract
	for _, c := range d.Contracts {
		if s.contract(&c) {
			kept = append(kept, c)
		}
	}
	d.Contracts = kept
	d.Extractor = s.Revision()
}

func (s *stopping) mention(m copytaster.Mention) bool { return s.party(m.Party) }

// contract takes the rejected out of a contract and reports whether a supplier
// is left.
func (s *stopping) contract(c *copytaster.Contract) bool {
	c.Suppliers = slices.DeleteFunc(slices.Clone(c.Suppliers), s.party)
	if s.party(c.Buyer) {
		c.Buyer = copytaster.Party{}
	}
	return len(c.Suppliers) > 0
}

func (s *stopping) party(p copytaster.Party) bool {
	return p.Entity == "" && p.Name != "" && len(s.stops.Resolve(copytaster.RoleOther, p.Name)) > 0
}
