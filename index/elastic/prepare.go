// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// source is a document as it is indexed, the document itself left out:
// mapping.go says how its fields are read.
type source struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	URL     string `json:"url,omitempty"`

	TitleWords string              `json:"title_words,omitempty"`
	TitleStems string              `json:"title_stems,omitempty"`
	BodyWords  string              `json:"body_words,omitempty"`
	BodyStems  string              `json:"body_stems,omitempty"`
	Asides     map[string]*columns `json:"asides,omitempty"`
	Authors    []string            `json:"authors,omitempty"`
	Keys       []string            `json:"keys,omitempty"`
	Money      []figure            `json:"money,omitempty"`
	Contracts  []contract          `json:"contracts,omitempty"`

	PublishedFrom string `json:"published_from,omitempty"`
	PublishedTo   string `json:"published_to,omitempty"`
	FetchedDay    string `json:"fetched_day,omitempty"`
	Newest        int64  `json:"newest"`
	Oldest        int64  `json:"oldest"`
	Came          int64  `json:"came"`
	Amount        int64  `json:"amount"`
	Fetched       int64  `json:"fetched"`
	Published     *int64 `json:"published,omitempty"`

	Parties  []party  `json:"parties,omitempty"`
	Status   []string `json:"status,omitempty"`
	Bands    []string `json:"bands,omitempty"`
	Currency []string `json:"currency,omitempty"`
	Source   []string `json:"source,omitempty"`
	Kind     string   `json:"kind,omitempty"`
	Language string   `json:"language,omitempty"`
	Month    string   `json:"month,omitempty"`

	Title string `json:"title,omitempty"` // for other tools, where they want one
	Text  string `json:"text,omitempty"`
}

// columns are the terms of the texts of one zone, one value per text.
type columns struct {
	Words []string `json:"words"`
	Stems []string `json:"stems"`
}

// contract is a nested contract.
type contract struct {
	Keys         []string `json:"keys"`
	SubjectWords string   `json:"subject_words,omitempty"`
	SubjectStems string   `json:"subject_stems,omitempty"`
	Money        []figure `json:"money,omitempty"`
}

// prepared is a document in the forms in which it is sent.
type prepared struct {
	doc      *copytaster.Document
	search   []byte // a source
	revision []byte
}

// prepareAll prepares the documents on all processors. What cannot be prepared
// has an error, a permanent one.
func (x *Index) prepareAll(docs []*copytaster.Document) ([]prepared, []error) {
	out, errs := make([]prepared, len(docs)), make([]error, len(docs))
	work := make(chan int)
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(docs)) {
		wait.Go(func() {
			p := x.takePreparer()
			defer x.givePreparer(p)
			for i := range work {
				out[i], errs[i] = p.prepare(docs[i], x.opts.Analyzer != "")
			}
		})
	}
	for i := range docs {
		work <- i
	}
	close(work)
	wait.Wait()
	return out, errs
}

// preparer makes the bodies of documents. It serves one goroutine at a time.
type preparer struct{ terms *index.Analyser }

func newPreparer() *preparer { return &preparer{index.NewAnalyser()} }

// analyse returns the words and the stems of a text, each parted by spaces.
func (p *preparer) analyse(text string) (words, stems string) {
	t := p.terms.Analyse(text)
	return t.Words, t.Stems
}

func (x *Index) takePreparer() *preparer {
	select {
	case p := <-x.preparers:
		return p
	default:
		return newPreparer()
	}
}

// givePreparer keeps a preparer for the next batch, unless enough are kept.
func (x *Index) givePreparer(p *preparer) {
	select {
	case x.preparers <- p:
	default:
	}
}

func (p *preparer) prepare(d *copytaster.Document, native bool) (prepared, error) {
	if d == nil || d.ID == "" {
		return prepared{}, copytaster.Permanent(errors.New("index: put a document without an id"))
	}
	out := prepared{doc: d}
	document, err := encodeJSON(d)
	if err == nil {
		out.search, err = withDocument(document, p.source(d, native))
	}
	if err == nil {
		out.revision, err = withDocument(document, revision{Article: d.ID, Version: d.Version()})
	}
	if err != nil {
		return prepared{}, copytaster.Permanent(fmt.Errorf("index: put %s: %w", d.ID, err))
	}
	return out, nil
}

// revision is a revision as it is stored, the document itself left out.
type revision struct {
	Article string `json:"article"`
	Version int64  `json:"version"`
}

// withDocument is the JSON of fields, which has one at least, with the document
// as one more. It saves the encoder from reading the document again.
func withDocument(document []byte, fields any) ([]byte, error) {
	rest, err := encodeJSON(fields)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(document)+len(rest)+len(`{"document":,`))
	out = append(out, `{"document":`...)
	out = append(out, document...)
	out = append(out, ',')
	return append(out, rest[1:]...), nil
}

func (p *preparer) source(d *copytaster.Document, native bool) *source {
	s := &source{ID: d.ID, Version: d.Version(), URL: d.URL, Keys: keysOf(d), Money: figures(d.Money), Parties: partiesOf(d),
		FetchedDay: fetchedDay(d), Came: d.Fetched.UnixMilli(), Amount: index.AmountKey(d), Bands: bandsOf(d), Fetched: d.Fetched.UnixMilli(), Source: d.Sources, Kind: string(d.Kind), Language: d.Language}
	s.TitleWords, s.TitleStems = p.analyse(d.Title)
	s.BodyWords, s.BodyStems = p.analyse(d.Text)
	s.Newest, s.Oldest = orderKeys(d)
	s.PublishedFrom, s.PublishedTo = d.Published.Days()
	s.Status, s.Currency, s.Month = counted(d)
	if d.Published.Known() {
		at := d.Published.Time.UnixMilli()
		s.Published = &at
	}
	for _, a := range d.Byline {
		s.Authors = append(s.Authors, strings.Join(copytaster.Words(a), " "))
	}
	if native {
		s.Title, s.Text = d.Title, d.Text
	}
	p.addAsides(s, d)
	p.addContracts(s, d)
	return s
}

func (p *preparer) addAsides(s *source, d *copytaster.Document) {
	for _, a := range d.Asides {
		if !knownZone(a.Zone) {
			continue
		}
		if s.Asides == nil {
			s.Asides = map[string]*columns{}
		}
		c := s.Asides[string(a.Zone)]
		if c == nil {
			c = &columns{}
			s.Asides[string(a.Zone)] = c
		}
		words, stems := p.analyse(a.Text)
		c.Words, c.Stems = append(c.Words, words), append(c.Stems, stems)
	}
}

// knownZone reports whether a query can ask for the zone.
func knownZone(z copytaster.Zone) bool {
	for _, known := range copytaster.Zones() {
		if z == known {
			return true
		}
	}
	return false
}

func (p *preparer) addContracts(s *source, d *copytaster.Document) {
	for i := range d.Contracts {
		c := &d.Contracts[i]
		words, stems := p.analyse(c.Subject)
		s.Contracts = append(s.Contracts, contract{Keys: contractKeys(c, words != ""), SubjectWords: words, SubjectStems: stems, Money: figures(c.Values)})
	}
}
