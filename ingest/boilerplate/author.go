// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
)

const maxAuthors = 12

// findAuthors lists the persons who wrote the article; where the page states
// none, the organisation that JSON-LD calls its author, or the site where it
// signs itself.
func (p *page) findAuthors(ld map[string]any) []string {
	for _, names := range [][]string{
		p.head.ldNames(ld["author"], people),
		p.head.metas["author"], p.head.metas["article:author"], p.head.metas["parsely-author"],
		p.head.metas["dc.creator"], p.head.metas["sailthru.author"], p.head.metas["byl"],
		p.head.labelled("written by", "verfasst von", "autor", "author", "von", "by", "escrito por", "écrit par"), p.head.metas["twitter:misc:written by"],
	} {
		if out := p.withoutSite(persons(p.noImprints(names))); len(out) > 0 {
			return p.spelledOut(out)
		}
	}
	printed, site := p.bylines()
	for _, names := range [][]string{printed, bodies(p.head.ldNames(ld["author"], everybody))} {
		if len(names) > 0 {
			return names
		}
	}
	return site
}

// spelledOut is a lone login or given name as the page prints it in full.
func (p *page) spelledOut(names []string) []string {
	if len(names) != 1 || strings.Contains(names[0], " ") {
		return names
	}
	if printed, _ := p.bylines(); abbreviates(names[0], printed) {
		return printed
	}
	return names
}

// abbreviates reports whether a name of one word is the login or the given name of
// the person whom the page prints.
func abbreviates(word string, printed []string) bool {
	if len(printed) != 1 || !strings.Contains(printed[0], " ") {
		return false
	}
	letters := func(s string) uint64 { return hashText(copytaster.FoldName(s)) }
	given, _, _ := strings.Cut(printed[0], " ")
	return letters(word) == letters(given) || letters(word) == letters(printed[0])
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

// withoutSite leaves out the site itself and its publisher: many put their own
// name where an author should stand. A host may be called after its one writer,
// so of names that a host spells only single words are the site's.
func (p *page) withoutSite(names []string) []string {
	own := p.siteNames()
	host := siteHost(p.url)
	label, _, _ := strings.Cut(host, ".")
	out := names[:0:0]
	for _, n := range names {
		bare := article.ReplaceAllString(n, "")
		word := !strings.Contains(bare, " ")
		if !own[hashText(n)] && !(word && (strings.EqualFold(bare, label) || strings.EqualFold(bare, host))) {
			out = append(out, n)
		}
	}
	return out
}

// article stands before the name of many a paper.
var article = regexp.MustCompile(`^(?i:the|der|die|das|la|le|el|il|de) `)

// siteNames are the names by which the page calls its site and its publisher.
func (p *page) siteNames() map[uint64]bool {
	names := []string{p.head.first("og:site_name"), p.head.first("application-name")}
	if pub := p.head.ldNode(p.head.ldArticle()["publisher"]); pub != nil && !slices.Contains(ldTypes(pub), "Person") {
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
