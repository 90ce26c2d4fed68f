// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/google/go-cmp/cmp"
)

// strip strips a page made of a head and a body.
func strip(head, body string) Result {
	const story = "<p>The council has ended its deal with the firm three years early, it said on Monday.</p><p>The firm was paid for all seven years, and nobody could say who had agreed to that.</p>"
	return StripHTML(Input{HTML: []byte("<html><head>" + head + "</head><body>" + body + story + "</body></html>"), URL: "https://courier.example/news/council-ends-deal"}, nil)
}

func ldScript(s string) string { return `<script type="application/ld+json">` + s + `</script>` }

func TestTitle(t *testing.T) {
	for _, c := range []struct{ name, head, body, want string }{
		{"the heading", "<title>Council ends deal | The Courier</title>", "<h1>Council ends deal</h1>", "Council ends deal"},
		{"without the site's name behind a bar", "<title>Council ends deal early | The Courier</title>", "", "Council ends deal early"},
		{"without the site's name behind a dash", "<title>Council ends deal early - The Courier</title>", "", "Council ends deal early"},
		{"with a dash of its own", `<title>Council - once proud - ends its last deal early</title>`, "", "Council - once proud - ends its last deal early"},
		{"without the site's name in front", `<title>Courier - Council ends deal early</title><meta property="og:site_name" content="Courier">`, "", "Council ends deal early"},
		{"OpenGraph's where a news page's heading is not its title", `<title>x</title><meta property="og:title" content="Deal ended">` + ldScript(`{"@type":"NewsArticle","headline":"Council ends its deal with the firm"}`), "<h1>Council ends its deal with the firm</h1>", "Deal ended"},
		{"the one that two agree on", `<title>How the council ends its deal with the firm</title><meta property="og:title" content="Deal ended">` + ldScript(`{"@type":"NewsArticle","headline":"Council ends its deal with the firm"}`), "<h1>Council ends its deal with the firm</h1>", "Council ends its deal with the firm"},
		{"not the site's own heading", "<title>Council ends deal early</title>", "<h1>The Wexcombe Courier</h1>", "Council ends deal early"},
		{"not a paragraph of the same words", "<title>Council ends its deal | The Courier</title>", "<p>Council ends its deal early again</p>", "Council ends its deal"},
		{"decoded", `<meta property="og:title" content="Bins &amp;amp; brooms: who pays now">`, "", "Bins & brooms: who pays now"},
		{"of JSON-LD", ldScript(`{"@type":"Article","headline":"Council ends deal"}`), "", "Council ends deal"},
		{"OpenGraph's where the title element repeats the heading", `<title>Council ends its deal with the firm</title><meta property="og:title" content="Deal ended">` + ldScript(`{"@type":"NewsArticle","headline":"Council ends its deal with the firm"}`), "<h1>Council ends its deal with the firm</h1>", "Deal ended"},
		{"without its kicker", `<title>x</title><meta property="og:title" content="Deal ends early">` + ldScript(`{"@type":"NewsArticle","headline":"Deal ends early"}`), "<h1>Bins: Deal ends early</h1>", "Deal ends early"},
		{"without the site's name of many words", `<title>Deal ends – The Wexcombe and District Evening Courier</title><meta property="og:site_name" content="The Wexcombe And District Evening Courier">`, "", "Deal ends"},
		{"without the site's name glued on", `<title>Council ends deal：The Courier</title><meta property="og:site_name" content="The Courier">`, "", "Council ends deal"},
		{"the first h1 of a page without a title", "", "<h1>Council ends deal</h1>", "Council ends deal"},
		{"none", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strip(c.head, c.body).Title
			if got != c.want {
				t.Errorf("title is %q, want %q", got, c.want)
			}
		})
	}
}

