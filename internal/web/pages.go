// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"html/template"
	"net/http"
	"path"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

//go:embed templates static
var files embed.FS

// pages are the parsed templates and the names of the static files.
type pages struct {
	byName map[string]*template.Template
	assets map[string]asset // by name with the hash of the content: "app.1a2b.css"
}

type asset struct {
	body []byte
	kind string
}

func pageNames() []string {
	return []string{"wire", "search", "article", "suppliers", "supplier", "review", "watches", "sources", "ledger", "error"}
}

func newPages(s *server) *pages {
	p := &pages{byName: map[string]*template.Template{}, assets: map[string]asset{}}
	named := map[string]string{}
	for name, kind := range map[string]string{"app.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"} {
		body := MustAsset("static/" + name)
		sum := sha256.Sum256(body)
		ext := path.Ext(name)
		hashed := name[:len(name)-len(ext)] + "." + hex.EncodeToString(sum[:4]) + ext
		p.assets[hashed] = asset{body, kind}
		named[name] = "/static/" + hashed
	}
	funcs := template.FuncMap{
		"asset":  func(name string) string { return named[name] },
		"has":    s.has,
		"clock":  func(t time.Time) string { return s.clock(t) },
		"stamp":  func(t time.Time) string { return s.stamp(t) },
		"iso":    func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"day":    dayText,
		"state":  stateText,
		"count":  count,
		"plural": plural,
		"web":    webURL,
	}
	base := template.Must(template.New("layout.html").Funcs(funcs).ParseFS(files, "templates/layout.html", "templates/parts.html"))
	for _, name := range pageNames() {
		p.byName[name] = template.Must(template.Must(base.Clone()).ParseFS(files, "templates/"+name+".html"))
	}
	return p
}

// MustAsset is an embedded file. It panics for one that is not embedded.
func MustAsset(name string) []byte {
	body, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return body
}

// static serves the embedded files. Their names change with their content, so a
// browser may keep them.
func (p *pages) static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := p.assets[r.PathValue("file")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", a.kind)
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		_, _ = w.Write(a.body) // the browser is gone: nobody is left to tell
	})
}

// view is what a page shows: the template's name and its data.
type view struct {
	name   string
	status int // 0 means 200
	Title  string
	Query  string // what stands in the search box
	Here   string // path of the page, for the navigation
	Data   any
}

// failure is an error with the status that it is shown with.
type failure struct {
	status int
	msg    string
}

func (f failure) Error() string { return f.msg }

func notFound(*http.Request) (view, error) {
	return view{}, failure{http.StatusNotFound, "There is no such page."}
}

// redirect sends the browser to another page after a write.
type redirect string

func (r redirect) Error() string { return "see " + string(r) }

// page makes a handler of a function that works out what to show.
func (s *server) page(show func(*http.Request) (view, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := show(r)
		var to redirect
		if errors.As(err, &to) {
			http.Redirect(w, r, string(to), http.StatusSeeOther)
			return
		}
		if err != nil {
			v = s.errorView(r, err)
		}
		v.Here = r.URL.Path
		s.render(w, r, v)
	})
}

func (s *server) errorView(r *http.Request, err error) view {
	var f failure
	switch {
	case errors.As(err, &f):
	case errors.Is(err, index.ErrNotFound):
		f = failure{http.StatusNotFound, "Nothing is known of it."}
	default:
		f = failure{http.StatusInternalServerError, "It did not work: " + err.Error()}
		s.failed(r, err)
	}
	return view{name: "error", status: f.status, Title: http.StatusText(f.status), Data: f.msg}
}

// failed logs what went wrong on our side; a browser that left is not that.
func (s *server) failed(r *http.Request, err error) {
	if r.Context().Err() == nil {
		s.Log.Error("web", "path", r.URL.Path, "error", err)
	}
}

// render writes a page once all of it is there, so that no half page is sent.
func (s *server) render(w http.ResponseWriter, r *http.Request, v view) {
	var b bytes.Buffer
	if err := s.pages.byName[v.name].Execute(&b, v); err != nil {
		s.Log.Error("render", "page", v.name, "path", r.URL.Path, "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if v.status != 0 {
		w.WriteHeader(v.status)
	}
	_, _ = w.Write(b.Bytes()) // the browser is gone: nobody is left to tell
}

// has reports whether a page is served, for the navigation.
func (s *server) has(part string) bool {
	switch part {
	case "watches":
		return s.Watches != nil
	case "review":
		return s.Reviewer != nil
	case "sources":
		return s.Sources != nil
	case "ledger":
		return s.Ledger != nil
	case "add":
		return s.Adder != nil
	case "live":
		return s.Live != nil
	}
	return false
}

// resolve reads a query and binds its names.
func (s *server) resolve(text string) (copytaster.Query, []string, error) {
	q, err := copytaster.ParseQuery(text)
	if err != nil || s.Names == nil {
		return q, nil, err
	}
	q, notices := q.Resolve(s.Names)
	return q, notices, nil
}
