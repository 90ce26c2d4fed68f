// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"html"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

var xmlProlog = regexp.MustCompile(`^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["'][^>]*\?>`)

// decodeXML returns an XML (or JSON) text as valid UTF-8. By order of weight it
// believes a byte order mark, bytes that are valid UTF-8, the XML declaration,
// the charset of the Content-Type, and last Windows-1252. That differs from RFC
// 7303, which puts the header first: servers send wrong headers more often than
// publishers write wrong declarations. The declaration is blanked, so that no
// parser decodes twice.
func decodeXML(body []byte, contentType string) []byte {
	name := xmlCharset(body, contentType)
	if e, canonical := charset.Lookup(name); e != nil && canonical != "utf-8" {
		if out, err := e.NewDecoder().Bytes(body); err == nil {
			body = out
		}
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	body = bytes.ToValidUTF8(body, []byte("\ufffd"))
	if m := xmlProlog.FindSubmatchIndex(body); m != nil {
		body = append([]byte(`<?xml version="1.0"?>`), body[m[1]:]...)
	}
	return body
}

func xmlCharset(body []byte, contentType string) string {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(body, []byte("\xfe\xff")), bytes.HasPrefix(body, []byte("\x00<\x00?")):
		return "utf-16be"
	case bytes.HasPrefix(body, []byte("\xff\xfe")), bytes.HasPrefix(body, []byte("<\x00?\x00")):
		return "utf-16le"
	case utf8.Valid(body):
		return "utf-8"
	}
	if m := xmlProlog.FindSubmatch(body[:min(len(body), 1024)]); m != nil && !strings.EqualFold(string(m[1]), "utf-8") {
		return string(m[1])
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		return params["charset"]
	}
	return "windows-1252"
}

var xmlEntity = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});`)

// repairXML mends the commonest faults of a text that should be XML: junk before
// the first tag, control bytes, ampersands that begin no entity, and entities of
// HTML, which XML does not know. CDATA sections are left alone.
func repairXML(text []byte) []byte {
	if i := bytes.IndexByte(text, '<'); i > 0 && !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		text = text[i:]
	}
	out := make([]byte, 0, len(text)+len(text)/16)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c < ' ' && c != '\t' && c != '\n' && c != '\r':
		case c == '<' && bytes.HasPrefix(text[i:], []byte("<![CDATA[")):
			end := bytes.Index(text[i:], []byte("]]>"))
			if end < 0 {
				return append(out, text[i:]...)
			}
			out = append(out, bytes.Map(dropControl, text[i:i+end+3])...)
			i += end + 2
		case c == '&':
			var n int
			out, n = repairEntity(out, text[i:])
			i += n - 1
		default:
			out = append(out, c)
		}
	}
	return out
}

func dropControl(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
		return -1
	}
	return r
}

// repairEntity appends what the ampersand at the head of text stands for and
// says how many bytes it took.
func repairEntity(out, text []byte) ([]byte, int) {
	m := xmlEntity.Find(text[:min(len(text), 40)])
	switch s := string(m); s {
	case "":
		return append(out, "&amp;"...), 1
	case "&amp;", "&lt;", "&gt;", "&quot;", "&apos;":
		return append(out, m...), len(m)
	default:
		if plain := html.UnescapeString(s); plain != s {
			return append(out, html.EscapeString(plain)...), len(m)
		}
		return append(append(out, "&amp;"...), m[1:]...), len(m)
	}
}

// plainText is the text of a title that may hold markup or entities, on one
// line, at most 1,000 bytes.
func plainText(s string) string {
	s = s[:min(len(s), 8000)]
	if strings.ContainsAny(s, "<&") {
		s = tagless(s)
	}
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if len(s) > 1000 {
		s = strings.ToValidUTF8(s[:1000], "")
	}
	return s
}

func tagless(s string) string {
	var b strings.Builder
	z := xhtml.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			return b.String()
		case xhtml.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		}
	}
}
