// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
)

// maxChips bounds what is shown of one article in a list.
const maxChips = 10

// chip is a tag in short: its class gives colour and shape, its query the
// search that it leads to.
type chip struct{ Class, Text, Title, Query string }

// chips are the tags of some text in the order suppliers, figures, buyers,
// states, each once.
func chips(mentions []copytaster.Mention, money []copytaster.Money, contracts []copytaster.Contract) []chip {
	all := parties(mentions, copytaster.RoleSupplier)
	for i := range money {
		all = append(all, chip{Class: "money", Text: money[i].Label(), Title: money[i].Title()})
	}
	all = append(all, parties(mentions, copytaster.RoleBuyer)...)
	for _, c := range contracts {
		if c.Status != "" {
			all = append(all, chip{"status", c.Status.Label(), "state of the contract", "status:" + string(c.Status)})
		}
	}
	var out []chip
	for _, c := range all {
		if c.Text != "" && !slices.ContainsFunc(out, func(o chip) bool { return o.Class == c.Class && o.Text == c.Text }) {
			out = append(out, c)
		}
	}
	return out[:min(len(out), maxChips)]
}

func parties(mentions []copytaster.Mention, role copytaster.Role) []chip {
	var out []chip
	for _, m := range mentions {
		if m.Role == role && m.Name != "" {
			out = append(out, chip{string(role), m.Name, string(role), term(string(role), m.Key())})
		}
	}
	return out
}

// term writes a field and a value as they stand in a query, quoted if need be.
func term(field, value string) string {
	plain := strings.IndexFunc(value, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}) < 0
	if plain && value != "" && value[0] != '-' {
		return field + ":" + value
	}
	return field + `:"` + strings.ReplaceAll(value, `"`, " ") + `"`
}

// also is what a query would find in asides: "comments (2)".
func also(found map[copytaster.Zone]int) []string {
	var out []string
	for _, z := range copytaster.Zones() {
		if n := found[z]; n > 0 {
			out = append(out, fmt.Sprintf("%s (%d)", zoneText(z), n))
		}
	}
	return out
}

// zoneText is what a reader calls a zone's asides.
func zoneText(z copytaster.Zone) string {
	texts := map[copytaster.Zone]string{
		copytaster.ZoneCaption: "captions", copytaster.ZoneComment: "comments", copytaster.ZoneRelated: "related links",
		copytaster.ZoneJobs: "job advertisements", copytaster.ZonePromo: "promotions", copytaster.ZoneNotice: "notices",
		copytaster.ZoneHeading: "headings",
	}
	if t, ok := texts[z]; ok {
		return t
	}
	return string(z)
}
