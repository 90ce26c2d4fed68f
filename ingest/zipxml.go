// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// Limits of an office document, against zip bombs.
const (
	maxZipEntries = 5000
	maxZipPart    = 48 << 20 // one part, unpacked
	maxOfficeText = 8 << 20
	maxXMLDepth   = 2000
)

// officeText is what a word processor's file holds.
type officeText struct {
	title, author string
	created       time.Time
	text          strings.Builder
}

// errNoPart is for an archive that lacks a part of its format.
var errNoPart = errors.New("no such part")

// zipPart unpacks one part of an archive.
func zipPart(z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if !strings.EqualFold(f.Name, name) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		defer r.Close()
		b, err := readAll(r, maxZipPart)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return b, nil
	}
	return nil, fmt.Errorf("%s: %w", name, errNoPart)
}

// optionalPart is a part, or nothing if it is not there or damaged.
func optionalPart(z *zip.Reader, name string) []byte {
	b, err := zipPart(z, name)
	if err != nil {
		return nil
	}
	return b
}

// openOffice opens an office document. The first error that matters is
// permanent: the same bytes fail again.
func openOffice(body []byte) (*zip.Reader, error) {
	if bytes.HasPrefix(body, []byte{0xd0, 0xcf, 0x11, 0xe0}) {
		return nil, errors.New("encrypted, or in the format of before 2007")
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxZipEntries {
		return nil, fmt.Errorf("%d parts, more than %d", len(z.File), maxZipEntries)
	}
	return z, nil
}

// readOffice reads a document with read and strips what it yields.
func readOffice(s source, name string, read func(*zip.Reader, *officeText) error) (boilerplate.Result, error) {
	z, err := openOffice(s.body)
	var t officeText
	if err == nil {
		err = read(z, &t)
	}
	if err == nil && strings.TrimSpace(t.text.String()) == "" {
		err = errors.New("no text in it")
	}
	if err != nil {
		return boilerplate.Result{}, copytaster.Locate(s.url, copytaster.Permanent(fmt.Errorf("%s: %w", name, err)))
	}
	page := boilerplate.StripText(t.text.String(), s.url)
	describe(&page, t.title, t.author, t.created)
	return page, nil
}

// walkXML calls fn for every token of a part, until its limits of depth and of
// text are reached.
func walkXML(part []byte, out *officeText, fn func(xml.Token)) error {
	d := xml.NewDecoder(bytes.NewReader(part))
	for depth := 0; out.text.Len() < maxOfficeText; {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return fmt.Errorf("elements nested more than %d deep", maxXMLDepth)
			}
		case xml.EndElement:
			depth--
		}
		fn(t)
	}
	return nil
}

// paragraphEnd ends a paragraph, or the cell of a table.
func (t *officeText) paragraphEnd() {
	if s := t.text.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		t.text.WriteString("\n\n")
	}
}
