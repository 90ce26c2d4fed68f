// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/querytest"
)

func TestDeleteEmptiesEveryTable(t *testing.T) {
	x := openTest(t)
	docs := querytest.Documents(5, 60)
	putAll(t, x, docs...)
	var ids []string
	for _, d := range docs {
		ids = append(ids, d.ID)
	}
	if err := x.Delete(t.Context(), ids...); err != nil {
		t.Fatal(err)
	}
	tables, err := query(t.Context(), x.read, "SELECT name FROM sqlite_schema WHERE type = 'table'", nil, scanString)
	if err != nil || len(tables) < 20 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	for _, table := range tables {
		if strings.Contains(table, "_text") && !strings.HasSuffix(table, "_docsize") {
			continue // FTS5's own, but for the one that has a row for each text
		}
		if n, err := query(t.Context(), x.read, "SELECT count(*) FROM "+table, nil, scanInt); err != nil || n[0] != 0 {
			t.Errorf("%s still has %d rows, %v", table, n, err)
		}
	}
	check(t, x)
}

func scanString(scan func(...any) error) (s string, err error) {
	err = scan(&s)
	return s, err
}

func TestPurgeLeavesNoByteOnTheDisk(t *testing.T) {
	x := openTest(t)
	putAll(t, x, querytest.Newsroom(200)...)
	secret := article("secret", "Zanzibarquux", "The witness Zanzibarquux lives in Quibblethorpe.")
	secret.Asides = []copytaster.Aside{{Zone: copytaster.ZoneComment, Text: "I know Zanzibarquux"}}
	secret.Mentions = []copytaster.Mention{{Party: copytaster.Party{Name: "Zanzibarquux Ltd"}, Role: copytaster.RoleSupplier}}
	secret.Contracts = []copytaster.Contract{{Subject: "Zanzibarquux", Suppliers: []copytaster.Party{{Name: "Zanzibarquux Ltd"}}}}
	for g := range 3 {
		secret.Generation = uint16(g)
		putAll(t, x, secret)
	}
	putAll(t, x, querytest.Newsroom(300)[200:]...)
	if !onDisk(t, x, "zanzibarquux") {
		t.Fatal("the word is not in the file before: the test says nothing")
	}
	if err := x.Delete(t.Context(), "secret"); err != nil {
		t.Fatal(err)
	}
	wantTotal(t, x, "zanzibarquux", 0)
	wantTotal(t, x, "zanz*", 0)
	if err := x.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"anzibarquux", "ibarquux", "uibblethorp"} {
		if onDisk(t, x, word) {
			t.Errorf("%q is still on the disk", word)
		}
	}
	wantTotal(t, x, "", 300)
	check(t, x)
}

// onDisk reports whether the file or its log has the word in the full-text
// tables, which are not compressed; the revisions are rows like any other.
func onDisk(t *testing.T, x *Index, word string) bool {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(x.path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(bytes.ToLower(b), []byte(word)) {
			return true
		}
	}
	return false
}

func TestUpdatesDoNotPileUp(t *testing.T) {
	x := openTest(t)
	d := querytest.Newsroom(1)[0]
	for g := range 200 {
		d.Generation = uint16(g)
		d.Title = fmt.Sprint("generation ", g)
		putAll(t, x, d)
	}
	wantTotal(t, x, `"generation 199"`, 1)
	wantTotal(t, x, `"generation 1"`, 0)
	if n, err := query(t.Context(), x.read, "SELECT count(*) FROM revision", nil, scanInt); err != nil || n[0] != 1 {
		t.Errorf("%d revisions of one fetch, %v", n, err)
	}
	check(t, x)
}
