// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"encoding/json"
	"html"
	"strings"
)

// jsonLD keeps the nodes of a JSON-LD script. A broken script is passed over:
// the page's other claims stand.
func (p *page) jsonLD(script string) {
	if len(script) > maxLD {
		return
	}
	script = strings.TrimSpace(script)
	script = strings.TrimSuffix(strings.TrimPrefix(script, "<!--"), "-->")
	var v any
	if json.Unmarshal([]byte(script), &v) != nil {
		if json.Unmarshal([]byte(mendJSON(script)), &v) != nil {
			return
		}
	}
	p.ldNodes(v, 0)
}

// mendJSON drops what publishers leave in strings though JSON forbids it: line
// breaks and other control characters, and CDATA marks around the script.
func mendJSON(s string) string {
	s = strings.NewReplacer("//<![CDATA[", "", "//]]>", "", "<![CDATA[", "", "]]>", "").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r < 0x20 {
			return ' '
		}
		return r
	}, s)
	return strings.TrimSuffix(strings.TrimSpace(s), ";")
}

func (p *page) ldNodes(v any, depth int) {
	if depth > 6 || len(p.head.ld) >= maxLDNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			p.ldNodes(e, depth+1)
		}
	case map[string]any:
		p.head.ld = append(p.head.ld, v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart"} {
			if in, ok := v[key]; ok {
				p.ldNodes(in, depth+1)
			}
		}
	}
}

// ldTypes lists the node's types.
func ldTypes(n map[string]any) []string {
	switch t := n["@type"].(type) {
	case string:
		return []string{t}
	case []any:
		var out []string
		for _, e := range t {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// ldArticle is the JSON-LD node of the article, nil where there is none.
func (h *head) ldArticle() map[string]any {
	var found map[string]any
	for _, n := range h.ld {
		for _, t := range ldTypes(n) {
			t = strings.TrimPrefix(strings.TrimPrefix(t, "https://schema.org/"), "http://schema.org/")
			if strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "BlogPosting") || t == "Report" || t == "ReportageNewsArticle" || strings.HasSuffix(t, "Posting") && t != "JobPosting" {
				if n["headline"] != nil || n["datePublished"] != nil || n["articleBody"] != nil {
					return n
				}
				if found == nil {
					found = n
				}
			}
		}
	}
	return found
}

// ldPage is the JSON-LD node of the page as such, or of a work that fills it, nil
// where there is none that is dated.
func (h *head) ldPage() map[string]any {
	for _, n := range h.ld {
		for _, t := range ldTypes(n) {
			if (strings.HasSuffix(t, "Page") || strings.HasSuffix(t, "HowTo") || strings.HasSuffix(t, "Recipe") || strings.HasSuffix(t, "CreativeWork")) && n["datePublished"] != nil {
				return n
			}
		}
	}
	return nil
}

// ldString is a node's string value, its entities decoded.
func ldString(n map[string]any, key string) string {
	switch v := n[key].(type) {
	case string:
		return fold(html.UnescapeString(v))
	case []any:
		if len(v) > 0 {
			if s, ok := v[0].(string); ok {
				return fold(html.UnescapeString(s))
			}
		}
	case map[string]any:
		if s, ok := v["@value"].(string); ok {
			return fold(html.UnescapeString(s))
		}
	}
	return ""
}

// who says whose names ldNames lists.
type who int

const (
	people    who = iota // no organisations
	everybody who = 10
)

// ldNames lists the names of the persons under a key, nested at most three deep.
func (h *head) ldNames(v any, depth who) []string {
	if depth%everybody > 3 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if strings.HasPrefix(v, "http") {
			return nil
		}
		return []string{fold(html.UnescapeString(v))}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, h.ldNames(e, depth+1)...)
		}
		return out
	case map[string]any:
		for _, t := range ldTypes(v) {
			if depth < everybody && strings.HasSuffix(t, "Organization") {
				return nil
			}
		}
		if v["name"] == nil {
			if id, ok := v["@id"].(string); ok {
				return h.ldByID(id, depth)
			}
		}
		if v["name"] == nil {
			return parts(v)
		}
		return h.ldNames(v["name"], depth+1)
	}
	return nil
}

// parts joins the names of a person whose node has no whole one.
func parts(n map[string]any) []string {
	if s := fold(ldString(n, "givenName") + " " + ldString(n, "familyName")); s != "" {
		return []string{s}
	}
	return nil
}

func (h *head) ldByID(id string, depth who) []string {
	if n := h.ldNode(map[string]any{"@id": id}); n["name"] != nil {
		return h.ldNames(n, depth+1)
	}
	return nil
}

// ldNode is the node that a value is or refers to, nil for other values. What a
// reference without a named node behind it says is itself.
func (h *head) ldNode(v any) map[string]any {
	ref, _ := v.(map[string]any)
	id, ok := ref["@id"].(string)
	if !ok || ref["name"] != nil {
		return ref
	}
	for _, n := range h.ld {
		if n["@id"] == id && n["name"] != nil {
			return n
		}
	}
	return ref
}
