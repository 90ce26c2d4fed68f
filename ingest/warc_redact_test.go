// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// lines returns how often a text stands in the files of an archive, packed or
// not.
func lines(t *testing.T, dir, text string) int {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%v: %v", names, err)
	}
	n := 0
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		n += bytes.Count(raw, []byte(text))
		if !strings.HasSuffix(name, warcSuffix) {
			continue
		}
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(z)
		if err != nil {
			t.Errorf("%s cannot be unpacked: %v", name, err)
		}
		n += bytes.Count(plain, []byte(text))
	}
	return n
}

// secret is a response with a body of a size that does not pack.
func secret(n, size int) *Response {
	r := response(n)
	r.Raw = append(fmt.Appendf(nil, "<p>secret number %d.</p>", n), make([]byte, size)...)
	for i := len(r.Raw) - size; i < len(r.Raw); i++ {
		r.Raw[i] = byte('!' + rand.IntN(90))
	}
	return r
}

func about(url string) func(*Record) bool {
	return func(r *Record) bool { return r.URL == url }
}

func TestRedactBlanksOneRecordAndLeavesTheOthers(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{})
	var refs []string
	for i, size := range []int{0, 1, 300, 65_000, 70_000, 200_000} {
		ref, err := a.Response(secret(i, size), Link{URL: secret(i, 0).URL})
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, ref)
	}
	for i := range 5 { // the last stays
		n, err := a.Redact(t.Context(), about(secret(i, 0).URL))
		if err != nil || n != 1 {
			t.Fatalf("%d blanked, %v; want 1", n, err)
		}
		if n := lines(t, dir, fmt.Sprintf("secret number %d.", i)); n != 0 {
			t.Errorf("the text of %d stands there %d times", i, n)
		}
	}
	for i, ref := range refs {
		r, err := ReadRecord(dir, ref)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]string{true: "response", false: recordRedacted}[i == 5]; r.Type != want {
			t.Errorf("record %d is a %s, want a %s", i, r.Type, want)
		}
	}
	if _, err := a.Response(secret(9, 10), Link{}); err != nil {
		t.Errorf("nothing can be added any more: %v", err)
	}
	var left []string
	err := ScanArchive(dir, func(_ string, r *Record) error { left = append(left, r.URL); return nil })
	if want := []string{secret(5, 0).URL, secret(9, 0).URL}; err != nil || !slices.Equal(left, want) {
		t.Errorf("%v are left, %v; want %v", left, err, want)
	}
}

func TestATombstoneFitsEveryLength(t *testing.T) {
	n := redaction{File: "a.warc.gz", ID: recordID(), Date: "2026-03-01T09:00:00.000Z"}
	for _, length := range []int64{300, 301, 65_540, 65_559, 65_560, 65_561, 65_562, 65_563, 65_564, 131_099, 131_100, 2_000_003} {
		n.Length = length
		stone, err := n.tombstone()
		if err != nil || int64(len(stone)) != length {
			t.Fatalf("length %d: %d bytes, %v", length, len(stone), err)
		}
		m, r, err := newMemberReader(bytes.NewReader(stone), 0).next()
		if err != nil || m.length != length || r.Type != recordRedacted || !strings.Contains(string(r.Body), "taken down") {
			t.Errorf("length %d: %+v, %v", length, m, err)
		}
	}
	n.Length = 100
	if _, err := n.tombstone(); err == nil {
		t.Error("a tombstone of 100 bytes was made")
	}
}

