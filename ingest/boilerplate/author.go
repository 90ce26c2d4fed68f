// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"net/url"
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
		if out := p.withoutSite(persons(p.noImprints(names))); len(out) > 0 {
			return out
		}
	}
	return bodies(p.head.ldNames(ld["author"], everybody))
}

// bodies are the organisations that sign an article: their names are taken as
// they stand, addresses of sites among them.
func bodies(names []string) []string {
	var out []string
	for _, n := range names {
		if n = fold(n); n != "" && len(n) <= 60 && !strings.HasPrefix(n, "http") && !slices.Contains(out, n) && len(out) < maxAuthors {
			out = append(out, n)
		}
	}
	return out
}

// noImprints leaves out the lines that start with the site's address: none of
// "courier.example, Wexcombe, England" is a person.
func (p *page) noImprints(lines []string) []string {
	host := siteHost(p.url)
	return slices.DeleteFunc(slices.Clone(lines), func(s string) bool { return host != "" && strings.HasPrefix(strings.ToLower(s), host) })
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
			if strict && (x.own|b.inline|p.parentOwn(b.box))&nameByline != 0 || !strict && (startsByline(b.text) || bylineAfter.MatchString(b.text)) {
				if !credits(b.text) && len(p.withoutSite(persons([]string{b.text}))) > 0 {
					return []string{b.text}
				}
			}
		}
	}
	return nil
}

// credits reports whether a line names where the story is taken from, not who
// wrote it.
func credits(s string) bool {
	low := strings.ToLower(s)
	for _, pre := range []string{"quelle:", "quellen:", "source:", "sources:", "fuente:", "fonte:", "bron:"} {
		if strings.HasPrefix(low, pre) {
			return true
		}
	}
	return false
}

func startsByline(s string) bool {
	low := strings.ToLower(s)
	for _, pre := range []string{"by ", "von ", "par ", "por ", "di ", "door ", "av ", "text: ", "autor: ", "author: ", "autorin: ", "autor/in: ", "autorin/autor "} {
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
	s = fold(s)
	if m := bylineAfter.FindStringSubmatch(s); m != nil { // the date stands before the names
		s = m[1]
	}
	s = bylineEnd.ReplaceAllString(bylineStart.ReplaceAllString(s, ""), "")
	return strings.Split(bylineJoint.ReplaceAllString(s, "\x00"), "\x00")
}

var (
	bylineJoint = regexp.MustCompile(`\s*(?:,|;|\||•|·|/| and | und | & | et | y | og | och | en | with | e )\s*`)
	// what may follow the names in a byline: a date, an address, an office
	bylineEnd = regexp.MustCompile(`(?i)\s*(?:\(?\b\S+@\S+|\b(?:\d{1,2}\.? ?(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)|(?:january|february|march|april|june|july|august|september|october|november|december) \d|published|updated|veröffentlicht|aktualisiert|posted|on \w+day|am \d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d+ (?:min|hours?|days?)\b)).*$`)
	// names behind a date and a bar, or behind one of their own
	bylineAfter = regexp.MustCompile(`^[^|•·]*\d[^•·]*[|•·]\s*(?:By|by|Von|von|Par|par|Por|por|Di|di|Door|door|Av|av)\s+(\p{Lu}.*)$`)
	bylineStart = regexp.MustCompile(`(?i)^(?:(?:written|posted|published|reported|words|story|text|article|verfasst|geschrieben|ein beitrag|eine analyse|ein kommentar|from)\s+)?(?:by|von|par|por|di|door|av|af|oleh|theo)\s*:?\s+|^(?:authors?|autor(?:in|en|/in)?|auteur|text|foto|redaktion|by|von)\s*:\s*|^autorin/autor\s*:?\s+`)
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
	case "admin", "administrator", "redaktion", "editor", "staff", "guest", "author", "autor", "unknown", "team", "news", "read more", "share", "author page", "about the author", "about the authors", "über den autor", "written by", "collected by", "por", "accueil", "view profile", "profile", "nachrichten", "by", "von", "nan", "null", "anonymous", "webmaster", "root", "user", "login", "この記事を書いた人":
		return ""
	}
	if unicode.IsLower(firstRune(s)) && words > 1 {
		return ""
	}
	return s
}

// withoutSite leaves out the site itself and its publisher: many put their own
// name where an author should stand. A host may be called after its one writer,
// so of names that a host spells only single words are the site's.
func (p *page) withoutSite(names []string) []string {
	own := p.siteNames()
	host := siteHost(p.url)
	label, _, _ := strings.Cut(host, ".")
	out := names[:0:0]
	for _, n := range names {
		word := !strings.Contains(n, " ")
		if !own[hashText(n)] && !(word && (strings.EqualFold(n, label) || strings.EqualFold(n, host))) {
			out = append(out, n)
		}
	}
	return out
}

// siteNames are the names by which the page calls its site and its publisher.
func (p *page) siteNames() map[uint64]bool {
	names := []string{p.head.first("og:site_name"), p.head.first("application-name")}
	if pub, ok := p.head.ldArticle()["publisher"].(map[string]any); ok && !slices.Contains(ldTypes(pub), "Person") {
		names = append(names, p.head.ldNames(pub, everybody)...)
	}
	own := map[uint64]bool{}
	for _, n := range names {
		own[hashText(n)] = true
	}
	return own
}

// siteHost is the host of an address without "www.".
func siteHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
