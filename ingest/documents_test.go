// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// TestMain lets the test binary stand in for the program as the PDF reader.
func TestMain(m *testing.M) {
	switch os.Getenv("INGEST_TEST_CHILD") {
	case "pdf-worker":
		if err := PDFWorker(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	case "hang":
		time.Sleep(time.Hour)
	case "spin":
		overworked, err := limitProcess()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		json.NewEncoder(os.Stdout).Encode(unlessOverworked(overworked, func() pdfText {
			for range math.MaxInt64 {
			}
			return pdfText{}
		}))
		os.Exit(0)
	case "crash":
		fmt.Fprintln(os.Stderr, "fatal error: out of memory\ngoroutine 1")
		os.Exit(2)
	case "babble":
		io.CopyN(os.Stdout, zeros{}, maxPDFAnswer+1)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// inChild is a fetcher whose PDF reader is this test binary.
func inChild(t *testing.T, what string, timeout time.Duration) *Fetcher {
	t.Helper()
	t.Setenv("INGEST_TEST_CHILD", what)
	return NewFetcher(FetcherOptions{PDFCommand: []string{os.Args[0]}, PDFTimeout: timeout})
}

// makePDF writes pages of lines, 12 points high, with a document title.
func makePDF(title string, pages ...[]string) []byte {
	var streams []string
	for _, lines := range pages {
		var c strings.Builder
		c.WriteString("BT /F1 12 Tf 14 TL 72 720 Td\n")
		for _, l := range lines {
			fmt.Fprintf(&c, "(%s) Tj T*\n", strings.NewReplacer("(", `\(`, ")", `\)`).Replace(l))
		}
		streams = append(streams, c.String()+"ET")
	}
	return drawPDF(title, streams...)
}

// drawPDF writes pages of content streams. Each may use the font F1 and, as the
// form X, itself shifted down by 100 points.
func drawPDF(title string, pages ...string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 5+2*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(pages)))
	object("<</Type/Font/Subtype/Type1/BaseFont/Courier/FirstChar 32/LastChar 126/Widths[" + strings.Repeat("600 ", 95) + "]/Encoding/WinAnsiEncoding>>")
	object(fmt.Sprintf("<</Title(%s)/Author(Mary Byline)/CreationDate(D:20260304093000Z)>>", title))
	for i, c := range pages {
		resources := fmt.Sprintf("/Resources<</Font<</F1 3 0 R>>/XObject<</X %d 0 R>>>>", 6+2*i)
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s/Contents %d 0 R>>", resources, 6+2*i))
		object(fmt.Sprintf("<</Length %d/Type/XObject/Subtype/Form/Matrix[1 0 0 1 0 -100]%s>>stream\n%s\nendstream", len(c), resources, c))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

func contractPDF() []byte {
	return makePDF("Award notice: care homes", []string{
		"The council has awarded the contract for its four care homes to the", "company that runs them now. The five-year agree-", "ment is worth GBP 12m and may be extended once.", "",
		"Staff will keep their present terms, the director of social services", "told the committee on Wednesday. (See appendix.)",
	}, []string{"Page two says that a well-known firm had protested", "against the award before the vote was taken."})
}

func read(t *testing.T, f *Fetcher, body []byte) (boilerplate.Result, error) {
	t.Helper()
	return f.read(context.Background(), sniff(body, "", ""), source{url: "http://h.test/doc", body: body})
}

func TestPDFIsReadInAProcessOfItsOwn(t *testing.T) {
	got, err := read(t, inChild(t, "pdf-worker", 10*time.Minute), contractPDF())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"four care homes to the company that runs them now. The five-year agreement is worth GBP 12m and may be extended once.",
		"well-known firm had protested against the award",
	} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("text lacks %q:\n%s", want, got.Text)
		}
	}
	if got.Title != "Award notice: care homes" || len(got.Byline) != 1 || got.Byline[0] != "Mary Byline" || got.Published.Day() != "2026-03-04" {
		t.Errorf("title %q, byline %q, published %q", got.Title, got.Byline, got.Published.Day())
	}
}

