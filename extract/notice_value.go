// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
)

// maxValue is how much of a value is read for names, in bytes.
const maxValue = 2000

// fieldNames cuts the value of a supplier's field into names: several stand
// between semicolons, bars or numbers, or behind legal forms between commas, and
// what is told of each behind its name is left out.
func (a *analysis) fieldNames(s copytaster.Span) []copytaster.Span {
	var out []copytaster.Span
	if s.End-s.Start > maxValue {
		s.End = s.Start + maxValue
		for !utf8.RuneStart(a.text[s.End]) {
			s.End--
		}
	}
	for _, part := range a.cutNames(s) {
		if t := a.fieldParty(part); t.End-t.Start > 1 && t.End-t.Start < 200 && !nobody[foldName(t.Of(a.text))] && !internalID(t.Of(a.text)) && !vague(t.Of(a.text)) {
			out = append(out, t)
		}
	}
	return out
}

// nobody are values of a supplier's field that name none.
var nobody = phraseSet("none|n a|na|nil|tbc|tba|to be confirmed|to be determined|to be announced|to be advised|various|multiple|multiple suppliers|see attached|see below|see list|redacted|withheld|not awarded|no award|not applicable|" +
	"not disclosed|unknown|yes|no|no bids received|no offers|see notice|various suppliers|as below|not yet awarded|cancelled|pending|other|private individual|individual|confidential|not stated|nobody knows")

// vague reports whether a value begins as no name does: "to be chosen in May".
func vague(s string) bool {
	for _, p := range []string{"to be ", "not ", "no ", "any ", "see ", "the ", "none ", "as ", "who ", "whoever ", "how ", "what ", "your ", "all ", "anyone "} {
		if strings.HasPrefix(s, p) || strings.HasPrefix(s, strings.ToUpper(p[:1])+p[1:]) && p != "the " && p != "no " {
			return true
		}
	}
	return false
}

// internalID reports whether a value is what eForms call one of their parts by:
// "LOT-0001".
func internalID(s string) bool {
	return len(s) > 4 && (s[3] == '-') && s[:3] == strings.ToUpper(s[:3]) && strings.Trim(s[4:], "0123456789") == ""
}

// cutNames parts the names of a list.
func (a *analysis) cutNames(s copytaster.Span) []copytaster.Span {
	var out []copytaster.Span
	start := s.Start
	for i := s.Start; i < s.End; i++ {
		n := 0
		switch c := a.text[i]; {
		case c == ';', c == '|', c == '\n':
			n = 1
		case (c == ',' || c == ' ' || c == '/') && a.endsLegal(copytaster.Span{Start: start, End: i}):
			n = a.listMark(i, s.End)
		}
		if n > 0 {
			out = append(out, a.trimmed(start, i))
			start = i + n
			i += n - 1
		}
	}
	return append(out, a.trimmed(start, s.End))
}

// listMark is the length of what stands between two names of a list at byte i,
// behind a legal form: ", ", " and ", " & ", " / ", if a capital follows and the
// rest is no address.
func (a *analysis) listMark(i, end int) int {
	rest := a.text[i:end]
	for _, m := range []string{", and ", " and ", ", ", " / ", " & "} {
		if len(rest) > len(m) && strings.HasPrefix(rest, m) && rest[len(m)] >= 'A' && rest[len(m)] <= 'Z' && !strings.HasPrefix(rest[len(m):], "Co") {
			next := a.trimmed(i+len(m), end)
			if strings.HasSuffix(m, "and ") || a.legalAhead(next) {
				return len(m)
			}
		}
	}
	return 0
}

// legalAhead reports whether a legal form stands before the next comma of a
// span, so that it is a name and not the next line of an address.
func (a *analysis) legalAhead(s copytaster.Span) bool {
	text := s.Of(a.text)
	if i := strings.IndexAny(text, ",;"); i > 0 {
		text = text[:i]
	}
	for w := range strings.FieldsSeq(text) {
		if isLegal(w) {
			return true
		}
	}
	return false
}

// callers stand before a name in a field and belong to none.
var callers = []string{"m/s. ", "m/s ", "messrs. ", "messrs ", "1. ", "2. ", "3. ", "4. ", "5. ", "6. ", "1) ", "2) ", "3) ", "- ", "• ", "* ", "official name: ", "name: "}

// fieldParty is the name at the beginning of a value: what stands in brackets,
// behind a comma or a dash tells where it sits and what it is.
func (a *analysis) fieldParty(s copytaster.Span) copytaster.Span {
	for _, c := range callers {
		if text := s.Of(a.text); len(text) > len(c) && strings.EqualFold(text[:len(c)], c) {
			s = a.trimmed(s.Start+len(c), s.End)
		}
	}
	text := s.Of(a.text)
	for _, m := range []string{", a company", ", of ", " of ", ", ", " - ", " – ", " — ", " ("} {
		for at := 0; ; {
			i := strings.Index(text[at:], m)
			if i < 0 {
				break
			}
			i += at
			if a.tells(text[:i], text[i+len(m):], m) {
				text = text[:i]
				break
			}
			at = i + len(m)
		}
	}
	t := a.trimmed(s.Start, s.Start+len(text))
	if strings.HasSuffix(t.Of(a.text), "..") || !a.endsLegal(t) || strings.HasSuffix(s.Of(a.text), ".") && t.End < s.End {
		for t.End > t.Start && (a.text[t.End-1] == '*' || a.text[t.End-1] == ',') {
			t.End--
		}
	}
	return t
}

