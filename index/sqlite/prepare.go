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
	"sync"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// prepared is a document and the costly part of its rows, made outside the
// transaction.
type prepared struct {
	doc         *copytaster.Document
	blob        []byte
	title, body index.Terms
	asides      []index.Terms
	subjects    []index.Terms
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
	*index.Analyser
	pack *flate.Writer
}

func newPreparer() any { return &preparer{Analyser: index.NewAnalyser()} }

func (p *preparer) prepare(d *copytaster.Document) (*prepared, error) {
	if d == nil || d.ID == "" {
		return nil, copytaster.Permanent(errors.New("index: put a document without an id"))
	}
	blob, err := p.encode(d)
	if err != nil {
		return nil, copytaster.Permanent(fmt.Errorf("index: put %s: %w", d.ID, err))
	}
	out := &prepared{doc: d, blob: blob, title: p.Analyse(d.Title), body: p.Analyse(d.Text)}
	for _, a := range d.Asides {
		out.asides = append(out.asides, p.Analyse(a.Text))
	}
	for _, c := range d.Contracts {
		out.subjects = append(out.subjects, p.Analyse(c.Subject))
	}
	return out, nil
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
