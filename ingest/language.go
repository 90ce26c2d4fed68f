// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"net/url"
	"strings"

	"github.com/abadojack/whatlanggo"
	xlanguage "golang.org/x/text/language"

	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// languageTag is a BCP 47 tag in its canonical form, or "" for what is none:
// "en-us" is "en-US", "english" nothing.
func languageTag(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if s == "" || len(s) > 35 {
		return ""
	}
	t, err := xlanguage.Parse(s)
	if err != nil || t == xlanguage.Und {
		return ""
	}
	return t.String()
}

// guessBytes is how much of a text its language is guessed from: the guess is
// slow, and no better for more.
const guessBytes = 2048

// language is what the page says, else the listing, else a guess.
func language(page boilerplate.Result, l Link) string {
	if t := first(languageTag(page.Language), languageTag(l.Language)); t != "" {
		return t
	}
	text := strings.ToValidUTF8(page.Text[:min(len(page.Text), guessBytes)], "")
	if info := whatlanggo.Detect(text); len(text) >= minText && info.IsReliable() {
		return info.Lang.Iso6391()
	}
	return ""
}

// countryOf is the country of a host's top-level domain, by ISO 3166: "GB" for
// .uk. Generic domains, and country codes sold as generic ones, have none.
func countryOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(u.Hostname(), ".")
	tld := strings.ToUpper(host[strings.LastIndexByte(host, '.')+1:])
	switch tld {
	case "UK":
		return "GB"
	case "GOV", "MIL":
		return "US"
	case "CO", "IO", "TV", "ME", "AI", "FM", "LY", "CC", "WS", "TO", "AM", "NU", "EU", "SU", "GG", "VC", "LA", "SH", "AC", "TK", "ML", "GA", "CF", "GQ", "ST":
		return ""
	}
	if len(tld) != 2 {
		return ""
	}
	r, err := xlanguage.ParseRegion(tld)
	if err != nil || !r.IsCountry() {
		return ""
	}
	return r.String()
}
