// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Record is one record of an archive.
type Record struct {
	Type   string               // response, resource, request, warcinfo
	URL    string               // WARC-Target-URI
	Date   time.Time            // of the fetch
	Link   Link                 // what led to it; zero in files of other programs
	Fields textproto.MIMEHeader // all named fields
	Status int                  // of a response
	Header http.Header          // of a response or request
	Body   []byte               // the payload as it was sent: its content encoding is not undone
}

// Limits of a record that is read.
const (
	maxRecordHeader = 256 << 10
	maxRecordBytes  = 96 << 20
)

// ErrArchive is wrapped by every error about what an archive holds.
var ErrArchive = errors.New("damaged or missing archive record")

// ReadRecord reads the record at a reference, FILE#OFFSET, in the folder dir,
// and checks its digests. A reference cannot lead out of dir.
func ReadRecord(dir, ref string) (*Record, error) {
	name, offset, err := splitReference(ref)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenInRoot(dir, name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrArchive, err)
	}
	defer f.Close()
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrArchive, err)
	}
	_, r, err := newMemberReader(f, offset).next()
	if err != nil {
		return nil, fmt.Errorf("%w %s: %w", ErrArchive, ref, err)
	}
	return r, nil
}

func splitReference(ref string) (name string, offset int64, err error) {
	name, at, ok := strings.Cut(ref, "#")
	offset, err = strconv.ParseInt(at, 10, 64)
	if !ok || err != nil || offset < 0 {
		return "", 0, fmt.Errorf("%w: bad reference %.200q", ErrArchive, ref)
	}
	return name, offset, nil
}

// ScanArchive calls fn for every response and resource in the folder dir, file
// by file in the order of their names. It stops at fn's error. A file that ends
// inside a record, as a crash leaves it, or is damaged is read up to there, and
// reported in the error once all files are read.
func ScanArchive(dir string, fn func(ref string, r *Record) error) error {
	names, err := archiveFiles(dir)
	if err != nil {
		return err
	}
	var damaged []error
	for _, name := range names {
		err := scanMembers(name, -1, func(m member, r *Record) error {
			return fn(fmt.Sprintf("%s#%d", filepath.Base(name), m.offset), r)
		})
		if errors.Is(err, ErrArchive) {
			damaged = append(damaged, err)
		} else if err != nil {
			return err
		}
	}
	return errors.Join(damaged...)
}

const warcSuffix = ".warc.gz"

// archiveFiles are the paths of an archive's files, in the order of their names.
func archiveFiles(dir string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*"+warcSuffix))
	slices.Sort(names)
	return names, err
}

// member is the place of a gzip member in its file.
type member struct{ offset, length int64 }

// scanMembers calls fn for every response and resource of a file, up to the byte
// end, -1 for the whole file.
func scanMembers(name string, end int64, fn func(m member, r *Record) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if end < 0 {
		end = math.MaxInt64
	}
	for in := newMemberReader(io.LimitReader(f, end), 0); ; {
		m, r, err := in.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w %s#%d: %w", ErrArchive, filepath.Base(name), m.offset, err)
		}
		if r.Type != "response" && r.Type != "resource" {
			continue
		}
		if err := fn(m, r); err != nil {
			return err
		}
	}
}

// memberReader reads members one after the other and knows where they stand.
type memberReader struct {
	counted *countReader
	in      *bufio.Reader
}

// newMemberReader reads a file that stands at an offset.
func newMemberReader(f io.Reader, offset int64) memberReader {
	c := &countReader{r: f, n: offset}
	return memberReader{c, bufio.NewReader(c)}
}

func (r memberReader) at() int64 { return r.counted.n - int64(r.in.Buffered()) }

// next reads a record; io.EOF says that there is none. With another error the
// member's offset is known.
func (r memberReader) next() (member, *Record, error) {
	m := member{offset: r.at()}
	if _, err := r.in.Peek(1); err == io.EOF {
		return m, nil, io.EOF
	}
	rec, err := readMember(r.in)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	m.length = r.at() - m.offset
	return m, rec, err
}

type countReader struct {
	r io.Reader
	n int64
}

func (c *countReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// readMember reads one gzip member, which holds one record, and leaves in at its
// end.
func readMember(in *bufio.Reader) (*Record, error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	r, err := parseRecord(z)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, io.LimitReader(z, maxRecordBytes))
	return r, err
}

// parseRecord reads one record from the start of a stream.
func parseRecord(in io.Reader) (*Record, error) {
	head := &io.LimitedReader{R: in, N: maxRecordHeader}
	buffered := bufio.NewReader(head)
	version, err := buffered.ReadString('\n')
	if err != nil || !strings.HasPrefix(version, "WARC/1.") {
		return nil, fmt.Errorf("no WARC record: %.20q", version)
	}
	fields, err := textproto.NewReader(buffered).ReadMIMEHeader()
	if err != nil {
		return nil, fmt.Errorf("bad record header: %w", err)
	}
	n, err := strconv.ParseInt(fields.Get("Content-Length"), 10, 64)
	if err != nil || n < 0 || n > maxRecordBytes {
		return nil, fmt.Errorf("bad Content-Length %.20q", fields.Get("Content-Length"))
	}
	head.N = n + 4
	block, err := io.ReadAll(io.LimitReader(buffered, n))
	if err != nil {
		return nil, err
	}
	if int64(len(block)) < n {
		return nil, io.ErrUnexpectedEOF
	}
	return newRecord(fields, block)
}

// newRecord checks a record's digests and takes its block apart.
func newRecord(fields textproto.MIMEHeader, block []byte) (*Record, error) {
	r := &Record{Type: fields.Get("WARC-Type"), URL: strings.Trim(fields.Get("WARC-Target-URI"), "<>"), Fields: fields, Body: block}
	r.Date, _ = time.Parse(time.RFC3339Nano, fields.Get("WARC-Date"))
	if l := fields.Get(linkHeader); l != "" {
		if err := json.Unmarshal([]byte(l), &r.Link); err != nil {
			return nil, fmt.Errorf("bad %s: %w", linkHeader, err)
		}
	}
	if err := checkDigest(fields.Get("WARC-Block-Digest"), block); err != nil {
		return nil, fmt.Errorf("block: %w", err)
	}
	if !strings.HasPrefix(fields.Get("Content-Type"), "application/http") {
		return r, checkDigest(fields.Get("WARC-Payload-Digest"), block)
	}
	if err := r.parseHTTP(block); err != nil {
		return nil, err
	}
	return r, checkDigest(fields.Get("WARC-Payload-Digest"), r.Body)
}

// parseHTTP splits an HTTP message into start line, header and body.
func (r *Record) parseHTTP(block []byte) error {
	in := bufio.NewReader(bytes.NewReader(block))
	start, err := textproto.NewReader(in).ReadLine()
	if err != nil {
		return fmt.Errorf("no HTTP message: %w", err)
	}
	if _, rest, ok := strings.Cut(start, " "); ok && r.Type == "response" {
		code, _, _ := strings.Cut(rest, " ")
		if r.Status, err = strconv.Atoi(code); err != nil {
			return fmt.Errorf("bad status line %.80q", start)
		}
	}
	h, err := textproto.NewReader(in).ReadMIMEHeader()
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("bad HTTP header: %w", err)
	}
	r.Header = http.Header(h)
	r.Body, err = io.ReadAll(in)
	return err
}

// checkDigest compares with the digests that this package writes; those of other
// programs and algorithms are passed over.
func checkDigest(want string, b []byte) error {
	if strings.HasPrefix(want, "sha256:") && want != digest(b) {
		return errors.New("its digest does not fit")
	}
	return nil
}
