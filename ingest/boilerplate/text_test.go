// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestStripTextJoinsWrappedLines(t *testing.T) {
	const text = "The county will look at every one of its contracts with Tidewell, the firm that\n" +
		"has cleaned its streets since 2022, after the failure of the depot in the spring\n" +
		"of this year, when eleven carts stood idle for a month and nobody could say who\n" +
		"had to mend them.\n\nA report is due in June. It will be read by the panel before anybody else sees it,\nand by the firm after that.\n"
	want := "The county will look at every one of its contracts with Tidewell, the firm that has cleaned its streets since 2022, after the failure of the depot in the spring of this year, when eleven carts stood idle for a month and nobody could say who had to mend them.\n\n" +
		"A report is due in June. It will be read by the panel before anybody else sees it, and by the firm after that."
	if diff := cmp.Diff(want, StripText(text, "").Text); diff != "" {
		t.Error(diff)
	}
}

func TestStripTextLeavesLinesAlone(t *testing.T) {
	for name, text := range map[string]string{
		"one sentence":   "Serco was awarded a contract worth £12m by the council in March.",
		"two lines":      "The first line is a sentence.\n\nThe second is another one.",
		"a list":         "The panel found three faults:\n\n- routes changed without notice\n\n- invoices paid unread\n\n- minutes lost",
		"figures":        "Spending in 2025\n\nCleaning £2.1m\n\nRepairs £0.4m\n\nTotal £2.5m",
		"long lines":     strings.Repeat("A paragraph that is one line, however long it may be, is not wrapped at all. ", 3) + "\n\nShort.",
		"share price":    "The share price fell.\n\nComments were few.\n\nSubscribe, said the bank.",
		"other language": "Die Stadt hat den Vertrag gekündigt.\n\nDie Firma schweigt.",
	} {
		t.Run(name, func(t *testing.T) {
			r := StripText(text, "")
			got := r.Title + "\n\n" + r.Text
			want := strings.Split(fold(text), " ")
			if diff := cmp.Diff(want, strings.Fields(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStripTextDropsBareAddresses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "See the report.\nhttps://courier.example/r.pdf\nIt is long.", "See the report.\n\nIt is long."},
		{"in angle brackets", "See the report.\n<https://courier.example/r.pdf>\nIt is long.", "See the report.\n\nIt is long."},
		{"not inside a sentence", "See https://courier.example/r.pdf for the report.", "See https://courier.example/r.pdf for the report."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, StripText(c.text, "").Text); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnglue(t *testing.T) {
	for in, want := range map[string]string{
		"overseen byAtos":        "overseen by Atos",
		"the role ofOrrin’s men": "the role of Orrin’s men",
		"an iPhone forBob":       "an iPhone for Bob",
		"the McDonald deal":      "the McDonald deal",
		"bySMS":                  "bySMS",
	} {
		if got := unglue(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// zonesOf lists the zone of each line of a text that is not empty.
func zonesOf(text string) []string {
	var out []string
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		if strings.TrimSpace(line) != "" {
			for _, z := range ZoneText(text) {
				if z.Start <= at && at < z.End {
					out = append(out, string(z.Zone))
				}
			}
		}
		at += len(line)
	}
	return out
}

func TestZoneText(t *testing.T) {
	const prose = "The board will ask for new bids in three lots, so that smaller firms can take part in them.\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a sentence", prose, []string{"body"}},
		{"a headline", "Board asks for new bids\n\n" + prose + prose, []string{"heading", "body", "body"}},
		{"comments", prose + "\n2 comments:\n\n1. They should have asked sooner.\nReplyDelete\n2. They did.\nReplyDelete\n", []string{"body", "", "comment", "", "comment", ""}},
		{"comments that are counted below the headline too", "Board asks for new bids\n2 comments\n" + prose + prose + "\n2 comments\n\nThey should have asked sooner.\nReply\nThey did.\nReply\n",
			[]string{"heading", "", "body", "body", "", "comment", "", "comment", ""}},
		{"a count below the headline alone", "Board asks for new bids\n0 comments\n" + prose + prose, []string{"heading", "", "body", "body"}},
		{"jobs", prose + "Tally Recruitment: Night Cleaner\n£11 per hour: Tally Recruitment: An opportunity has come...\n", []string{"body", "jobs", "jobs"}},
		{"a lead", prose + "Depot roof to be mended at last\nRead more\n<https://courier.example/roof>\n" + prose, []string{"body", "related", "related", "", "body"}},
		{"leads that bear their titles", prose + "READ MORE: Sweepers in strike threat\nREAD MORE: Six things to do\n\n" + prose, []string{"body", "related", "related", "body"}},
		{"a list of vacancies", prose + "\nLocal jobs\nCare assistant | Hexley Homes | up to £29k\nCleaner | Hexley Homes\n", []string{"body", "jobs", "jobs", "jobs"}},
		{"a list of leads", prose + "Read more:\nDepot roof to be mended\nSweepers strike again\n", []string{"body", "related", "related", "related"}},
		{"a salary in prose", "The clerk is paid £21,000 per annum, a figure that has not changed: it was set in 2011.\n", []string{"body"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, zonesOf(c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFlattenedPage zones what stands around an article once a page's tags are gone.
func TestFlattenedPage(t *testing.T) {
	const menu = "Home\nNews\nSport\nShare\nSubscribe\nPrivacy\n"
	story := para1 + "\n" + para2 + "\n" + para3 + "\n"
	for _, c := range []struct {
		name, text string
		want       map[string]copytaster.Zone // by how a line starts
		title, day string
	}{
		{"the headline and the day below the menus", menu + "Council ends street-cleaning deal\n4 March 2026\n" + story, map[string]copytaster.Zone{"Home": "", "Council ends": copytaster.ZoneHeading, "4 March": "", para1: copytaster.ZoneBody}, "Council ends street-cleaning deal", ""},
		{"the day of a text that starts with it", "4 March 2026\nCouncil ends street-cleaning deal\n" + story, map[string]copytaster.Zone{"4 March": "", para1: copytaster.ZoneBody}, "Council ends street-cleaning deal", "2026-03-04"},
		{"comments that end where other articles begin", menu + story + "3 comments\nThey should have asked us sooner.\nNobody asked me.\nRelated articles\nDepot roof to be mended\n" + menu,
			map[string]copytaster.Zone{para3: copytaster.ZoneBody, "They should": copytaster.ZoneComment, "Nobody asked": copytaster.ZoneComment, "Depot roof": copytaster.ZoneRelated}, "", ""},
		{"what a site says of its comments", menu + story + "2 comments:\n1. They should have asked us sooner.\nReply\nPlease keep your comment civil.\n",
			map[string]copytaster.Zone{"1. They": copytaster.ZoneComment, "Please keep": copytaster.ZoneNotice}, "", ""},
		{"numbered comments that nothing counts", menu + story + "1. They should have asked us sooner.\nReply\n2. They did ask.\nReply\n",
			map[string]copytaster.Zone{para3: copytaster.ZoneBody, "1. They": copytaster.ZoneComment, "2. They": copytaster.ZoneComment, "Reply": ""}, "", ""},
		{"a numbered list is no comment", story + "1. Routes were changed without notice.\n2. Invoices were paid unread.\n", map[string]copytaster.Zone{"1. Routes": copytaster.ZoneBody, "2. Invoices": copytaster.ZoneBody}, "", ""},
		{"a numbered list with one button is no comment", story + "1. Routes were changed without notice.\nReply\n", map[string]copytaster.Zone{"1. Routes": copytaster.ZoneBody}, "", ""},
		{"prose that goes on behind a widget", menu + para1 + "\nMost read\nFerry fares to rise\nSeven walks for Sunday\n" + para2 + "\n" + para3 + "\n", map[string]copytaster.Zone{"Ferry fares": copytaster.ZoneRelated, para2: copytaster.ZoneBody, para3: copytaster.ZoneBody}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := StripText(c.text, "")
			for start, want := range c.want {
				found := false
				for _, b := range r.Blocks {
					if strings.HasPrefix(b.Text, start) {
						if found = true; b.Zone != want {
							t.Errorf("%.30q is in zone %q, want %q", b.Text, b.Zone, want)
						}
						break
					}
				}
				if !found {
					t.Errorf("no line starts with %q", start)
				}
			}
			if c.title != "" && r.Title != c.title || c.day != "" && r.Published.Day() != c.day {
				t.Errorf("%q of %q, want %q of %q", r.Title, r.Published.Day(), c.title, c.day)
			}
		})
	}
}

func TestZonesCoverTheText(t *testing.T) {
	lines := []string{"", " ", "Read more", "8 comments:", "ReplyDelete", "1. No.", "<https://a.example/b>", "Share", "iJobs General",
		"£7 per hour: A job...", "A headline of five words", "A sentence, and it ends with a stop.", "é\u0301 漢字", "\r"}
	rapid.Check(t, func(t *rapid.T) {
		checkZones(t, strings.Join(rapid.SliceOf(rapid.SampledFrom(lines)).Draw(t, "lines"), "\n"))
	})
}

// TestSamples reads the three sample documents where they lie beside the
// checkout, and checks what the product promises of them.
func TestSamples(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data", "seeds")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no samples beside the checkout: %v", err)
	}
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Error(err)
		}
		return string(data)
	}
	count := func(r Result) string {
		n := map[copytaster.Zone]int{}
		for _, a := range r.Asides {
			n[a.Zone]++
		}
		return fmt.Sprintf("%d comments, %d related, %d jobs, %d notices", n[copytaster.ZoneComment], n[copytaster.ZoneRelated], n[copytaster.ZoneJobs], n[copytaster.ZoneNotice])
	}
	t.Run("a blog with comments", func(t *testing.T) {
		r := StripText(read("000_6c14c1423b3ca9b7.txt"), "")
		if got, want := count(r), "8 comments, 0 related, 0 jobs, 1 notices"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if r.Title != "How outsourcing works - for Atos" || r.Published.Day() != "2014-02-26" {
			t.Errorf("%q of %s", r.Title, r.Published.Day())
		}
	})
	t.Run("a column with widgets", func(t *testing.T) {
		r := StripText(read("002_60df71f7ba338230.txt"), "")
		if !strings.HasSuffix(r.Text, "its new role.") || strings.Contains(r.Text, "per annum") {
			t.Errorf("the text ends with %q", r.Text[max(0, len(r.Text)-60):])
		}
		if got := count(r); !strings.Contains(got, "1 jobs") || strings.Contains(got, " 0 related") {
			t.Error(got)
		}
	})
	t.Run("a hard-wrapped story", func(t *testing.T) {
		r := StripText(read("003_1873c7e5df9db5bb.txt"), "")
		const first = "Atos, the controversial outsourcing company, is facing a government review of all of its major Whitehall contracts, which amount to more than £500m, following another serious IT failure."
		if !strings.HasPrefix(r.Text, first+"\n\n") || strings.Contains(r.Text, "https://") {
			t.Errorf("the text starts with %q", r.Text[:min(len(r.Text), 220)])
		}
		if got, want := count(r), "0 comments, 2 related, 0 jobs, 0 notices"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}

func TestFlattenReadsOnBehindEmptyElements(t *testing.T) {
	got := Flatten([]byte("<p>a<br/>b<hr/>c<svg/>d<iframe src=x></iframe>e</p><select><option>no</select>f<title>g</title>"))
	if diff := cmp.Diff("a\nb\ncde\nfg\n", got); diff != "" {
		t.Error(diff)
	}
}

func TestFlattenStopsAtALimit(t *testing.T) {
	got := Flatten([]byte(strings.Repeat(" ", MaxPage-3) + "abcdef"))
	if got != "abc\n" {
		t.Errorf("a page of %d bytes yields %q", MaxPage+3, got)
	}
}

func TestFlatten(t *testing.T) {
	got := Flatten([]byte("<head><title>x</title></head><body><h1>A</h1>b <i>c</i><script>no()</script><p>d &amp; e<br>f<div>" + strings.Repeat("<div>", 2000) + "g"))
	if diff := cmp.Diff("A\nb c\nd & e\nf\ng\n", got); diff != "" {
		t.Error(diff)
	}
}

// TestZonesOfLines zones lines of a flattened page that are no body.
func TestZonesOfLines(t *testing.T) {
	story := para1 + "\n\n" + para2 + "\n\n" + para3
	for line, want := range map[string]copytaster.Zone{
		"Photograph: Ada Finch for the Wexcombe Courier":                                     copytaster.ZoneCaption,
		"Sign up to our newsletter and get the stories that matter every day":                copytaster.ZonePromo,
		"Copyright 2026 Wexcombe Press. All rights reserved, reproduction only with consent": copytaster.ZoneNotice,
		"Share": zoneChrome,
		"Read more: Depot roof to be mended at last": copytaster.ZoneRelated,
	} {
		text := "Home\nNews\nSport\nShare\n\n" + story + "\n\n" + line + "\n\nShare\nSubscribe\nPrivacy\n"
		got := copytaster.Zone("missing")
		for _, b := range StripText(text, "").Blocks {
			if strings.HasPrefix(b.Text, line) {
				got = b.Zone
			}
		}
		if got != want {
			t.Errorf("%q is in zone %q, want %q", line, got, want)
		}
	}
}

// TestLongTextsAreCutBetweenCharacters cuts a text of two-byte characters at an odd
// byte.
func TestLongTextsAreCutBetweenCharacters(t *testing.T) {
	if got := cut(strings.Repeat("é", 10), 7); got != "ééé" {
		t.Errorf("cut to %q", got)
	}
	if got := cut("é", 2); got != "é" {
		t.Errorf("cut to %q", got)
	}
}
