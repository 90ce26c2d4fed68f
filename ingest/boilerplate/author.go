// SPDX-License-Identifier: Apache-2.0

package boilerplate

import "strings"

const maxAuthors = 12

// findAuthors lists the persons who wrote the article.
func (p *page) findAuthors(ld map[string]any) []string {
	for _, names := range [][]string{
		p.head.ldNames(ld["author"], 0),
		p.head.metas["author"], p.head.metas["article:author"], p.head.metas["parsely-author"],
		p.head.metas["dc.creator"], p.head.metas["sailthru.author"], p.head.metas["byl"],
		p.bylines(),
	} {
		if out := persons(names); len(out) > 0 {
			return out
		}
	}
	return nil
}

// bylines reads the author from the page.
func (p *page) bylines() []string {
	for i := range p.blocks {
		b := &p.blocks[i]
		x := p.boxOf(b)
		if x == nil || b.words > 12 || b.words == 0 || (x.own|b.inline)&nameByline == 0 || x.path&nameComment != 0 {
			continue
		}
		return []string{b.text}
	}
	return nil
}

// persons splits and cleans bylines.
func persons(lines []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, line := range lines {
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
	s = strings.NewReplacer(" and ", ",", " und ", ",", " & ", ",", ";", ",", " et ", ",", " y ", ",", "|", ",", " with ", ",").Replace(fold(s))
	return strings.Split(s, ",")
}

// cleanName is the person's name in s, or "".
func cleanName(s string) string {
	s = strings.TrimSpace(s)
	low := strings.ToLower(s)
	for _, pre := range []string{"by ", "von ", "par ", "por ", "written by ", "posted by ", "author: ", "autor: ", "by: "} {
		if strings.HasPrefix(low, pre) {
			s = strings.TrimSpace(s[len(pre):])
			low = strings.ToLower(s)
		}
	}
	if s == "" || len(s) > 60 || len(strings.Fields(s)) > 6 || strings.ContainsAny(s, "@/<>=") || strings.HasPrefix(low, "http") || low == "admin" {
		return ""
	}
	return s
}
