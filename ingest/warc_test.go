// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func openArchive(t *testing.T, o ArchiveOptions) (*Archive, string) {
	t.Helper()
	dir := t.TempDir()
	a, err := OpenArchive(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a, dir
}

func response(n int) *Response {
	return &Response{
		URL: fmt.Sprintf("http://news.example.org/%d", n), Status: "200 OK", Proto: "HTTP/2.0", At: time.Date(2026, 3, 1, 9, 0, n, 0, time.UTC),
		Header: http.Header{"Content-Type": {"text/html"}, "X-Two": {"a", "b"}, "X-Bad": {"a\r\nWARC-Type: forged"}},
		Sent:   http.Header{"User-Agent": {"copytaster"}}, Raw: fmt.Appendf(nil, "<p>body %d\r\n\r\nWARC/1.1\r\n</p>", n),
	}
}

func TestArchiveGivesBackWhatItTook(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{})
	link := Link{URL: "http://news.example.org/1", Source: "example", Title: "“Title” with\nlines", Found: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	ref, err := a.Response(response(1), link)
	if err != nil {
		t.Fatal(err)
	}
	file, err := a.Resource("text/plain", []byte("a file"), time.Now(), Link{URL: "file:///a.txt"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadRecord(dir, ref)
	if err != nil || r.Type != "response" || r.Status != 200 || !bytes.Equal(r.Body, response(1).Raw) || r.Link.Title != link.Title || len(r.Header["X-Two"]) != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	if !r.Date.Equal(response(1).At) || r.URL != "http://news.example.org/1" || r.Header.Get("Warc-Type") != "" {
		t.Errorf("%+v", r)
	}
	if r, err = ReadRecord(dir, file); err != nil || r.Type != "resource" || string(r.Body) != "a file" || r.URL != "file:///a.txt" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestArchiveIsDurableBeforeItReturns(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{})
	ref, err := a.Response(response(1), Link{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadRecord(dir, ref); err != nil { // the archive is still open
		t.Error(err)
	}
}

func TestArchiveBeginsANewFileWhenOneIsFull(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{MaxBytes: 2000})
	refs := map[string]bool{}
	for i := range 20 {
		ref, err := a.Response(response(i), Link{})
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(ref, "#")
		refs[name] = true
		if _, err := ReadRecord(dir, ref); err != nil {
			t.Error(err)
		}
	}
	if len(refs) < 3 {
		t.Errorf("%d files", len(refs))
	}
	n := 0
	err := ScanArchive(dir, func(ref string, r *Record) error {
		n++
		again, err := ReadRecord(dir, ref)
		if err == nil && again.URL != r.URL {
			err = fmt.Errorf("%s: %s, then %s", ref, r.URL, again.URL)
		}
		return err
	})
	if err != nil || n != 20 {
		t.Errorf("%d records, %v", n, err)
	}
}

func TestArchiveTakesMany(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{MaxBytes: 5000})
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			ref, err := a.Response(response(i), Link{})
			if err != nil {
				t.Error(err)
				return
			}
			if r, err := ReadRecord(dir, ref); err != nil || r.URL != response(i).URL {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
	wg.Wait()
}

func TestScanArchiveReportsDamageAndReadsOn(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{MaxBytes: 1})
	var refs []string
	for i := range 3 {
		ref, err := a.Response(response(i), Link{})
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, ref)
	}
	name, _, _ := strings.Cut(refs[1], "#")
	path := filepath.Join(dir, name)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, damaged := range map[string][]byte{
		"cut short":   whole[:len(whole)-len(whole)/2],
		"a byte":      append(append(bytes.Clone(whole[:len(whole)-300]), whole[len(whole)-300]^0x40), whole[len(whole)-299:]...),
		"not an file": []byte("hello"),
	} {
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		err := ScanArchive(dir, func(string, *Record) error { n++; return nil })
		if !errors.Is(err, ErrArchive) || n < 2 {
			t.Errorf("%s: %d records, %v", what, n, err)
		}
	}
	stop := errors.New("stop")
	if err := ScanArchive(dir, func(string, *Record) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
}

func TestReadRecordRefusesBadReferences(t *testing.T) {
	a, dir := openArchive(t, ArchiveOptions{})
	ref, err := a.Response(response(1), Link{})
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(ref, "#")
	outside := filepath.Join(filepath.Dir(dir), "outside.warc.gz")
	os.WriteFile(outside, nil, 0o600)
	for _, bad := range []string{"", "#", name, name + "#", name + "#-1", name + "#7", name + "#99999999", name + "#x", "../outside.warc.gz#0", outside + "#0", "missing.warc.gz#0"} {
		if r, err := ReadRecord(dir, bad); !errors.Is(err, ErrArchive) {
			t.Errorf("%q: %+v, %v", bad, r, err)
		}
	}
}

func TestArchivePassesTheReferenceChecker(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil || exec.Command(python, "-c", "import warcio").Run() != nil {
		t.Skip("python3 with warcio is not installed")
	}
	a, dir := openArchive(t, ArchiveOptions{})
	for i := range 3 {
		if _, err := a.Response(response(i), Link{URL: "http://h/", Title: "é\n"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Resource("application/pdf", []byte("%PDF-"), time.Now(), Link{URL: "file:///a.pdf"}); err != nil {
		t.Fatal(err)
	}
	a.Close()
	names, _ := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	out, err := exec.Command(python, append([]string{"-m", "warcio.cli", "check", "-v"}, names...)...).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "digest pass") || strings.Contains(string(out), "fail") {
		t.Errorf("warcio check: %v\n%s", err, out)
	}
	out, err = exec.Command(python, append([]string{"-m", "warcio.cli", "index"}, names...)...).CombinedOutput()
	if err != nil || strings.Count(string(out), `"response"`) != 3 || strings.Count(string(out), `"resource"`) != 1 {
		t.Errorf("warcio index: %v\n%s", err, out)
	}
}

func FuzzReadRecord(f *testing.F) {
	b, err := record{warcHeader{{"WARC-Type", "response"}, {"Content-Type", "application/http; msgtype=response"}}, httpBlock("HTTP/1.1 200 OK", http.Header{"A": {"b"}}, []byte("x"))}.bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("WARC/1.1\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		parseRecord(bytes.NewReader(b))
		path := filepath.Join(t.TempDir(), "x.warc.gz")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		scanMembers(path, -1, func(m member, r *Record) error {
			if r.Type == "" || m.length <= 0 {
				t.Errorf("record %+v at %+v", r, m)
			}
			return nil
		})
	})
}
