// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"slices"
	"strings"
	"unicode"
)

// bylines reads the persons from the page: from an element that names itself, else
// from a short line "By ...", near the headline and the body first. site is what
// the nearest such element says where that is the site's own name.
func (p *page) bylines() (printed, site []string) {
	signs := map[int][]string{}
	for _, s := range p.head.signs {
		signs[s.block] = append(signs[s.block], s.name)
	}
	for _, far := range []bool{false, true} {
		for _, strict := range []bool{true, false} {
			for i := range p.blocks {
				if far == p.nearBody(i) {
					continue
				}
				names := persons(p.bylineOf(i, signs[i], strict))
				if out := p.withoutSite(names); len(out) > 0 {
					return out, nil
				}
				if len(site) == 0 && !far && strict {
					site = names
				}
			}
		}
	}
	return nil, site
}

// longByline is the number of words of a line that holds more than a name.
const longByline = 14

// bylineOf is what block i says of the author: the names that its elements mark,
// else the lines of it. Strict takes only what names itself.
func (p *page) bylineOf(i int, marked []string, strict bool) []string {
	b := &p.blocks[i]
	if b.box < 0 || b.words > 2*longByline || p.elsewhere(i) || credits(b.text) || b.prob >= bodyLine && b.words > 8 {
		return nil
	}
	lines := strings.Split(b.text, "\n")
	labelled := slices.IndexFunc(lines, startsByline)
	switch {
	case labelled >= 0 && len(lines) > 1 && b.words <= longByline:
		return lines[labelled : labelled+1]
	case strict && len(marked) > 0:
		return marked
	case b.words <= longByline && p.signsArticle(i, strict, labelled >= 0):
		return lines
	}
	return nil
}

// signsArticle reports whether block i says that it names the author: by a name in
// the markup, or, not strictly, by a label in it or above it.
func (p *page) signsArticle(i int, strict, labelled bool) bool {
	b := &p.blocks[i]
	if strict {
		return p.saidOf(b)&nameByline != 0
	}
	return labelled || bylineAfter.MatchString(b.text) || i > 0 && b.words <= 5 && p.nearBody(i) && isBylineLabel(p.blocks[i-1].text)
}

// isBylineLabel reports whether a line is a label and the name must stand below it.
func isBylineLabel(s string) bool {
	low := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(s), ":")) + " "
	return len(s) <= 20 && slices.ContainsFunc(bylineLabels, func(l string) bool { return strings.TrimRight(l, ": ")+" " == low })
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

// bylineLabels begin a line that says who wrote the article.
var bylineLabels = []string{
	"by ", "von ", "par ", "por ", "di ", "door ", "av ", "von: ", "text: ", "autor: ", "author: ", "auteur: ", "auteur : ", "autorin: ", "autor/in: ", "autorin/autor ", "autoren: ", "autoren ",
	"text & fotos: ", "text und fotos: ", "written by ", "posted by ", "erstellt von ", "eingestellt von ", "gespeichert von ", "geschrieben von ", "verfasst von ", "ein artikel von ",
	"ein beitrag von ", "eine kolumne von ", "escribe ", "publié par ", "publicado por ", "post author by ",
}

func startsByline(s string) bool {
	low := strings.ToLower(s)
	for _, pre := range bylineLabels {
		long := strings.Count(pre, " ") > 1 // "posted by": that and nothing else
		if strings.HasPrefix(low, pre) && len(s) > len(pre) && (long || unicode.IsUpper(firstRune(s[len(pre):]))) {
			return true
		}
	}
	return false
}
