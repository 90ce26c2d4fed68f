// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/querytest"
)

func TestPutIsolatesAFailure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	x := openAt(t, path)
	run(t, path, "CREATE TRIGGER refuse BEFORE INSERT ON article WHEN NEW.id = 'bad' BEGIN SELECT RAISE(ABORT, 'refused'); END")
	errs := x.Put(t.Context(), []*copytaster.Document{article("a", "copy", ""), article("bad", "copy", ""), nil, article("b", "copy", "")})
	if errs[0] != nil || errs[3] != nil {
		t.Errorf("the others fail too: %v", errs)
	}
	if errs[1] == nil || !strings.Contains(errs[1].Error(), "put bad") || !strings.Contains(errs[1].Error(), "refused") {
		t.Errorf("got %v; want an error that names the document and the cause", errs[1])
	}
	if copytaster.ClassOf(errs[1]) != copytaster.ClassTransient || copytaster.ClassOf(errs[2]) != copytaster.ClassPermanent {
		t.Errorf("classes %s and %s", copytaster.ClassOf(errs[1]), copytaster.ClassOf(errs[2]))
	}
	wantTotal(t, x, "copy", 2)
	if _, err := x.Get(t.Context(), "bad"); err == nil {
		t.Error("the revision of the failed document is there")
	}
	check(t, x)
}

func TestPutRefusesWhatJSONCannotHold(t *testing.T) {
	x := openTest(t)
	d := article("nan", "", "")
	d.Confidence = math.NaN()
	if errs := x.Put(t.Context(), []*copytaster.Document{d}); copytaster.ClassOf(errs[0]) != copytaster.ClassPermanent || !strings.Contains(errs[0].Error(), "nan") {
		t.Errorf("got %v", errs[0])
	}
}

func TestFullDisk(t *testing.T) {
	x := openTest(t)
	putAll(t, x, querytest.Newsroom(20)...)
	pages := func(limit int) {
		var got int
		if err := x.write.row(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", limit), nil, &got); err != nil {
			t.Fatal(err)
		}
	}
	pages(1) // which is to say: not one more than there are
	more := querytest.Newsroom(60)[20:]
	for i, err := range x.Put(t.Context(), more) {
		if err == nil || !strings.Contains(err.Error(), "full") || copytaster.ClassOf(err) != copytaster.ClassTransient {
			t.Fatalf("document %d: got %v; want a transient error that says the disk is full", i, err)
		}
	}
	errs := x.Record(t.Context(), []copytaster.Outcome{{URL: "u", State: copytaster.StateGone, At: more[0].Fetched, Reason: strings.Repeat("long ", 100_000)}})
	if errors.Join(errs...) == nil {
		t.Error("Record succeeds on a full disk")
	}
	wantTotal(t, x, "", 20)
	pages(1_000_000)
	putAll(t, x, more...)
	wantTotal(t, x, "", 60)
	check(t, x)
}