func TestByline(t *testing.T) {
	for _, c := range []struct {
		name, head, body string
		want             []string
	}{
		{"a person of JSON-LD", ldScript(`{"@type":"NewsArticle","headline":"x","author":{"@type":"Person","name":"Nora Quayle"}}`), "", []string{"Nora Quayle"}},
		{"several persons", ldScript(`{"@type":"NewsArticle","headline":"x","author":[{"name":"Nora Quayle"},{"name":"Ivo Lark"}]}`), "", []string{"Nora Quayle", "Ivo Lark"}},
		{"a reference", ldScript(`{"@graph":[{"@type":"Article","headline":"x","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Nora Quayle"}]}`), "", []string{"Nora Quayle"}},
		{"a person before an organisation", ldScript(`{"@type":"Article","headline":"x","author":[{"@type":"Organization","name":"The Courier"},{"@type":"Person","name":"Nora Quayle"}]}`), "", []string{"Nora Quayle"}},
		{"an organisation where nobody else signs", ldScript(`{"@type":"Article","headline":"x","author":{"@type":"Organization","name":"Wire Service"}}`), "", []string{"Wire Service"}},
		{"meta, split", `<meta name="author" content="Nora Quayle and Ivo Lark">`, "", []string{"Nora Quayle", "Ivo Lark"}},
		{"a Twitter label", `<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Nora Quayle">`, "", []string{"Nora Quayle"}},
		{"no address", `<meta property="article:author" content="https://facebook.example/nora">`, `<p class="byline">By Nora Quayle</p>`, []string{"Nora Quayle"}},
		{"a byline with its date", "", `<p class="byline">By Nora Quayle, 3 March 2026</p>`, []string{"Nora Quayle"}},
		{"a German byline", "", `<div class="autor">Von Karla Wendt und Jo Amber</div>`, []string{"Karla Wendt", "Jo Amber"}},
		{"not the site itself", `<meta property="og:site_name" content="The Courier"><meta name="author" content="The Courier">`, "", nil},
		{"not a role", `<meta name="author" content="admin">`, "", nil},
		{"a person in two parts", ldScript(`{"@type":"NewsArticle","headline":"x","author":[{"@type":"Person","givenName":"Nora","familyName":"Quayle"}]}`), "", []string{"Nora Quayle"}},
		{"not the publisher", ldScript(`{"@type":"Article","headline":"x","publisher":{"@type":"Organization","name":"Wexcombe Press"}}`) + `<meta name="author" content="Wexcombe Press">`, `<p class="byline">By Nora Quayle</p>`, []string{"Nora Quayle"}},
		{"not the host's name", `<meta name="author" content="Courier">`, `<p>von <a rel="author" class="author">Dr. Karla Wendt</a></p>`, []string{"Dr. Karla Wendt"}},
		{"not the host's name behind an article", `<meta name="author" content="Der COURIER">`, `<p>von <a rel="author" class="author">Dr. Karla Wendt</a></p>`, []string{"Dr. Karla Wendt"}},
		{"a writer after whom the publisher is called", ldScript(`{"@type":"BlogPosting","headline":"x","author":{"@type":"Person","name":"Nora Quayle"},"publisher":{"@type":"Person","name":"Nora Quayle"}}`), "", []string{"Nora Quayle"}},
		{"a writer who is the publisher by reference", ldScript(`{"@graph":[{"@type":"BlogPosting","headline":"x","author":{"@id":"#p"},"publisher":{"@id":"#p"}},{"@type":["Person","Organization"],"@id":"#p","name":"Nora Quayle"}]}`), "", []string{"Nora Quayle"}},
		{"not an imprint", `<meta name="author" content="courier.example, Wexcombe, England">`, `<p class="byline">By Nora Quayle</p>`, []string{"Nora Quayle"}},
		{"an organisation that is called like its site", ldScript(`{"@type":"Article","headline":"x","author":{"@type":"NewsMediaOrganization","name":"Desk of courier.example"}}`), "", []string{"Desk of courier.example"}},
		{"not a source", "", `<p class="author">Quelle: Nordpost, Ostpost</p>`, nil},
		{"behind the date", "", `<p>Mi 04.03.26 | 14:07 Uhr | Von Karla Wendt</p>`, []string{"Karla Wendt"}},
		{"behind a label", "", `<ul><li><strong>Autorin/Autor</strong> Karla Wendt</li></ul>`, []string{"Karla Wendt"}},
		{"in the element that names itself, date and section around it", "", `<div class="meta"><span class="posted-on">4 March 2026</span> <span class="byline">by <a class="fn" href="/a/nq">Nora Quayle</a></span> in <a href="/c">Notes</a></div>`, []string{"Nora Quayle"}},
		{"a pseudonym", "", `<p>1 March 2026 <span class="author vcard"><a rel="author" href="/a">tidewatcher</a></span> 3 comments</p>`, []string{"tidewatcher"}},
		{"behind a verb, before a time", "", `<h1>Deal ends</h1><div class="post-footer">Eingestellt von Karla Wendt am Sonntag, 8. März 2026</div>`, []string{"Karla Wendt"}},
		{"in one of several lines", "", `<p>Datum: 04.03.2026<br>Autor: Karla Wendt<br>Quelle: Nordpost</p>`, []string{"Karla Wendt"}},
		{"below its label", "", `<h5>Autor:</h5><div>Karla Wendt</div>`, []string{"Karla Wendt"}},
		{"without a handle", "", `<p class="author">Nora Quayle @nquayle</p>`, []string{"Nora Quayle"}},
		{"without the photographer", "", `<p class="author">Nora Quayle Foto: © Lark</p>`, []string{"Nora Quayle"}},
		{"without an office", "", `<p class="author">Karla Wendt<br>Chefredakteurin</p>`, []string{"Karla Wendt"}},
		{"without what the author does", "", `<p>Autorin: Karla Wendt, Projektleiterin im Rathaus</p>`, []string{"Karla Wendt"}},
		{"from the box about the author", "", `<h4 class="author-title">Über Karla Wendt</h4>`, []string{"Karla Wendt"}},
		{"both of an interview", "", `<p class="author">Karla Wendt im Gespräch mit Jo Amber</p>`, []string{"Karla Wendt", "Jo Amber"}},
		{"a login in full", `<meta name="author" content="noraquayle">`, `<p class="byline">By Nora Quayle</p>`, []string{"Nora Quayle"}},
		{"a given name in full", `<meta name="author" content="Élise">`, `<p class="byline">By Élise Moreau</p>`, []string{"Élise Moreau"}},
		{"a login of somebody else", `<meta name="author" content="ivo">`, `<p class="byline">By Nora Quayle</p>`, []string{"ivo"}},
		{"beside the headline before any other", "", `<ul class="latest"><li>Bins: <span class="author">Ivo Lark</span></li></ul><nav><ul>` + strings.Repeat("<li><a href=/>Home and garden</a></li>", 12) + `</ul></nav><h1>Deal ends</h1><p class="author">Nora Quayle</p>`, []string{"Nora Quayle"}},
		{"no company where a person signs", `<meta name="author" content="Wexcombe Press GmbH">`, `<p class="byline">By Nora Quayle</p>`, []string{"Nora Quayle"}},
		{"no link to more", "", `<p class="author"><a href="/a">View all</a></p>`, nil},
		{"the site where it signs itself", `<meta property="og:site_name" content="The Courier">`, `<p class="byline">By The Courier</p>`, []string{"The Courier"}},
		{"not of another article in a list", "", `<div class="related-posts"><p>Bins: <span class="author">Ivo Lark</span></p></div>`, nil},
		{"an office behind the name", "", `<p class="author">Karla Wendt Chefredakteurin</p>`, []string{"Karla Wendt"}},
		{"a reference to itself", ldScript(`{"@graph":[{"@type":"Article","headline":"x","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":{"@id":"#p"}}]}`), `<p class="byline">By Nora Quayle</p>`, []string{"Nora Quayle"}},
		{"a reference to nobody", ldScript(`{"@type":"Article","headline":"x","author":{"@id":"#gone"}}`), `<p class="byline">By Nora Quayle</p>`, []string{"Nora Quayle"}},
		{"no address of JSON-LD", ldScript(`{"@type":"Article","headline":"x","author":"https://courier.example/nora"}`), `<p class="byline">By Nora Quayle</p>`, []string{"Nora Quayle"}},
		{"a writer in a list of lists", ldScript(`{"@type":"Article","headline":"x","author":[[{"name":"Nora Quayle"}]]}`), "", []string{"Nora Quayle"}},
		{"not a commenter", "", `<div class="comments"><p class="author">Historian</p></div>`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, strip(c.head, c.body).Byline); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		name, head, body, day string
		origin                copytaster.Origin
		precision             copytaster.Precision
	}{
		{"JSON-LD", ldScript(`{"@type":"Article","headline":"x","datePublished":"2026-03-04T23:30:00-05:00"}`), "", "2026-03-04", copytaster.OriginJSONLD, copytaster.PrecisionTime},
		{"meta", `<meta property="article:published_time" content="2026-03-04">`, "", "2026-03-04", copytaster.OriginMeta, copytaster.PrecisionDay},
		{"JSON-LD before meta", `<meta property="article:published_time" content="2026-03-05">` + ldScript(`{"@type":"Article","headline":"x","datePublished":"2026-03-04"}`), "", "2026-03-04", copytaster.OriginJSONLD, copytaster.PrecisionDay},
		{"a time element", "", `<h1>Deal ends</h1><time datetime="2026-03-04T08:00:00Z">today</time>`, "2026-03-04", copytaster.OriginMarkup, copytaster.PrecisionTime},
		{"printed in English", "", `<h1>Deal ends</h1><p class="date">March 4, 2026</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"printed in German", "", `<h1>Deal ends</h1><p class="datum">4. März 2026, 8:00 Uhr</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"printed in Spanish", "", `<h1>Deal ends</h1><p class="fecha date">4 de marzo de 2026</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"printed in digits", "", `<h1>Deal ends</h1><p class="date">04.03.2026</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"a meta in German digits with seconds", `<meta property="article:published_time" content="04.03.2026, 07:00:03">`, "", "2026-03-04", copytaster.OriginMeta, copytaster.PrecisionTime},
		{"the page's where no article is stated", ldScript(`{"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},{"@type":"AboutPage","datePublished":"2026-03-04T10:00:00Z"}]}`), "", "2026-03-04", copytaster.OriginJSONLD, copytaster.PrecisionTime},
		{"a day before a bare year", `<meta name="citation_publication_date" content="1988">`, `<h1>Deal ends</h1><p class="date">4 March 2026</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"a bare year where there is no day", `<meta name="dc.date" content="2026">`, "", "2026", copytaster.OriginMeta, copytaster.PrecisionYear},
		{"beside the headline, whatever its box", "", `<div class="teaser"><h1>Deal ends</h1></div><div class="teaser"><time datetime="2026-03-04">4 March</time></div>`, "2026-03-04", copytaster.OriginMarkup, copytaster.PrecisionDay},
		{"in the element that says so, behind another", "", `<h1>Deal ends</h1><p>Edition of 1 May 2019</p><p class="date">4 March 2026</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"behind a label, behind another", "", `<h1>Deal ends</h1><p>Edition of 1 May 2019</p><p>Published 4 March 2026</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"a marked time before a vague meta", `<meta name="date" content="2026-03-09">`, `<h1>Deal ends</h1><p>It has.</p><p>The council said so.</p><p>It will pay.</p><time itemprop="datePublished" datetime="2026-03-04">4 March</time>`, "2026-03-04", copytaster.OriginMarkup, copytaster.PrecisionDay},
		{"a time beside the headline before a vague meta", `<meta name="dcterms.date" content="2026-03-09">`, `<h1>Deal ends</h1><time datetime="2026-03-04">4 March</time>`, "2026-03-04", copytaster.OriginMarkup, copytaster.PrecisionDay},
		{"a vague meta before a time elsewhere", `<meta name="date" content="2026-03-04">`, `<h1>Deal ends</h1><p>It has.</p><p>The council said so.</p><p>It will pay.</p><time datetime="2019-05-01">1 May 2019</time>`, "2026-03-04", copytaster.OriginMeta, copytaster.PrecisionDay},
		{"printed beside the headline before a vague meta", `<meta name="date" content="2026-03-09">`, `<h1>Deal ends</h1><p>Stand: 4.3.2026</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"at the start of the line below the headline", `<meta name="date" content="2026-03-09">`, `<h1>Deal ends</h1><p>04.03.2026 - Office: Ada Finch (press)</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"not within the line below the headline", `<meta name="date" content="2026-03-09">`, `<h1>Deal ends</h1><p>The deal of 4 March 2026 is over</p>`, "2026-03-09", copytaster.OriginMeta, copytaster.PrecisionDay},
		{"beside the headline, in a footer", "", `<h1>Deal ends</h1><div class="footer"><p>By Ada Finch - Mar 4, 2026</p></div>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"glued to its label", "", `<h1>Deal ends</h1><p><span>Erstellt am</span><span>04.03.2026</span></p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"the time of another source on the same day", `<meta property="article:published_time" content="2026-03-04T08:00:00Z">` + ldScript(`{"@type":"Article","headline":"x","datePublished":"2026-03-04"}`), "", "2026-03-04", copytaster.OriginMeta, copytaster.PrecisionTime},
		{"a dateline", "", `<h1>Deal ends</h1><p>Press release of 4 March 2026 | Wexcombe - ` + para1 + ` ` + para2 + `</p><p>` + para3 + `</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"no dateline within a sentence", "", `<h1>Deal ends</h1><p>The deal of 4 March 2026 was struck - ` + para1 + ` ` + para2 + `</p><p>` + para3 + `</p>`, "", "", ""},
		{"below a line that announces it", "", `<h1>Deal ends</h1><p>` + para1 + `</p><p>` + para2 + `</p>` + strings.Repeat("<p>Home</p>", 20) + `<h3>Published</h3><p>Mar 4, 2026</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"of the last change, at last", "", `<h1>Deal ends</h1><p>` + para1 + `</p><p>` + para2 + `</p>` + strings.Repeat("<p>Home</p>", 20) + `<div class="footer"><p>This page was last edited on 4 March 2026, at 13:22.</p></div>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"not of the moment of reading", "", `<h1>Deal ends</h1><p class="date">It is currently 1 May 2019, 07:22 pm</p><p>am 04/03/26, 03:48 pm</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"not of a menu", "", `<nav class="menu"><ul><li>Week of 1 May 2019</li></ul></nav>`, "", "", ""},
		{"not of a teaser", "", `<h1>Deal ends</h1><p>The deal has ended.</p><p>The council said so.</p><div class="teaser"><p>Bins</p><time datetime="2019-05-01">1 May</time></div>`, "", "", ""},
		{"not of a comment", "", `<div class="comments"><div class="comment"><time datetime="2026-03-04">4 March 2026</time><p>No.</p></div></div>`, "", "", ""},
		{"of the article, not of one that is only named", ldScript(`{"@graph":[{"@type":"Article","@id":"#next"},{"@type":"Article","headline":"Deal ends","datePublished":"2026-03-04"}]}`), "", "2026-03-04", copytaster.OriginJSONLD, copytaster.PrecisionDay},
		{"a meta with something behind the day", `<meta property="article:published_time" content="2026-03-04 at eight">`, "", "2026-03-04", copytaster.OriginMeta, copytaster.PrecisionDay},
		{"a time element with its day in parts", "", `<h1>Deal ends</h1><time>4 <b>x</b>March 2026</time>`, "2026-03-04", copytaster.OriginMarkup, copytaster.PrecisionDay},
		{"not of an earlier day in a sentence of the body", "", `<h1>Deal ends</h1><p>` + para1 + ` It had been struck on 1 May 2019.</p><p class="date">4 March 2026</p>`, "2026-03-04", copytaster.OriginText, copytaster.PrecisionDay},
		{"not impossible", `<meta name="date" content="2026-13-45">`, "", "", "", ""},
		{"not before the web", `<meta name="date" content="1866-03-04">`, "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := strip(c.head, c.body).Published
			if d.Day() != c.day || d.Origin != c.origin || d.Precision != c.precision {
				t.Errorf("published %s by %s to the %s, want %s by %s to the %s", d.Day(), d.Origin, d.Precision, c.day, c.origin, c.precision)
			}
		})
	}
}

// TestPrintedDate reads a page of whose sentences the classifier is not sure.
func TestPrintedDate(t *testing.T) {
	p, err := parsePage(Input{HTML: []byte("<h1>Deal ends</h1><div>On 1 May 2019 the deal began, and nobody looked at it.</div><div>4 March 2026</div>")})
	if err != nil {
		t.Fatal(err)
	}
	p.titleAt = 0
	for i, prob := range []float64{0, 0.7, 0.1} {
		p.blocks[i].prob = prob
	}
	p.first, p.last = p.bodyEnds()
	if got := p.printedDate().Day(); got != "2026-03-04" {
		t.Errorf("the line's date loses to %s", got)
	}
	p.blocks = p.blocks[:2]
	if got := p.printedDate().Day(); got != "2019-05-01" {
		t.Errorf("the sentence's date is %q", got)
	}
}

// TestTimesSayWhatTheyAre has the day of a change before that of publication.
func TestTimesSayWhatTheyAre(t *testing.T) {
	r := strip("", `<h1>Deal ends</h1><p><time class="updated" datetime="2026-03-09">9 March</time> <time datetime="2026-03-06">6 March</time> <time class="entry-date published" datetime="2026-03-04">4 March</time></p>`)
	if r.Published.Day() != "2026-03-04" || r.Modified.Day() != "2026-03-09" {
		t.Errorf("published %s, modified %s", r.Published.Day(), r.Modified.Day())
	}
}

func TestURLDate(t *testing.T) {
	for url, want := range map[string]string{
		"https://courier.example/2026/03/04/deal": "2026-03-04",
		"https://courier.example/2026-3-4/":       "2026-03-04",
		"https://courier.example/2026/31/04/deal": "",
		"https://courier.example/20260304":        "",
		"https://courier.example/a/20260304-deal": "2026-03-04",
		"https://courier.example/a/20261304-deal": "",
		"": "",
	} {
		if got := urlDate(url).Day(); got != want {
			t.Errorf("%s is of %q, want %q", url, got, want)
		}
	}
}

func TestFindDay(t *testing.T) {
	for text, want := range map[string]string{
		"Published on 3rd of May 2021 at noon": "2021-05-03",
		"May 3rd, 2021":                        "2021-05-03",
		"3. Mai 2021":                          "2021-05-03",
		"le 3 août 2021":                       "2021-08-03",
		"1er juin 2021":                        "2021-06-01",
		"3 juillet 2021":                       "2021-07-03",
		"3 de setembro de 2021":                "2021-09-03",
		"3 maggio 2021":                        "2021-05-03",
		"2021年5月3日":                            "2021-05-03",
		"12/31/2021":                           "2021-12-31",
		"31/12/2021":                           "2021-12-31",
		"03.05.21":                             "2021-05-03",
		"30 February 2021":                     "",
		"call 2021 5 now":                      "",
		"":                                     "",
	} {
		if got := findDay(text).Day(); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestOtherMetadata(t *testing.T) {
	r := strip(`<html lang="en-GB"><link rel="canonical" href="/news/deal"><meta property="og:image" content="//img.example/a.jpg">
<meta name="robots" content="NOINDEX, follow"><meta property="article:section" content="Politics">`+ldScript(`{"@type":"NewsArticle","headline":"x","isAccessibleForFree":"False","dateModified":"2026-03-05"}`), "")
	got := []string{r.Canonical, r.Image, r.Section, r.Modified.Day()}
	want := []string{"https://courier.example/news/deal", "https://img.example/a.jpg", "Politics", "2026-03-05"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !r.Paywall || !r.NoIndex {
		t.Errorf("paywall %v, no index %v", r.Paywall, r.NoIndex)
	}
}

func TestMetadataRefusesWhatIsNoAddress(t *testing.T) {
	r := strip(`<link rel="canonical" href="javascript:alert(1)"><meta property="og:image" content="data:image/png;base64,AA"><meta property="og:locale" content="not a language">`, "")
	if r.Canonical != "" || r.Image != "" || r.Language != "" {
		t.Errorf("canonical %q, image %q, language %q", r.Canonical, r.Image, r.Language)
	}
}

func TestJSONLD(t *testing.T) {
	for name, script := range map[string]string{
		"a list":             `[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"Deal ends"}]`,
		"a graph":            `{"@graph":[{"@type":"WebPage"},{"@type":["Thing","NewsArticle"],"headline":"Deal ends"}]}`,
		"line breaks inside": "{\"@type\":\"NewsArticle\",\"description\":\"a\nb\",\"headline\":\"Deal ends\"}",
		"a comment around":   `<!--{"@type":"NewsArticle","headline":"Deal ends"}-->`,
		"CDATA":              "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Deal ends\"}\n//]]>",
		"a semicolon behind": `{"@type":"NewsArticle","headline":"Deal ends"};`,
		"a full type":        `{"@type":"https://schema.org/NewsArticle","headline":"Deal ends"}`,
		"a list of values":   `{"@type":"NewsArticle","headline":["Deal ends","Deal to end"]}`,
		"a value with type":  `{"@type":"NewsArticle","headline":{"@value":"Deal ends","@language":"en"}}`,
		"entities":           `{"@type":"NewsArticle","headline":"Deal&#32;ends"}`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := strip(ldScript(script), "").Title; got != "Deal ends" {
				t.Errorf("title is %q", got)
			}
		})
	}
}

func TestKind(t *testing.T) {
	for _, c := range []struct {
		name, head, url string
		want            copytaster.Kind
	}{
		{"news", "", "https://courier.example/news/deal", copytaster.KindNews},
		{"a live blog by its address", "", "https://courier.example/live/budget", copytaster.KindLive},
		{"a live blog by its type", ldScript(`{"@type":"LiveBlogPosting","headline":"x"}`), "", copytaster.KindLive},
		{"opinion by its address", "", "https://courier.example/opinion/deal", copytaster.KindOpinion},
		{"a type before the address", ldScript(`{"@type":"NewsArticle","headline":"x"}`), "https://courier.example/blog/deal", copytaster.KindNews},
		{"a blog", "", "https://courier.example/blog/deal", copytaster.KindBlog},
		{"a thread by its host", "", "https://forum.courier.example/12", copytaster.KindThread},
		{"a thread by its generator", `<meta name="generator" content="Discourse 3.1">`, "", copytaster.KindThread},
		{"opinion by its type", ldScript(`{"@type":"OpinionNewsArticle","headline":"x"}`), "https://courier.example/news/deal", copytaster.KindOpinion},
		{"a thread by its type", ldScript(`{"@type":"DiscussionForumPosting","headline":"x"}`), "", copytaster.KindThread},
		{"a report", ldScript(`{"@type":"Report","headline":"x"}`), "", copytaster.KindReport},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := "<html><head>" + c.head + "</head><body><p>The council has ended its deal with the firm, it said on Monday.</p></body></html>"
			if got := StripHTML(Input{HTML: []byte(page), URL: c.url}, nil).Kind; got != c.want {
				t.Errorf("kind is %s, want %s", got, c.want)
			}
		})
	}
}

func TestImage(t *testing.T) {
	for name, image := range map[string]string{
		"an address":        `"/a.jpg"`,
		"an object":         `{"@type":"ImageObject","url":"/a.jpg","width":800}`,
		"a list":            `["/a.jpg","/b.jpg"]`,
		"a list of objects": `[{"@type":"ImageObject","url":"/a.jpg"}]`,
	} {
		if got := strip(ldScript(`{"@type":"NewsArticle","headline":"x","image":`+image+`}`), "").Image; got != "https://courier.example/a.jpg" {
			t.Errorf("%s is %q", name, got)
		}
	}
	if got := strip(ldScript(`{"@type":"NewsArticle","headline":"x","image":[]}`), "").Image; got != "" {
		t.Errorf("an empty list is %q", got)
	}
}

// TestStatedBody holds what JSON-LD states as the body against the page's blocks:
// it is evidence for them, and never the text itself.
func TestStatedBody(t *testing.T) {
	page := func(body string) string {
		return ldScript(`{"@type":"NewsArticle","headline":"Council ends deal","articleBody":"`+body+`"}`) + around2("", "")
	}
	p, err := parsePage(Input{HTML: []byte(page(para1 + " " + para3))})
	if err != nil {
		t.Fatal(err)
	}
	view := p.look()
	share := func(start string) float32 {
		for i := range p.blocks {
			if b := &p.blocks[i]; strings.HasPrefix(b.text, start) {
				_, _, body := p.matches(b, view)
				return body
			}
		}
		t.Fatalf("no block starts with %q", start)
		return 0
	}
	if in, out := share(para1), share(para2); in < 0.9 || out > 0.3 {
		t.Errorf("of the stated body %v, of the other paragraph %v", in, out)
	}
	r := StripHTML(Input{HTML: []byte(page(strings.Repeat("Nothing of this stands on the page itself. ", 9)))}, nil)
	if strings.Contains(r.Text, "Nothing of this") || !strings.Contains(r.Text, para2) {
		t.Errorf("text is %q", r.Text)
	}
}
