// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/copytaster/copytaster"
)

// The limits of the live stream.
const (
	maxListeners = 200              // open pages; more are told to come again
	backlog      = 64               // documents a slow page may be behind before it misses some
	heartbeat    = 20 * time.Second // keeps proxies from closing a quiet stream
)

// hub hands the documents of the line to the open pages. A page that does not
// keep up misses announcements; it never holds up the line.
type hub struct {
	mu        sync.Mutex
	listeners map[chan *copytaster.Document]bool
	closed    chan struct{} // the line has ended: open streams end too
	close     func()
}

func newHub() *hub {
	h := &hub{listeners: map[chan *copytaster.Document]bool{}, closed: make(chan struct{})}
	h.close = sync.OnceFunc(func() { close(h.closed) })
	return h
}

func (h *hub) publish(d *copytaster.Document) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.listeners {
		select {
		case l <- d:
		default:
		}
	}
}

// listen adds a listener; nil when there are too many.
func (h *hub) listen() chan *copytaster.Document {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.listeners) >= maxListeners {
		return nil
	}
	l := make(chan *copytaster.Document, backlog)
	h.listeners[l] = true
	return l
}

func (h *hub) leave(l chan *copytaster.Document) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.listeners, l)
}

// announcement is what a page is told of new copy.
type announcement struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Title   string `json:"title"`
	URL     string `json:"url"`
}

// live streams announcements of the documents that match q as server-sent
// events, until the page is closed.
func (s *server) live(w http.ResponseWriter, r *http.Request) {
	q, _, err := s.resolve(r.FormValue("q"))
	if err != nil {
		problem(w, queryProblem(err))
		return
	}
	l := s.hub.listen()
	if l == nil {
		w.Header().Set("Retry-After", "60")
		http.Error(w, "too many open pages", http.StatusServiceUnavailable)
		return
	}
	defer s.hub.leave(l)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	flush := http.NewResponseController(w)
	_ = flush.SetWriteDeadline(time.Time{}) // a server without deadlines needs none lifted
	if _, err := fmt.Fprint(w, "retry: 5000\n: listening\n\n"); err != nil || flush.Flush() != nil {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var event string
		select {
		case <-r.Context().Done():
			return
		case <-s.hub.closed:
			return
		case <-beat.C:
			event = ": still here\n\n"
		case d := <-l:
			event = announce(q, d)
		}
		if _, err := fmt.Fprint(w, event); err != nil || flush.Flush() != nil {
			return
		}
	}
}

// announce is the event for a document; nothing for one that does not match.
func announce(q copytaster.Query, d *copytaster.Document) string {
	if !q.Match(d) {
		return ""
	}
	data, err := json.Marshal(announcement{d.ID, d.Version(), d.Title, d.URL})
	if err != nil {
		return "" // cannot be: strings and a number
	}
	return fmt.Sprintf("event: copy\nid: %d\ndata: %s\n\n", d.Version(), data)
}
