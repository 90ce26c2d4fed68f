// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// readPDFText reads a PDF. It never panics: the library does, on broken files.
func readPDFText(body []byte) (t pdfText) {
	defer func() {
		if p := recover(); p != nil {
			t = pdfText{Error: fmt.Sprintf("damaged: %.200v", p)}
		}
	}()
	if i := bytes.Index(body, []byte("%PDF-")); i > 0 {
		body = body[i:]
	}
	r, err := pdf.NewReader(bytes.NewReader(body), int64(len(body)))
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword):
		return pdfText{Error: "encrypted: it wants a password"}
	case err != nil:
		return pdfText{Error: fmt.Sprintf("damaged: %.200s", err)}
	}
	info := r.Trailer().Key("Info")
	t.Title, t.Author = info.Key("Title").Text(), info.Key("Author").Text()
	t.Created = pdfDate(info.Key("CreationDate").Text())
	var b strings.Builder
	for i := 1; i <= min(r.NumPage(), maxPDFPages) && b.Len() < maxPDFText; i++ {
		if err := addPage(&b, r, i); err != nil && t.Error == "" {
			t.Error = fmt.Sprintf("damaged: page %d: %.200s", i, err)
		}
	}
	if t.Text = strings.ToValidUTF8(b.String(), ""); strings.TrimSpace(t.Text) != "" {
		t.Error = "" // a damaged page is not the whole
	}
	if unreadable(t.Text) {
		t.Text, t.Error = "", "its fonts do not say which letters they draw"
	}
	return t
}

// addPage writes the text of one page. One that is damaged costs no other, and
// what was drawn before the damage is kept.
func addPage(b *strings.Builder, r *pdf.Reader, n int) (err error) {
	page := &pdfPage{}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
		pageText(b, page.pieces)
	}()
	if p := r.Page(n); !p.V.IsNull() {
		page.read(p)
	}
	return nil
}

// pageText writes the strings of a page as lines. Another height is another
// line, a jump of more than a line's height, or upwards to the next column, a
// new paragraph; a gap of a fifth of the letters' size is a space.
func pageText(b *strings.Builder, pieces []piece) {
	var last piece
	for i, p := range pieces {
		if i > 0 && p.s == last.s && p.w > 0 && math.Abs(p.x-last.x) < p.size/10 && math.Abs(p.y-last.y) < p.size/10 {
			continue // drawn twice, to look bold
		}
		size := max(p.size, last.size)
		switch drop := last.y - p.y; {
		case i == 0:
		case drop > 1.7*size || drop < -0.5*size:
			b.WriteString("\n\n")
		case drop > 0.5*size:
			b.WriteString("\n")
		case math.Abs(p.x-(last.x+last.w)) > 0.2*size && !strings.HasSuffix(last.s, " ") && !strings.HasPrefix(p.s, " "):
			b.WriteString(" ")
		}
		b.WriteString(p.s)
		last = p
	}
	b.WriteString("\n\n")
}

// unreadable tells whether a text is mostly the marks of letters that could not
// be named.
func unreadable(text string) bool {
	bad, all := 0, 0
	for _, r := range text {
		if unicode.IsSpace(r) {
			continue
		}
		all++
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.In(r, unicode.Co) {
			bad++
		}
	}
	return all > 0 && bad*3 > all
}

var (
	lineEndHyphen = regexp.MustCompile(`(\p{L}{2,})[-\x{00AD}\x{2010}]\n(\p{Ll}{2,})`)
	doubleName    = regexp.MustCompile(`(\p{L}-)\n(\p{Lu})`)
	listMark      = regexp.MustCompile(`^(?:[•‣▪●–*-]\s|\(?[0-9a-zA-Z]{1,3}[.)]\s)`)
)

// unwrap joins the words that were broken at the end of a line, the lines of
// each paragraph, and a paragraph that runs on to the next page.
func unwrap(text string) string {
	text = doubleName.ReplaceAllString(text, "$1$2")
	text = strings.ReplaceAll(lineEndHyphen.ReplaceAllString(text, "$1$2"), "\u00ad", "")
	var out []string
	for para := range strings.SplitSeq(text, "\n\n") {
		for _, p := range joinLines(strings.Split(strings.TrimSpace(para), "\n")) {
			if n := len(out); n > 0 && runsOn(out[n-1], p) {
				out[n-1] += " " + p
			} else if p != "" {
				out = append(out, p)
			}
		}
	}
	return strings.Join(out, "\n\n")
}

// joinLines makes paragraphs of lines that stand close together: a line that is
// much shorter than the longest, or is followed by an item of a list, ends one.
func joinLines(lines []string) []string {
	longest := 0
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l))
	}
	var out []string
	ended := true
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if l == "" {
			continue
		}
		if ended || listMark.MatchString(l) {
			out = append(out, l)
		} else {
			out[len(out)-1] += " " + l
		}
		ended = utf8.RuneCountInString(l) < longest*6/10
	}
	return out
}

// runsOn tells whether b goes on with the sentence that a leaves open.
func runsOn(a, b string) bool {
	end, _ := utf8.DecodeLastRuneInString(a)
	begin, _ := utf8.DecodeRuneInString(b)
	return unicode.IsLower(begin) && (unicode.IsLetter(end) || end == ',') && len(a) > 60
}

// pdfDate reads D:YYYYMMDDHHmmSS+HH'mm' (ISO 32000-1 section 7.9.4), of which
// all after the year may be missing.
func pdfDate(s string) time.Time {
	s = strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(s), "D:"), "'", "")
	for _, l := range []string{"20060102150405-0700", "20060102150405Z0700", "20060102150405Z", "20060102150405-07", "20060102150405", "200601021504", "20060102", "200601", "2006"} {
		if t, err := time.Parse(l, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
