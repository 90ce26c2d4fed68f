// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"time"

	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// readDOCX reads a Word document (ECMA-376): its paragraphs, each row of its
// tables as one line, and at the end its notes. Deleted text, comments, headers and footers are left out.
func (f *Fetcher) readDOCX(_ context.Context, s source) (boilerplate.Result, error) {
	return readOffice(s, "DOCX", func(z *zip.Reader, out *officeText) error {
		body, err := zipPart(z, "word/document.xml")
		if err != nil {
			return err
		}
		for _, part := range [][]byte{body, optionalPart(z, "word/footnotes.xml"), optionalPart(z, "word/endnotes.xml")} {
			w := &docxText{out: out}
			if err := walkXML(part, out, w.token); err != nil {
				return err
			}
		}
		return coreProperties(z, out)
	})
}

// docxText collects the text of a document's body.
type docxText struct {
	out   *officeText
	inRun bool // inside w:t
	skip  int  // depth inside what is not shown
	cells int  // depth of tables
}

func (w *docxText) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		w.start(t.Name.Local)
	case xml.EndElement:
		w.end(t.Name.Local)
	case xml.CharData:
		if w.inRun && w.skip == 0 {
			w.out.text.Write(t)
		}
	}
}

func (w *docxText) start(name string) {
	switch name {
	case "del", "moveFrom", "instrText", "Fallback":
		w.skip++
	case "t":
		w.inRun = true
	case "tbl":
		w.cells++
	case "tab":
		w.out.text.WriteByte(' ')
	case "br", "cr":
		w.out.text.WriteByte('\n')
	}
}

func (w *docxText) end(name string) {
	switch name {
	case "del", "moveFrom", "instrText", "Fallback":
		w.skip--
	case "t":
		w.inRun = false
	case "tbl":
		w.cells--
		w.out.paragraphEnd()
	case "tc":
		w.out.text.WriteString(" | ")
	case "tr":
		w.out.text.WriteByte('\n')
	case "p":
		if w.cells > 0 {
			w.out.text.WriteByte(' ')
		} else {
			w.out.paragraphEnd()
		}
	}
}

// coreProperties reads title, author and date of a document (ECMA-376 part 2).
func coreProperties(z *zip.Reader, out *officeText) error {
	part, err := zipPart(z, "docProps/core.xml")
	if errors.Is(err, errNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	var core struct {
		Title   string `xml:"title"`
		Creator string `xml:"creator"`
		Created string `xml:"created"`
	}
	if xml.Unmarshal(part, &core) != nil {
		return nil // the text is what counts
	}
	out.title, out.author = core.Title, core.Creator
	out.created, _ = time.Parse(time.RFC3339, core.Created)
	return nil
}
