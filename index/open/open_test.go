// SPDX-License-Identifier: Apache-2.0

package open

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

func TestOpen(t *testing.T) {
	t.Run("without a URL makes a file in the folder", func(t *testing.T) {
		dir := t.TempDir()
		x, err := Open(t.Context(), Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		defer x.Close()
		if _, err := os.Stat(filepath.Join(dir, "index.db")); err != nil {
			t.Error(err)
		}
		r, err := x.Search(t.Context(), copytaster.Query{}, index.Page{})
		if err != nil || r.Total != 0 {
			t.Errorf("an empty index finds %v, %v", r, err)
		}
	})
	for name, tt := range map[string]struct {
		o    Options
		want string
	}{
		"an unknown scheme":       {Options{URL: "gopher://index", Dir: "."}, "gopher"},
		"a host without a scheme": {Options{URL: "localhost:9200", Dir: "."}, "must be absolute"},
		"a folder as a URL":       {Options{URL: "/var/lib", Dir: "."}, "must be absolute"},
		"nothing":                 {Options{}, "neither"},
		"a folder that is absent": {Options{Dir: filepath.Join(t.TempDir(), "none")}, "must exist"},
	} {
		t.Run(name+" is an error that names it", func(t *testing.T) {
			x, err := Open(t.Context(), tt.o)
			if err == nil || x != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Open(%+v) = %v, %v; want an error with %q", tt.o, x, err, tt.want)
			}
		})
	}
}
