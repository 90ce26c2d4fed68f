// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const club = "Members of our reading club meet in the library on the first Friday of the month."

// sitePage is page n of a host that puts one paragraph of its own into every
// article, with nothing to tell it by.
func sitePage(n int) Input {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	var s strings.Builder
	for i := range 5 {
		if i == 3 {
			s.WriteString("<p>" + club + "</p>")
		}
		fmt.Fprintf(&s, "<p>In case %d the council paid £%dm to firm number %d, which was %d weeks late, an auditor said.</p>", r.IntN(1e6), r.IntN(90), r.IntN(1e6), r.IntN(50))
	}
	return Input{HTML: []byte("<html><body><article><h1>Case of the day</h1>" + s.String() + "</article></body></html>")}
}

func learned(n int) *SiteModel {
	var m *SiteModel
	for i := range n {
		m = m.Learn(StripHTML(sitePage(i), m), fmt.Sprint(i))
	}
	return m
}

func TestSiteModel(t *testing.T) {
	t.Run("changes nothing on the first pages of a host", func(t *testing.T) {
		in := sitePage(7)
		if diff := cmp.Diff(StripHTML(in, nil).Text, StripHTML(in, learned(1)).Text); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("drops what stood on two other articles", func(t *testing.T) {
		r := StripHTML(sitePage(7), learned(2))
		if strings.Contains(r.Text, "reading club") {
			t.Errorf("text is %q", r.Text)
		}
		if want := Revision + "+site2"; r.Revision != want {
			t.Errorf("revision is %q, want %q", r.Revision, want)
		}
	})
	t.Run("does not learn a story twice", func(t *testing.T) {
		m := learned(3)
		r := StripHTML(sitePage(1), m)
		if got := m.Learn(r, "1"); got != m {
			t.Error("learned from a revision")
		}
		if got := m.Learn(r, "a copy under another address"); got != m {
			t.Error("learned from a copy")
		}
		r.Text += " Updated."
		if got := m.Learn(r, "an updated copy"); got != m {
			t.Error("learned from an updated copy")
		}
	})
	t.Run("lists what it holds for the site's", func(t *testing.T) {
		rep := learned(4).Repeats()
		if len(rep) == 0 || rep[0].Pages != 4 {
			t.Fatalf("repeats are %v", rep)
		}
	})
	t.Run("forgets what is not seen any more", func(t *testing.T) {
		m := learned(3)
		for i := range siteAge + 2 {
			m = m.Learn(textResult(fmt.Sprintf("Another story altogether, number %d.", i)), fmt.Sprint("x", i))
		}
		if rep := m.Repeats(); len(rep) != 0 {
			t.Errorf("still holds %v", rep)
		}
		if len(m.Kinds) != 0 {
			t.Errorf("still holds %v", m.Kinds)
		}
	})
	t.Run("does not take an article's first lines for the teaser that they are elsewhere", func(t *testing.T) {
		const lines = "The ferry to Marsh Island will not sail this winter, because the firm that ran it has handed back its contract."
		var m *SiteModel
		for i := range 5 {
			in := sitePage(i)
			in.HTML = []byte(strings.Replace(string(in.HTML), "</article>", "</article><aside class=popular><h2>Most read</h2><p>"+lines+"</p></aside>", 1))
			m = m.Learn(StripHTML(in, m), fmt.Sprint(i))
		}
		in := sitePage(9)
		in.HTML = []byte(strings.Replace(string(in.HTML), "</h1>", "</h1><p>"+lines+"</p>", 1))
		if r := StripHTML(in, m); !strings.HasPrefix(r.Text, lines) {
			t.Errorf("text is %q", r.Text)
		}
	})
	t.Run("does not take most of a body", func(t *testing.T) {
		rules := []string{
			"The prize is open to every writer who lives in one of the nine parishes, whatever the language of the story.",
			"Entries of up to two thousand words reach the library by post, or are left with Mrs Orme at the desk, by the last day of May.",
			"A jury of five readers, none of whom has written anything, chooses the three that are read out on the green in July.",
		}
		in := sitePage(9)
		in.HTML = []byte("<article><h1>Prize</h1><p>Tove Lind has won this year.</p><p>" + strings.Join(rules, "</p><p>") + "</p></article>")
		var m *SiteModel
		for i := range 3 {
			old := sitePage(i)
			old.HTML = []byte(strings.Replace(string(old.HTML), "</article>", "<p>"+strings.Join(rules, "</p><p>")+"</p></article>", 1))
			m = m.Learn(StripHTML(old, nil), fmt.Sprint(i))
		}
		if r := StripHTML(in, m); !strings.Contains(r.Text, rules[0]) {
			t.Errorf("text is %q", r.Text)
		}
	})
	t.Run("has no say in a thread", func(t *testing.T) {
		page, err := os.ReadFile("testdata/pages/forum-thread.html")
		if err != nil {
			t.Fatal(err)
		}
		p, err := parsePage(Input{HTML: page, URL: "https://courier.example/forum/1"})
		if err != nil || !p.thread {
			t.Fatalf("no thread: %v", err)
		}
		m := &SiteModel{}
		for i := range p.blocks {
			b := &p.blocks[i]
			b.prob = 0.4
			m.Kinds = append(m.Kinds, SiteKind{Hash: p.kindOf(b), Body: 1e6})
		}
		m.Kinds = boundKinds(m.Kinds)
		p.consult(m)
		for i := range p.blocks {
			if b := &p.blocks[i]; b.prob != 0.4 {
				t.Errorf("0.4 became %v: %q", b.prob, b.text)
			}
		}
	})
	t.Run("learns from what a page says alone", func(t *testing.T) {
		for _, b := range learned(6).Repeats() {
			if b.Text == beginning(club) && (b.Pages != 6 || b.Body != 6) {
				t.Errorf("stood on %d pages, in %d bodies; want 6 and 6", b.Pages, b.Body)
			}
		}
	})
}

// textResult is the result of a page with one block.
func textResult(s string) Result {
	return Result{Text: s, Blocks: []Block{{Text: s, Zone: copytaster.ZoneBody}}}
}

func TestSiteModelStaysSmall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m *SiteModel
		for i := range rapid.IntRange(1, 6).Draw(t, "pages") {
			r := Result{Text: fmt.Sprint(i)}
			for range rapid.IntRange(0, 900).Draw(t, "blocks") {
				r.Blocks = append(r.Blocks, Block{Text: fmt.Sprint("<&\"\u2028𠀀𠀀", strings.Repeat("漢字", 10), rand.Uint64()), Kind: rand.Uint64(), Alone: rand.IntN(2) == 0})
			}
			m = m.Learn(r, fmt.Sprint(i))
		}
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > maxSiteBytes {
			t.Fatalf("%d bytes, at most %d", len(data), maxSiteBytes)
		}
		back, err := ParseSiteModel(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestKinds gives a block of which the page itself makes nothing certain to the
// models of hosts that know its kind of box.
func TestKinds(t *testing.T) {
	const kind = 7
	doubtful := func(m SiteModel) float64 { return m.weigh(&block{prob: 0.5, words: 30}, kind) }
	model := func(body, dropped int) SiteModel {
		return SiteModel{Kinds: []SiteKind{{Hash: kind, Body: body, Dropped: dropped}}}
	}
	if p := doubtful(SiteModel{}); p != 0.5 {
		t.Errorf("an unknown kind made 0.5 %v", p)
	}
	if p := doubtful(model(900, 900)); p != 0.5 {
		t.Errorf("a kind that holds both made 0.5 %v", p)
	}
	if p := doubtful(model(900, 0)); p < 0.7 {
		t.Errorf("a kind that holds the body made 0.5 %v", p)
	}
	if p := doubtful(model(0, 900)); p > 0.2 {
		t.Errorf("a kind that holds no body made 0.5 %v", p)
	}
	for _, m := range []SiteModel{model(1e9, 0), model(0, 1e9)} {
		if p := m.weigh(&block{prob: 0.95, words: 30}, kind); p < 0.5 {
			t.Errorf("the host's word outweighs the page's: 0.95 is %v", p)
		}
		if p := m.weigh(&block{prob: 0.05, words: 30}, kind); p > 0.5 {
			t.Errorf("the host's word outweighs the page's: 0.05 is %v", p)
		}
	}
}

func TestLearnKinds(t *testing.T) {
	page := func(class string, words int) Input {
		text := strings.Repeat("<p>The council said on Monday that it would pay the firm, and the firm said that it was glad to hear it.</p>", words/21)
		return Input{HTML: []byte("<article><h1>A case</h1><div class=" + class + ">" + text + "</div></article><nav class=menu><p>Home and garden</p></nav>")}
	}
	learn := func(m *SiteModel, class string, words int, id string) *SiteModel {
		r := StripHTML(page(class, words), nil)
		r.Text += id // another story
		for i := range r.Blocks {
			r.Blocks[i].Text += " " + id
		}
		return m.Learn(r, id)
	}
	find := func(m *SiteModel, text string) (k SiteKind) {
		for _, k := range m.Kinds {
			if strings.HasPrefix(k.Text, text) {
				return k
			}
		}
		return k
	}
	m := learn(nil, "story", 210, "one")
	if k := find(m, "The council said"); k.Body < 200 || k.Dropped != 0 {
		t.Errorf("the body's kind is %+v", k)
	}
	if k := find(m, "Home and garden"); k.Body != 0 || k.Dropped == 0 {
		t.Errorf("the menu's kind is %+v", k)
	}
	if boxes := m.Boxes(); !strings.HasPrefix(boxes[0].Text, "The council said") {
		t.Errorf("the first kind is %+v", boxes[0])
	}
	for i := range 200 {
		m = learn(m, "story", 2100, fmt.Sprint("more", i))
	}
	if k := find(m, "The council said"); k.Body > siteWords {
		t.Errorf("%d words are held against a redesign", k.Body)
	}
}

func TestParseSiteModel(t *testing.T) {
	for name, data := range map[string]string{
		"too large": strings.Repeat(" ", maxSiteBytes+1),
		"no JSON":   "{",
		"no model":  `[1]`,
		"old form":  `{"articles":3,"blocks":[{"h":1,"n":3,"l":3}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			if m, err := ParseSiteModel([]byte(data)); err == nil {
				t.Errorf("got %v, want an error", m)
			}
		})
	}
}

// TestWhatIsLearned has blocks that the classifier, the host's model and the page's
// own line judge in different ways.
func TestWhatIsLearned(t *testing.T) {
	for _, c := range []struct {
		name               string
		alone, moved, prob float64
		zone               copytaster.Zone
		want               bool
	}{
		{"body for all", 0.9, 0.9, 0.9, copytaster.ZoneBody, true},
		{"dropped by all", 0.1, 0.1, 0.1, zoneChrome, false},
		{"dropped for the model alone", 0.9, 0.2, 0.2, zoneChrome, true},
		{"kept for the model alone", 0.3, 0.6, 0.6, copytaster.ZoneBody, false},
		{"dropped by a rule", 0.9, 0.9, 0.1, copytaster.ZoneRelated, false},
		{"kept by a rule", 0.3, 0.3, bodyLine, copytaster.ZoneBody, true},
		{"kept by a doubtful page's own line", 0.3, 0.3, 0.3, copytaster.ZoneBody, false},
	} {
		p := &page{blocks: []block{{alone: c.alone, moved: c.moved, prob: c.prob, zone: c.zone}}}
		if got := p.bodyAlone(&p.blocks[0]); got != c.want {
			t.Errorf("%s: learned as body is %v", c.name, got)
		}
	}
}
