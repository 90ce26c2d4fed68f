// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// hostilePages are pages that no publisher sends. Each is about a megabyte.
func hostilePages() map[string]string {
	const n = 1 << 20
	repeat := func(s string) string { return strings.Repeat(s, n/len(s)) }
	return map[string]string{
		"nested divs":           repeat("<div>"),
		"nested inline":         repeat("<b><i>"),
		"nested links":          repeat("<a href=x>y"),
		"nested tables":         repeat("<table><tr><td>x"),
		"nested lists":          repeat("<ul><li>x"),
		"open paragraphs":       repeat("<p>word "),
		"one word":              "<p>" + repeat("x") + "</p>",
		"only spaces":           "<p>" + repeat(" ") + "</p>",
		"line breaks":           repeat("<br>"),
		"words and line breaks": repeat("word<br>"),
		"class names":           `<div class="` + repeat("comment ") + `"><p>text</p></div>`,
		"attributes":            "<div " + repeat("a=b ") + ">text</div>",
		"many classes":          repeat(`<i class="aB-cD">x</i>`),
		"metas":                 repeat(`<meta name="author" content="x">`),
		"times":                 repeat(`<time datetime="2020-01-01">x</time>`),
		"headings":              repeat("<h1>same old heading</h1>"),
		"rows":                  "<table>" + repeat("<tr><td>1<td>2") + "</table>",
		"broken JSON-LD":        `<script type="application/ld+json">` + repeat("[{") + `</script>`,
		"noscript":              repeat("<noscript><p>text</noscript>"),
		"nested noscript":       "<noscript>" + repeat("<p>text</p>") + "</noscript>",
		"broken UTF-8":          "<p>" + repeat("\xff\xfe") + "</p>",
		"zero widths":           "<p>a" + repeat("\u200b") + "b</p>",
		"combining marks":       "<p>a" + repeat("\u0301") + "b</p>",
		"comments":              repeat(`<li class="comment"><b class="author">Ann</b><p>I do not think so at all.</p></li>`),
		"authors":               repeat(`<p><span class="author">by <a rel=author>Ann</a></span> 1 May 2020</p>`),
		"authors in authors":    repeat(`<span class="author">x`),
		"teasers":               repeat(`<div class="teaser"><p class="author">Ann</p><p>1 May 2020</p>`),
		"spans":                 repeat(`<span class="tooltip">x<span>`),
	}
}

func TestStripHTMLBoundsHostilePages(t *testing.T) {
	for name, page := range hostilePages() {
		t.Run(name, func(t *testing.T) {
			r := StripHTML(Input{HTML: []byte(page), URL: "https://example.org/a"}, nil)
			checkResult(t, r)
			if len(r.Text) > maxText {
				t.Errorf("%d bytes of text, at most %d", len(r.Text), maxText)
			}
		})
	}
}

func TestStripTextBoundsHostileTexts(t *testing.T) {
	const n = 1 << 19
	for name, text := range map[string]string{
		"empty":       "",
		"spaces":      strings.Repeat(" \n", n/2),
		"one line":    strings.Repeat("word ", n/5),
		"short lines": strings.Repeat("x\n", n/2),
		"addresses":   strings.Repeat("<https://example.org/a>\n", n/24),
		"read mores":  strings.Repeat("Read more\n", n/10),
		"replies":     strings.Repeat("1. no\nReplyDelete\n", n/18),
		"no newline":  strings.Repeat("a", n),
		"wrapped":     strings.Repeat("the council said that the firm would have to pay for the missing bins\n", n/72),
		"broken":      strings.Repeat("\xff\n", n/2),
		"menus":       strings.Repeat("Home\nShare\nSubscribe\nComments\n", n/30),
	} {
		t.Run(name, func(t *testing.T) {
			checkResult(t, StripText(text, ""))
			checkZones(t, text)
		})
	}
}

// checkResult fails where a result breaks what every result keeps.
func checkResult(tb testing.TB, r Result) {
	tb.Helper()
	if !utf8.ValidString(r.Text) {
		tb.Fatal("the text is not UTF-8")
	}
	if !norm.NFC.IsNormalString(r.Text) {
		tb.Fatal("the text is not NFC")
	}
	if r.Text != strings.TrimSpace(r.Text) {
		tb.Fatal("the text starts or ends with white space")
	}
	if r.Confidence < 0 || r.Confidence > 1 {
		tb.Fatalf("confidence is %v", r.Confidence)
	}
	for _, a := range r.Asides {
		if a.At < 0 || a.At > len(r.Text) || a.Text == "" || a.Zone == "" {
			tb.Fatalf("aside at %d of %d in zone %q", a.At, len(r.Text), a.Zone)
		}
	}
	if r.Revision == "" {
		tb.Fatal("no revision")
	}
}

// fataler is what testing.T and rapid.T have in common.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkZones fails where the zones of a text are not contiguous spans over it.
func checkZones(tb fataler, text string) {
	tb.Helper()
	at := 0
	for _, z := range ZoneText(text) {
		if z.Start != at || z.End <= z.Start {
			tb.Fatalf("span %d-%d after %d", z.Start, z.End, at)
		}
		at = z.End
	}
	if at != len(text) {
		tb.Fatalf("zones end at %d of %d", at, len(text))
	}
}

func FuzzStripHTML(f *testing.F) {
	f.Add([]byte("<h1>Title</h1><p>A sentence of a body, with a comma.</p>"), "https://example.org/2020/01/02/a")
	f.Add([]byte("<table><tr><td>a<td>b</table><noscript><p>x</noscript>"), "")
	f.Add([]byte(`<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"A"}]}</script>`), "::")
	f.Add([]byte("<ul class=comments><li class=comment><b class=author>A</b><p>No, I do not.</p></ul>"), "x")
	f.Fuzz(func(t *testing.T, page []byte, url string) {
		if !utf8.Valid(page) {
			t.Skip()
		}
		r := StripHTML(Input{HTML: page, URL: url}, nil)
		checkResult(t, r)
		var m *SiteModel
		checkResult(t, StripHTML(Input{HTML: page, URL: url}, m.Learn(r, "a").Learn(StripText("other", ""), "b")))
	})
}

func FuzzStripText(f *testing.F) {
	f.Add("Title\n\nA sentence of a body, with a comma.\n\n8 comments:\n\n1. No.\n\nReplyDelete\n")
	f.Add("a line that is broken \n<https://example.org/a>\n, and goes on.\n Read more\n<https://example.org/b>\n")
	f.Add("\r\n\u00a0\u200b\xff")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		checkResult(t, StripText(text, ""))
		checkZones(t, text)
	})
}
