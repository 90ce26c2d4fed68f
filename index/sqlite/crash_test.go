// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/querytest"
)

// crashFile names, in the environment of a child process, the index in which it
// writes until it is killed; crashRound numbers what it writes.
const (
	crashFile  = "COPYTASTER_TEST_CRASH_FILE"
	crashRound = "COPYTASTER_TEST_CRASH_ROUND"
)

// TestKilledWhileWriting kills a process that puts batch after batch, and looks
// for all that it was told is durable.
func TestKilledWhileWriting(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	path := filepath.Join(t.TempDir(), "index.db")
	durable := 0
	for round := range 10 {
		for _, batch := range killedAfter(t, path, round, 2+round%4) {
			durable++
			t.Run(batch, func(t *testing.T) { wantDurable(t, path, batch) })
		}
		x := openAt(t, path)
		check(t, x)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if durable < 20 {
		t.Errorf("only %d batches were written before the kills: the test says little", durable)
	}
	t.Logf("%d batches of %d documents survive 10 kills", durable, crashBatch)
}

// killedAfter runs a child, kills it soon after some batches are durable, in
// each round a little later, and returns the batches that it reported.
func killedAfter(t *testing.T, path string, round, after int) (batches []string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWriteUntilKilled$")
	child.Env = append(os.Environ(), crashFile+"="+path, crashRound+"="+fmt.Sprint(round))
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		batches = append(batches, lines.Text())
		if len(batches) == after {
			time.AfterFunc(time.Duration(3*round)*time.Millisecond, func() { child.Process.Kill() })
		}
	}
	var killed *exec.ExitError
	if err := child.Wait(); !errors.As(err, &killed) || killed.Exited() {
		t.Fatalf("the child was not killed: %v, after %q", err, batches)
	}
	return batches
}

const crashBatch = 7

// TestWriteUntilKilled is the child: it prints the name of each batch once Put
// and Record have returned nil.
func TestWriteUntilKilled(t *testing.T) {
	path := os.Getenv(crashFile)
	if path == "" {
		t.Skip("it is the child of TestKilledWhileWriting")
	}
	x := openAt(t, path)
	for n := 0; ; n++ {
		batch := fmt.Sprintf("r%sn%d", os.Getenv(crashRound), n)
		docs := crashDocuments(batch)
		putAll(t, x, docs...)
		var outcomes []copytaster.Outcome
		for _, d := range docs {
			outcomes = append(outcomes, copytaster.Outcome{URL: d.ID, State: copytaster.StateIndexed, At: d.Fetched, ID: d.ID})
		}
		if err := errors.Join(x.Record(t.Context(), outcomes)...); err != nil {
			t.Fatal(err)
		}
		fmt.Println(batch)
	}
}

// crashDocuments is a batch: new articles, and a revision of one that all
// batches share.
func crashDocuments(batch string) []*copytaster.Document {
	var docs []*copytaster.Document
	for i, d := range querytest.Newsroom(crashBatch) {
		d.ID = fmt.Sprintf("%s-%d", batch, i)
		d.Title += " " + batch
		d.Asides = []copytaster.Aside{{Zone: copytaster.ZoneComment, Text: "comment on " + batch}}
		docs = append(docs, d)
	}
	shared := article("shared", "shared "+batch, "a text that every revision has")
	shared.Fetched = time.Now().UTC()
	return append(docs, shared)
}

func wantDurable(t *testing.T, path, batch string) {
	x := openAt(t, path)
	wantTotal(t, x, "title:"+batch+" -shared", crashBatch)
	wantTotal(t, x, "zone:comment "+batch, crashBatch)
	wantTotal(t, x, "shared", 1)
	for i := range crashBatch {
		id := fmt.Sprintf("%s-%d", batch, i)
		if _, err := x.Get(t.Context(), id); err != nil {
			t.Error(err)
		}
		if e, err := x.Lookup(t.Context(), id); err != nil || e.State != copytaster.StateIndexed {
			t.Errorf("ledger: %v, %v", e, err)
		}
	}
	if r, err := x.Search(t.Context(), copytaster.MustParseQuery("source:*"), index.Page{Facets: index.FacetNames()}); err != nil || r.Total == 0 {
		t.Errorf("%v, %v", r, err)
	}
}
