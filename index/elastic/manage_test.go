// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
	"github.com/copytaster/copytaster/internal/querytest"
)

func manager(x *Index) *Manager { return &Manager{x} }

func statusNames(t *testing.T, x *Index) (searched, written, all []string) {
	t.Helper()
	list, err := manager(x).Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		name := strings.TrimPrefix(s.Index, x.opts.Prefix)
		all = append(all, name)
		if s.Searched {
			searched = append(searched, name)
		}
		if s.Written {
			written = append(written, name)
		}
	}
	return searched, written, all
}

func wantNames(t *testing.T, x *Index, searched, written, all string) {
	t.Helper()
	s, w, a := statusNames(t, x)
	got := []string{strings.Join(s, " "), strings.Join(w, " "), strings.Join(a, " ")}
	if diff := cmp.Diff([]string{searched, written, all}, got); diff != "" {
		t.Errorf("searched, written, all (-want +got):\n%s", diff)
	}
}

func TestRebuildAndSwitch(t *testing.T) {
	x := openTest(t)
	m := manager(x)
	docs := querytest.Documents(3, 120)
	putAll(t, x, docs[:100]...)
	wantNames(t, x, "-v1-000001", "-v1-000001", "-v1-000001")
	if _, _, err := m.Switch(t.Context()); err == nil {
		t.Error("there is a switch to no index")
	}
	to, err := m.Rebuild(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	wantNames(t, x, "-v1-000001", "-v1-000001 -v1-000002", "-v1-000001 -v1-000002")
	putAll(t, x, docs[100:]...)
	if err := x.Delete(t.Context(), docs[0].ID, docs[110].ID); err != nil {
		t.Fatal(err)
	}
	if again, err := m.Rebuild(t.Context(), nil); err != nil || again != to {
		t.Errorf("a rebuild that is taken up again fills %s, %v; want %s", again, err, to)
	}
	before := ask(t, x, copytaster.Query{}, index.SortNewest)
	if err := m.Drop(t.Context(), x.documentIndex(1)); err == nil {
		t.Error("the searched index is dropped")
	}
	from, now, err := m.Switch(t.Context())
	if err != nil || from != x.documentIndex(1) || now != to {
		t.Fatalf("switched from %s to %s, %v", from, now, err)
	}
	wantNames(t, x, "-v1-000002", "-v1-000002", "-v1-000001 -v1-000002")
	after := ask(t, x, copytaster.Query{}, index.SortNewest)
	if diff := cmp.Diff(idsOf(before), idsOf(after)); diff != "" || after.Total != 118 {
		t.Errorf("%d after the switch (-before +after):\n%s", after.Total, diff)
	}
	if diff := cmp.Diff(before.Facets, after.Facets); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if err := m.Drop(t.Context(), from); err != nil {
		t.Fatal(err)
	}
	wantNames(t, x, "-v1-000002", "-v1-000002", "-v1-000002")
	for _, name := range []string{x.ledgerIndex(), x.revisionIndex(), "other-v1-000001", x.opts.Prefix + "*"} {
		if err := m.Drop(t.Context(), name); err == nil {
			t.Errorf("%s is dropped", name)
		}
	}
}

// TestRebuildCopiesWhatComesInBeside lets documents that were put into the old
// index alone, and deletions there alone, be found by the switch: a process may
// have read the alias before the rebuild began.
func TestRebuildCopiesWhatComesInBeside(t *testing.T) {
	x := openTest(t)
	m := manager(x)
	putAll(t, x, article("a", "one", ""), article("gone", "soon", ""))
	to, err := m.Rebuild(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	prepared, errs := x.prepareAll([]*copytaster.Document{article("late", "late copy", "")})
	if errs[0] != nil {
		t.Fatal(errs[0])
	}
	old := x.documentIndex(1)
	for _, err := range x.bulk(t.Context(), append(x.putOperations(&prepared[0], []string{old}), operation{verb: "delete", index: old, id: "gone"})) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, now, err := m.Switch(t.Context()); err != nil || now != to {
		t.Fatalf("%s, %v", now, err)
	}
	if err := x.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := ask(t, x, copytaster.Query{}, index.SortFetched)
	if diff := cmp.Diff([]string{"late", "a"}, idsOf(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRebuildUnderLoad puts and searches while an index is rebuilt and switched:
// searches answer throughout, and no document is missing after.
func TestRebuildUnderLoad(t *testing.T) {
	x := openTest(t)
	const first = 200
	var docs []*copytaster.Document
	for i := range first {
		docs = append(docs, article(fmt.Sprintf("old-%04d", i), "copy", ""))
	}
	putAll(t, x, docs...)
	stop := make(chan struct{})
	var wait sync.WaitGroup
	var puts, searches int
	busy := func(step func(n int) error, count *int) {
		wait.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := step(n); err != nil {
					t.Error(err)
					return
				}
				*count++
			}
		})
	}
	busy(func(n int) error {
		return x.Put(t.Context(), []*copytaster.Document{article(fmt.Sprintf("new-%04d", n), "copy", "")})[0]
	}, &puts)
	busy(func(int) error {
		r, err := x.Search(t.Context(), copytaster.MustParseQuery("copy"), index.Page{Size: 1})
		if err == nil && r.Total < first {
			err = fmt.Errorf("a search finds %d, fewer than there were", r.Total)
		}
		return err
	}, &searches)
	if _, err := manager(x).Rebuild(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if _, _, err := manager(x).Switch(t.Context()); err != nil {
		t.Error(err)
	}
	time.Sleep(200 * time.Millisecond) // what was on its way to both arrives
	close(stop)
	wait.Wait()
	if err := x.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantTotal(t, x, "copy", first+puts)
	t.Logf("%d puts and %d searches meanwhile", puts, searches)
	if puts == 0 || searches == 0 {
		t.Error("nothing happened meanwhile")
	}
}

func TestManyOpenAtOnce(t *testing.T) {
	o := serverOptions(t)
	var wait sync.WaitGroup
	opened := make([]*Index, 4)
	for i := range opened {
		wait.Go(func() {
			x, err := Open(t.Context(), o)
			if err != nil {
				t.Error(err)
				return
			}
			opened[i] = x
		})
	}
	wait.Wait()
	x := openWith(t, o)
	wantNames(t, x, "-v1-000001", "-v1-000001", "-v1-000001")
	putAll(t, x, article("a", "one", ""))
	for _, other := range opened {
		if other != nil {
			wantTotal(t, other, "one", 1)
			if err := other.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestANewerMapping lets a program meet an index of a mapping that it does not
// know: it neither writes there, which would be refused for good, nor serves it.
func TestANewerMapping(t *testing.T) {
	x := openTest(t)
	newer := fmt.Sprintf("%s-v%d-000002", x.opts.Prefix, mappingVersion+1)
	if err := x.create(t.Context(), newer, object{x.writeAlias(): object{}}); err != nil {
		t.Fatal(err)
	}
	putAll(t, x, article("a", "one", ""))
	wantTotal(t, x, "one", 1)
	if n, err := x.count(t.Context(), newer); err != nil || n != 0 {
		t.Errorf("the newer index has %d documents, %v", n, err)
	}
	old := x.documentIndex(1)
	err := x.alias(t.Context(), object{"add": object{"index": newer, "alias": x.readAlias()}},
		object{"remove": object{"index": old, "alias": x.readAlias()}}, object{"remove": object{"index": old, "alias": x.writeAlias()}})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range x.Put(t.Context(), threeDocuments()) {
		if copytaster.ClassOf(err) != copytaster.ClassTransient || !strings.Contains(err.Error(), "another version") {
			t.Errorf("got %v", err)
		}
	}
	if _, err := Open(t.Context(), x.opts); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("Open: got %v", err)
	}
}

func TestStatusTellsAnOldSetting(t *testing.T) {
	x := openTest(t)
	for analyzer, current := range map[string]bool{"": true, "standard": false} {
		o := x.opts
		o.Analyzer = analyzer
		m, err := Manage(o)
		if err != nil {
			t.Fatal(err)
		}
		list, err := m.Status(t.Context())
		if err != nil || len(list) != 1 || list[0].Current != current || list[0].Mapping != mappingVersion || list[0].Created.IsZero() {
			t.Errorf("analyzer %q: %+v, %v", analyzer, list, err)
		}
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestTheNativeTextIsForOthers(t *testing.T) {
	o := serverOptions(t)
	o.Analyzer = "standard"
	x := openWith(t, o)
	putAll(t, x, article("a", "The Besançon report", "Capita's payroll."))
	for query, want := range map[string]int{"capita's": 1, "capita": 0} { // as the standard analyser splits
		r, err := x.find(t.Context(), x.readAlias(), object{"query": object{"match": object{"text": query}}})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits.Hits) != want {
			t.Errorf("the text field finds %d for %s, want %d", len(r.Hits.Hits), query, want)
		}
	}
	wantTotal(t, x, "capita besancon", 1)
	t.Run("a document put with another setting is not refused", func(t *testing.T) {
		x.opts.Analyzer = ""
		putAll(t, x, article("b", "without", ""))
		wantTotal(t, x, "without", 1)
	})
}

func TestParseIndex(t *testing.T) {
	x := &Index{opts: Options{Prefix: "copytaster"}}
	for name, want := range map[string][]int{
		"copytaster-v1-000001": {1, 1}, "copytaster-v12-1234567": {12, 1234567},
		"copytaster-v1": nil, "copytaster-vx-1": nil, "copytaster-v1-": nil, "copytaster-ledger": nil, "other-v1-000001": nil, "copytaster-v-1-1": nil, "copytaster-v0-1": nil,
	} {
		version, n, ok := x.parseIndex(name)
		var got []int
		if ok {
			got = []int{version, n}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	if version, n, ok := x.parseIndex(x.documentIndex(42)); version != mappingVersion || n != 42 || !ok {
		t.Errorf("our own name is read as %d, %d, %v", version, n, ok)
	}
}
