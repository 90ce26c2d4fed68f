// SPDX-License-Identifier: Apache-2.0

package open

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copytaster/copytaster/index/elastic"
)

func TestCluster(t *testing.T) {
	ca := filepath.Join(t.TempDir(), "ca.crt")
	if err := os.WriteFile(ca, []byte("PEM"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("takes what the options and the URL's query say", func(t *testing.T) {
		o := Options{URL: "https://es.example:9200?analyzer=english&prefix=desk&fingerprint=ab", Username: "u", Password: "p", APIKey: "k", CAFile: ca}
		got, ok, err := o.Cluster()
		want := elastic.Options{URL: "https://es.example:9200", Username: "u", Password: "p", APIKey: "k", CA: []byte("PEM"),
			Analyzer: "english", Prefix: "desk", Fingerprint: "ab"}
		if diff := cmp.Diff(want, got); diff != "" || !ok || err != nil {
			t.Errorf("%v, %v (-want +got):\n%s", ok, err, diff)
		}
	})
	t.Run("a folder is none", func(t *testing.T) {
		if _, ok, err := (Options{Dir: "."}).Cluster(); ok || err != nil {
			t.Errorf("got %v, %v", ok, err)
		}
	})
	for name, tt := range map[string]struct {
		o    Options
		want string
	}{
		"an unknown setting":                    {Options{URL: "https://es.example?shards=3"}, "shards"},
		"a setting that is twice":               {Options{URL: "https://es.example?prefix=a&prefix=b"}, "prefix"},
		"an authority's file that is not there": {Options{URL: "https://es.example", CAFile: filepath.Join(t.TempDir(), "none")}, "none"},
	} {
		t.Run(name+" is an error that names it", func(t *testing.T) {
			if _, _, err := tt.o.Cluster(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Cluster: %v", err)
			}
			if x, err := Open(t.Context(), tt.o); err == nil || x != nil {
				t.Errorf("Open: %v, %v", x, err)
			}
		})
	}
	t.Run("a server that is not there is an error that names the host", func(t *testing.T) {
		x, err := Open(t.Context(), Options{URL: "http://127.0.0.1:1"})
		if err == nil || x != nil || !strings.Contains(err.Error(), "127.0.0.1:1") {
			t.Errorf("got %v, %v", x, err)
		}
	})
}
