// SPDX-License-Identifier: Apache-2.0

package contracts

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// Identify returns the identifiers of a gazetteer id as SCHEME:ID, with the
// schemes of org-id.guide; none for an organisation that has none.
type Identify func(entity string) []string

// ocds writes a release package as a stream.
type ocds struct {
	w        io.Writer
	identify Identify
	at       time.Time
	n        int
	err      error
}

// NewOCDS writes an OCDS 1.1 release package of one release a contract: see
// https://standard.open-contracting.org/1.1/en/schema/release_package/. at is
// when it is published; identify may be nil.
func NewOCDS(w io.Writer, at time.Time, identify Identify) Writer {
	if identify == nil {
		identify = func(string) []string { return nil }
	}
	o := &ocds{w: w, identify: identify, at: at.UTC()}
	o.put(`{"uri":"urn:x-copytaster:claims:%s","version":"1.1","publishedDate":%q,"publisher":{"name":"copytaster"},"releases":[`,
		o.at.Format("20060102T150405Z"), o.at.Format(time.RFC3339))
	return o
}

func (o *ocds) put(format string, args ...any) {
	if o.err == nil {
		_, o.err = fmt.Fprintf(o.w, format, args...)
	}
}

// Write implements Writer.
func (o *ocds) Write(d *copytaster.Document) error {
	for _, c := range Claims(d) {
		data, err := json.Marshal(newRelease(&c, o.identify))
		if err != nil {
			return fmt.Errorf("contract of %s: %w", d.URL, err)
		}
		if o.n++; o.n > 1 {
			o.put(",")
		}
		o.put("\n%s", data)
	}
	return o.err
}

// Close implements Writer.
func (o *ocds) Close() error {
	o.put("\n]}\n")
	return o.err
}

// newRelease puts a claim into the words of the standard.
func newRelease(c *Claim, identify Identify) *release {
	st := stageOf(c.Status)
	r := &release{OCID: c.OCID, ID: c.OCID + "-" + strconv.FormatInt(c.Doc.Version(), 10), Date: stated(c.Doc), Tag: st.tags,
		InitiationType: "tender", Language: c.Doc.Language}
	r.Claim = newMark(c)
	var suppliers []reference
	for _, s := range c.Suppliers {
		suppliers = append(suppliers, r.party(s, st.role, identify))
	}
	if c.Buyer.Name != "" {
		b := r.party(c.Buyer, "buyer", identify)
		r.Buyer = &b
	}
	b := block{ID: c.OCID, Title: c.Subject, Description: describe(c), Value: newValue(c.Contract), Documents: documents(c), Status: st.tender}
	if st.tender != "" {
		r.Tender = &tender{block: b, Tenderers: suppliers, Count: len(suppliers), Period: newPeriod(c.Contract)}
		return r
	}
	b.Status = st.award
	r.Awards = []award{{block: b, Suppliers: suppliers, Period: newPeriod(c.Contract)}}
	if st.contract != "" {
		b.Status, b.Documents = st.contract, nil
		r.Contracts = []contract{{block: b, AwardID: c.OCID, Period: newPeriod(c.Contract)}}
	}
	return r
}

// stage is how a state of a contract is said in the standard's closed code
// lists. A state is the tender's where nothing is awarded yet.
type stage struct {
	tags                    []string
	role                    string // of the suppliers
	tender, award, contract string // statuses
}

func stageOf(s copytaster.Status) stage {
	switch s {
	case copytaster.StatusPlanned:
		return stage{tags: []string{"tender"}, role: "tenderer", tender: "planned"}
	case copytaster.StatusBidding:
		return stage{tags: []string{"tender"}, role: "tenderer", tender: "active"}
	case copytaster.StatusAwarded:
		return stage{tags: []string{"award"}, role: "supplier", award: "active"}
	case copytaster.StatusCancelled:
		return stage{tags: []string{"awardCancellation"}, role: "supplier", award: "cancelled"}
	case copytaster.StatusTerminated:
		return stage{tags: []string{"contractTermination"}, role: "supplier", award: "active", contract: "terminated"}
	case copytaster.StatusExtended:
		return stage{tags: []string{"contractAmendment"}, role: "supplier", award: "active", contract: "active"}
	case copytaster.StatusInForce:
		return stage{tags: []string{"contract"}, role: "supplier", award: "active", contract: "active"}
	}
	return stage{tags: []string{"contractUpdate"}, role: "supplier", award: "active", contract: "active"}
}

// party adds an organisation to the release and returns a reference to it.
func (r *release) party(p copytaster.Party, role string, identify Identify) reference {
	ref := reference{ID: "copytaster:" + strings.ReplaceAll(fold(p), " ", "-"), Name: p.Name}
	for i := range r.Parties {
		if r.Parties[i].ID == ref.ID {
			if !slices.Contains(r.Parties[i].Roles, role) {
				r.Parties[i].Roles = append(r.Parties[i].Roles, role)
			}
			return ref
		}
	}
	o := organization{ID: ref.ID, Name: p.Name, Roles: []string{role}}
	for _, id := range identify(p.Entity) {
		if scheme, number, ok := strings.Cut(id, ":"); ok {
			o.identified(identifier{Scheme: scheme, ID: number})
		}
	}
	r.Parties = append(r.Parties, o)
	return ref
}

func (o *organization) identified(id identifier) {
	if o.Identifier == nil {
		o.Identifier = &id
		return
	}
	o.Others = append(o.Others, id)
}

// stated is when the claim was made: as the publisher says, else when we read it.
func stated(d *copytaster.Document) string {
	switch d.Published.Precision {
	case copytaster.PrecisionDay, copytaster.PrecisionTime:
		return d.Published.Time.Format(time.RFC3339)
	}
	return d.Fetched.UTC().Format(time.RFC3339)
}

// describe says what the release is, and all that the standard's fields cannot.
func describe(c *Claim) string {
	text := "A " + Nature + ". State: " + c.Status.Label() + "."
	var values []string
	for i := range c.Values {
		values = append(values, c.Values[i].Label())
	}
	if len(values) > 0 {
		text += " Value as stated: " + strings.Join(values, "; ") + "."
	}
	return text
}

// newValue is the sum where one number was stated. A range has none, and what
// was said of the number ("up to") stands in the description and the mark.
func newValue(c *copytaster.Contract) *value {
	m := Total(c)
	if m == nil || m.Bound == copytaster.BoundRange {
		return nil
	}
	amount := m.Min
	if amount == nil {
		amount = m.Max
	}
	return &value{Amount: json.Number(amount.String()), Currency: m.Currency}
}

func newPeriod(c *copytaster.Contract) *period {
	p := period{Start: moment(c.Start), End: moment(c.End)}
	if p == (period{}) {
		return nil
	}
	return &p
}

// moment is a day as the standard writes it, "" where no day was stated.
func moment(d copytaster.Date) string {
	if !d.Known() || d.Precision == copytaster.PrecisionYear || d.Precision == copytaster.PrecisionMonth {
		return ""
	}
	return d.Time.Format(time.RFC3339)
}

// documents is the article with its quotes.
func documents(c *Claim) []document {
	d := document{ID: c.Doc.ID, Type: "newsArticle", Title: c.Doc.Headline(), Description: strings.Join(Quotes(c.Doc, c.Contract), " […] "),
		URL: address(c.Doc.URL), Language: c.Doc.Language}
	if c.Doc.Published.Known() {
		d.Published = moment(c.Doc.Published)
	}
	return []document{d}
}

// address is the article's URL if it is one that another reader could open.
func address(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
