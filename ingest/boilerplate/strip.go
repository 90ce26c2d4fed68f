// SPDX-License-Identifier: Apache-2.0

package boilerplate

import "github.com/copytaster/copytaster"

// Revision names the rules and tables of this package; it is raised when they
// change what comes out.
const Revision = "5"

// Input is one page.
type Input struct {
	HTML []byte // valid UTF-8
	URL  string // where it was fetched; "" where unknown
}

// Result is what a page or a text was split into.
type Result struct {
	Kind      copytaster.Kind
	Title     string   // without the site's name
	Byline    []string // persons
	Section   string
	Image     string // absolute where the page or the URL allows it
	Language  string // BCP 47
	Published copytaster.Date
	Modified  copytaster.Date
	Canonical string // as the page states it, absolute; "" where it does not
	Paywall   bool   // the page says that it is not free to read
	NoIndex   bool   // the page asks search engines to leave it out

	Text       string // the body: NFC, paragraphs separated by a blank line
	Asides     []copytaster.Aside
	Confidence float64 // 0 to 1
	Revision   string  // of this package, and of the site model where one was used
	Blocks     []Block // every block of the page in reading order, as it was judged
}

// Block is one paragraph, heading, cell or line of the page.
type Block struct {
	Text string
	Zone copytaster.Zone // "" for chrome, which is dropped
	Body float64         // how likely it is body, 0 to 1

	// What a SiteModel learns from: the kind of box that the block stands in, 0
	// where that says nothing, and whether the block is body by the page alone.
	Kind  uint64 `json:"-"`
	Alone bool   `json:"-"`
}

// StripHTML splits a page. It is a pure function; site may be nil. It never
// fails: of a page that cannot be parsed it keeps what its plain text yields.
func StripHTML(in Input, site *SiteModel) Result {
	p, err := parsePage(in)
	if err != nil {
		return StripText(Flatten(in.HTML), in.URL)
	}
	p.judge(site)
	p.zone()
	r := p.result()
	if site != nil {
		r.Revision += "+" + site.Revision()
	}
	return r
}
