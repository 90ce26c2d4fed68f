// SPDX-License-Identifier: Apache-2.0

// Package contracts writes what articles claim about contracts, for
// spreadsheets and for tools that read the Open Contracting Data Standard.
// Nothing that it writes is an official record, and all of it says so.
package contracts

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/copytaster/copytaster"
)

// Writer writes the contracts of documents, one document after the other. Close
// finishes the output; it does not close what is written to.
type Writer interface {
	Write(d *copytaster.Document) error
	Close() error
}

// Nature is what each row and release says of itself.
const Nature = "claim read in a news article, not an official record"

// Claim is one contract as one article states it.
type Claim struct {
	*copytaster.Contract
	Doc  *copytaster.Document
	OCID string // the same at every export: see ocid
}

// Claims returns the contracts of a document in their order.
func Claims(d *copytaster.Document) []Claim {
	out := make([]Claim, 0, len(d.Contracts))
	seen := map[string]int{}
	for i := range d.Contracts {
		c := &d.Contracts[i]
		id := ocid(d.ID, c)
		if seen[id]++; seen[id] > 1 {
			id += "-" + strconv.Itoa(seen[id])
		}
		out = append(out, Claim{c, d, id})
	}
	return out
}

// ocid identifies a claim by its article, suppliers, buyer and subject, so that
// a revision of the article, or of its tags, is another release of the same
// claim. The prefix is deliberately not a registered one: the process of the
// standard is the buyer's to name.
func ocid(article string, c *copytaster.Contract) string {
	keys := make([]string, 0, len(c.Suppliers))
	for _, s := range c.Suppliers {
		keys = append(keys, fold(s))
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, "\x1f") + "\x1e" + fold(c.Buyer) + "\x1e" + copytaster.FoldName(c.Subject)))
	return "copytaster-" + article + "-" + hex.EncodeToString(sum[:6])
}

func fold(p copytaster.Party) string {
	if p.Entity != "" {
		return p.Entity
	}
	return copytaster.FoldName(p.Name)
}

// Total is the first figure of the contract that is a sum with a number, nil if
// there is none: the headline value, or the latest.
func Total(c *copytaster.Contract) *copytaster.Money {
	for i := range c.Values {
		if m := &c.Values[i]; m.Per == "" && !m.Vague && (m.Min != nil || m.Max != nil) {
			return m
		}
	}
	return nil
}

// Quotes are the sentences of the article that state the contract, the clause
// that states the relation first.
func Quotes(d *copytaster.Document, c *copytaster.Contract) []string {
	var out []string
	for _, e := range c.Evidence {
		if q := strings.Join(strings.Fields(e.Of(d.Text)), " "); q != "" {
			out = append(out, q)
		}
	}
	return out
}
