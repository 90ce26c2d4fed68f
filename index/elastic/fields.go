// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// The fields of a document are a pure function of it. The field keys holds, as
// keywords, everything that is asked for by its value alone:
//
//	supplier@body            any supplier named in the body
//	supplier@body=capita     one by its id
//	supplier@body~capita plc one by its name, folded
//	aside@comment            an aside in a zone
//	kind kind=news           any kind, and one
//
// A contract's keys have no zone: supplier=capita, status=awarded.

// set is a set of strings in the order in which they came.
type set struct {
	list []string
	has  map[string]bool
}

func (s *set) add(v string) {
	if s.has == nil {
		s.has = map[string]bool{}
	}
	if v = bounded(v); !s.has[v] {
		s.has[v] = true
		s.list = append(s.list, v)
	}
}

// maxKey is the length of a key, in bytes, to which a longer one is cut, with a
// hash of the whole behind: Lucene takes no term of more than 32766 bytes.
const maxKey = 4096

func bounded(v string) string {
	if len(v) <= maxKey {
		return v
	}
	sum := sha256.Sum256([]byte(v))
	return strings.ToValidUTF8(v[:maxKey], "") + "#" + hex.EncodeToString(sum[:])
}

// partyKey is the key under which organisations of a role stand; zone is ""
// within a contract.
func partyKey(role copytaster.Role, zone copytaster.Zone) string {
	if zone == "" {
		return string(role)
	}
	return string(role) + "@" + string(zone)
}

func asideKey(zone copytaster.Zone) string { return "aside@" + string(zone) }

func (s *set) addParty(key, id string, names ...string) {
	s.add(key)
	if id != "" {
		s.add(key + "=" + id)
	}
	for _, name := range names {
		if name != "" {
			s.add(key + "~" + copytaster.FoldName(name))
		}
	}
}

func (s *set) addMentions(mentions []copytaster.Mention, zone copytaster.Zone) {
	for _, m := range mentions {
		if m.Zone == zone || m.Zone == "" {
			s.addParty(partyKey(m.Role, zone), m.Entity, m.Name, m.Alias, m.Surface)
		}
	}
}

// keysOf returns the keys of a document.
func keysOf(d *copytaster.Document) []string {
	var keys set
	keys.addMentions(d.Mentions, copytaster.ZoneBody)
	for _, a := range d.Asides {
		keys.add(asideKey(a.Zone))
		if a.Zone != copytaster.ZoneBody {
			keys.addMentions(a.Mentions, a.Zone)
		}
	}
	if d.Kind != "" {
		keys.add("kind")
		keys.add("kind=" + copytaster.FoldName(string(d.Kind)))
	}
	for _, s := range d.Sources {
		keys.add("source")
		keys.add("source=" + copytaster.FoldName(s))
	}
	if len(d.Byline) > 0 {
		keys.add("author")
	}
	tag := strings.ReplaceAll(strings.ToLower(d.Language), "_", "-")
	for i, r := range tag + "-" {
		if r == '-' && tag != "" {
			keys.add("language")
			keys.add("language=" + tag[:i])
		}
	}
	return keys.list
}

// contractKeys returns the keys of a contract.
func contractKeys(c *copytaster.Contract, hasSubject bool) []string {
	var keys set
	for _, s := range c.Suppliers {
		keys.addParty(partyKey(copytaster.RoleSupplier, ""), s.Entity, s.Name)
	}
	if c.Buyer != (copytaster.Party{}) {
		keys.addParty(partyKey(copytaster.RoleBuyer, ""), c.Buyer.Entity, c.Buyer.Name)
	}
	keys.add("status=" + string(c.Status))
	if hasSubject {
		keys.add("subject")
	}
	return keys.list
}

// figure is a nested figure; vague ones have no amounts.
type figure struct {
	Lo       *int64            `json:"lo,omitempty"`
	Hi       *int64            `json:"hi,omitempty"`
	Currency string            `json:"currency,omitempty"`
	Per      copytaster.Period `json:"per,omitempty"`
}

func figures(money []copytaster.Money) []figure {
	out := make([]figure, len(money))
	for i := range money {
		m := &money[i]
		out[i] = figure{Currency: m.Currency, Per: m.Per}
		if lo, hi, ok := m.Interval(); ok {
			out[i].Lo, out[i].Hi = &lo, &hi
		}
	}
	return out
}

// party is a nested organisation of the body that is counted, once per value.
type party struct {
	Role  copytaster.Role `json:"role"`
	Value string          `json:"value"`
	Label string          `json:"label"`
}

func partiesOf(d *copytaster.Document) []party {
	place := map[[2]string]int{}
	var out []party
	for _, m := range d.Mentions {
		value := cmp.Or(m.Entity, copytaster.FoldName(m.Name))
		if m.Zone != "" && m.Zone != copytaster.ZoneBody || m.Role != copytaster.RoleSupplier && m.Role != copytaster.RoleBuyer || value == "" {
			continue
		}
		p := party{m.Role, value, m.Name}
		key := [2]string{string(m.Role), value}
		if i, ok := place[key]; ok {
			out[i] = p
			continue
		}
		place[key] = len(out)
		out = append(out, p)
	}
	return out
}

// counted are the values of the document's own that are counted.
func counted(d *copytaster.Document) (statuses, currencies []string, month string) {
	var s, c set
	for i := range d.Contracts {
		if v := string(d.Contracts[i].Status); v != "" {
			s.add(v)
		}
	}
	for i := range d.Money {
		if v := d.Money[i].Currency; v != "" {
			c.add(v)
		}
	}
	if day := d.Published.Day(); len(day) >= len("2006-01") {
		month = day[:len("2006-01")]
	}
	return s.list, c.list, month
}

// bandsOf are the values of the facet "money".
func bandsOf(d *copytaster.Document) []string {
	var out []string
	for _, b := range index.MoneyBandsOf(d) {
		out = append(out, b.Value)
	}
	return out
}

// orderKeys are the numbers by which a document is sorted: undated ones come
// last in both orders.
func orderKeys(d *copytaster.Document) (newest, oldest int64) {
	if key, ok := index.PublishedKey(d.Published); ok {
		return key, key
	}
	return math.MinInt64, math.MaxInt64
}

// fetchedDay is the day in UTC, or "" for an unknown time.
func fetchedDay(d *copytaster.Document) string {
	if d.Fetched.IsZero() {
		return ""
	}
	return d.Fetched.UTC().Format(time.DateOnly)
}
