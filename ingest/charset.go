// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// DecodeHTML turns the bytes of a page into UTF-8 and names the encoding they
// were in. Bytes that are valid UTF-8 are UTF-8, whatever the page says; then a
// byte order mark, the Content-Type header, the page's own meta and at last a
// guess over the whole body decide. The result is always valid UTF-8: what
// cannot be decoded becomes U+FFFD.
func DecodeHTML(body []byte, contentType string) (utf8Body []byte, name string) {
	switch {
	case bytes.HasPrefix(body, []byte("\xEF\xBB\xBF")):
		return bytes.ToValidUTF8(body[3:], []byte("\uFFFD")), "utf-8"
	case bytes.HasPrefix(body, []byte("\xFE\xFF")):
		return decodeAs(body, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)), "utf-16be"
	case bytes.HasPrefix(body, []byte("\xFF\xFE")):
		return decodeAs(body, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)), "utf-16le"
	case utf8.Valid(body):
		return body, "utf-8"
	}
	for _, label := range []string{headerLabel(contentType), metaLabel(body)} {
		if e, name := charset.Lookup(label); e != nil && name != "utf-8" {
			return decodeAs(body, e), name
		}
	}
	return guess(body)
}

func decodeAs(body []byte, e encoding.Encoding) []byte {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	return bytes.ToValidUTF8(out, []byte("\uFFFD"))
}

func headerLabel(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

var metaCharset = regexp.MustCompile(`(?i)<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})`)

// metaLabel is the encoding that the page's meta or XML declaration names.
func metaLabel(body []byte) string {
	if m := metaCharset.FindSubmatch(body[:min(len(body), 64<<10)]); m != nil {
		return strings.ToLower(string(m[1]))
	}
	return ""
}

// guess decides by the whole body. A body that is nearly UTF-8 is a damaged
// UTF-8 page; otherwise the first encoding wins that decodes it without an error
// into its own script, and windows-1252 is the last resort.
func guess(body []byte) ([]byte, string) {
	bad, multi := utf8Damage(body)
	if bad*10 < multi {
		return bytes.ToValidUTF8(body, []byte("\uFFFD")), "utf-8"
	}
	for _, c := range []struct {
		name   string
		enc    encoding.Encoding
		script func(rune) bool
		tenths int // of the letters beyond ASCII that are of the script
	}{
		{"shift_jis", japanese.ShiftJIS, isKana, 2},
		{"euc-jp", japanese.EUCJP, isKana, 2},
		{"euc-kr", korean.EUCKR, isHangul, 6},
		{"gb18030", simplifiedchinese.GB18030, isIdeograph, 6},
	} {
		if out := decodeAs(body, c.enc); mostly(out, c.script, c.tenths) {
			return out, c.name
		}
	}
	return decodeAs(body, charmap.Windows1252), "windows-1252"
}

// utf8Damage counts the bytes that are no UTF-8 and the multi-byte characters.
func utf8Damage(body []byte) (bad, multi int) {
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			multi++
		}
		i += n
	}
	return bad, multi
}

func isKana(r rune) bool      { return r >= 0x3040 && r <= 0x30FF }
func isHangul(r rune) bool    { return r >= 0xAC00 && r <= 0xD7A3 }
func isIdeograph(r rune) bool { return r >= 0x4E00 && r <= 0x9FA5 }

// mostly reports whether a decoded text has no errors and at least the given
// tenths of what is not ASCII in a script.
func mostly(text []byte, script func(rune) bool, tenths int) bool {
	n, hits := 0, 0
	for _, r := range string(text) {
		switch {
		case r == utf8.RuneError:
			return false
		case r < utf8.RuneSelf:
			continue
		case script(r):
			hits++
		}
		n++
	}
	return n > 20 && hits*10 >= n*tenths
}
