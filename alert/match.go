// SPDX-License-Identifier: Apache-2.0

package alert

import (
	"errors"
	"fmt"
	"slices"

	"github.com/copytaster/copytaster"
)

// Names binds the name of an organisation in a role to gazetteer ids; none for
// a name that no list knows.
type Names func(role copytaster.Role, name string) (ids []string)

// Matcher holds compiled watches. It does not change and is safe for concurrent
// use: to change the watches, make another.
type Matcher struct {
	watches []compiled
	notices []string
}

type compiled struct {
	copytaster.Watch
	query copytaster.Query
}

// NewMatcher compiles watches; paused ones are checked and left out. names may
// be nil. The error lists every watch that is wrong: a bad or repeated name, a
// bad query, an empty one, and one that asks for an aside, since alerts ring
// for the article alone.
func NewMatcher(watches []copytaster.Watch, names Names) (*Matcher, error) {
	m := &Matcher{}
	var errs []error
	seen := map[string]bool{}
	for _, w := range watches {
		q, err := compile(w)
		if err == nil && seen[w.Name] {
			err = errors.New("there are two of that name")
		}
		seen[w.Name] = true
		if err != nil {
			errs = append(errs, fmt.Errorf("watch %q: %w", w.Name, err))
			continue
		}
		if names != nil {
			var notices []string
			q, notices = q.Resolve(names)
			for _, n := range notices {
				m.notices = append(m.notices, fmt.Sprintf("watch %s: %s", w.Name, n))
			}
		}
		if !w.Paused {
			m.watches = append(m.watches, compiled{Watch: w, query: q})
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return m, nil
}

// CheckWatch reports what keeps a watch from being compiled: what a page says
// before it saves one.
func CheckWatch(w copytaster.Watch) error {
	_, err := compile(w)
	return err
}

func compile(w copytaster.Watch) (copytaster.Query, error) {
	if !validName(w.Name) {
		return copytaster.Query{}, errors.New("a name is 1 to 64 of a-z, 0-9 and -")
	}
	q, err := copytaster.ParseQuery(w.Query)
	if err != nil {
		return q, err
	}
	if q.IsZero() {
		return q, errors.New("the query is empty: it would ring for every article")
	}
	if zone := asideOf(q.Plan()); zone != "" {
		return q, fmt.Errorf("it asks for %s, which is not the article: a watch looks in the title and the body", zone)
	}
	return q, nil
}

// asideOf is an aside's zone that a plan asks for, or "".
func asideOf(c copytaster.Cond) copytaster.Zone {
	var kids []copytaster.Cond
	switch c := c.(type) {
	case copytaster.And:
		kids = c
	case copytaster.Or:
		kids = c
	case copytaster.Not:
		kids = []copytaster.Cond{c.Cond}
	case copytaster.TextCond:
		return firstAside(c.In...)
	case copytaster.EntityCond:
		return firstAside(c.Zone)
	case copytaster.ZoneCond:
		return firstAside(c.Zone)
	}
	for _, k := range kids {
		if z := asideOf(k); z != "" {
			return z
		}
	}
	return ""
}

func firstAside(zones ...copytaster.Zone) copytaster.Zone {
	i := slices.IndexFunc(zones, func(z copytaster.Zone) bool {
		return z != "" && z != copytaster.ZoneBody && z != copytaster.ZoneTitle
	})
	if i < 0 {
		return ""
	}
	return zones[i]
}

// Notices are names in the queries that no list knows.
func (m *Matcher) Notices() []string { return slices.Clone(m.notices) }

// Len is the number of watches that may ring.
func (m *Matcher) Len() int { return len(m.watches) }

// Match returns an alert for each watch that the document's title and body
// match, in the order of the watches. Asides never ring, nor does an
// organisation that is named only by aliases set never to alert; a negation
// heeds such names all the same. The document is not changed.
func (m *Matcher) Match(d *copytaster.Document) []*copytaster.Alert {
	var alerts []*copytaster.Alert
	v := newViews(d)
	for i := range m.watches {
		w := &m.watches[i]
		if w.query.MatchView(v.article) && (v.loud == nil || w.query.MatchView(v.loud)) {
			alerts = append(alerts, newAlert(&w.Watch, d, w.query.Explain(v.page)))
		}
	}
	return alerts
}

// views are what one document is matched and explained by, each analysed when
// it is first asked.
type views struct {
	article *copytaster.View // without asides: must match
	loud    *copytaster.View // without quiet mentions too: must match as well; nil where there are none
	page    *copytaster.View // all of it: for what else the query finds
}

func newViews(d *copytaster.Document) views {
	v := views{page: copytaster.NewView(d)}
	article := *d
	article.Asides = nil
	v.article = copytaster.NewView(&article)
	if slices.ContainsFunc(d.Mentions, func(m copytaster.Mention) bool { return m.Quiet }) {
		loud := article
		loud.Mentions = nil
		for _, m := range d.Mentions {
			if !m.Quiet {
				loud.Mentions = append(loud.Mentions, m)
			}
		}
		v.loud = copytaster.NewView(&loud)
	}
	return v
}

func newAlert(w *copytaster.Watch, d *copytaster.Document, m copytaster.Match) *copytaster.Alert {
	return &copytaster.Alert{
		ID:        copytaster.AlertID(w.Name, d.ID),
		Watch:     w.Name,
		Query:     w.Query,
		Channels:  slices.Clone(w.Channels),
		Article:   d.ID,
		Version:   d.Version(),
		URL:       d.URL,
		Title:     d.Title,
		Sources:   slices.Clone(d.Sources),
		Published: d.Published,
		Fetched:   d.Fetched,
		Evidence:  m.Evidence,
		Also:      m.Also,
	}
}
