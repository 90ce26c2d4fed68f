// SPDX-License-Identifier: Apache-2.0

package contracts

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// table writes one line of a spreadsheet for each contract.
type table struct{ w *csv.Writer }

// columns are described in docs/SUPPLIERS.md; new ones are added at the end.
func columns() []string {
	return []string{"ocid", "nature", "published", "status", "suppliers", "supplier_ids", "buyer", "buyer_id", "subject",
		"value", "min", "max", "bound", "currency", "over", "all_values", "start", "end", "score",
		"quote", "more_evidence", "headline", "url", "sources", "article", "fetched"}
}

// NewTable writes CSV (RFC 4180) with a header, one row a contract. A cell that a
// spreadsheet would run as a formula is given an apostrophe.
func NewTable(w io.Writer) Writer {
	t := table{csv.NewWriter(w)}
	_ = t.w.Write(columns()) // csv.Writer keeps its error until Close
	return t
}

// Write implements Writer.
func (t table) Write(d *copytaster.Document) error {
	for _, c := range Claims(d) {
		row := c.row()
		for i := range row {
			row[i] = copytaster.SafeCell(row[i])
		}
		if err := t.w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// Close implements Writer.
func (t table) Close() error {
	t.w.Flush()
	return t.w.Error()
}

func (c *Claim) row() []string {
	names, ids := parties(c.Suppliers)
	quotes := append(Quotes(c.Doc, c.Contract), "")
	var all []string
	for i := range c.Values {
		all = append(all, c.Values[i].Label())
	}
	var label, bound, currency, over string
	least, most := "", ""
	if m := Total(c.Contract); m != nil {
		label, bound, currency, over = m.Label(), string(m.Bound), m.Currency, m.Over
		least, most = number(m.Min), number(m.Max)
	}
	return []string{c.OCID, Nature, c.Doc.Published.Day(), string(c.Status), names, ids, c.Buyer.Name, c.Buyer.Entity, c.Subject,
		label, least, most, bound, currency, over, strings.Join(all, "; "), c.Start.Day(), c.End.Day(), strconv.FormatFloat(c.Score, 'g', 3, 64),
		quotes[0], strings.TrimSpace(strings.Join(quotes[1:], " ")), c.Doc.Headline(), c.Doc.URL, strings.Join(c.Doc.Sources, "; "),
		c.Doc.ID, c.Doc.Fetched.UTC().Format(time.RFC3339)}
}

func parties(all []copytaster.Party) (names, ids string) {
	var n, i []string
	for _, p := range all {
		n, i = append(n, p.Name), append(i, p.Entity)
	}
	return strings.Join(n, "; "), strings.Trim(strings.Join(i, "; "), "; ")
}

func number(d *copytaster.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}
