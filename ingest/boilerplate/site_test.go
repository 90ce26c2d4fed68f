// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
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
		if n := m.pages(hashText(club)); n != 0 {
			t.Errorf("still on %d pages", n)
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
				r.Blocks = append(r.Blocks, Block{Text: fmt.Sprint(rand.Uint64(), "<&\"\u2028漢字漢字漢字漢字")})
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

func TestParseSiteModel(t *testing.T) {
	for name, data := range map[string]string{
		"too large": strings.Repeat(" ", maxSiteBytes+1),
		"no JSON":   "{",
		"no model":  `[1]`,
	} {
		t.Run(name, func(t *testing.T) {
			if m, err := ParseSiteModel([]byte(data)); err == nil {
				t.Errorf("got %v, want an error", m)
			}
		})
	}
}
