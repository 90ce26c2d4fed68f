// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"sort"

	"github.com/copytaster/copytaster"
)

// contracts turns the records into contracts, in the order of the text. The
// suppliers of one joint award stand in one contract.
func (a *analysis) contracts(recs []record) []copytaster.Contract {
	var out []copytaster.Contract
	at := map[int]int{}
	lives := a.lifetimes(recs)
	for i := range recs {
		r := &recs[i]
		p := a.partyOf(&a.names[r.suppliers[0]])
		if j, ok := at[r.joint]; ok && a.likeFirst(&out[j], r) {
			out[j].Suppliers = append(out[j].Suppliers, p)
			continue
		}
		at[r.joint] = len(out)
		out = append(out, copytaster.Contract{
			Suppliers: []copytaster.Party{p}, Buyer: a.buyerParty(r.buyer), Subject: r.subject, Values: a.figures(r.values),
			Status: r.status, Start: lives[i].start, End: lives[i].end, Evidence: tidySpans(r.evidence), Score: r.promise(),
		})
	}
	return out
}

// likeFirst reports whether a record of a joint award is still told the same
// way as the first.
func (a *analysis) likeFirst(c *copytaster.Contract, r *record) bool {
	return c.Status == r.status && c.Buyer == a.buyerParty(r.buyer) && len(c.Evidence) == len(tidySpans(r.evidence))
}

func (a *analysis) buyerParty(p party) copytaster.Party {
	if p.name > 0 {
		return a.partyOf(&a.names[p.name-1])
	}
	if p.id != "" {
		return copytaster.Party{Entity: p.id, Name: a.g.Name(p.id)}
	}
	return copytaster.Party{}
}

// tidySpans leaves out repeated spans; the first, which states the relation,
// stays first, the others follow in the order of the text.
func tidySpans(in []copytaster.Span) []copytaster.Span {
	out := in[:1:1]
	rest := append([]copytaster.Span(nil), in[1:]...)
	sort.Slice(rest, func(i, j int) bool { return rest[i].Start < rest[j].Start })
	for _, s := range rest {
		if s != out[0] && s != out[len(out)-1] {
			out = append(out, s)
		}
	}
	return out
}

// promise is the chance that a record is right: as it was judged, or for the
// fields of a notice by how well they were read.
func (r *record) promise() float64 {
	if r.chance > 0 {
		return min(round(r.chance), 0.99)
	}
	return contractCurve.at(r.score)
}
