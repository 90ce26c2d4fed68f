// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest/boilerplate"
)

// FetcherOptions configures a Fetcher. Client is needed for web links; all else
// has a default.
type FetcherOptions struct {
	Client  *Client
	Archive *Archive // nil keeps no copy: for commands that store nothing

	// Site gives what the stripper has learned of a host, or nil.
	Site func(ctx context.Context, host string) *boilerplate.SiteModel
	// PDFCommand runs PDFWorker in a process of its own; see PDFWorker. Nil reads
	// PDFs in this process, which a hostile file can bring down: for tests.
	PDFCommand []string
	PDFTimeout time.Duration    // until the reader of one PDF must have answered; 0 means 3 min
	MaxFile    int64            // bytes of a local file; 0 means 20 MB
	Now        func() time.Time // the clock of Article.Fetched; nil means time.Now
}

// Fetcher turns links into articles: it downloads, archives, reads and strips.
// It is safe for concurrent use.
type Fetcher struct {
	o FetcherOptions
}

// NewFetcher makes a fetcher.
func NewFetcher(o FetcherOptions) *Fetcher {
	setDefault(&o.PDFTimeout, 3*time.Minute)
	setDefault(&o.MaxFile, 20<<20)
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Fetcher{o: o}
}

// Fetched is an article and what the fetch learned beside it.
type Fetched struct {
	Article      copytaster.Article
	FinalURL     string // after redirects
	ETag         string // for the next conditional request
	LastModified string
	Host         string             // the key of the site model
	Result       boilerplate.Result // what SiteModel.Learn takes; zero for documents
}

// Fetch takes one link. Before it returns an article, the answer lies in the
// archive, on the disk. Errors are classified for the worker loop: a page that
// has not changed or is no article is a skip with its state, one that is gone
// permanent with StateGone; trouble of the net is transient.
func (f *Fetcher) Fetch(ctx context.Context, l Link) (*Fetched, error) {
	scheme, _, _ := strings.Cut(l.URL, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		return f.fetchPage(ctx, l)
	case "file":
		if !LocalKind(l.SourceKind) {
			return nil, copytaster.Locate(fmt.Sprintf("%.200q", l.URL), copytaster.Permanent(fmt.Errorf("a %s source may not name files of this machine", l.SourceKind)))
		}
		return f.fetchFile(ctx, l)
	}
	return nil, copytaster.Locate(fmt.Sprintf("%.200q", l.URL), copytaster.Permanent(fmt.Errorf("%w: neither http, https nor a file", copytaster.ErrURL)))
}

func (f *Fetcher) fetchPage(ctx context.Context, l Link) (*Fetched, error) {
	if f.o.Client == nil {
		return nil, errors.New("no client: this fetcher takes local files only")
	}
	resp, err := f.o.Client.Get(ctx, Request{URL: l.URL, ETag: l.ETag, LastModified: l.LastModified, Accept: acceptHTML})
	if err != nil {
		return nil, err
	}
	if resp.NotModified {
		return nil, copytaster.SkipAs(copytaster.StateUnchanged, "not modified since the last fetch")
	}
	ref := ""
	if f.o.Archive != nil {
		if ref, err = f.o.Archive.Response(resp, l); err != nil {
			return nil, err
		}
	}
	if toHomePage(l.URL, resp.URL) {
		return nil, copytaster.SkipAs(copytaster.StateGone, "it redirects to the site's home page")
	}
	return f.build(ctx, source{
		link: l, url: resp.URL, body: resp.Body, contentType: resp.Header.Get("Content-Type"), header: resp.Header, archive: ref, at: f.o.Now(),
	})
}

// toHomePage tells whether an article's URL has come to mean the front page, as
// sites do with what they have taken down.
func toHomePage(from, to string) bool {
	a, err := url.Parse(from)
	b, err2 := url.Parse(to)
	return err == nil && err2 == nil && a.Host == b.Host && len(a.Path) > 1 && len(b.Path) <= 1 && b.RawQuery == ""
}

func (f *Fetcher) fetchFile(ctx context.Context, l Link) (*Fetched, error) {
	body, err := f.readFile(l)
	if err != nil {
		return nil, err
	}
	s := source{link: l, url: l.URL, body: body, at: f.o.Now()}
	if f.o.Archive != nil {
		kind := sniff(body, "", l.URL)
		if s.archive, err = f.o.Archive.Resource(kind, body, s.at, l); err != nil {
			return nil, err
		}
	}
	return f.build(ctx, s)
}

// readFile reads a local file: of a folder source only what truly lies in the
// folder, so that a symbolic link cannot lead out of it.
func (f *Fetcher) readFile(l Link) ([]byte, error) {
	u, err := url.Parse(l.URL)
	if err != nil || u.Path == "" || u.Host != "" {
		return nil, copytaster.Locate(fmt.Sprintf("%.200q", l.URL), copytaster.Permanent(errors.New("bad file URL")))
	}
	path := filepath.FromSlash(u.Path)
	var file *os.File
	if l.SourceKind == "folder" {
		rel, err := relative(l)
		if err != nil {
			return nil, copytaster.Permanent(err)
		}
		root, err := filepath.Abs(l.Root)
		if err != nil {
			return nil, err
		}
		file, err = os.OpenInRoot(root, filepath.FromSlash(rel))
		if err != nil {
			return nil, fileError(err)
		}
	} else if file, err = os.Open(path); err != nil {
		return nil, fileError(err)
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, copytaster.Locate(path, copytaster.Permanent(errors.New("not a regular file")))
	}
	return readAll(io.Reader(file), f.o.MaxFile)
}

func fileError(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return copytaster.PermanentAs(copytaster.StateGone, err)
	}
	return copytaster.Permanent(err)
}

// relative is a folder link's path inside its folder, with slashes.
func relative(l Link) (string, error) {
	u, err := url.Parse(l.URL)
	if err != nil {
		return "", err
	}
	root, err := filepath.Abs(l.Root)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(root, filepath.FromSlash(u.Path))
	if err != nil || l.Root == "" || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%s does not lie in the folder %s", u.Path, l.Root)
	}
	return filepath.ToSlash(rel), nil
}

// Replay assembles the article of an archived record as Fetch did, with the
// readers and the stripper of today. ref becomes Article.Archive, the record's
// date Article.Fetched; the caller raises Article.Generation.
func (f *Fetcher) Replay(ctx context.Context, ref string, r *Record) (*Fetched, error) {
	s := source{link: r.Link, url: r.URL, body: r.Body, header: r.Header, archive: ref, at: r.Date}
	if s.link.URL == "" {
		s.link.URL = r.URL
	}
	switch r.Type {
	case "response":
		if r.Status != http.StatusOK && r.Status != http.StatusNonAuthoritativeInfo {
			return nil, copytaster.Skip(fmt.Sprintf("the record holds a %d answer", r.Status))
		}
		var err error
		if s.body, err = decode(r.Body, r.Header.Get("Content-Encoding"), maxRecordBytes); err != nil {
			return nil, err
		}
		s.contentType = r.Header.Get("Content-Type")
	case "resource":
	case recordRedacted:
		return nil, copytaster.Skip("the record was taken down")
	default:
		return nil, copytaster.Skip("the record is a " + r.Type)
	}
	return f.build(ctx, s)
}
