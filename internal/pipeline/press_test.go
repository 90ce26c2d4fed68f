// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// press is a paper that goes on printing: it keeps adding stories and changing
// old ones, so that a line which is killed is always in the middle of something.
type press struct {
	mu      sync.Mutex
	edition []int // the revision of each story
}

// print adds stories and revises some.
func (p *press) print(added, revised int, random *rand.Rand) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for range added {
		p.edition = append(p.edition, 1)
	}
	for range revised {
		p.edition[random.IntN(len(p.edition))]++
	}
}

// stories returns the newest revision of each story.
func (p *press) stories() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]int(nil), p.edition...)
}

// names reports whether a story names a supplier that a watch waits for.
func (p *press) names(i int) bool { return i%3 == 0 }

func (p *press) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var i int
	if _, err := fmt.Sscanf(r.URL.Path, "/press/story-%d", &i); err == nil {
		p.page(w, i)
		return
	}
	base := "http://" + r.Host
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprint(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title>`)
	for i, rev := range p.stories() {
		fmt.Fprintf(w, "<item><title>Story %d</title><link>%s/press/story-%d</link><pubDate>%s</pubDate></item>", i, base, i,
			time.Date(2026, 11, 1, 6, rev, 0, 0, time.UTC).Format(time.RFC1123Z))
	}
	fmt.Fprint(w, "</channel></rss>")
}

func (p *press) page(w http.ResponseWriter, i int) {
	stories := p.stories()
	if i < 0 || i >= len(stories) {
		http.Error(w, "no such story", http.StatusNotFound)
		return
	}
	supplier := "a local firm"
	if p.names(i) {
		supplier = "Atos"
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<html><head><title>Story %d</title></head><body><article><h1>Story %d</h1>
<p>The council has chosen %s for the service that everybody calls number%d, and has said so in edition%d of its paper.</p>
<p>The service starts in the spring. It will be open on every day of the week but one, and on that day there will be a note on the door which says when to come back.</p>
<p>Nobody spoke against it at the meeting, which lasted for eleven minutes and ended with tea.</p></article></body></html>`, i, i, supplier, i, stories[i])
}