func TestOurSmallestRecordCanBeBlanked(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{})
	ref, err := a.Resource("text/plain", []byte("x"), time.Now(), Link{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to do
		if err := a.RedactRecord(ref); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := ReadRecord(dir, ref); err != nil || r.Type != recordRedacted {
		t.Errorf("%+v, %v", r, err)
	}
	if err := a.RedactRecord("../other.warc.gz#0"); !errors.Is(err, ErrArchive) {
		t.Errorf("a reference out of the folder: %v", err)
	}
}

// A process that dies between its note and the end leaves any part of the
// record blanked.
func TestOpeningAnArchiveEndsAHalfDoneRedaction(t *testing.T) {
	for _, done := range []int64{0, 1, 200, 40_000} {
		a, dir := openArchive(t, ArchiveOptions{})
		ref, err := a.Response(secret(1, 60_000), Link{})
		if err != nil {
			t.Fatal(err)
		}
		kept, err := a.Response(secret(2, 10), Link{})
		if err != nil {
			t.Fatal(err)
		}
		halfRedact(t, a, ref, done)
		if _, err := OpenArchive(dir, ArchiveOptions{}); err != nil {
			t.Fatal(err)
		}
		if r, err := ReadRecord(dir, ref); err != nil || r.Type != recordRedacted {
			t.Errorf("after %d bytes: %+v, %v", done, r, err)
		}
		if r, err := ReadRecord(dir, kept); err != nil || r.Type != "response" {
			t.Errorf("after %d bytes the next record is %+v, %v", done, r, err)
		}
		if n := lines(t, dir, "secret number 1."); n != 0 {
			t.Errorf("after %d bytes the text stands there %d times", done, n)
		}
		if notes, _ := filepath.Glob(filepath.Join(dir, "*"+redactionSuffix)); len(notes) > 0 {
			t.Errorf("the note is left: %v", notes)
		}
	}
}

// halfRedact notes a redaction and writes the first bytes of its tombstone.
func halfRedact(t *testing.T, a *Archive, ref string, done int64) {
	t.Helper()
	name, offset, err := splitReference(ref)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(a.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	m, r, err := newMemberReader(bytes.NewReader(b[offset:]), offset).next()
	if err != nil {
		t.Fatal(err)
	}
	n := redaction{name, m.offset, m.length, r.Fields.Get("WARC-Record-ID"), r.Fields.Get("WARC-Date")}
	if _, err := a.note(n); err != nil {
		t.Fatal(err)
	}
	stone, err := n.tombstone()
	if err != nil {
		t.Fatal(err)
	}
	f, err := openToBlank(a.dir, n)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(stone[:done], offset); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestNotesThatLie(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{})
	ref, err := a.Response(secret(1, 500), Link{})
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(ref, "#")
	for text, ok := range map[string]bool{
		`{"file":"` + name + `","offset":10,"length":`:                      true, // torn: it was never acted on
		`{"file":"` + name + `","offset":-4,"length":400}`:                  false,
		`{"file":"` + name + `","offset":0,"length":9000}`:                  false,
		`{"file":"../` + name + `","offset":0,"length":400}`:                false,
		`{"file":"lying` + redactionSuffix + `","length":300}`:              false,
		`{"file":"` + name + `","offset":9223372036854775807,"length":400}`: false,
	} {
		note := filepath.Join(dir, "lying"+redactionSuffix)
		if err := os.WriteFile(note, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenArchive(dir, ArchiveOptions{}); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
		os.Remove(note)
	}
	if r, err := ReadRecord(dir, ref); err != nil || r.Type != "response" {
		t.Errorf("the record is %+v, %v", r, err)
	}
}

func TestRedactGoesRoundWhatIsDamaged(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{MaxBytes: 1})
	for i := range 3 {
		if _, err := a.Response(secret(i, 50), Link{}); err != nil {
			t.Fatal(err)
		}
	}
	a.Close()
	names, err := archiveFiles(dir)
	if err != nil || len(names) != 3 {
		t.Fatal(names, err)
	}
	if err := os.Truncate(names[0], 400); err != nil { // inside the first response
		t.Fatal(err)
	}
	n, err := a.Redact(t.Context(), func(*Record) bool { return true })
	if n != 2 || !errors.Is(err, ErrArchive) || !strings.Contains(err.Error(), filepath.Base(names[0])) {
		t.Errorf("%d blanked, %v; want 2 and the name of the damaged file", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Redact(ctx, func(*Record) bool { return true }); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, ErrArchive) {
		t.Error(err)
	}
}

func TestOtherProgramsReadARedactedArchive(t *testing.T) {
	if err := exec.Command("python3", "-c", "import warcio").Run(); err != nil {
		t.Skip("python3 with warcio is not installed")
	}
	a, dir := openArchive(t, ArchiveOptions{})
	for i := range 3 {
		if _, err := a.Response(secret(i, 70_000*i), Link{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Redact(t.Context(), about(secret(1, 0).URL)); err != nil {
		t.Fatal(err)
	}
	names, _ := archiveFiles(dir)
	out, err := exec.Command("python3", "-m", "warcio.cli", "index", names[0]).CombinedOutput()
	if err != nil || strings.Count(string(out), "\n") != 7 {
		t.Errorf("%v\n%s", err, out)
	}
}
