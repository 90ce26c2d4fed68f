// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"

	"github.com/copytaster/copytaster"
)

// prepared is a document and the costly part of its rows, made outside the
// transaction.
type prepared struct {
	doc         *copytaster.Document
	blob        []byte
	title, body terms
	asides      []terms
	subjects    []terms
}

// prepareAll prepares the documents on all processors. What cannot be prepared
// is nil and has an error.
func (x *Index) prepareAll(docs []*copytaster.Document) ([]*prepared, []error) {
	out, errs := make([]*prepared, len(docs)), make([]error, len(docs))
	work := make(chan int)
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(docs)) {
		wait.Go(func() {
			p := x.preparers.Get().(*preparer)
			defer x.preparers.Put(p)
			for i := range work {
				out[i], errs[i] = p.prepare(docs[i])
			}
		})
	}
	for i := range docs {
		work <- i
	}
	close(work)
	wait.Wait()
	return out, errs
}

// preparer keeps what is costly to make anew for each document. It serves one
// goroutine at a time.
type preparer struct {
	stems map[string]string
	pack  *flate.Writer
}

func newPreparer() any { return &preparer{stems: map[string]string{}} }

func (p *preparer) prepare(d *copytaster.Document) (*prepared, error) {
	if d == nil || d.ID == "" {
		return nil, copytaster.Permanent(errors.New("index: put a document without an id"))
	}
	blob, err := p.encode(d)
	if err != nil {
		return nil, copytaster.Permanent(fmt.Errorf("index: put %s: %w", d.ID, err))
	}
	out := &prepared{doc: d, blob: blob, title: p.analyse(d.Title), body: p.analyse(d.Text)}
	for _, a := range d.Asides {
		out.asides = append(out.asides, p.analyse(a.Text))
	}
	for _, c := range d.Contracts {
		out.subjects = append(out.subjects, p.analyse(c.Subject))
	}
	return out, nil
}

// terms are the words and the stems of a text, each parted by spaces.
type terms struct{ words, stems string }

// maxStems bounds the memory of a preparer: past it, it forgets.
const maxStems = 50_000

// analyse is copytaster.Analyse with the stems of words seen before looked up:
// stemming is the dear part, and a newsroom's words come again.
func (p *preparer) analyse(text string) terms {
	words := copytaster.Words(text)
	var stems strings.Builder
	stems.Grow(len(text))
	for i, w := range words {
		if i > 0 {
			stems.WriteByte(' ')
		}
		stems.WriteString(p.stem(w))
	}
	return terms{strings.Join(words, " "), stems.String()}
}

func (p *preparer) stem(word string) string {
	if s, ok := p.stems[word]; ok {
		return s
	}
	if len(p.stems) >= maxStems {
		clear(p.stems)
	}
	s := strings.Join(copytaster.Stems(word), " ")
	p.stems[strings.Clone(word)] = s
	return s
}

// encode is the form in which a revision is stored: its JSON, compressed.
func (p *preparer) encode(d *copytaster.Document) ([]byte, error) {
	var b bytes.Buffer
	if p.pack == nil {
		var err error
		if p.pack, err = flate.NewWriter(&b, flate.BestSpeed); err != nil {
			return nil, err
		}
	}
	p.pack.Reset(&b)
	if err := json.NewEncoder(p.pack).Encode(d); err != nil {
		return nil, err
	}
	if err := p.pack.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func decode(blob []byte) (*copytaster.Document, error) {
	text, err := io.ReadAll(flate.NewReader(bytes.NewReader(blob)))
	if err != nil {
		return nil, err
	}
	d := new(copytaster.Document)
	return d, json.Unmarshal(text, d)
}