func TestPDFsThatCannotBeReadArePermanent(t *testing.T) {
	f := NewFetcher(FetcherOptions{})
	whole := contractPDF()
	encrypted := bytes.Replace(whole, []byte("trailer<<"), []byte("trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O("+strings.Repeat("o", 32)+")/U("+strings.Repeat("u", 32)+")>>/ID[(a)(b)]"), 1)
	for name, tc := range map[string]struct {
		body []byte
		want string
	}{
		"garbage":   {[]byte("%PDF-1.7\nnothing of a PDF follows"), "damaged"},
		"cut short": {whole[:len(whole)/2], "damaged"},
		"encrypted": {encrypted, "encrypted"},
		"empty":     {makePDF("x", []string{""}), "no text"},
	} {
		_, err := read(t, f, tc.body)
		if copytaster.ClassOf(err) != copytaster.ClassPermanent || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "http://h.test/doc") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPDFReaderThatFailsCostsOnlyItsDocument(t *testing.T) {
	for what, want := range map[string]string{"spin": "took more than 30s", "crash": "out of memory", "babble": "too long"} {
		t.Run(what, func(t *testing.T) {
			if what == "spin" && (testing.Short() || raceDetector) {
				t.Skip("it takes half a minute of the processor")
			}
			_, err := read(t, inChild(t, what, 10*time.Minute), contractPDF())
			if copytaster.ClassOf(err) != copytaster.ClassPermanent || !strings.Contains(err.Error(), want) {
				t.Errorf("error %v", err)
			}
		})
	}
	if _, err := read(t, inChild(t, "hang", 300*time.Millisecond), contractPDF()); copytaster.ClassOf(err) != copytaster.ClassTransient {
		t.Errorf("a reader that does not answer, perhaps because the machine is busy: %v", err)
	}
	f := NewFetcher(FetcherOptions{PDFCommand: []string{"/nonexistent/copytaster"}})
	if _, err := read(t, f, contractPDF()); copytaster.ClassOf(err) != copytaster.ClassTransient {
		t.Errorf("a reader that cannot be started: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f = inChild(t, "hang", time.Minute)
	if _, err := f.readPDF(ctx, source{body: contractPDF()}); copytaster.ClassOf(err) != copytaster.ClassTransient {
		t.Errorf("cancelled: %v", err)
	}
}

func TestPDFPlacesWhatIsDrawn(t *testing.T) {
	for name, tc := range map[string]struct{ stream, want string }{
		"words drawn one by one":   {"BT /F1 10 Tf 72 700 Td [(The)-600(coun)20(cil)] TJ ET", "The council"},
		"strings side by side":     {"BT /F1 10 Tf 1 0 0 1 72 700 Tm (care) Tj 1 0 0 1 96 700 Tm (ful) Tj 1 0 0 1 130 700 Tm (work) Tj ET", "careful work"},
		"the next line":            {"BT /F1 10 Tf 12 TL 72 700 Td (one) Tj (two) ' T* (three) Tj ET", "one\ntwo\nthree"},
		"a paragraph":              {"BT /F1 10 Tf 72 700 Td (one) Tj 0 -30 TD (two) Tj ET", "one\n\ntwo"},
		"a second column":          {"BT /F1 10 Tf 72 100 Td (one) Tj 200 600 Td (two) Tj ET", "one\n\ntwo"},
		"bold by drawing twice":    {"BT /F1 10 Tf 72 700 Td (bold) Tj ET BT /F1 10 Tf 72.2 700 Td (bold) Tj ET", "bold"},
		"a form within a form":     {"BT /F1 10 Tf 72 700 Td (deep) Tj ET q 1 0 0 1 0 -20 cm /X Do Q", strings.TrimSpace(strings.Repeat("deep\n\n", maxFormDepth+1))},
		"operators with no sense":  {"Q Q Tj (x) Td BT /F9 10 Tf (lost) Tj /F1 10 Tf 72 700 Td (found) Tj ET [ TJ", "found"},
		"text scaled by its plane": {"q 2 0 0 2 0 0 cm BT /F1 5 Tf 30 300 Td (one) Tj 0 -6 Td (two) Tj ET Q", "one\ntwo"},
	} {
		got := readPDFText(drawPDF("x", tc.stream))
		if strings.TrimSpace(got.Text) != tc.want {
			t.Errorf("%s: %q, want %q (%s)", name, got.Text, tc.want, got.Error)
		}
	}
}

func TestPDFTextIsBounded(t *testing.T) {
	stream := "BT /F1 10 Tf 72 700 Td " + strings.Repeat("("+strings.Repeat("A", 1<<20)+") Tj\n", 12) + "ET"
	if got := readPDFText(drawPDF("x", stream)); len(got.Text) == 0 || len(got.Text) > maxPDFText+1<<20+10 {
		t.Errorf("%d bytes, %s", len(got.Text), got.Error)
	}
}

func TestUnwrapJoinsWhatALayoutBroke(t *testing.T) {
	for name, tc := range map[string][2]string{
		"lines of a paragraph":       {"The council has awarded the con-\ntract to the company that runs the\nhomes.", "The council has awarded the contract to the company that runs the homes."},
		"a heading above it":         {"Summary\nThe council has awarded the contract to\nthe company that runs the homes.", "Summary\n\nThe council has awarded the contract to the company that runs the homes."},
		"a list":                     {"The council will pay for these:\n• care homes in the north and west\n• day centres in the south and east", "The council will pay for these:\n\n• care homes in the north and west\n\n• day centres in the south and east"},
		"a paragraph over two pages": {"The director told the committee on Wednesday evening that the award\n\nhad been made.", "The director told the committee on Wednesday evening that the award had been made."},
		"two paragraphs":             {"The director told the committee on Wednesday evening of the award.\n\nThe vote was taken.", "The director told the committee on Wednesday evening of the award.\n\nThe vote was taken."},
		"a double name":              {"the Smith-\nJones report", "the Smith-Jones report"},
		"soft hyphens":               {"con\u00adtract", "contract"},
		"nothing":                    {"", ""},
	} {
		if got := unwrap(tc[0]); got != tc[1] {
			t.Errorf("%s: %q, want %q", name, got, tc[1])
		}
	}
}

func TestPDFDates(t *testing.T) {
	for s, want := range map[string]string{
		"D:20260304093000+01'00'": "2026-03-04T09:30:00+01:00", "D:20260304093000Z": "2026-03-04T09:30:00Z", "20260304": "2026-03-04T00:00:00Z",
		"D:2026": "2026-01-01T00:00:00Z", "yesterday": "0001-01-01T00:00:00Z", "": "0001-01-01T00:00:00Z",
	} {
		if got := pdfDate(s).Format(time.RFC3339); got != want {
			t.Errorf("pdfDate(%q) = %s, want %s", s, got, want)
		}
	}
}

// makeZip writes an archive of named parts.
func makeZip(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	docxTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>`
	docxHead  = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	docxCore  = `<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Minutes of the care committee</dc:title><dc:creator>Ann Clerk; Bob Chair</dc:creator><dcterms:created>2026-03-04T09:30:00Z</dcterms:created></cp:coreProperties>`
)

func makeDOCX(t testing.TB, body string) []byte {
	return makeZip(t, "[Content_Types].xml", docxTypes, "word/document.xml", docxHead+body+"</w:body></w:document>", "docProps/core.xml", docxCore)
}

func para(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }

func TestDOCXIsRead(t *testing.T) {
	got, err := read(t, NewFetcher(FetcherOptions{}), makeDOCX(t,
		para("The committee met on Wednesday and approved the award of the contract for care homes &amp; day centres.")+
			"<w:p><w:r><w:t>It is worth </w:t></w:r><w:del><w:r><w:delText>£10m</w:delText></w:r></w:del><w:r><w:t>£12m over</w:t><w:tab/><w:t>five years, the director of social services said.</w:t></w:r></w:p>"+
			"<w:tbl><w:tr><w:tc>"+para("Bidder")+"</w:tc><w:tc>"+para("Price")+"</w:tc></w:tr><w:tr><w:tc>"+para("First Care Limited")+"</w:tc><w:tc>"+para("£12,000,000")+"</w:tc></w:tr></w:tbl>"+
			"<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r></w:p>"+para("The meeting closed at nine after members had thanked the staff for their patience during the review.")))
	if err != nil {
		t.Fatal(err)
	}
	whole := got.Text
	for _, a := range got.Asides {
		whole += "\n" + a.Text
	}
	for _, want := range []string{"care homes & day centres.", "It is worth £12m over five years", "First Care Limited", "£12,000,000", "The meeting closed at nine"} {
		if !strings.Contains(whole, want) {
			t.Errorf("text lacks %q:\n%s", want, whole)
		}
	}
	for _, unwanted := range []string{"£10m", "HYPERLINK"} {
		if strings.Contains(whole, unwanted) {
			t.Errorf("text holds %q", unwanted)
		}
	}
	if got.Title != "Minutes of the care committee" || len(got.Byline) != 2 || got.Published.Day() != "2026-03-04" || got.Published.Origin != copytaster.OriginMeta {
		t.Errorf("title %q, byline %q, published %+v", got.Title, got.Byline, got.Published)
	}
}

func TestODTIsRead(t *testing.T) {
	body := makeZip(t, "mimetype", typeODT,
		"content.xml", `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:automatic-styles>not text</office:automatic-styles><office:body><office:text>`+
			`<text:tracked-changes><text:p>A deleted sentence.</text:p></text:tracked-changes><text:h>Care contract awarded</text:h>`+
			`<text:p>The council has awarded its <text:span>care contract</text:span><text:s/>for five years to the company that runs the homes now.</text:p>`+
			`<table:table><table:table-row><table:table-cell><text:p>Value</text:p></table:table-cell><table:table-cell><text:p>£12m</text:p></table:table-cell></table:table-row></table:table>`+
			`<text:p>Members of the opposition voted against the award and asked for the papers.</text:p></office:text></office:body></office:document-content>`,
		"meta.xml", `<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta><dc:title>Award of the care contract</dc:title><meta:initial-creator>Ann Clerk</meta:initial-creator><meta:creation-date>2026-03-04T09:30:00</meta:creation-date></office:meta></office:document-meta>`)
	got, err := read(t, NewFetcher(FetcherOptions{}), body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.Text, "awarded its care contract for five years") || !strings.Contains(got.Text, "Members of the opposition") || strings.Contains(got.Text, "deleted") || strings.Contains(got.Text, "not text") {
		t.Errorf("text %s", got.Text)
	}
	if got.Title != "Award of the care contract" || got.Published.Day() != "2026-03-04" {
		t.Errorf("title %q, published %q", got.Title, got.Published.Day())
	}
}

func TestBrokenOfficeFilesArePermanent(t *testing.T) {
	f := NewFetcher(FetcherOptions{})
	many := []string{"[Content_Types].xml", docxTypes, "word/document.xml", docxHead}
	for i := range maxZipEntries {
		many = append(many, fmt.Sprint("x", i), "")
	}
	for name, body := range map[string][]byte{
		"cut short":      makeDOCX(t, para("x"))[:200],
		"no document":    makeZip(t, "[Content_Types].xml", docxTypes, "word/other.xml", ""),
		"bad XML":        makeDOCX(t, "<w:p>"),
		"no text":        makeDOCX(t, ""),
		"nested deeply":  makeDOCX(t, strings.Repeat("<w:p>", 2*maxXMLDepth)+strings.Repeat("</w:p>", 2*maxXMLDepth)),
		"too many parts": makeZip(t, many...),
		"an entity":      makeZip(t, "word/document.xml", `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>`+docxHead+para("&x;")+"</w:body></w:document>"),
		"an old Word":    append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, make([]byte, 600)...),
		"encrypted":      {0xd0, 0xcf, 0x11, 0xe0},
	} {
		_, err := f.readDOCX(context.Background(), source{url: "http://h.test/doc", body: body})
		if copytaster.ClassOf(err) != copytaster.ClassPermanent || !strings.Contains(fmt.Sprint(err), "http://h.test/doc") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSniffTypesByContentAndDeclaration(t *testing.T) {
	page, docx := []byte(storyPage("")), makeDOCX(t, para("x"))
	for _, tc := range []struct {
		name, declared, url string
		body                []byte
		want                string
	}{
		{"a page", "text/html; charset=utf-8", "http://h/", page, typeHTML},
		{"a page without a type", "", "http://h/", page, typeHTML},
		{"a page with a bad type", "text", "http://h/", page, typeHTML},
		{"a page as bytes", "application/octet-stream", "http://h/", page, typeHTML},
		{"XHTML", "application/xhtml+xml", "http://h/", page, typeHTML},
		{"text that looks like a page", "text/plain", "http://h/", page, typeText},
		{"a PDF called a page", "text/html", "http://h/", contractPDF(), typePDF},
		{"a PDF after junk", "application/pdf", "http://h/", append([]byte("\n\n"), contractPDF()...), typePDF},
		{"a Word file called a page", "text/html", "http://h/", docx, typeDOCX},
		{"a Word file called a zip", "application/zip", "http://h/", docx, typeDOCX},
		{"a text file", "", "file:///a.TXT", []byte("<b>"), typeText},
		{"a page in a file", "", "file:///a.htm", []byte("just words"), typeHTML},
		{"a picture", "image/png", "http://h/", []byte("\x89PNG\r\n\x1a\n"), "image/png"},
		{"a picture called a text", "text/plain", "http://h/", []byte("\x89PNG\r\n\x1a\n"), "image/png"},
		{"an old encoding", "text/html", "http://h/", []byte("\x93Contract\x94 \xa312m"), typeHTML},
	} {
		if got := sniff(tc.body, tc.declared, tc.url); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func FuzzReadOffice(f *testing.F) {
	f.Add(makeDOCX(f, para("x")))
	f.Add(makeZip(f, "content.xml", "<office:body><text:p>x</text:p></office:body>"))
	fetcher := NewFetcher(FetcherOptions{})
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, read := range []func(context.Context, source) (boilerplate.Result, error){fetcher.readDOCX, fetcher.readODT} {
			if _, err := read(context.Background(), source{body: body}); err != nil && copytaster.ClassOf(err) != copytaster.ClassPermanent {
				t.Error(err)
			}
		}
	})
}

func FuzzReadPDFText(f *testing.F) {
	f.Add(contractPDF())
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 1<<14 {
			return
		}
		if _, err := json.Marshal(readPDFText(body)); err != nil {
			t.Error(err)
		}
	})
}
