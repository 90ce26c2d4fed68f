// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
)

// entry is a box with somebody's name, a time and what was said, under the class
// given.
func entry(class, who, when, text string) string {
	return `<div class="` + class + `"><div><a href="/u">` + who + `</a> <span class="datum">` + when + `</span></div><div><p>` + text + `</p></div></div>`
}

func TestReaderPostsAreComments(t *testing.T) {
	said := func(head, who string) string {
		return head + `<ul class="liste">` +
			`<li class="x1"><p>` + who + ` Anke Moor</p><p>4. 3. 2026, 13:47</p><p>Ich habe im Januar zweimal angerufen und beide Male hat niemand abgehoben.</p></li>` +
			`<li class="x2"><p>` + who + ` Ole</p><p>4. 3. 2026, 14:02</p><p>Bei uns kam der Wagen, aber nur um zu wenden.</p></li>` +
			`<li class="x1"><p>` + who + ` Frieda W.</p><p>5. 3. 2026, 08:10</p><p>Das war doch abzusehen.</p></li></ul>`
	}
	for _, c := range []struct{ name, below string }{
		{"under a line that announces them", said("<h4>Leserkommentare</h4>", "von")},
		{"by a line in each", said("", "Comment by")},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := around2("", c.below)
			for _, start := range []string{"Ich habe", "Bei uns"} {
				if got := zoneIn(t, page, start); got != "comment" {
					t.Errorf("%q is in zone %q", start, got)
				}
			}
			if got := zoneIn(t, page, para3[:20]); got != "body" {
				t.Errorf("the article is in zone %q", got)
			}
		})
	}
}

func TestPagesOfPostsAreThreads(t *testing.T) {
	posts := func(class string) string {
		return entry(class, "fen", "3 days ago", para1) + entry(class, "old_ned", "2 days ago", para2) + entry(class, "bea", "2 days ago", para3) +
			entry(class, "fen", "2 days ago", "I rang them on a Tuesday and they came the same evening, to my surprise, with two men and a cart that had no brakes.") +
			entry(class, "bea", "1 day ago", "They took ours as well. I hope that they buy the carts instead of hiring them at that price, which is more than mine cost me new.") +
			entry(class, "old_ned", "1 day ago", "Ours have stood full for nine days and the gulls have found them, so I should be glad of any cart, with or without its brakes.")
	}
	for _, c := range []struct {
		name, url, page string
		want            bool
	}{
		{"readers who discuss a link", "https://links.example/s/4", `<meta property="og:type" content="article"><h1>Who empties the bins?</h1>` + posts("comment user-comment"), true},
		{"posts below an article", "https://courier.example/a", around2("", posts("comment user-comment")), false},
		{"an article that answers questions", "https://courier.example/a", ldScript(`{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Who?"}]}`) + around2("", ""), false},
		{"a page of a library of topics", "https://courier.example/topics/money", around2("", ""), false},
		{"a numbered topic", "https://courier.example/topic/4711-bins", around2("", ""), true},
		{"a topic in the query", "https://courier.example/index.php?topic=4711.0", around2("", ""), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := StripHTML(Input{HTML: []byte(c.page), URL: c.url}, nil)
			if got := r.Kind == copytaster.KindThread; got != c.want {
				t.Errorf("kind is %s", r.Kind)
			}
			for _, s := range []string{para1, para3} {
				if !strings.Contains(r.Text, s) {
					t.Errorf("lost %q", s)
				}
			}
		})
	}
}

func TestThreadSaysWhoWroteWhat(t *testing.T) {
	post := func(who, when, text string) string {
		return `<article class="message"><h4 class="username">` + who + `</h4><dl><dt>Joined</dt><dd>Jun 29, 2016</dd></dl><time class="date" datetime="2026-03-01">` + when + `</time><div class="message-body">` + text + `</div></article>`
	}
	page := `<html><head><meta name="generator" content="XenForo"></head><body><h1>Who empties the bins?</h1>` +
		post("fenwalker", "Mar 1, 2026", `<p>`+para1+`</p>`) +
		post("old_ned", "Mar 2, 2026", `<blockquote><p>`+para1+`</p></blockquote><p>`+para2+`</p>`) +
		post("bea", "Mar 3, 2026", `<p>`+para3+`</p>`) + `</body></html>`
	r := StripHTML(Input{HTML: []byte(page), URL: "https://forum.example/threads/bins.12/"}, nil)
	for _, s := range []string{"fenwalker", "old_ned", "Mar 2, 2026", "bea", para2, para3} {
		if !strings.Contains(r.Text, s) {
			t.Errorf("lost %q", s)
		}
	}
	if n := strings.Count(r.Text, para1); n != 1 {
		t.Errorf("a post and its quote stand %d times in the text", n)
	}
}

func TestIsStamp(t *testing.T) {
	for in, want := range map[string]bool{
		"posted 12:44": true, "17.07.11": true, "3/5/24, late": true, "in 2019": true, "28.09.1912:44": true,
		"11.4k Reputation": false, "Posts: 4,712": false, "Nr. 3": false, "": false, "2-1": false,
	} {
		if got := isStamp(in); got != want {
			t.Errorf("isStamp(%q) is %v", in, got)
		}
	}
}

// TestProfilesInThreadsAreDropped has the counters that forums print beside each
// post.
func TestProfilesInThreadsAreDropped(t *testing.T) {
	var s strings.Builder
	for i, text := range []string{para1, para2, para3, para1 + " " + para3, para2 + " " + para3} {
		s.WriteString(`<div class="post"><div class="post-author"><a class="username" href="/u">fen` + string(rune('a'+i)) + `</a><p>Posts: 41` + string(rune('0'+i)) + ` Joined: May 2019</p></div><span class="date">4 March 2026</span><div class="post-content"><p>` + text + `</p></div></div>`)
	}
	r := StripHTML(Input{HTML: []byte(`<html><body><h1>Who empties the bins?</h1>` + s.String() + `</body></html>`), URL: "https://forum.example/viewtopic.php?t=7"}, nil)
	if r.Kind != copytaster.KindThread {
		t.Fatalf("the page is a %s", r.Kind)
	}
	if strings.Contains(r.Text, "Joined") {
		t.Errorf("the text counts posts: %q", r.Text)
	}
	for _, text := range []string{para1, para2, para3} {
		if !strings.Contains(r.Text, text) {
			t.Errorf("a post is lost: %q", text)
		}
	}
}

// TestQuotesInThreadsAreDropped has an answer that repeats the post above it.
func TestQuotesInThreadsAreDropped(t *testing.T) {
	page := `<html><body><h1>Who empties the bins?</h1>` + entry("post", "fen", "4 March 2026", para1) +
		entry("post", "bea", "4 March 2026", "<blockquote>"+para1+"</blockquote><p>"+para2+"</p>") + entry("post", "ned", "5 March 2026", para3) + `</body></html>`
	r := StripHTML(Input{HTML: []byte(page), URL: "https://forum.example/viewtopic.php?t=7"}, nil)
	if n := strings.Count(r.Text, para1); n != 1 {
		t.Errorf("what was said once stands %d times in the text", n)
	}
	thanks := "Thank you both."
	page = strings.Replace(page, "</body>", entry("post", "fen", "5 March 2026", thanks)+entry("post", "bea", "5 March 2026", thanks)+"</body>", 1)
	r = StripHTML(Input{HTML: []byte(page), URL: "https://forum.example/viewtopic.php?t=7"}, nil)
	if n := strings.Count(r.Text, thanks); n != 2 {
		t.Errorf("thanks of two people stand %d times in the text", n)
	}
}
