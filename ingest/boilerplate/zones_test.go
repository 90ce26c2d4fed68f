// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/google/go-cmp/cmp"
)

const (
	para1 = "The council has ended its street-cleaning deal with Tidewell three years early, after a year in which the firm missed two thirds of its targets."
	para2 = "The contract, worth £18m over seven years, was let in 2022 by a committee that met twice and published no minutes of either meeting."
	para3 = "Officers told the panel that bringing the work back in house would cost £600,000 in the first year, and save about as much in the second."
)

// around2 is a page with something between two paragraphs of an article, and
// something below it.
func around2(inside, below string) string {
	return `<html><body><nav><a href="/">Home</a></nav><main><article><h1>Council ends deal</h1><div class="article-body"><p>` + para1 + `</p>` + inside +
		`<p>` + para2 + `</p><p>` + para3 + `</p></div></article>` + below + `</main></body></html>`
}

// zoneIn is the zone of the first block of a page that starts with a text.
func zoneIn(t *testing.T, page, start string) string {
	t.Helper()
	r := StripHTML(Input{HTML: []byte(page)}, nil)
	for _, b := range r.Blocks {
		if strings.HasPrefix(b.Text, start) {
			return string(b.Zone)
		}
	}
	t.Fatalf("no block starts with %q", start)
	return ""
}

func TestZonesInsideAnArticle(t *testing.T) {
	for _, c := range []struct{ name, inside, start, want string }{
		{"a sub-heading", `<h2>What happens next</h2>`, "What happens", "body"},
		{"a quotation", `<blockquote><p>We wrote the contract in a hurry, and we regret it at leisure.</p></blockquote>`, "We wrote", "body"},
		{"a list", `<p>There were three faults:</p><ul><li>the routes were changed without notice;</li><li>the invoices were paid unread.</li></ul>`, "the invoices", "body"},
		{"a row of figures", `<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2023</td><td>£2.1m</td></tr></table>`, "2023", "body"},
		{"a caption", `<figure><img src=a.jpg><figcaption>Two carts in the depot last week. Photograph: Ada Finch</figcaption></figure>`, "Two carts", "caption"},
		{"a line that leads away", `<p>Read more: <a href=/x>Depot roof to be mended at last</a></p>`, "Read more", "related"},
		{"a label that leads away", `<p><a href=/x>READ MORE</a></p>`, "READ MORE", "related"},
		{"a German lead", `<p>Lesen Sie auch: <a href=/x>Kehrmaschinen stehen still</a></p>`, "Lesen", "related"},
		{"a box of related articles", `<div class="related-box"><h3>Related</h3><p><a href=/x>Treasurer resigns after a week</a></p></div>`, "Treasurer", "related"},
		{"a newsletter form", `<div class="newsletter"><p>Sign up to our newsletter and get the stories that matter in your inbox every day.</p></div>`, "Sign up", "promo"},
		{"an embedded post", `<blockquote class="twitter-tweet"><p>Forty-one sweepers, one depot, no plan. Ask him tonight.</p>— Dilys Hart (@hart)</blockquote>`, "Forty-one", "body"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := zoneIn(t, around2(c.inside, ""), c.start); got != c.want {
				t.Errorf("zone is %q, want %q", got, c.want)
			}
		})
	}
}

func TestZonesBelowAnArticle(t *testing.T) {
	for _, c := range []struct{ name, below, start, want string }{
		{"a job widget", `<div class="jobs"><h3>Jobs near you</h3><p>£19000 - £21000 per annum: Tally: A firm seeks a clerk...</p></div>`, "£19000", "jobs"},
		{"most popular", `<div><h3>Most popular</h3><ol><li><a href=/1>Man finds tram in garden shed</a></li></ol></div>`, "Man finds", "related"},
		{"a copyright notice", `<div class="legal"><p>Copyright 2026 The Courier. No part of this may be reproduced without permission.</p></div>`, "Copyright", "notice"},
		{"a menu", `<nav><ul><li><a href=/a>About us</a></li></ul></nav>`, "About us", ""},
		{"a share bar", `<div class="share"><a href=#>Share on Facebook</a></div>`, "Share on", ""},
		{"a cookie bar", `<div class="cookie-consent"><p>We use cookies to measure our audience and to show you advertising.</p></div>`, "We use", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := zoneIn(t, around2("", c.below), c.start); got != c.want {
				t.Errorf("zone is %q, want %q", got, c.want)
			}
		})
	}
}

// TestInsideAnArticle zones what pages put between its paragraphs.
func TestInsideAnArticle(t *testing.T) {
	for _, c := range []struct{ name, inside, start, want string }{
		{"a lead", `<p><a href="/b">Read more: Depot roof to be mended at last</a></p>`, "Read more", "related"},
		{"a label without its link", `<p>Read more</p>`, "Read more", "related"},
		{"a caption", `<figure><img src=x><figcaption>The depot in March, its roof gone.</figcaption></figure>`, "The depot in March", "caption"},
		{"the label of an advertisement", `<div><p>Advertisement</p></div>`, "Advertisement", ""},
		{"a quotation", `<blockquote><p>We were never asked, and nobody would have told us the truth if we had been.</p></blockquote>`, "We were never", "body"},
		{"a post of a network", `<blockquote class="twitter-tweet"><p>The carts are gone from the depot on Mill Lane, all eleven of them.</p></blockquote>`, "The carts are", "body"},
		{"a sub-heading", `<h2>What it cost</h2>`, "What it cost", "body"},
		{"a list of findings", `<ul><li>Routes were changed without notice to anybody on them.</li><li>Invoices were paid before they had been read by a clerk.</li></ul>`, "Routes were", "body"},
		{"a form for a newsletter", `<div class="newsletter"><p>Sign up to our newsletter and get the stories that matter every morning.</p></div>`, "Sign up", "promo"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := zoneIn(t, around2(c.inside, ""), c.start); got != c.want {
				t.Errorf("zone is %q, want %q", got, c.want)
			}
		})
	}
}

