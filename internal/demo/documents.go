// SPDX-License-Identifier: Apache-2.0

package demo

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// waitingTimes is a page of a printed report, cut into lines as printers do.
var waitingTimes = []string{
	"Waiting times on advice lines",
	"",
	"Office for Public Spending, 3 November 2026",
	"",
	"Callers to the national advice service waited for an average of 19 minutes",
	"in the year to September. The target is five minutes. The office looked at",
	"1.4 million calls and found that two in five callers gave up.",
	"",
	"The service is run by Capita under a contract worth more than £120 million,",
	"which was signed by the Ministry for Public Services in 2020 and ends in",
	"March 2027. The office recommends that the next contract should pay by the",
	"call that is answered and not by the call that is made.",
	"",
	"The ministry has accepted four of the report's five recommendations.",
}

// waitingTimesPDF builds a PDF of one page: text in a standard font, one line
// after the other, which is all that PDF knows of paragraphs.
func waitingTimesPDF() ([]byte, error) {
	var page strings.Builder
	page.WriteString("BT /F1 11 Tf 72 770 Td 16 TL\n")
	for _, line := range waitingTimes {
		line = strings.ReplaceAll(line, "£", "\xa3") // WinAnsiEncoding
		fmt.Fprintf(&page, "(%s) Tj T*\n", strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(line))
	}
	page.WriteString("ET")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", page.Len(), page.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Title (Waiting times on advice lines) /Author (Office for Public Spending) /CreationDate (D:20261103090000Z) >>",
	}
	return assemblePDF(objects), nil
}

func assemblePDF(objects []string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, len(objects), table)
	return out.Bytes()
}

var minutes = []string{
	"Procurement board: minutes of the meeting of 2 November 2026",
	"The board met at ten. Nine members were present and two sent apologies.",
	"The board agreed to extend the contract with Sopra Steria for the grants system by one year, at a cost of £2.4 million.",
	"The board noted that the competition for the records service had drawn bids from Iron Mountain and from two other firms, and that an award was expected in February.",
	"Members asked for a paper on payment by results. It will come to the next meeting, which is on 7 December.",
}

// minutesDOCX builds the least that a word processor opens.
func minutesDOCX() ([]byte, error) {
	var body bytes.Buffer
	for _, p := range minutes {
		body.WriteString("<w:p><w:r><w:t>")
		if err := xml.EscapeText(&body, []byte(p)); err != nil {
			return nil, fmt.Errorf("build DOCX: %w", err)
		}
		body.WriteString("</w:t></w:r></w:p>")
	}
	parts := []struct{ name, text string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + docxType + `.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Procurement board minutes</dc:title><dc:creator>Ministry for Public Services</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2026-11-03T09:00:00Z</dcterms:created></cp:coreProperties>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`},
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := z.Create(p.name)
		if err == nil {
			_, err = f.Write([]byte(xml.Header + p.text))
		}
		if err != nil {
			return nil, fmt.Errorf("build DOCX: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("build DOCX: %w", err)
	}
	return out.Bytes(), nil
}
