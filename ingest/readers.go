// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// Content types that can be read.
const (
	typeHTML = "text/html"
	typeText = "text/plain"
	typePDF  = "application/pdf"
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeODT  = "application/vnd.oasis.opendocument.text"
)

// reader turns the bytes of one content type into stripped text.
type reader struct {
	contentType string
	read        func(f *Fetcher, ctx context.Context, s source) (boilerplate.Result, error)
}

// readers is the table of what can be read.
func readers() []reader {
	return []reader{
		{typeHTML, (*Fetcher).readHTML},
		{typeText, (*Fetcher).readText},
		{typePDF, (*Fetcher).readPDF},
		{typeDOCX, (*Fetcher).readDOCX},
		{typeODT, (*Fetcher).readODT},
	}
}

func (f *Fetcher) read(ctx context.Context, contentType string, s source) (boilerplate.Result, error) {
	for _, r := range readers() {
		if r.contentType == contentType {
			return r.read(f, ctx, s)
		}
	}
	return boilerplate.Result{}, copytaster.Permanent(fmt.Errorf("%s: cannot read content of type %s", s.url, contentType))
}

// sniff names the content type of a body: the declared one, unless the first
// bytes are those of a document, or nothing useful is declared. Text that is
// declared plain stays plain, even if it looks like markup (as in WHATWG MIME
// Sniffing: the other way round a text could grow active parts).
func sniff(body []byte, declared, url string) string {
	if bytes.Contains(body[:min(len(body), 1024)], []byte("%PDF-")) {
		return typePDF
	}
	t, _, err := mime.ParseMediaType(declared)
	if err != nil {
		t = ""
	}
	switch t {
	case "text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml":
		t = typeHTML
	case "text/plain", "text/markdown", "text/x-markdown":
		t = typeText
	}
	if (t == typeHTML || t == typeText) && !binary(body) {
		return t
	}
	if t == "" && strings.HasPrefix(url, "file:") {
		switch strings.ToLower(path.Ext(url)) {
		case ".html", ".htm", ".xhtml":
			if !binary(body) {
				return typeHTML
			}
		case ".txt", ".text", ".md", ".markdown":
			if !binary(body) {
				return typeText
			}
		}
	}
	return detected(body, t)
}

// binary tells whether a body is surely no text: it begins like a file of some
// binary format. Bytes of no known format may be a text in an old encoding.
func binary(body []byte) bool {
	m := mimetype.Detect(body)
	if m.Is("application/octet-stream") {
		return false
	}
	for ; m != nil; m = m.Parent() {
		if m.Is("text/plain") {
			return false
		}
	}
	return true
}

// detected is the type by content, in the terms of the table of readers.
func detected(body []byte, declared string) string {
	m := mimetype.Detect(body)
	for _, r := range readers() {
		if m.Is(r.contentType) {
			return r.contentType
		}
	}
	if m.Is("application/xhtml+xml") {
		return typeHTML
	}
	if t, _, err := mime.ParseMediaType(m.String()); err == nil && t != "application/octet-stream" {
		return t
	}
	if strings.HasPrefix(declared, "text/") {
		return "application/octet-stream"
	}
	return first(declared, "application/octet-stream")
}

// readHTML strips a page.
func (f *Fetcher) readHTML(ctx context.Context, s source) (boilerplate.Result, error) {
	page, _ := DecodeHTML(s.body, s.contentType)
	var site *boilerplate.SiteModel
	if f.o.Site != nil {
		site = f.o.Site(ctx, hostOf(s.url))
	}
	return boilerplate.StripHTML(boilerplate.Input{HTML: page, URL: s.url}, site), nil
}

// readText strips a plain text.
func (f *Fetcher) readText(_ context.Context, s source) (boilerplate.Result, error) {
	text, _ := DecodeHTML(s.body, s.contentType)
	return boilerplate.StripText(string(text), s.url), nil
}
