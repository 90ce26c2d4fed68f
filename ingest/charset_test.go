// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// encoded is a text in another encoding than Go's.
func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecodeHTML(t *testing.T) {
	const (
		german   = `<html><head><meta charset="%s"></head><p>Die Straßen der Stadt werden künftig von Tiedewell gefegt – für 18 Mio. €</p>`
		japan    = `<html><head><meta charset="%s"></head><p>市は清掃契約を三年早く打ち切ると発表した。会社はこれについて説明していない。</p>`
		untagged = "<p>The fee was £1.4m, a “bargain” — or so they said.</p>"
	)
	as := func(page, label string) string { return strings.Replace(page, "%s", label, 1) }
	for _, c := range []struct {
		name        string
		body        []byte
		contentType string
		want, enc   string
	}{
		{"valid UTF-8 whatever the page says", []byte(as(german, "iso-8859-1")), "text/html; charset=windows-1252", as(german, "iso-8859-1"), "utf-8"},
		{"ASCII", []byte("<p>plain</p>"), "", "<p>plain</p>", "utf-8"},
		{"empty", nil, "", "", "utf-8"},
		{"a byte order mark", []byte("\xEF\xBB\xBF<p>é</p>"), "", "<p>é</p>", "utf-8"},
		{"UTF-16 with a mark", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "<p>é</p>"), "", "<p>é</p>", "utf-16le"},
		{"big-endian UTF-16", encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "<p>é</p>"), "", "<p>é</p>", "utf-16be"},
		{"the header", encoded(t, charmap.ISO8859_15, "<p>18 €</p>"), "text/html; charset=ISO-8859-15", "<p>18 €</p>", "iso-8859-15"},
		{"the header before the page", encoded(t, charmap.Windows1251, `<meta charset="koi8-r"><p>Привет</p>`), "text/html; charset=windows-1251", `<meta charset="koi8-r"><p>Привет</p>`, "windows-1251"},
		{"the page's meta", encoded(t, charmap.Windows1252, as(german, "windows-1252")), "text/html", as(german, "windows-1252"), "windows-1252"},
		{"an XML declaration", encoded(t, charmap.ISO8859_2, `<?xml version="1.0" encoding="iso-8859-2"?><p>Łódź</p>`), "", `<?xml version="1.0" encoding="iso-8859-2"?><p>Łódź</p>`, "iso-8859-2"},
		{"meta that names UTF-8 wrongly", encoded(t, charmap.Windows1252, as(german, "utf-8")), "", as(german, "utf-8"), "windows-1252"},
		{"Shift JIS by meta", encoded(t, japanese.ShiftJIS, as(japan, "shift_jis")), "", as(japan, "shift_jis"), "shift_jis"},
		{"EUC-JP by guess", encoded(t, japanese.EUCJP, strings.Repeat(japan, 2)), "", strings.Repeat(japan, 2), "euc-jp"},
		{"Korean by guess", encoded(t, korean.EUCKR, "<p>시는 청소 계약을 삼년 일찍 끝낸다고 발표했다. 회사는 아무 말도 하지 않았다.</p>"), "", "<p>시는 청소 계약을 삼년 일찍 끝낸다고 발표했다. 회사는 아무 말도 하지 않았다.</p>", "euc-kr"},
		{"Chinese by meta", encoded(t, simplifiedchinese.GBK, `<meta charset="gb2312"><p>市政府提前三年结束了清洁合同。</p>`), "", `<meta charset="gb2312"><p>市政府提前三年结束了清洁合同。</p>`, "gbk"},
		{"windows-1252 as the last resort", encoded(t, charmap.Windows1252, untagged), "", untagged, "windows-1252"},
		{"an unknown label", encoded(t, charmap.Windows1252, untagged), "text/html; charset=klingon", untagged, "windows-1252"},
		{"a broken header", encoded(t, charmap.Windows1252, untagged), ";;;", untagged, "windows-1252"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, enc := DecodeHTML(c.body, c.contentType)
			if string(got) != c.want || enc != c.enc {
				t.Errorf("got %q in %s, want %q in %s", got, enc, c.want, c.enc)
			}
		})
	}
}

func TestDecodeHTMLMendsDamagedUTF8(t *testing.T) {
	page := strings.Repeat("<p>für die Straßen</p>", 20)
	got, enc := DecodeHTML([]byte(page+"\xfc"), "text/html; charset=utf-8")
	if enc != "utf-8" || string(got) != page+"\uFFFD" {
		t.Errorf("got %q in %s", got[len(got)-20:], enc)
	}
}

func FuzzDecodeHTML(f *testing.F) {
	f.Add([]byte("<meta charset=shift_jis>\x82\xa0"), "text/html")
	f.Add([]byte("\xFF\xFEa"), "text/html; charset=utf-16")
	f.Add([]byte("\xfc\x00"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		got, name := DecodeHTML(body, contentType)
		if !utf8.Valid(got) || name == "" {
			t.Errorf("%q in %q", got, name)
		}
	})
}