// tells reports whether what stands behind a name and a mark only tells of it.
func (a *analysis) tells(name, rest, mark string) bool {
	words := strings.Fields(name)
	if len(words) == 0 || len(rest) == 0 {
		return false
	}
	legal := len(words) > 1 && isLegal(words[len(words)-1])
	first := strings.Trim(strings.Fields(rest + " x")[0], ".,;)")
	low := strings.ToLower(first)
	switch mark {
	case " (":
		inner, after, ok := strings.Cut(rest, ")")
		return ok && strings.TrimSpace(after) == "" && (legal || strings.Contains(inner, " ") || strings.ContainsAny(inner, "0123456789") || inner == strings.ToUpper(inner) && len(inner) > 1 && len(inner) < 9 && !places.has(hashFolded(low)))
	case " of ":
		return legal
	case ", ":
		return !legalForms.has(hashFolded(foldWord(first))) && (legal || strings.ContainsAny(rest, "0123456789") && !strings.ContainsAny(name, ","))
	}
	return legal || places.has(hashFolded(low))
}

// unlabelled finds the title and the buyer of a notice that has no field for
// them, in its first lines: the title is the first that does not name the kind of
// notice, the buyer a body named there, or the second line.
func (a *analysis) unlabelled(n *noticeText, f *fieldForm, kinds map[int]bool) {
	var lines []copytaster.Span
	for _, h := range f.heads {
		if !kinds[h.Start] {
			lines = append(lines, h)
		}
	}
	if n.buyer.End == 0 {
		heads := f.heads
		if n.title.End > 0 {
			heads = append(heads[:len(heads):len(heads)], n.title)
		}
		n.buyer = a.headBuyer(heads, lines)
	}
	if n.title.End == 0 {
		for _, l := range lines {
			if l.End <= n.buyer.Start || l.Start >= n.buyer.End {
				n.title = l
				break
			}
		}
	}
	if n.title.End == 0 {
		n.title = n.text
	}
	n.buyer = a.behalf(n.buyer)
}

// headBuyer is the body that the first lines of a notice name.
func (a *analysis) headBuyer(heads, lines []copytaster.Span) copytaster.Span {
	for _, h := range heads {
		for i := range a.names {
			m := &a.names[i]
			if int(m.start) < h.Start || int(m.end) > h.End || !m.buys() && !otherStart.has(a.toks[m.from].hash) {
				continue
			}
			if int(m.start) == h.Start && int(m.end) == h.End || m.buys() && (a.partsLine(m, h) || a.word(m.from-1) == "by") {
				return a.span(m)
			}
		}
	}
	if len(lines) > 1 && lines[1].End-lines[1].Start <= maxLabel && !strings.ContainsAny(lines[1].Of(a.text), ":£$€") {
		return lines[1]
	}
	for i := range a.names {
		if m := &a.names[i]; m.buys() && len(lines) > 0 && int(m.end) <= lines[len(lines)-1].End {
			return a.span(m)
		}
	}
	return copytaster.Span{}
}

// partsLine reports whether a dash or a bar parts a name from the rest of its
// line: "University of X - Guarding".
func (a *analysis) partsLine(n *name, h copytaster.Span) bool {
	before, after := strings.TrimSpace(a.text[h.Start:n.start]), strings.TrimSpace(a.text[n.end:h.End])
	parts := func(s string, i int) bool {
		return s == "" || oneOf(string([]rune(s)[i]), "-", "–", "—", "|", ":", ",", "(")
	}
	return parts(before, len([]rune(before))-1) && parts(after, 0)
}

// shortName reports whether brackets hold a short form in capitals: " (OGP)".
func shortName(s string) bool {
	s = strings.Trim(s, " ()")
	return len(s) > 1 && len(s) < 9 && s == strings.ToUpper(s)
}

// behalf is the body that a buyer's field says another buys for: "X on behalf of
// Y", without what stands in brackets behind it.
func (a *analysis) behalf(s copytaster.Span) copytaster.Span {
	text := s.Of(a.text)
	for _, m := range []string{"on behalf of ", "for and on behalf of ", "acting for "} {
		if i := strings.Index(strings.ToLower(text), m); i > 0 {
			s = a.trimmed(s.Start+i+len(m), s.End)
			text = s.Of(a.text)
		}
	}
	for _, m := range []string{"||", ";", " ("} {
		if i := strings.Index(text, m); i > 0 && (m != " (" || shortName(text[i:])) {
			s = a.trimmed(s.Start, s.Start+i)
			text = s.Of(a.text)
		}
	}
	if i := strings.Index(text, ", "); i > 0 && strings.ContainsAny(text[i:], "0123456789") {
		s.End = s.Start + i // an address
	}
	if t := s.Of(a.text); strings.HasSuffix(t, ")") && !strings.Contains(t, "(") {
		s.End--
	}
	return a.value(s.Start, s.End)
}