func TestComments(t *testing.T) {
	one := func(author, date, text, inside string) string {
		return `<li class="comment"><div class="comment-meta"><b class="author">` + author + `</b> <time datetime="` + date + `">` + date + `</time></div><div class="comment-text">` + text + `</div><a href=# class="reply">Reply</a>` + inside + `</li>`
	}
	page := around2("", `<section class="comments"><h3>3 comments</h3><ul>`+
		one("Ellen Moss", "2026-03-04", "<p>They came once a month.</p><p>And then only to turn round.</p>", "<ul>"+one("Bram", "2026-03-05", "<p>You were lucky.</p>", "")+"</ul>")+
		one("P. Okafor", "2026-03-06", "<p>No.</p>", "")+
		`</ul><p>Comments that insult others will not be approved.</p></section>`)
	r := StripHTML(Input{HTML: []byte(page)}, nil)
	type comment struct{ Author, Day, Text string }
	var got []comment
	for _, a := range r.Asides {
		if a.Zone == copytaster.ZoneComment {
			got = append(got, comment{a.Author, a.Published.Day(), a.Text})
		}
	}
	want := []comment{
		{"Ellen Moss", "2026-03-04", "They came once a month.\n\nAnd then only to turn round."},
		{"Bram", "2026-03-05", "You were lucky."},
		{"P. Okafor", "2026-03-06", "No."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if zone := zoneIn(t, page, "Comments that"); zone != "notice" {
		t.Errorf("the policy is in zone %q", zone)
	}
	if strings.Contains(r.Text, "turn round") {
		t.Error("a comment is in the body")
	}
	if r.Published.Known() {
		t.Errorf("published %s by a comment", r.Published.Day())
	}
}

func TestCommentAuthor(t *testing.T) {
	for in, want := range map[string]string{
		"Ellen Moss says:":      "Ellen Moss",
		"Ellen Moss on 4 March": "Ellen Moss",
		"Ellen 4 March 2026":    "Ellen",
		"user42":                "user42",
	} {
		if got := commentAuthor(in); got != want {
			t.Errorf("%q is by %q, want %q", in, got, want)
		}
	}
}

func TestAsidesStandAtTheirPlace(t *testing.T) {
	r := StripHTML(Input{HTML: []byte(around2(`<p>Read more: <a href=/x>Depot roof to be mended</a></p>`, ""))}, nil)
	if len(r.Asides) != 1 || r.Asides[0].At != len(para1) {
		t.Fatalf("asides are %v", r.Asides)
	}
	if want := para1 + "\n\n" + para2 + "\n\n" + para3; r.Text != want {
		t.Error(cmp.Diff(want, r.Text))
	}
}

func TestThreadKeepsItsPosts(t *testing.T) {
	post := func(s string) string {
		return `<div class="comment-item"><a class="username" href=/u>fen</a><div class="comment-body"><p>` + s + `</p></div></div>`
	}
	page := `<html><head><meta name="generator" content="Discourse"></head><body><h1>Who empties the bins?</h1>` +
		post(para1) + post("Nobody.") + post(para2) + post("I rang them and they came the same evening, to my surprise.") + post(para3) + `</body></html>`
	r := StripHTML(Input{HTML: []byte(page), URL: "https://forum.example/t/bins/12"}, nil)
	if r.Kind != copytaster.KindThread {
		t.Errorf("kind is %s", r.Kind)
	}
	for _, s := range []string{para1, "same evening", para3} {
		if !strings.Contains(r.Text, s) {
			t.Errorf("lost %q", s)
		}
	}
}

func TestListIsNoArticle(t *testing.T) {
	var items strings.Builder
	for _, s := range []string{"Council ends its deal", "Port paid twice", "Board drops its cleaner", "Signals firm is fined", "Payroll costs triple", "Letters are released"} {
		items.WriteString(`<div class="teaser"><h2><a href="/x">` + s + `</a></h2><p>And a line about it.</p></div>`)
	}
	list := `<html><body><h1>Money</h1>` + items.String() + `</body></html>`
	if got := StripHTML(Input{HTML: []byte(list)}, nil).Kind; got != copytaster.KindList {
		t.Errorf("kind of a list is %s", got)
	}
	if got := StripHTML(Input{HTML: []byte(around2("", `<section class="more">`+items.String()+`</section>`))}, nil).Kind; got != copytaster.KindNews {
		t.Errorf("kind of an article with a list below is %s", got)
	}
}

func TestEmptyPages(t *testing.T) {
	for name, page := range map[string]string{"nothing": "", "white space": " \n ", "no text": "<html><body><img src=a></body></html>", "a head alone": "<head><title>Deal</title></head>"} {
		t.Run(name, func(t *testing.T) {
			r := StripHTML(Input{HTML: []byte(page)}, nil)
			checkResult(t, r)
			if r.Text != "" || len(r.Asides) != 0 {
				t.Errorf("text is %q", r.Text)
			}
		})
	}
}

func TestStripIsDeterministicAndConcurrent(t *testing.T) {
	in := Input{HTML: []byte(around2("<h2>What next</h2>", `<div class="comments"><p>I do not think so.</p></div>`)), URL: "https://courier.example/a"}
	want := StripHTML(in, nil)
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for range 20 {
				if diff := cmp.Diff(want, StripHTML(in, nil)); diff != "" {
					t.Fatal(diff)
				}
			}
		})
	}
}
