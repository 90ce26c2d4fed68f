// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html/atom"
)

// blocksOf reads the texts of a page's blocks.
func blocksOf(t *testing.T, body string) []string {
	t.Helper()
	p, err := parsePage(Input{HTML: []byte("<html><body>" + body)})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i := range p.blocks {
		out = append(out, p.blocks[i].text)
	}
	return out
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"paragraphs", "<p>a\n b</p><p>c", []string{"a b", "c"}},
		{"inline elements are joined", "<p>one <b>two</b><i>three</i>", []string{"one twothree"}},
		{"text around a block", "<div>a<p>b</p>c</div>", []string{"a", "b", "c"}},
		{"one break is a line", "<p>a<br>b", []string{"a\nb"}},
		{"two breaks are a paragraph", "<p>a<br> <br>b", []string{"a", "b"}},
		{"cards side by side", `<p><a href=1>Omar</a><a href=2>Ilhan</a>`, []string{"Omar Ilhan"}},
		{"a link inside a word", `<p>the <a href=1>Cour</a>ier`, []string{"the Courier"}},
		{"a drop cap", `<p><span class="dropcap">T</span>he port`, []string{"The port"}},
		{"a name and a date side by side", `<p><cite class="author">Ann</cite><span class="date">3 May</span>`, []string{"Ann 3 May"}},
		{"soft hyphens and zero widths", "<p>pro\u00adcure\u200bment", []string{"procurement"}},
		{"no-break spaces", "<p>£18\u00a0m\u2009a year", []string{"£18 m a year"}},
		{"a row of figures", "<table><tr><th>Year<th>Sum<tr><td>2025<td>£2m</table>", []string{"Year Sum", "2025 £2m"}},
		{"a table that lays out", "<table><tr><td><a href=1>Home</a><br><a href=2>News</a><td><p>Text</p></table>", []string{"Home\nNews", "Text"}},
		{"a row whose cell holds one paragraph", "<table><tr><td><p>2025</p><td>£2m</table>", []string{"2025 £2m"}},
		{"a row whose cell holds two paragraphs", "<table><tr><td><p>2025</p><p>and 2026</p><td>£2m</table>", []string{"2025", "and 2026", "£2m"}},
		{"a row of one cell", "<table><tr><td>Home<br>News</table>", []string{"Home\nNews"}},
		{"a row with a long cell", "<table><tr><td>" + para1 + " " + para2 + "<td>£2m</table>", []string{para1 + " " + para2, "£2m"}},
		{"a pop-over without links is text", `<p>the <span class="tooltip">Public Accounts</span> Committee`, []string{"the Public Accounts Committee"}},
		{"code keeps its lines", "<pre>a\n b</pre>", []string{"a\nb"}},
		{"silent elements", "<script>x</script><style>y</style><svg><text>z</text></svg><p>a", []string{"a"}},
		{"buttons and forms' values", "<button>Go</button><textarea>t</textarea><p>a", []string{"a"}},
		{"a small noscript", "<noscript><p>Enable scripts.</p></noscript><p>a", []string{"a"}},
		{"readings above characters", "<p><ruby>法律<rt>ほうりつ</rt></ruby>ができた", []string{"法律ができた"}},
		{"readings in parentheses", "<p><ruby>法律<rp>(</rp><rt>ほうりつ</rt><rp>)</rp></ruby>ができた", []string{"法律(ほうりつ)ができた"}},
		{"comments of the markup", "<p>a<!-- b -->c", []string{"ac"}},
		{"a pop-over card", `<p>Rep. <span class="rollover"><a href=1>Omar</a><span class="rollover-block"><img src=x><a href=1>Omar</a> <a href=2>More</a></span></span> said`, []string{"Rep. Omar said"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, blocksOf(t, c.body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLargeNoscriptIsRead(t *testing.T) {
	post := "<p>Does anybody know who empties the bins on the hill now that the firm has gone?</p>"
	var body string
	for len(body) < leastNoscript {
		body += post
	}
	if got := blocksOf(t, "<noscript>"+body+"</noscript>"); len(got) < 30 {
		t.Errorf("%d blocks", len(got))
	}
}

func TestMeasure(t *testing.T) {
	b := block{text: "The firm, which sweeps 41 streets, said no. It “declined to comment”.", tag: atom.P}
	b.measure()
	if b.words != 12 || b.commas != 2 || b.digits != 2 || b.stops != 2 || !b.ends || !b.starts || !b.prose() {
		t.Errorf("%d words, %d commas, %d digits, %d stops, ends %v, starts %v, prose %v", b.words, b.commas, b.digits, b.stops, b.ends, b.starts, b.prose())
	}
	for text, want := range map[string]bool{"Yes.": true, "“Yes.”": true, "Yes…": false, "Yes...": false, "Yes": false, "": false, "そうです。": true} {
		if got := endsSentence(text); got != want {
			t.Errorf("%q ends a sentence: %v", text, got)
		}
	}
	wideBlock := block{text: "市は清掃契約を三年早く打ち切ると発表した。"}
	wideBlock.measure()
	if wideBlock.words < 8 {
		t.Errorf("%d words in a script without spaces", wideBlock.words)
	}
}

func TestNames(t *testing.T) {
	l := lexer{words: vocabulary(), lexis: ReadLexis("", ""), seen: map[string]said{}}
	for value, want := range map[string]names{
		"":                     0,
		"comment-list":         nameComment | nameList,
		"articleBody":          nameArticle | nameBody,
		"Related_Posts":        nameRelated | namePost,
		"commentary":           0,
		"sidebar1 widget-area": nameSide | nameWidget | nameWrapper,
	} {
		if got := l.read(value).names; got != want {
			t.Errorf("%q says %b, want %b", value, got, want)
		}
	}
}

func TestRepeatedBlocksAreCounted(t *testing.T) {
	p, err := parsePage(Input{HTML: []byte("<p>Share this</p><p>Text</p><p>share this!</p>")})
	if err != nil {
		t.Fatal(err)
	}
	p.look()
	if p.blocks[0].copies != 0 || p.blocks[2].copies != 1 {
		t.Errorf("copies %d and %d", p.blocks[0].copies, p.blocks[2].copies)
	}
}

func TestReadingOutsideOfEverything(t *testing.T) {
	body := "<rt>x</rt>"
	for len(body) < leastNoscript {
		body += "<p>A sentence of the thread that stands in a page without scripts.</p>"
	}
	if got := blocksOf(t, "<noscript>"+body+"</noscript>"); len(got) == 0 {
		t.Error("nothing was read")
	}
}

// TestHiddenBoxes reads which boxes are off the screen.
func TestHiddenBoxes(t *testing.T) {
	for attribute, want := range map[string]bool{
		`hidden`:                     true,
		`aria-hidden="true"`:         true,
		`aria-hidden="false"`:        false,
		`style="DISPLAY : none"`:     true,
		`style="visibility:hidden;"`: true,
		`style="display:block"`:      false,
		`class="plain"`:              false,
	} {
		p, err := parsePage(Input{HTML: []byte("<div " + attribute + "><p>a</p></div>")})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.boxOf(&p.blocks[0]).hidden; got != want {
			t.Errorf("%s: hidden is %v", attribute, got)
		}
	}
}
