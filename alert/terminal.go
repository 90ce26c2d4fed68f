// SPDX-License-Identifier: Apache-2.0

package alert

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/copytaster/copytaster"
)

// terminal writes each alert as a block of lines that a person reads.
type terminal struct {
	mu    sync.Mutex // one block at a time
	out   io.Writer
	style style
}

// style is how parts of a block are set off.
type style struct{ name, title, mark, faint, off string }

func newTerminal(c ChannelConfig, d Deps) (Channel, error) {
	if c.URL != "" || len(c.Secrets) > 0 {
		return nil, errors.New("a terminal has no url and no secret")
	}
	t := &terminal{out: d.Out, style: style{mark: "*", off: "*"}}
	if d.Color {
		t.style = style{name: "\x1b[33m", title: "\x1b[1m", mark: "\x1b[1;4m", faint: "\x1b[2m", off: "\x1b[0m"}
	}
	return t, nil
}

// Send writes the block in one call of Write. It is done when the writer has
// taken all of it.
func (t *terminal) Send(ctx context.Context, a *copytaster.Alert) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	block := t.block(a)
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := io.WriteString(t.out, block); err != nil {
		return fmt.Errorf("terminal: %w", err)
	}
	return nil
}

func (t *terminal) block(a *copytaster.Alert) string {
	lines := []string{
		t.set(t.style.name, "▌ "+plain(a.Watch)),
		t.set(t.style.title, or(plain(a.Title), "(no headline)")),
		t.set(t.style.faint, facts(a)),
	}
	if a.Evidence.Sentence != "" && a.Evidence.Sentence != a.Title {
		lines = append(lines, "“"+Marked(a.Evidence.Sentence, a.Evidence.Marks, t.highlight)+"”")
	}
	if tags := a.Evidence.Tags(); len(tags) > 0 {
		lines = append(lines, plain(strings.Join(tags, " · ")))
	}
	if also := also(a.Also); also != "" {
		lines = append(lines, t.set(t.style.faint, also))
	}
	lines = append(lines, plain(a.URL), t.set(t.style.faint, "alert "+plain(a.ID)))
	return strings.Join(lines, "\n") + "\n\n"
}

// set puts text in a style; without colours only marks have one.
func (t *terminal) set(on, text string) string {
	if on == "" {
		return text
	}
	return on + text + t.style.off
}

func (t *terminal) highlight(text string) string { return t.set(t.style.mark, text) }

// facts is where and when: host, sources, the publisher's day, our clock.
func facts(a *copytaster.Alert) string {
	var parts []string
	if u, err := url.Parse(a.URL); err == nil && u.Hostname() != "" {
		parts = append(parts, plain(strings.TrimPrefix(u.Hostname(), "www.")))
	}
	if len(a.Sources) > 0 {
		parts = append(parts, plain(strings.Join(a.Sources, ", ")))
	}
	parts = append(parts, published(a.Published), "fetched "+a.Fetched.UTC().Format("2 Jan 2006 15:04:05 MST"))
	return strings.Join(parts, " · ")
}

func published(d copytaster.Date) string {
	switch {
	case !d.Known():
		return "undated"
	case d.Precision == copytaster.PrecisionTime:
		return "published " + d.Time.Format(time.RFC3339)
	}
	return "published " + d.Day()
}

// also says what the query would find in the asides, in the order of zones.
func also(found map[copytaster.Zone]int) string {
	var parts []string
	for _, z := range copytaster.Zones() {
		if n := found[z]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s (%d)", z, n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "also in " + strings.Join(parts, ", ")
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
