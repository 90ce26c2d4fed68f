// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"regexp"
	"strings"
	"unicode"
)

// persons splits and cleans bylines.
func persons(lines []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, line := range lines {
		if strings.HasPrefix(line, "http") {
			continue
		}
		for _, name := range splitByline(line) {
			name = cleanName(withoutOffice(strings.TrimSpace(name)))
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
	bylineJoint = regexp.MustCompile(`\s*(?:,|;|\||•|·|⋅|/| and | und | & | et | y | og | och | en | with | e |,? im Gespräch mit )\s*`)
	// what may follow the names in a byline: a date, an address, an office
	bylineEnd = regexp.MustCompile(`(?i)\s*(?:\(?\b\S+@\S+| @\w|\((?:sponsored|foto|photo|text|pressesprecher)|\bfotos?:|\bphotos?:|\bbild(?:er)?:|\b(?:am|on|le|um|à|at) (?:\w+day\b|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|\d)|\b(?:\d{1,2}\.? ?(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)|(?:january|february|march|april|june|july|august|september|october|november|december) \d|published|updated|veröffentlicht|aktualisiert|posted|on \w+day|am \d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d+ (?:min|hours?|days?)\b)).*$`)
	// names behind a date and a bar, or behind one of their own
	bylineAfter = regexp.MustCompile(`^[^|•·]*\d[^•·]*[|•·]\s*(?:By|by|Von|von|Par|par|Por|por|Di|di|Door|door|Av|av)\s+(\p{Lu}.*)$`)
	bylineStart = regexp.MustCompile(`(?i)^(?:(?:written|posted|published|reported|recipe|post|words|story|text|article|verfasst|geschrieben|veröffentlicht|erstellt|eingestellt|gespeichert|publié|publicado|post author|(?:ein )?artikel|(?:ein|blog) beitrag|eine analyse|eine kolumne|ein kommentar|pressemitteilung|from)\s+)?(?:by|von|par|por|di|door|av|af|oleh|theo)\s*:?\s+|^(?:authors?|autor(?:in|en|/in)?|auteurs?|text|text (?:&|und) fotos?|foto|redaktion|by|von)\s*:\s*|^autorin/autor\s*:?\s+|^autoren\s+|^escribe\s+|^(?:über|about)\s+`)
)

// cleanName is the person's name in s, or "".
func cleanName(s string) string {
	s = strings.Trim(bylineStart.ReplaceAllString(strings.TrimSpace(s), ""), " -–—|:.»⋅")
	words := len(strings.Fields(s))
	switch {
	case s == "" || len(s) > 60 || words > 5:
		return ""
	case strings.ContainsAny(s, "@<>=#?!0123456789") || strings.Contains(s, "www.") || strings.Contains(s, ".com") || strings.Contains(s, ".de"):
		return ""
	}
	switch strings.ToLower(s) {
	case "admin", "administrator", "redaktion", "editor", "staff", "guest", "author", "autor", "unknown", "team", "news", "read more", "share", "author page", "about the author", "about the authors", "über den autor", "written by", "collected by", "por", "accueil", "view profile", "profile", "nachrichten", "by", "von", "nan", "null", "anonymous", "webmaster", "root", "user", "login", "no author", "datum", "date", "quelle", "source", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "impressum", "us", "uns", "me", "mich", "this author", "den autor", "die autorin", "the author", "the authors", "contributors", "この記事を書いた人":
		return ""
	}
	if unicode.IsLower(firstRune(s)) && words > 1 || notName.MatchString(s) {
		return ""
	}
	return s
}

// notName is what stands where a name should and is none: links to more, labels
// of something else, and bodies with a legal form.
var notName = regexp.MustCompile(`(?i)\b(?:by$|von$|reviewed by|search|sort|comments?|kommentare?n?|commentaires?|profile?|beiträge|posts by|view all|zeige alle|artikel von|article by|foto ©|bild ©|e\. ?v|gmbh|ltd|inc|plc|verlag|verband|stiftung|redakteur(?:in)?|\p{L}{3,}(?:leiter|sprecher|redakteur)(?:in)?)(?:$|[^\p{L}])`)

// offices follow a name without a comma.
var offices = regexp.MustCompile(`(?i)^(\S+ \S.*?) (?:chefredakteur(?:in)?|redakteur(?:in)?|korrespondent(?:in)?|staff writer|follow)$`)

// withoutOffice is a name without the office behind it.
func withoutOffice(s string) string {
	if m := offices.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return s
}
