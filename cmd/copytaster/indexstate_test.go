// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster/index/elastic"
)

func TestAnIndexSaysWhatItIsFor(t *testing.T) {
	list := []elastic.Status{
		{Index: "copytaster-1", Documents: 1200, Bytes: 3_400_000, Searched: true, Written: true, Current: true},
		{Index: "copytaster-0", Documents: 1100, Bytes: 3_100_000, Searched: true},
		{Index: "copytaster-2", Documents: 40, Bytes: 90_000, Written: true, Current: true},
		{Index: "copytaster-old", Documents: 7},
	}
	var out strings.Builder
	p := &printer{w: &out}
	p.indices(list)
	p.indices(nil)
	want := `copytaster-1        1200 documents      3.4 MB  searched and written
copytaster-0        1100 documents      3.1 MB  searched, not written; made with an older mapping or setting: index rebuild
copytaster-2          40 documents      0.1 MB  being filled: index switch puts it into use
copytaster-old         7 documents      0.0 MB  out of use: index drop removes it
no index: run makes one
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestARebuildTellsItsTenths(t *testing.T) {
	var out strings.Builder
	show := showProgress(&out)
	for done := range 101 {
		show(done, 100)
	}
	if got := strings.Count(out.String(), "\n"); got != 10 || !strings.HasSuffix(out.String(), "100 of 100 documents\n") {
		t.Errorf("%d lines:\n%s", got, out.String())
	}
}
