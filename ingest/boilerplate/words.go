// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// eachWord calls f with the hash and the number of letters of every word of s,
// case folded.
func eachWord(s string, f func(hash uint64, letters int)) {
	h, n := uint64(fnvOffset), 0
	for _, r := range s {
		letter := true
		if r < utf8.RuneSelf {
			switch {
			case r >= 'A' && r <= 'Z':
				r |= 0x20
			case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			default:
				letter = false
			}
		} else if letter = unicode.IsLetter(r) || unicode.IsDigit(r); letter {
			r = unicode.ToLower(r)
		}
		if letter {
			h = (h ^ uint64(r)) * fnvPrime
			n++
			continue
		}
		if n > 0 {
			f(h, n)
			h, n = fnvOffset, 0
		}
	}
	if n > 0 {
		f(h, n)
	}
}

// gram hashes the last four words of a run, of which seen have been read.
func gram(run [4]uint64, seen int) uint64 {
	h := uint64(fnvOffset)
	for k := range 4 {
		h = (h ^ run[(seen+k)&3]) * fnvPrime
	}
	return h
}

// grams hashes every four words in a row of s.
func grams(s string) map[uint64]bool {
	m := map[uint64]bool{}
	var run [4]uint64
	seen := 0
	eachWord(s, func(h uint64, _ int) {
		run[seen&3] = h
		seen++
		if seen >= 4 {
			m[gram(run, seen)] = true
		}
	})
	return m
}

// pathDepth is the number of parts of a URL's path; words in its last part that
// are joined by hyphens, as in the address of an article, count half each.
func pathDepth(raw string) float64 {
	u, err := url.Parse(raw)
	if err != nil || raw == "" {
		return -1
	}
	path := strings.Trim(u.Path, "/")
	if path == "" {
		return 0
	}
	return 1 + float64(strings.Count(path, "/")) + float64(strings.Count(path, "-"))/2
}

// Of typeSignal: a page that calls itself an article, a news article, a thread.
const (
	typeArticle = 2
	typeNews    = 3
	typeThread  = 4
)

// typeSignal says what kind of page the head claims: 0 nothing, 1 a website, 2 an
// article, 3 a news article, 4 a thread, -1 a shop, a profile or a list.
func (h *head) typeSignal() float64 {
	s := 0.0
	switch strings.ToLower(h.first("og:type")) {
	case "website":
		s = 1
	case "article":
		s = typeArticle
	case "product", "profile":
		s = -1
	}
	for _, n := range h.ld {
		for _, t := range ldTypes(n) {
			switch {
			case strings.HasSuffix(t, "NewsArticle"):
				return typeNews
			case t == "QAPage" || t == "DiscussionForumPosting":
				return typeThread
			case strings.HasSuffix(t, "Article") || t == "BlogPosting":
				s = 2.5
			case t == "ItemList" || t == "CollectionPage" || t == "Product":
				s = min(s, -1)
			}
		}
	}
	return s
}
