// SPDX-License-Identifier: Apache-2.0

package demo

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"

	"golang.org/x/text/encoding/charmap"
)

// Site serves the bundled web. Base is its address, without a slash at the end;
// set it before the first request.
type Site struct {
	Base    string
	stories []story
	layouts *template.Template
	mux     *http.ServeMux
	mu      sync.RWMutex
	edited  bool
}

// Paths of pages that are not stories.
const (
	pathGone      = "/courier/news/closed-page"
	pathContact   = "/courier/about"
	pathFront     = "/courier/"
	pathForbidden = "/private/draft-budget"
	pathReport    = "/gov/documents/waiting-times.pdf"
	pathMinutes   = "/gov/documents/procurement-board-minutes.docx"
	pathBroken    = "/gov/documents/annex-b.pdf"
)

// NewSite reads the bundled pages.
func NewSite() (*Site, error) {
	stories, err := loadStories()
	if err != nil {
		return nil, err
	}
	layouts, err := loadLayouts()
	if err != nil {
		return nil, err
	}
	s := &Site{stories: stories, layouts: layouts, mux: http.NewServeMux()}
	s.route()
	return s, nil
}

func (s *Site) route() {
	for i, st := range s.stories {
		s.mux.HandleFunc("GET "+st.Path(), s.page(i))
		if old := st.head["moved-from"]; old != "" {
			s.mux.Handle("GET "+old, http.RedirectHandler(st.Path(), http.StatusMovedPermanently))
		}
		if printed := st.head["printed-at"]; printed != "" {
			s.mux.HandleFunc("GET "+printed, s.page(i))
		}
	}
	s.mux.HandleFunc("GET "+pathContact, s.static("contact"))
	s.mux.HandleFunc("GET "+pathFront+"{$}", s.static("front"))
	s.mux.HandleFunc("GET /robots.txt", plain("text/plain", "User-agent: *\nDisallow: /private/\n"))
	s.mux.HandleFunc("GET "+pathForbidden, plain("text/html", "<p>If this is read, robots.txt was not.</p>"))
	s.mux.HandleFunc("GET "+pathReport, document("application/pdf", waitingTimesPDF))
	s.mux.HandleFunc("GET "+pathMinutes, document(docxType, minutesDOCX))
	s.mux.HandleFunc("GET "+pathBroken, plain("application/pdf", "%PDF-1.7\nthis file was cut off while it was being wr"))
	s.mux.HandleFunc("GET /courier/rss.xml", s.courierRSS)
	s.mux.HandleFunc("GET /gov/rss.xml", s.govRSS)
	s.mux.HandleFunc("GET /blog/atom.xml", s.blogAtom)
	s.mux.HandleFunc("GET /sitemap.xml", s.sitemap)
}

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Edit corrects one story, without a note, as papers do.
func (s *Site) Edit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edited = true
}

// at returns a story as it stands now.
func (s *Site) at(i int) story {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.edited && s.stories[i].head["edit-title"] != "" {
		return s.stories[i].edited()
	}
	return s.stories[i]
}

// now returns every story as it stands now, newest first.
func (s *Site) now() []story {
	all := make([]story, len(s.stories))
	for i := range s.stories {
		all[len(all)-1-i] = s.at(i)
	}
	return all
}

// under returns the stories whose path begins with a prefix, newest first.
func (s *Site) under(prefix string) []story {
	var some []story
	for _, st := range s.now() {
		if strings.HasPrefix(st.Path(), prefix) {
			some = append(some, st)
		}
	}
	return some
}

// view is what a layout prints.
type view struct {
	Base    string
	Story   story
	Teasers []story
}

func (s *Site) page(i int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		st := s.at(i)
		section := "/" + strings.SplitN(st.Path(), "/", 3)[1] + "/"
		var teasers []story
		for _, t := range s.under(section) {
			if t.Path() != st.Path() && len(teasers) < 5 {
				teasers = append(teasers, t)
			}
		}
		s.render(w, st.head["layout"], view{s.Base, st, teasers})
	}
}

func (s *Site) static(layout string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.render(w, layout, view{Base: s.Base, Teasers: s.under("/courier/")})
	}
}

func (s *Site) render(w http.ResponseWriter, layout string, v view) {
	var buf bytes.Buffer
	if err := s.layouts.ExecuteTemplate(&buf, layout, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	page, kind := buf.Bytes(), "text/html; charset=utf-8"
	if layout == "windows1252" {
		encoded, err := charmap.Windows1252.NewEncoder().Bytes(page)
		if err != nil {
			http.Error(w, fmt.Sprintf("encode page: %v", err), http.StatusInternalServerError)
			return
		}
		page, kind = encoded, "text/html"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(page) // a reader that went away is no concern of the page's
}

func plain(kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write([]byte(body))
	}
}

func document(kind string, build func() ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		data, err := build()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(data)
	}
}
