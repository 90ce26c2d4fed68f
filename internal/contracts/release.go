// SPDX-License-Identifier: Apache-2.0

package contracts

import "encoding/json"

// release is a release of OCDS 1.1, as far as a news article can fill one.
type release struct {
	OCID           string         `json:"ocid"`
	ID             string         `json:"id"`
	Date           string         `json:"date"`
	Tag            []string       `json:"tag"`
	InitiationType string         `json:"initiationType"`
	Language       string         `json:"language,omitempty"`
	Parties        []organization `json:"parties"`
	Buyer          *reference     `json:"buyer,omitempty"`
	Tender         *tender        `json:"tender,omitempty"`
	Awards         []award        `json:"awards,omitempty"`
	Contracts      []contract     `json:"contracts,omitempty"`
	Claim          mark           `json:"copytaster"` // an additional field, which the standard allows
}

type organization struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	Identifier *identifier  `json:"identifier,omitempty"`
	Others     []identifier `json:"additionalIdentifiers,omitempty"`
	Roles      []string     `json:"roles"`
}

type identifier struct {
	Scheme string `json:"scheme"`
	ID     string `json:"id"`
}

type reference struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// block is what a tender, an award and a contract have in common.
type block struct {
	ID          string     `json:"id"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description"`
	Status      string     `json:"status"`
	Value       *value     `json:"value,omitempty"`
	Documents   []document `json:"documents,omitempty"`
}

type tender struct {
	block
	Tenderers []reference `json:"tenderers"`
	Count     int         `json:"numberOfTenderers"`
	Period    *period     `json:"contractPeriod,omitempty"`
}

type award struct {
	block
	Suppliers []reference `json:"suppliers"`
	Period    *period     `json:"contractPeriod,omitempty"`
}

type contract struct {
	block
	AwardID string  `json:"awardID"`
	Period  *period `json:"period,omitempty"`
}

type value struct {
	Amount   json.Number `json:"amount"`
	Currency string      `json:"currency,omitempty"`
}

type period struct {
	Start string `json:"startDate,omitempty"`
	End   string `json:"endDate,omitempty"`
}

type document struct {
	ID          string `json:"id"`
	Type        string `json:"documentType"` // of an open code list
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"` // the quotes
	URL         string `json:"url,omitempty"`
	Published   string `json:"datePublished,omitempty"`
	Language    string `json:"language,omitempty"`
}

// mark says what a release is and how sure the extractor was of it.
type mark struct {
	Nature  string   `json:"nature"`
	Article string   `json:"article"`
	URL     string   `json:"url"`
	Quotes  []string `json:"quotes"`
	Status  string   `json:"status"` // in our words
	Values  []figure `json:"values,omitempty"`
	Start   string   `json:"start,omitempty"` // as precise as stated: the standard's periods hold days only
	End     string   `json:"end,omitempty"`
	Score   float64  `json:"score"`
}

// figure is a value as the article states it.
type figure struct {
	Surface  string `json:"surface"`
	Min      string `json:"min,omitempty"`
	Max      string `json:"max,omitempty"`
	Currency string `json:"currency,omitempty"`
	Bound    string `json:"bound"`
	Per      string `json:"per,omitempty"`
	Over     string `json:"over,omitempty"`
}

func newMark(c *Claim) mark {
	m := mark{Nature: Nature, Article: c.Doc.ID, URL: c.Doc.URL, Quotes: Quotes(c.Doc, c.Contract), Status: string(c.Status),
		Start: c.Start.Day(), End: c.End.Day(), Score: c.Score}
	for _, v := range c.Values {
		m.Values = append(m.Values, figure{v.Surface, number(v.Min), number(v.Max), v.Currency, string(v.Bound), string(v.Per), v.Over})
	}
	return m
}
