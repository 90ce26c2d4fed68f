// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/copytaster/copytaster"
)

// OCDS is a release package of the Open Contracting Data Standard 1.1: what
// articles claim about contracts, for tools that read the standard. Nothing in
// it was published by a buyer: each release names the article and quotes it.
type OCDS struct {
	URI           string        `json:"uri"`
	Version       string        `json:"version"`
	PublishedDate time.Time     `json:"publishedDate"`
	Publisher     OCDSPublisher `json:"publisher"`
	Releases      []OCDSRelease `json:"releases"`
}

// OCDSPublisher is who made the package.
type OCDSPublisher struct {
	Name string `json:"name"`
}

// OCDSRelease is one claim of one article.
type OCDSRelease struct {
	OCID           string         `json:"ocid"`
	ID             string         `json:"id"`
	Date           time.Time      `json:"date"`
	Tag            []string       `json:"tag"`
	InitiationType string         `json:"initiationType"`
	Language       string         `json:"language,omitempty"`
	Parties        []OCDSParty    `json:"parties"`
	Buyer          *OCDSRef       `json:"buyer,omitempty"`
	Tender         *OCDSTender    `json:"tender,omitempty"`
	Awards         []OCDSAward    `json:"awards,omitempty"`
	Contracts      []OCDSContract `json:"contracts,omitempty"`
}

// OCDSParty is an organisation and what it does.
type OCDSParty struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Roles []string `json:"roles"`
}

// OCDSRef refers to a party.
type OCDSRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// OCDSValue is an amount in major units.
type OCDSValue struct {
	Amount   json.Number `json:"amount"`
	Currency string      `json:"currency,omitempty"`
}

// OCDSDocument is where a claim was read, with the words.
type OCDSDocument struct {
	ID           string `json:"id"`
	DocumentType string `json:"documentType"`
	Title        string `json:"title,omitempty"`
	Description  string `json:"description"`
	URL          string `json:"url"`
}

// OCDSTender stands for a contract that is not awarded: those who bid for it.
type OCDSTender struct {
	ID        string         `json:"id"`
	Title     string         `json:"title,omitempty"`
	Status    string         `json:"status"`
	Value     *OCDSValue     `json:"value,omitempty"`
	Tenderers []OCDSRef      `json:"tenderers"`
	Documents []OCDSDocument `json:"documents"`
}

// OCDSAward is who was chosen.
type OCDSAward struct {
	ID        string         `json:"id"`
	Title     string         `json:"title,omitempty"`
	Status    string         `json:"status"`
	Value     *OCDSValue     `json:"value,omitempty"`
	Suppliers []OCDSRef      `json:"suppliers"`
	Documents []OCDSDocument `json:"documents"`
}

// OCDSContract is an award that runs, or ran.
type OCDSContract struct {
	ID        string         `json:"id"`
	AwardID   string         `json:"awardID"`
	Title     string         `json:"title,omitempty"`
	Status    string         `json:"status"`
	Value     *OCDSValue     `json:"value,omitempty"`
	Documents []OCDSDocument `json:"documents"`
}

// ocdsState is how the standard's code lists put a state: of the tender where
// the contract is not awarded yet, else of the award and the contract.
var ocdsState = map[copytaster.Status]struct{ tender, award, contract string }{
	copytaster.StatusBidding:     {tender: "active"},
	copytaster.StatusPlanned:     {tender: "planned"},
	copytaster.StatusAwarded:     {award: "active"},
	copytaster.StatusCancelled:   {award: "cancelled"},
	copytaster.StatusInForce:     {award: "active", contract: "active"},
	copytaster.StatusExtended:    {award: "active", contract: "active"},
	copytaster.StatusUnderReview: {award: "active", contract: "active"},
	copytaster.StatusDisputed:    {award: "active", contract: "active"},
	copytaster.StatusExiting:     {award: "active", contract: "active"},
	copytaster.StatusTerminated:  {award: "active", contract: "terminated"},
}

// ExportOCDS makes a release package of the contracts of documents. prefix is
// the publisher's OCID prefix ("ocds-abc123"), uri where the package will be
// found, now the time that it states. The releases are in the order of the
// documents and their contracts, and the same documents give the same package.
func ExportOCDS(docs []*copytaster.Document, prefix, uri string, now time.Time) *OCDS {
	p := &OCDS{URI: uri, Version: "1.1", PublishedDate: now.UTC(), Publisher: OCDSPublisher{Name: "copytaster: claims read in articles"}, Releases: []OCDSRelease{}}
	for _, d := range docs {
		for i := range d.Contracts {
			p.Releases = append(p.Releases, release(d, i, prefix))
		}
	}
	return p
}

// release is the claim of one contract of a document.
func release(d *copytaster.Document, i int, prefix string) OCDSRelease {
	c := &d.Contracts[i]
	id := fmt.Sprintf("%s-%d", d.ID, i+1)
	r := OCDSRelease{OCID: prefix + "-" + id, ID: fmt.Sprintf("%s-%d", id, d.Version()), Date: d.Fetched.UTC(), InitiationType: "tender", Language: d.Language}
	if d.Published.Known() {
		r.Date = d.Published.Time
	}
	supplierRole := "supplier"
	state := ocdsState[c.Status]
	if state.tender != "" {
		supplierRole = "tenderer"
	}
	refs := make([]OCDSRef, 0, len(c.Suppliers))
	for _, s := range c.Suppliers {
		refs = append(refs, r.party(s, supplierRole))
	}
	if c.Buyer.Key() != "" {
		b := r.party(c.Buyer, "buyer")
		r.Buyer = &b
	}
	docs, value := quotes(d, c), ocdsValue(c)
	if state.tender != "" {
		r.Tag = []string{"tender"}
		r.Tender = &OCDSTender{ID: id, Title: c.Subject, Status: state.tender, Value: value, Tenderers: refs, Documents: docs}
		return r
	}
	r.Tag = []string{"award"}
	r.Awards = []OCDSAward{{ID: id, Title: c.Subject, Status: state.award, Value: value, Suppliers: refs, Documents: docs}}
	if state.contract != "" {
		r.Tag = append(r.Tag, "contract")
		r.Contracts = []OCDSContract{{ID: id, AwardID: id, Title: c.Subject, Status: state.contract, Value: value, Documents: docs}}
	}
	return r
}

// party adds an organisation to the release and returns the reference to it.
func (r *OCDSRelease) party(p copytaster.Party, role string) OCDSRef {
	r.Parties = append(r.Parties, OCDSParty{ID: p.Key(), Name: p.Name, Roles: []string{role}})
	return OCDSRef{ID: p.Key(), Name: p.Name}
}

// quotes are the sentences of the article that tell of the contract.
func quotes(d *copytaster.Document, c *copytaster.Contract) []OCDSDocument {
	out := make([]OCDSDocument, 0, len(c.Evidence))
	for i, s := range c.Evidence {
		out = append(out, OCDSDocument{ID: fmt.Sprint(i + 1), DocumentType: "x_article", Title: d.Title,
			Description: fmt.Sprintf("Claim (%s): %s", c.Status, s.Of(d.Text)), URL: d.Canonical})
	}
	return out
}

// ocdsValue is the headline figure, where it has a number.
func ocdsValue(c *copytaster.Contract) *OCDSValue {
	if len(c.Values) == 0 || c.Values[0].Vague {
		return nil
	}
	m := c.Values[0].Max
	if m == nil {
		m = c.Values[0].Min
	}
	if m == nil {
		return nil
	}
	return &OCDSValue{Amount: json.Number(m.String()), Currency: c.Values[0].Currency}
}
