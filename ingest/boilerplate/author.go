// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

const maxAuthors = 12

// findAuthors lists the persons who wrote the article; where the page states
// none, the organisation that JSON-LD calls its author.
func (p *page) findAuthors(ld map[string]any) []string {
	for _, names := range [][]string{
		p.head.ldNames(ld["author"], people),
		p.head.metas["author"], p.head.metas["article:author"], p.head.metas["parsely-author"],
		p.head.metas["dc.creator"], p.head.metas["sailthru.author"], p.head.metas["byl"],
		p.head.labelled("written by", "verfasst von", "autor", "author", "von", "by", "escrito por", "écrit par"), p.head.metas["twitter:misc:written by"],
		p.bylines(),
	} {
		if out := p.withoutSite(persons(names)); len(out) > 0 {
			return out
		}
	}
	return persons(p.head.ldNames(ld["author"], everybody))
}

// labelled is the value of a Twitter card's field whose label is one of those.
func (h *head) labelled(labels ...string) []string {
	for _, n := range []string{"1", "2"} {
		if slices.Contains(labels, strings.ToLower(strings.TrimSpace(h.first("twitter:label"+n)))) {
			return h.metas["twitter:data"+n]
		}
	}
	return nil
}

// bylines reads the author from the page: from a link with rel=author or an
// element that names itself, above or below the article, else from a short line
// "By ...".
func (p *page) bylines() []string {
	for _, strict := range []bool{true, false} {
		for i := range p.blocks {
			b := &p.blocks[i]
			x := p.boxOf(b)
			if x == nil || b.words > 14 || b.words == 0 || b.prob >= bodyLine && b.words > 8 || x.path&(nameComment|nameRelated|nameTeaser) != 0 {
				continue
			}
			if strict && (x.own|b.inline|p.parentOwn(b.box))&nameByline != 0 || !strict && b.cues&cueByline != 0 && startsByline(b.text) {
				if len(persons([]string{b.text})) > 0 {
					return []string{b.text}
				}
			}
		}
	}
	return nil
}

func startsByline(s string) bool {
	low := strings.ToLower(s)
	for _, pre := range []string{"by ", "von ", "par ", "por ", "di ", "door ", "av ", "text: "} {
		if strings.HasPrefix(low, pre) && len(s) > len(pre) && unicode.IsUpper(firstRune(s[len(pre):])) {
			return true
		}
	}
	return false
}

// persons splits and cleans bylines.
func persons(lines []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, line := range lines {
		if strings.HasPrefix(line, "http") {
			continue
		}
		for _, name := range splitByline(line) {
			name = cleanName(name)
			if key := strings.ToLower(name); name != "" && !seen[key] && len(out) < maxAuthors {
				seen[key] = true
				out = append(out, name)
			}
		}
	}
	return out
}

func splitByline(s string) []string {
	s = bylineEnd.ReplaceAllString(fold(s), "")
	return strings.Split(bylineJoint.ReplaceAllString(s, "\x00"), "\x00")
}

var (
	bylineJoint = regexp.MustCompile(`\s*(?:,|;|\||•|·|/| and | und | & | et | y | og | och | en | with | e )\s*`)
	// what may follow the names in a byline: a date, an address, an office
	bylineEnd   = regexp.MustCompile(`(?i)\s*(?:\(?\b\S+@\S+|\b(?:\d{1,2}\.? ?(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)|(?:january|february|march|april|june|july|august|september|october|november|december) \d|published|updated|veröffentlicht|aktualisiert|posted|on \w+day|am \d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d+ (?:min|hours?|days?)\b)).*$`)
	bylineStart = regexp.MustCompile(`(?i)^(?:(?:written|posted|published|reported|words|story|text|article|verfasst|geschrieben|ein beitrag|eine analyse|ein kommentar|from)\s+)?(?:by|von|par|por|di|door|av|af|oleh|theo)\s*:?\s+|^(?:authors?|autor(?:in|en)?|auteur|text|foto|redaktion|by|von)\s*:\s*`)
)

// cleanName is the person's name in s, or "".
func cleanName(s string) string {
	s = strings.Trim(bylineStart.ReplaceAllString(strings.TrimSpace(s), ""), " -–—|:.")
	words := len(strings.Fields(s))
	switch {
	case s == "" || len(s) > 60 || words > 5:
		return ""
	case strings.ContainsAny(s, "@<>=#?!0123456789") || strings.Contains(s, "www.") || strings.Contains(s, ".com") || strings.Contains(s, ".de"):
		return ""
	}
	switch strings.ToLower(s) {
	case "admin", "administrator", "redaktion", "editor", "staff", "guest", "author", "autor", "unknown", "team", "news", "read more", "share", "author page", "about the author", "about the authors", "über den autor", "written by", "collected by", "por", "accueil", "view profile", "profile", "nachrichten", "by", "von", "nan", "null", "anonymous", "webmaster", "root", "user", "login":
		return ""
	}
	if r := firstRune(s); unicode.IsLower(r) && words > 1 {
		return ""
	}
	return s
}

// persons without the site itself: publishers put their own name where an author
// should stand.
func (p *page) withoutSite(names []string) []string {
	site := hashText(p.head.first("og:site_name"))
	out := names[:0:0]
	for _, n := range names {
		if hashText(n) != site {
			out = append(out, n)
		}
	}
	return out
}
