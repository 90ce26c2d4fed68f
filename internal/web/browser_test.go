// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"flag"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/copytaster/copytaster"
)

var screenshots = flag.String("screenshots", "", "folder that screenshots of every page are written to")

// browser starts Chromium, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium is installed: the pages are tested without a browser only")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path))
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // starts it: the browser lives as long as the first context
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// contrast lists the texts of a page whose colours are closer than WCAG AA
// allows (4.5 to 1, or 3 to 1 for large text).
const contrast = `(() => {
  const channels = (c) => c.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = channels(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, style = getComputedStyle(e);
    if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest(".quiet, .skip")) continue;
    const [a, b] = [luminance(channels(style.color)), luminance(behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05), large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) bad.push(ratio.toFixed(2) + " " + e.className + ": " + walk.currentNode.data.trim().slice(0, 40));
  }
  return bad;
})()`

// hostile is an article whose every text tries to break out of the page.
func hostile() *copytaster.Document {
	evil := `"><script>window.hacked=1</script><img src=x onerror="window.hacked=2">'` + "\u202e{{.Data}}javascript:alert(1)"
	d := testArticle(3)
	d.Title, d.Byline, d.Section, d.Sources = evil, []string{evil}, evil, []string{evil}
	d.URL, d.Language, d.Kind = "javascript:window.hacked=3", `en" onload="window.hacked=4`, copytaster.Kind(evil)
	d.Text, d.Sentences = evil+"\n\n"+evil+" unions", nil
	all := copytaster.Span{End: len(evil)}
	d.Mentions = []copytaster.Mention{{Span: all, Party: copytaster.Party{Entity: evil, Name: evil}, Surface: evil, Role: copytaster.RoleSupplier}}
	d.Money = []copytaster.Money{{Span: all, Surface: evil, Vague: true}}
	d.Contracts = []copytaster.Contract{{Suppliers: []copytaster.Party{d.Mentions[0].Party}, Subject: evil, Status: copytaster.Status(evil), Evidence: []copytaster.Span{all}}}
	d.Asides = []copytaster.Aside{{Zone: copytaster.ZoneComment, Author: evil, Text: evil}}
	return d
}

// open loads a page in a window of some width, light or dark.
func open(ctx context.Context, t *testing.T, address string, width int64, scheme string) {
	t.Helper()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		t.Fatal(err)
	}
	err = chromedp.Do(ctx,
		chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
}

func evaluate[T any](ctx context.Context, t *testing.T, js string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js))
	if err != nil {
		t.Fatalf("%s: %v", js, err)
	}
	return v
}

func TestPagesInABrowser(t *testing.T) {
	ctx := browser(t)
	n := newNewsroom(t, testArticle(1), testArticle(2), testArticle(50), hostile(), valued(800, 400, "disability benefit tests", "dwp"), discovered(40, "Kestrel Health Partnership"))
	changed := testArticle(1)
	changed.Fetched = changed.Fetched.Add(20 * time.Second)
	changed.Sentences = nil
	changed.Text, changed.Hash = strings.Replace(storyText, "welcomed the move", "were cautious", 1), "other"
	n.put(changed)
	n.outcome(copytaster.Outcome{URL: "https://news.example/b", State: copytaster.StateSkipped, Reason: "too short", Stage: "fetch", At: now()})
	srv := httptest.NewServer(n.handler)
	t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
	article := srv.URL + "/article/" + testArticle(1).ID + "?q=supplier%3Aatos+unions"

	pages := map[string]string{
		"wire": srv.URL + "/", "search": srv.URL + "/search?q=supplier%3Aatos+unions", "article": article,
		"hostile": srv.URL + "/article/" + hostile().ID, "watches": srv.URL + "/watches?q=unions&name=mine",
		"suppliers": srv.URL + "/suppliers?days=0", "supplier": srv.URL + "/supplier/atos", "review": srv.URL + "/review", "sources": srv.URL + "/sources",
		"ledger": srv.URL + "/ledger?url=https%3A%2F%2Fnews.example%2Fb&state=skipped", "bad": srv.URL + "/search?q=unions+status%3Adone", "error": srv.URL + "/nowhere",
	}
	for name, address := range pages {
		for _, look := range []struct {
			name, scheme string
			width        int64
		}{{"desktop", "light", 1280}, {"phone", "dark", 390}, {"desktop-dark", "dark", 1280}, {"phone-light", "light", 390}} {
			t.Run(name+" "+look.name, func(t *testing.T) {
				open(ctx, t, address, look.width, look.scheme)
				if over := evaluate[int](ctx, t, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
					t.Errorf("the page is %d pixels too wide", over)
				}
				if bad := evaluate[[]string](ctx, t, contrast); len(bad) > 0 {
					t.Errorf("too little contrast:\n%s", strings.Join(bad, "\n"))
				}
				if evaluate[bool](ctx, t, `window.hacked !== undefined`) {
					t.Error("a script of the copy ran")
				}
				if *screenshots != "" {
					shoot(ctx, t, filepath.Join(*screenshots, name+"-"+look.name+".png"))
				}
			})
		}
	}
	t.Run("keys move, open and search", func(t *testing.T) { testKeys(ctx, t, srv.URL) })
	t.Run("new copy is announced and nothing moves", func(t *testing.T) { testAnnouncement(ctx, t, n, srv.URL) })
}

