// SPDX-License-Identifier: Apache-2.0

package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/pipeline"
)

func indexPage() index.Page { return index.Page{Size: 100} }

// takeIn polls every source once and waits until the line is quiet.
func takeIn(t *testing.T, l *pipeline.Line) {
	t.Helper()
	ctx := within(t, 10*time.Minute)
	failed, err := l.PollNow(ctx)
	if err != nil || len(failed) > 0 {
		t.Fatalf("poll: %v %v", failed, err)
	}
	if err := l.Quiet(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestTheBundledSite(t *testing.T) {
	site := serveSite(t)
	in, hook := serveInbox(t)
	l := startLine(t, world{site: site.Base, hook: hook}, "fetch", "extract", "index", "alert", "notify")
	takeIn(t, l)

	t.Run("every URL ends in exactly one state", func(t *testing.T) {
		got := tally(t, l)
		want := map[copytaster.State]int{copytaster.StateDuplicate: 2, copytaster.StateNotArticle: 1, copytaster.StateBlocked: 1,
			copytaster.StateGone: 1, copytaster.StateDead: 1}
		for state, n := range want {
			if got[state] != n {
				t.Errorf("%d URLs are %s, want %d", got[state], state, n)
			}
		}
		if got[copytaster.StatePending] != 0 {
			t.Errorf("%d URLs have not ended", got[copytaster.StatePending])
		}
		if n := len(find(t, l, "")); n != got[copytaster.StateIndexed]+got[copytaster.StateUnchanged] {
			t.Errorf("%d articles are found, the ledger says %v", n, got)
		}
	})
	t.Run("a story that four sources list is one article that names them", func(t *testing.T) {
		hits := find(t, l, "source:courier source:whole-site source:courier-front title:bypass")
		if len(hits) != 1 || !strings.HasSuffix(hits[0], "/courier/news/bypass") {
			t.Errorf("got %v", hits)
		}
	})
	t.Run("a name in a job widget, a teaser or a comment is not coverage", func(t *testing.T) {
		for _, url := range find(t, l, "supplier:capita") {
			if strings.Contains(url, "swimming-pool") || strings.Contains(url, "gone-walking") {
				t.Errorf("found %s", url)
			}
		}
		if hits := find(t, l, `zone:comment supplier:"Sopra Steria"`); len(hits) != 1 {
			t.Errorf("the comment is not searchable on request: %v", hits)
		}
	})
	t.Run("a PDF, a DOCX, a Windows-1252 page and a page of line breaks are read", func(t *testing.T) {
		for query, suffix := range map[string]string{
			`"gave up" supplier:capita`:        ".pdf",
			`"payment by results"`:             ".docx",
			`café title:"winter fair"`:         "winter-fair.htm",
			`chapel baker title:"mill street"`: "mill-street.htm",
		} {
			if hits := find(t, l, query); len(hits) != 1 || !strings.HasSuffix(hits[0], suffix) {
				t.Errorf("%s: %v, want one that ends in %s", query, hits, suffix)
			}
		}
	})
	t.Run("an edited story has two revisions and its newest figure", func(t *testing.T) {
		site.Edit()
		takeIn(t, l)
		url := site.Base + "/courier/news/care-records"
		if hits := find(t, l, `money:500m title:"care records"`); !slices.Equal(hits, []string{url}) {
			t.Errorf("the new figure finds %v", hits)
		}
		if hits := find(t, l, "money:600m"); len(hits) != 0 {
			t.Errorf("the old figure still finds %v", hits)
		}
		e, err := l.Why(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := l.Index.Revisions(t.Context(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		hashes := map[string]bool{}
		for _, d := range docs {
			hashes[d.Hash] = true
		}
		if len(hashes) != 2 {
			t.Errorf("%d revisions of the text", len(hashes))
		}
	})
	t.Run("each alert stands once and was received", func(t *testing.T) {
		stand := alertsIn(t, l)
		if len(stand) == 0 {
			t.Fatal("nothing rang")
		}
		got := in.received()
		for id, n := range stand {
			if n != 1 || got[id] == 0 {
				t.Errorf("%s stands %d times and was received %d times", id, n, got[id])
			}
		}
	})
}

// samples are the three documents that stand for the line's input.
func samples(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../../shared/data/seeds/*.txt")
	if err != nil || len(files) != 3 {
		t.Skip("the sample documents are not here")
	}
	byName := map[string]string{}
	for _, f := range files {
		abs, err := filepath.Abs(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(abs); err != nil {
			t.Fatal(err)
		}
		byName[filepath.Base(f)[:3]] = abs
	}
	return byName
}

func TestTheSamples(t *testing.T) {
	files := samples(t)
	in, hook := serveInbox(t)
	l := startLine(t, world{hook: hook}, "fetch", "extract", "index", "alert", "notify")
	ctx := within(t, 10*time.Minute)
	if err := l.AddWatch(ctx, copytaster.Watch{Name: "g4s", Query: "supplier:g4s"}); err != nil {
		t.Fatal(err)
	}
	since := l.Now()
	urls, err := l.Add(ctx, []string{files["000"], files["002"], files["003"]})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Settle(ctx, urls, since); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"supplier:atos", []string{"000", "002", "003"}},
		{"money:>=500m currency:gbp", []string{"000", "003"}},
		{"money:*", []string{"000", "003"}},
		{"supplier:capita", []string{"000"}},
		{"supplier:maximus", nil},
		{`supplier:"Recruitment Genius"`, nil},
		// 003 says it too: "stepped down from the contract a year early".
		{"contract:(supplier:atos status:exiting_early money:>=500m) title:outsourcing", []string{"000"}},
		{"contract:(supplier:atos status:under_review money:>=500m)", []string{"003"}},
	} {
		t.Run(c.query, func(t *testing.T) {
			var got []string
			for _, url := range find(t, l, c.query) {
				got = append(got, filepath.Base(url)[:3])
			}
			slices.Sort(got)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
	t.Run("G4S rings once, with its sentence", func(t *testing.T) {
		n := 0
		for id := range in.received() {
			if strings.HasPrefix(id, "g4s.") {
				n++
			}
		}
		if n != 1 {
			t.Errorf("it rang %d times", n)
		}
	})
}
