// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/google/go-cmp/cmp"
)

// TestCommentsAreSigned reads who wrote each comment below an article, and when,
// in the forms that pages print it.
func TestCommentsAreSigned(t *testing.T) {
	const said = "I rang them on a Tuesday and they came the same evening, to my surprise."
	for _, c := range []struct{ name, comment, author, day string }{
		{"name and date in lines of their own", `<p class="author">Ada Finch</p><p class="date">4 March 2026</p><p>` + said + `</p>`, "Ada Finch", "2026-03-04"},
		{"name and date in one line", `<p class="author">Ada Finch on 4 March 2026</p><p>` + said + `</p>`, "Ada Finch", "2026-03-04"},
		{"a verb behind the name", `<p class="author">Ada Finch says:</p><p>` + said + `</p>`, "Ada Finch", ""},
		{"a time element that prints an age", `<p class="author">Ada Finch</p><p><time datetime="2026-03-04T10:00:00Z">2 days ago</time></p><p>` + said + `</p>`, "Ada Finch", "2026-03-04"},
		{"a link to the profile", `<div><a class="username" href="/u/7">finchling</a></div><p class="date">4 March 2026</p><p>` + said + `</p>`, "finchling", "2026-03-04"},
		{"buttons below", `<p class="author">Ada Finch</p><p class="date">4 March 2026</p><p>` + said + `</p><p><a href="#r">Reply</a></p>`, "Ada Finch", "2026-03-04"},
		{"nobody", `<p>` + said + `</p>`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := around2("", `<section class="comments"><h2>1 comment</h2><div class="comment">`+c.comment+`</div></section>`)
			var got []copytaster.Aside
			for _, a := range StripHTML(Input{HTML: []byte(page)}, nil).Asides {
				if a.Zone == copytaster.ZoneComment {
					got = append(got, a)
				}
			}
			if len(got) != 1 || got[0].Text != said {
				t.Fatalf("comments are %+v", got)
			}
			if got[0].Author != c.author || got[0].Published.Day() != c.day {
				t.Errorf("by %q on %q, want %q on %q", got[0].Author, got[0].Published.Day(), c.author, c.day)
			}
		})
	}
}

// question is a page of a question with one answer, and a remark below the answer
// that is shorter than both.
const question = `<h1>Who may hire a sweeper?</h1><div class="question post"><p class="user">fen</p><p class="date">1 March 2026</p><p>` + para1 + ` May a parish hire a sweeper of its own, or must it ask the county first?</p></div>
<div class="answer post"><p class="user">old_ned</p><p class="date">2 March 2026</p><p>` + para3 + ` A parish may hire whom it likes, as long as it pays from its own precept and says so in its minutes.</p>
<div class="comments"><div class="comment"><p class="user">bea</p><p class="date">2 March 2026</p><p>Ours asked the county all the same, and waited a year for an answer that was no answer.</p></div></div></div>`

func TestRemarksBelowAnAnswerStayComments(t *testing.T) {
	zones := func(head, url string) map[string]copytaster.Zone {
		r := StripHTML(Input{HTML: []byte("<html><head>" + head + "</head><body>" + question + "</body></html>"), URL: url}, nil)
		out := map[string]copytaster.Zone{}
		for _, b := range r.Blocks {
			for _, start := range []string{para3, "Ours asked"} {
				if strings.HasPrefix(b.Text, start) {
					out[start] = b.Zone
				}
			}
		}
		return out
	}
	want := map[string]copytaster.Zone{para3: copytaster.ZoneBody, "Ours asked": copytaster.ZoneComment}
	for name, got := range map[string]map[string]copytaster.Zone{
		"by its JSON-LD": zones(ldScript(`{"@type":"QAPage","mainEntity":{"@type":"Question","name":"Who?"}}`), "https://courier.example/a"),
		"by its address": zones("", "https://answers.example/questions/7/who-may-hire"),
	} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// TestAnswersThatAreCalledComments has a question whose answers stand in boxes
// called comments: they are what is said, and no remarks.
func TestAnswersThatAreCalledComments(t *testing.T) {
	var s strings.Builder
	s.WriteString(`<h1>Who may hire a sweeper?</h1><div class="question post"><p>May a parish hire a sweeper of its own, or must it ask?</p></div>`)
	for _, text := range []string{para1, para2, para3, para1 + " " + para3, para2 + " " + para3} {
		s.WriteString(entry("comment", "old_ned", "2 days ago", text))
	}
	in := Input{HTML: []byte("<html><head>" + ldScript(`{"@type":"QAPage","mainEntity":{"@type":"Question","name":"Who?"}}`) + "</head><body>" + s.String() + "</body></html>"), URL: "https://courier.example/a"}
	p, err := parsePage(in)
	if err != nil {
		t.Fatal(err)
	}
	for i := range p.blocks {
		if b := &p.blocks[i]; b.prose() && p.boxOf(b).path&nameComment != 0 {
			t.Errorf("an answer is read as a comment: %q", b.text)
		}
	}
	r := StripHTML(in, nil)
	for _, text := range []string{para1, para2, para3} {
		if !strings.Contains(r.Text, text) {
			t.Errorf("an answer is not in the text: %q", text)
		}
	}
}

// TestListsOfArticlesAreNoThreads has entries with a name, a time and some text,
// but each begins with a linked title.
func TestListsOfArticlesAreNoThreads(t *testing.T) {
	var s strings.Builder
	for i, text := range []string{para1, para2, para3, para1 + para2, para2 + para3} {
		s.WriteString(strings.Replace(entry("item", "Ada Finch", "4 March 2026", text), `<div class="item">`, `<div class="item"><h3><a href="/a`+string(rune('0'+i))+`">The town hall pays twice again</a></h3>`, 1))
	}
	r := StripHTML(Input{HTML: []byte("<h1>News</h1>" + s.String()), URL: "https://courier.example/news"}, nil)
	if r.Kind == copytaster.KindThread {
		t.Error("a list of articles is taken for a thread")
	}
}
