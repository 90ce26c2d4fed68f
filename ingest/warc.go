// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"
)

// Archive writes what was fetched as it came, in WARC/1.1 files (ISO 28500:2017)
// with one gzip member per record. A process writes one file of its own, so that
// many can share a folder. It is safe for concurrent use.
type Archive struct {
	dir string
	o   ArchiveOptions

	mu     sync.Mutex
	f      *os.File
	name   string
	offset int64
}

// ArchiveOptions configures an Archive.
type ArchiveOptions struct {
	Software string // name and version, for the first record of each file
	MaxBytes int64  // a file is closed and the next begun at this size; 0 means 1 GiB, as the standard advises
}

// OpenArchive makes the folder if it is not there, and ends a takedown that died
// half way. Files are begun when there is something to write.
func OpenArchive(dir string, o ArchiveOptions) (*Archive, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	setDefault(&o.MaxBytes, 1<<30)
	setDefault(&o.Software, "copytaster")
	a := &Archive{dir: dir, o: o}
	if err := a.finishRedactions(); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	return a, nil
}

// Response archives an answer, with the request that it answers and the link
// that led to it, and returns its reference: FILE#OFFSET. The record is on the
// disk when Response returns.
func (a *Archive) Response(r *Response, l Link) (ref string, err error) {
	id, at := recordID(), r.At.UTC().Format(warcTime)
	block := httpBlock("HTTP/1.1 "+r.Status, r.Header, r.Raw)
	head := warcHeader{
		{"WARC-Type", "response"}, {"WARC-Record-ID", id}, {"WARC-Date", at}, {"WARC-Target-URI", r.URL},
		{"WARC-Payload-Digest", digest(r.Raw)}, {"WARC-Block-Digest", digest(block)},
		{"Content-Type", "application/http; msgtype=response"}, linkField(l),
	}
	request := httpBlock("GET "+r.URL+" HTTP/1.1", r.Sent, nil)
	also := warcHeader{
		{"WARC-Type", "request"}, {"WARC-Record-ID", recordID()}, {"WARC-Date", at}, {"WARC-Target-URI", r.URL},
		{"WARC-Concurrent-To", id}, {"WARC-Block-Digest", digest(request)}, {"Content-Type", "application/http; msgtype=request"},
	}
	return a.write(record{head, block}, record{also, request})
}

// Resource archives a file of this machine, and returns its reference.
func (a *Archive) Resource(contentType string, body []byte, at time.Time, l Link) (ref string, err error) {
	head := warcHeader{
		{"WARC-Type", "resource"}, {"WARC-Record-ID", recordID()}, {"WARC-Date", at.UTC().Format(warcTime)}, {"WARC-Target-URI", l.URL},
		{"WARC-Payload-Digest", digest(body)}, {"WARC-Block-Digest", digest(body)}, {"Content-Type", contentType}, linkField(l),
	}
	return a.write(record{head, body})
}

// Close ends the file being written.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.closeFile()
}

const warcTime = "2006-01-02T15:04:05.000Z"

// warcHeader is the named fields of a record in their order.
type warcHeader [][2]string

type record struct {
	head  warcHeader
	block []byte
}

// linkHeader is a field of our own: the link as JSON, so that a replay can
// assemble the same article from the archive alone.
const linkHeader = "Copytaster-Link"

func linkField(l Link) [2]string {
	b, err := json.Marshal(l)
	if err != nil {
		return [2]string{}
	}
	return [2]string{linkHeader, string(b)}
}

// bytes is the record as a gzip member.
func (r record) bytes() ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	fmt.Fprint(z, "WARC/1.1\r\n")
	for _, f := range r.head {
		if f[0] != "" && f[1] != "" {
			fmt.Fprintf(z, "%s: %s\r\n", f[0], oneLine(f[1]))
		}
	}
	fmt.Fprintf(z, "Content-Length: %d\r\n\r\n", len(r.block))
	z.Write(r.block)
	fmt.Fprint(z, "\r\n\r\n")
	err := z.Close()
	return out.Bytes(), err
}

func oneLine(s string) string {
	return strings.NewReplacer("\r", " ", "\n", " ", "\x00", " ").Replace(s)
}

// write appends records, syncs the file and returns the place of the first.
func (a *Archive) write(records ...record) (ref string, err error) {
	var out []byte
	for _, r := range records {
		b, err := r.bytes()
		if err != nil {
			return "", fmt.Errorf("archive: %w", err)
		}
		out = append(out, b...)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.ready(); err != nil {
		return "", fmt.Errorf("archive: %w", err)
	}
	ref = fmt.Sprintf("%s#%d", a.name, a.offset)
	if _, err = a.f.Write(out); err == nil {
		err = a.f.Sync()
	}
	if err != nil {
		// What is half written must not stand before a good record: cut it off,
		// and begin a new file even if that fails too.
		return "", fmt.Errorf("archive: %w", errors.Join(err, a.f.Truncate(a.offset), a.closeFile()))
	}
	a.offset += int64(len(out))
	return ref, nil
}

// ready makes sure that there is a file with room.
func (a *Archive) ready() error {
	if a.f != nil && a.offset < a.o.MaxBytes {
		return nil
	}
	if err := a.closeFile(); err != nil {
		return err
	}
	name := fmt.Sprintf("copytaster-%s-%d-%s"+warcSuffix, time.Now().UTC().Format("20060102T150405"), os.Getpid(), strings.ToLower(rand.Text()[:6]))
	f, err := os.OpenFile(filepath.Join(a.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	a.f, a.name, a.offset = f, name, 0
	info := []byte("software: " + oneLine(a.o.Software) + "\r\nformat: WARC File Format 1.1\r\n")
	b, err := record{warcHeader{
		{"WARC-Type", "warcinfo"}, {"WARC-Record-ID", recordID()}, {"WARC-Date", time.Now().UTC().Format(warcTime)},
		{"WARC-Filename", name}, {"WARC-Block-Digest", digest(info)}, {"Content-Type", "application/warc-fields"},
	}, info}.bytes()
	if err == nil {
		_, err = f.Write(b)
	}
	a.offset = int64(len(b))
	if err = errors.Join(err, syncDir(a.dir)); err != nil {
		return errors.Join(err, a.closeFile())
	}
	return nil
}

func (a *Archive) closeFile() error {
	if a.f == nil {
		return nil
	}
	f := a.f
	a.f = nil
	return f.Close()
}

// syncDir makes a new file's name durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// httpBlock is an HTTP message: start line, header in sorted order, body.
func httpBlock(start string, h http.Header, body []byte) []byte {
	var b bytes.Buffer
	b.WriteString(oneLine(start) + "\r\n")
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		for _, v := range h[name] {
			b.WriteString(oneLine(name) + ": " + oneLine(v) + "\r\n")
		}
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

func recordID() string {
	var u [16]byte
	rand.Read(u[:])
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80 // version 4, RFC 9562
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// digest is a labelled digest in base 32, the form that WARC tools check.
func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + base32.StdEncoding.EncodeToString(sum[:])
}
