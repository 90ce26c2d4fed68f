// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster/extract"
)

// tagAll runs the batch form over lines.
func tagAll(t *testing.T, in string) (out []tagWire, reported string, bad int) {
	t.Helper()
	g, err := extract.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var w, report bytes.Buffer
	bad, err = tagLines(extract.NewTagger(g), strings.NewReader(in), &w, &report)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(w.String()) {
		var o tagWire
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		out = append(out, o)
	}
	return out, report.String(), bad
}

func TestTagWritesTheWireForm(t *testing.T) {
	out, _, bad := tagAll(t, `{"id":"a","text":"Serco won a £5m contract from the Home Office."}`+"\n")
	if bad != 0 || len(out) != 1 {
		t.Fatalf("%d results, %d bad", len(out), bad)
	}
	// The score is what the judge learned last: the scoreboards hold it to its promise.
	if score := out[0].Contracts[0].Score; score < 0.9 || score > 1 {
		t.Errorf("the plainest of contracts has a score of %g", score)
	}
	out[0].Contracts[0].Score = 1
	got, err := json.Marshal(out[0].Contracts)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"suppliers":["serco"],"buyer":"home-office","subject":"","values":[0],"status":"awarded","evidence":[{"start":0,"end":47}],"score":1}]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("contracts -want +got:\n%s", diff)
	}
	m := out[0].Money[0]
	if m.Min == nil || *m.Min != "5000000" || m.Max == nil || m.Currency != "GBP" || m.Per != nil || m.Zone != "body" {
		t.Errorf("money %+v", m)
	}
	if n := out[0].Mentions[0]; n.Entity != "serco" || n.Name != "Serco" || n.Start != 0 || n.End != 5 || n.Zone != "body" {
		t.Errorf("mention %+v", n)
	}
}

func TestTagKeepsTheOrder(t *testing.T) {
	var in strings.Builder
	for i := range 200 {
		fmt.Fprintf(&in, `{"id":"%d","text":%q}`+"\n", i, strings.Repeat("Serco won a £5m contract. ", i%7))
	}
	out, _, bad := tagAll(t, in.String())
	if len(out) != 200 || bad != 0 {
		t.Fatalf("%d results, %d bad", len(out), bad)
	}
	for i, o := range out {
		if o.ID != fmt.Sprint(i) {
			t.Fatalf("result %d is of %s", i, o.ID)
		}
		if o.Mentions == nil || o.Money == nil || o.Contracts == nil {
			t.Fatalf("result %d has a null list", i)
		}
	}
}

func TestTagReportsBadLinesAndDoesTheRest(t *testing.T) {
	out, reported, bad := tagAll(t, "{\"id\":\"a\",\"text\":\"x\"}\nnot json\n\n{\"id\":\"b\"}\n{\"text\":\"y\"}\n{\"id\":\"c\",\"text\":\"\"}\n")
	if len(out) != 2 || out[0].ID != "a" || out[1].ID != "c" {
		t.Errorf("results %+v", out)
	}
	if bad != 3 {
		t.Errorf("%d bad lines", bad)
	}
	for _, want := range []string{"line 2:", "line 4:", "line 5:"} {
		if !strings.Contains(reported, want) {
			t.Errorf("%q does not name %s", reported, want)
		}
	}
}

func TestTagOffsetsAreBytesOfTheInput(t *testing.T) {
	text := "“Très £5m”: Réjà and Serco, the Home Office said."
	in, err := json.Marshal(map[string]string{"id": "a", "text": text})
	if err != nil {
		t.Fatal(err)
	}
	out, _, _ := tagAll(t, string(in))
	for _, m := range out[0].Mentions {
		if text[m.Start:m.End] != m.Surface {
			t.Errorf("%q at %d:%d", m.Surface, m.Start, m.End)
		}
	}
	if len(out[0].Mentions) == 0 {
		t.Error("nothing found")
	}
}
