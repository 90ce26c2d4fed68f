// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"archive/zip"
	"context"
	"encoding/xml"

	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// readODT reads an OpenDocument text (ISO/IEC 26300): paragraphs, headings and
// each row of a table as one line. Tracked deletions and annotations are left
// out.
func (f *Fetcher) readODT(_ context.Context, s source) (boilerplate.Result, error) {
	return readOffice(s, "ODT", func(z *zip.Reader, out *officeText) error {
		body, err := zipPart(z, "content.xml")
		if err != nil {
			return err
		}
		w := &odtText{out: out}
		if err := walkXML(body, out, w.token); err != nil {
			return err
		}
		return odtMeta(z, out)
	})
}

// odtText collects the text inside office:text.
type odtText struct {
	out    *officeText
	body   bool
	within int // depth of paragraphs
	skip   int // depth inside what is not shown
	cells  int
}

func (w *odtText) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		w.start(t.Name.Local)
	case xml.EndElement:
		w.end(t.Name.Local)
	case xml.CharData:
		if w.body && w.within > 0 && w.skip == 0 {
			w.out.text.Write(t)
		}
	}
}

func (w *odtText) start(name string) {
	switch name {
	case "body":
		w.body = true
	case "tracked-changes", "annotation", "note":
		w.skip++
	case "p", "h":
		w.within++
	case "table":
		w.cells++
	case "s", "tab":
		w.out.text.WriteByte(' ')
	case "line-break":
		w.out.text.WriteByte('\n')
	}
}

func (w *odtText) end(name string) {
	switch name {
	case "tracked-changes", "annotation", "note":
		w.skip--
	case "table":
		w.cells--
		w.out.paragraphEnd()
	case "table-cell":
		w.out.text.WriteString(" | ")
	case "table-row":
		w.out.text.WriteByte('\n')
	case "p", "h":
		w.within--
		if w.cells > 0 {
			w.out.text.WriteByte(' ')
		} else {
			w.out.paragraphEnd()
		}
	}
}

// odtMeta reads title, author and date from meta.xml, where there is one.
func odtMeta(z *zip.Reader, out *officeText) error {
	part, err := zipPart(z, "meta.xml")
	if err != nil {
		return nil // the text is what counts
	}
	var m struct {
		Meta struct {
			Title   string `xml:"title"`
			Creator string `xml:"initial-creator"`
			Date    string `xml:"creation-date"`
		} `xml:"meta"`
	}
	if xml.Unmarshal(part, &m) == nil {
		out.title, out.author, out.created = m.Meta.Title, m.Meta.Creator, parseDate(m.Meta.Date).Time
	}
	return nil
}