func shoot(ctx context.Context, t *testing.T, file string) {
	t.Helper()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(file, png, 0o644)
	}
	if err != nil {
		t.Error(err)
	}
}

func testKeys(ctx context.Context, t *testing.T, address string) {
	open(ctx, t, address+"/", 1280, "light")
	focused := `document.activeElement.closest(".item") ? [...document.querySelectorAll(".item")].indexOf(document.activeElement.closest(".item")) : -1`
	for _, step := range []struct {
		key  string
		want int
	}{{"j", 0}, {"j", 1}, {"j", 2}, {"k", 1}} {
		if err := chromedp.Do(ctx, chromedp.KeyEvent(step.key)); err != nil {
			t.Fatal(err)
		}
		if got := evaluate[int](ctx, t, focused); got != step.want {
			t.Fatalf("after %s article %d has the focus, want %d", step.key, got, step.want)
		}
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent("/")); err != nil {
		t.Fatal(err)
	}
	if got := evaluate[string](ctx, t, `document.activeElement.id`); got != "q" {
		t.Errorf("after / %q has the focus", got)
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent("jo"), chromedp.KeyEvent("\x1b"), chromedp.KeyEvent("j"), chromedp.KeyEvent("o"), chromedp.WaitReady(chromedp.CSS(".story"))); err != nil {
		t.Fatal(err)
	}
}

func testAnnouncement(ctx context.Context, t *testing.T, n *newsroom, address string) {
	open(ctx, t, address+"/", 1280, "light")
	place := `JSON.stringify([...document.querySelectorAll(".item")].map((i) => i.getBoundingClientRect().top))`
	before := evaluate[string](ctx, t, place)
	for i := 0; n.listeners() == 0; i++ {
		if i > 200 {
			t.Fatal("the page does not listen")
		}
		time.Sleep(10 * time.Millisecond)
	}
	n.live <- testArticle(1) // already on the page
	n.live <- testArticle(70)
	n.live <- testArticle(71)
	n.live <- testArticle(71)
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](`document.querySelector("[data-more]").textContent.startsWith("2 new articles")`)); err != nil {
		t.Fatal(err)
	}
	if after := evaluate[string](ctx, t, place); after != before {
		t.Errorf("the page moved: %s, then %s", before, after)
	}
	if got := evaluate[string](ctx, t, `document.title`); !strings.HasPrefix(got, "(2) ") {
		t.Errorf("title %q", got)
	}
}

func (n *newsroom) listeners() int {
	hub := n.hub
	hub.mu.Lock()
	defer hub.mu.Unlock()
	return len(hub.listeners)
}
