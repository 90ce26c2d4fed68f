// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ImportOCDS reads the suppliers and tenderers of OCDS 1.1 (and 1.0) data as
// entries of a list: release packages, record packages, single releases, arrays
// of releases, one after the other, so JSON Lines too. name is that of the file,
// for errors, which give the number of the release. Releases that cannot be used
// are reported together, and the entries of the good ones are returned beside
// the error; after text that is no JSON nothing more is read.
//
// Source of the format: https://standard.open-contracting.org/1.1/en/schema/.
func ImportOCDS(r io.Reader, name string) ([]Entry, error) {
	in := &recordReader{r: r}
	in.next()
	o := ocdsReader{name: name, in: in, dec: json.NewDecoder(in)}
	for {
		err := o.value()
		if errors.Is(err, io.EOF) && o.depth == 0 {
			break
		}
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			o.errs = append(o.errs, fmt.Errorf("%s: after release %d: %w", name, o.n, err))
			break
		}
	}
	if o.n == 0 && len(o.errs) == 0 {
		o.errs = append(o.errs, fmt.Errorf("%s: no release is in it", name))
	}
	return o.list, errors.Join(o.errs...)
}

// ocdsReader reads JSON as a stream, so that a package of any size is read in
// the memory of one release.
type ocdsReader struct {
	gather
	name  string
	in    *recordReader
	dec   *json.Decoder
	n     int // releases so far
	depth int // open objects and arrays
	errs  []error
}

// maxImportErrors bounds the releases that are reported.
const maxImportErrors = 100

// value reads a package, a release or an array of them.
func (o *ocdsReader) value() error {
	tok, err := o.dec.Token()
	if err != nil {
		return err
	}
	switch tok {
	case nil:
		return nil
	case json.Delim('{'):
		return o.object()
	case json.Delim('['):
		return o.array(o.value)
	}
	return fmt.Errorf("%.40q is neither a package nor a release", fmt.Sprint(tok))
}

// array reads the elements of an array that has been opened.
func (o *ocdsReader) array(element func() error) error {
	if o.depth++; o.depth > maxImportDepth {
		return errors.New("the packages are nested too deeply")
	}
	for o.dec.More() {
		o.in.next()
		if err := element(); err != nil {
			return err
		}
	}
	o.depth--
	_, err := o.dec.Token()
	return err
}

const maxImportDepth = 8

// object reads a package or a release that has been opened.
func (o *ocdsReader) object() error {
	var rel ocdsSuppliers
	if o.depth++; o.depth > maxImportDepth {
		return errors.New("the packages are nested too deeply")
	}
	for o.dec.More() {
		key, err := o.dec.Token()
		if err != nil {
			return err
		}
		o.in.next()
		if err := o.field(fmt.Sprint(key), &rel); err != nil {
			return err
		}
	}
	o.depth--
	if _, err := o.dec.Token(); err != nil {
		return err
	}
	if rel.OCID != "" || len(rel.Parties) > 0 {
		o.release(&rel)
	}
	return nil
}

// field reads one member of a package, a record or a release.
func (o *ocdsReader) field(key string, rel *ocdsSuppliers) error {
	switch key {
	case "releases", "records":
		return o.releases()
	case "compiledRelease":
		return o.value()
	case "ocid":
		return o.soft(key, &rel.OCID)
	case "parties":
		return o.soft(key, &rel.Parties)
	case "awards":
		return o.soft(key, &rel.Awards)
	case "tender":
		return o.soft(key, &rel.Tender)
	}
	var skip json.RawMessage
	return o.dec.Decode(&skip)
}

// releases reads an array of releases or records; anything else is passed over.
func (o *ocdsReader) releases() error {
	tok, err := o.dec.Token()
	switch {
	case err != nil:
		return err
	case tok == json.Delim('['):
		return o.array(o.value)
	case tok == nil:
		return nil
	}
	return errors.New("its releases are no array")
}

// soft decodes a member. One of the wrong type is reported and passed over: the
// decoder has read it whole.
func (o *ocdsReader) soft(key string, to any) error {
	err := o.dec.Decode(to)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		o.report(fmt.Errorf("%s: %w", key, err))
		return nil
	}
	return err
}

func (o *ocdsReader) report(err error) {
	if len(o.errs) < maxImportErrors {
		o.errs = append(o.errs, fmt.Errorf("%s: release %d: %w", o.name, o.n+1, err))
	}
}

// ocdsSuppliers is what is read of a release.
type ocdsSuppliers struct {
	OCID    string
	Parties []ocdsOrg
	Awards  []struct{ Suppliers []ocdsOrg }
	Tender  struct{ Tenderers []ocdsOrg }
}

// ocdsOrg is an organisation of a release: whole in 1.1's parties and anywhere
// in 1.0, else a reference with a name.
type ocdsOrg struct {
	ID         any
	Name       string
	Roles      []string
	Identifier ocdsIdentifier
	More       []ocdsIdentifier `json:"additionalIdentifiers"`
}

type ocdsIdentifier struct {
	Scheme    string
	ID        any
	LegalName string
}

// release adds the suppliers and tenderers of a release to the list. A reference
// is left out where the parties have its organisation.
func (o *ocdsReader) release(rel *ocdsSuppliers) {
	known := map[string]bool{}
	add := func(org *ocdsOrg) {
		if err := o.add(org.entry()); err != nil {
			o.report(err)
		}
	}
	for i := range rel.Parties {
		p := &rel.Parties[i]
		known[fmt.Sprint(p.ID)] = true
		if slices.Contains(p.Roles, "supplier") || slices.Contains(p.Roles, "tenderer") {
			add(p)
		}
	}
	orgs := rel.Tender.Tenderers
	for _, a := range rel.Awards {
		orgs = append(orgs, a.Suppliers...)
	}
	for i := range orgs {
		if org := &orgs[i]; org.ID == nil || !known[fmt.Sprint(org.ID)] {
			add(org)
		}
	}
	o.n++
}

// entry is an organisation as an entry: its id is made of its identifier, which
// stays when the name changes, else of its name.
func (org *ocdsOrg) entry() Entry {
	e := Entry{Name: clean(org.Name), Kind: KindSupplier}
	for _, id := range append([]ocdsIdentifier{org.Identifier}, org.More...) {
		legal := clean(id.LegalName)
		if e.Name == "" {
			e.Name = legal
		}
		e.Legal = union(e.Legal, e.names(), []string{legal})
		if code := clean(textOf(id.ID)); code != "" && id.Scheme != "" {
			e.IDs = append(e.IDs, strings.ToUpper(clean(id.Scheme))+":"+code)
		}
	}
	if len(e.IDs) > 0 {
		e.ID = NewID(e.IDs[0])
	}
	if e.ID == "" {
		e.ID = NewID(e.Name)
	}
	return e
}

// textOf is a JSON string or number as text.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return fmt.Sprintf("%.0f", v)
	}
	return ""
}

// clean is text of outside on one line.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
