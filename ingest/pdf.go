// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// pdfText is what the worker process says of a PDF.
type pdfText struct {
	Title   string    `json:"title,omitempty"`
	Author  string    `json:"author,omitempty"`
	Created time.Time `json:"created,omitzero"`
	Text    string    `json:"text,omitempty"` // lines as printed, a blank one between paragraphs
	Error   string    `json:"error,omitempty"`
}

// Limits of the worker process.
const (
	maxPDFBytes  = 64 << 20 // in
	maxPDFAnswer = 32 << 20 // out
	maxPDFText   = 8 << 20
	maxPDFPages  = 5000
	// maxPDFWork is the time on the processor. A clock on the wall would blame
	// the PDF for a machine that is busy.
	maxPDFWork = 30 * time.Second
)

// PDFWorker reads one PDF from stdin and writes its text to stdout as JSON. It
// is the body of a process of its own, which limits its memory and is killed
// when it takes too long, because PDFs can be made to bring their reader down:
// the program calls it for the verb that FetcherOptions.PDFCommand names. What
// is wrong with the PDF is in the JSON; the error is about the pipes.
func PDFWorker(stdin io.Reader, stdout io.Writer) error {
	overworked, err := limitProcess()
	if err != nil {
		return fmt.Errorf("limit the process: %w", err)
	}
	body, err := io.ReadAll(io.LimitReader(stdin, maxPDFBytes))
	if err != nil {
		return err
	}
	return json.NewEncoder(stdout).Encode(unlessOverworked(overworked, func() pdfText { return readPDFText(body) }))
}

// unlessOverworked is what read returns, unless the process has worked too long before.
func unlessOverworked(overworked <-chan os.Signal, read func() pdfText) pdfText {
	text := make(chan pdfText, 1)
	go func() { text <- read() }()
	select {
	case t := <-text:
		return t
	case <-overworked:
		return pdfText{Error: fmt.Sprintf("reading it took more than %s", maxPDFWork)}
	}
}

// readPDF reads a PDF in the worker process and strips its text as flattened
// text.
func (f *Fetcher) readPDF(ctx context.Context, s source) (boilerplate.Result, error) {
	t, err := f.pdfText(ctx, s.body)
	if err != nil {
		return boilerplate.Result{}, err
	}
	if t.Error == "" && strings.TrimSpace(t.Text) == "" {
		t.Error = "no text in it: it may be a scan"
	}
	if t.Error != "" {
		return boilerplate.Result{}, copytaster.Locate(s.url, copytaster.Permanent(errors.New("PDF: "+t.Error)))
	}
	page := boilerplate.StripText(unwrap(t.Text), s.url)
	describe(&page, t.Title, t.Author, t.Created)
	return page, nil
}

// describe adds a document's own metadata to its text.
func describe(page *boilerplate.Result, title, author string, created time.Time) {
	if usableTitle(title) {
		page.Title = plainText(title)
	}
	if len(page.Byline) == 0 && author != "" && len(author) < 200 {
		for name := range strings.SplitSeq(author, ";") {
			if name = plainText(name); name != "" && len(page.Byline) < 20 {
				page.Byline = append(page.Byline, name)
			}
		}
	}
	if !page.Published.Known() && plausible(created) {
		page.Published = copytaster.Date{Time: created, Precision: copytaster.PrecisionTime, Origin: copytaster.OriginMeta}
	}
}

// usableTitle refuses the titles that word processors make up.
func usableTitle(t string) bool {
	t = strings.ToLower(strings.TrimSpace(t))
	if len(t) < 4 || strings.HasPrefix(t, "microsoft word") || strings.HasPrefix(t, "untitled") || strings.HasPrefix(t, "document") {
		return false
	}
	for _, ext := range []string{".doc", ".docx", ".pdf", ".indd", ".qxd", ".rtf", ".odt", ".dvi", ".tex"} {
		if strings.HasSuffix(t, ext) {
			return false
		}
	}
	return true
}

// pdfText runs the worker.
func (f *Fetcher) pdfText(ctx context.Context, body []byte) (pdfText, error) {
	if len(f.o.PDFCommand) == 0 {
		return readPDFText(body), nil
	}
	timed, cancel := context.WithTimeout(ctx, f.o.PDFTimeout)
	defer cancel()
	cmd := exec.CommandContext(timed, f.o.PDFCommand[0], f.o.PDFCommand[1:]...)
	var out, complaint capped
	out.limit, complaint.limit = maxPDFAnswer, 4096
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(body), &out, &complaint
	cmd.WaitDelay = time.Minute // for its last words; they come late on a busy machine
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return pdfText{}, ctx.Err()
	case timed.Err() != nil:
		return pdfText{}, fmt.Errorf("the PDF reader did not answer within %s", f.o.PDFTimeout)
	case err != nil:
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			return pdfText{}, fmt.Errorf("start the PDF reader: %w", err)
		}
		line, _, _ := strings.Cut(strings.TrimSpace(complaint.String()), "\n")
		return pdfText{Error: fmt.Sprintf("reading it ended the reader: %s: %.200s", err, line)}, nil
	}
	var t pdfText
	if err := json.Unmarshal(out.Bytes(), &t); err != nil {
		return pdfText{Error: "its text is too long"}, nil
	}
	return t, nil
}

// capped keeps the first limit bytes that are written to it.
type capped struct {
	bytes.Buffer
	limit int
}

func (c *capped) Write(p []byte) (int, error) {
	c.Buffer.Write(p[:min(len(p), max(0, c.limit-c.Len()))])
	return len(p), nil
}
