// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index/open"
)

// onCluster writes a configuration whose index is a new one on the tests'
// Elasticsearch, with an article in it.
func onCluster(t *testing.T) (config, prefix string) {
	t.Helper()
	server := os.Getenv("COPYTASTER_TEST_ELASTICSEARCH")
	if server == "" {
		t.Skip("no Elasticsearch: COPYTASTER_TEST_ELASTICSEARCH is not set")
	}
	o := open.Options{
		URL:      server + "?prefix=verb-" + strings.ToLower(rand.Text()[:12]),
		Username: os.Getenv("COPYTASTER_TEST_ELASTICSEARCH_USER"), Password: os.Getenv("COPYTASTER_TEST_ELASTICSEARCH_PASSWORD"),
		CAFile: os.Getenv("COPYTASTER_TEST_ELASTICSEARCH_CA"),
	}
	x, err := open.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	d := new(copytaster.Document)
	d.ID, d.Title, d.Fetched = "a", "one", time.Now()
	if err := errors.Join(append(x.Put(t.Context(), []*copytaster.Document{d}), x.Close())...); err != nil {
		t.Fatal(err)
	}
	config = filepath.Join(t.TempDir(), "copytaster.yaml")
	text := fmt.Sprintf("data_dir: %q\nindex:\n  url: %q\n  username: %q\n  password: %q\n  ca_file: %q\n", t.TempDir(), o.URL, o.Username, o.Password, o.CAFile)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, prefix, _ = strings.Cut(o.URL, "prefix=")
	t.Cleanup(func() { wipe(t, o, prefix) })
	return config, prefix
}

// wipe removes all of a test's indices from the server.
func wipe(t *testing.T, o open.Options, prefix string) {
	ca, err := os.ReadFile(o.CAFile)
	if err != nil {
		t.Error(err)
		return
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	server, _, _ := strings.Cut(o.URL, "?")
	names := prefix + "-v1-000001," + prefix + "-v1-000002," + prefix + "-revisions," + prefix + "-ledger"
	for _, path := range []string{"/" + names + "?ignore_unavailable=true", "/_index_template/" + prefix + "*"} {
		r, err := http.NewRequest(http.MethodDelete, server+path, nil)
		if err != nil {
			t.Error(err)
			return
		}
		r.SetBasicAuth(o.Username, o.Password)
		res, err := client.Do(r)
		if err != nil {
			t.Error(err)
			return
		}
		if res.Body.Close(); res.StatusCode != http.StatusOK {
			t.Errorf("DELETE %s: %s", path, res.Status)
		}
	}
}

// verb runs a command line that must succeed, and returns what it prints.
func verb(t *testing.T, config string, args ...string) string {
	t.Helper()
	out, err := try(config, args...)
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	return out
}

func try(config string, args ...string) (string, error) {
	var out bytes.Buffer
	root := rootCmd()
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetArgs(append([]string{"-c", config}, args...))
	err := root.Execute()
	return out.String(), err
}

func wantPrinted(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
}

func TestIndexVerbs(t *testing.T) {
	config, prefix := onCluster(t)
	first, second := prefix+"-v1-000001", prefix+"-v1-000002"
	wantPrinted(t, verb(t, config, "index", "status"), first, "searched and written")
	if _, err := try(config, "index", "switch"); err == nil {
		t.Error("there is a switch without a rebuild")
	}
	wantPrinted(t, verb(t, config, "index", "rebuild"), "1 of 1 documents", second+" is filled")
	wantPrinted(t, verb(t, config, "index", "status"), "being filled")
	if _, err := try(config, "index", "drop", first); err == nil {
		t.Error("the searched index is dropped")
	}
	wantPrinted(t, verb(t, config, "index", "switch", "--json"), `"to":"`+second+`"`)
	wantPrinted(t, verb(t, config, "index", "status"), first, "out of use", second, "searched and written")
	wantPrinted(t, verb(t, config, "index", "drop", first), "removed")
	if text := verb(t, config, "index", "status"); strings.Contains(text, first) {
		t.Errorf("the dropped index is still there: %s", text)
	}
}

func TestIndexVerbsNeedACluster(t *testing.T) {
	config := filepath.Join(t.TempDir(), "copytaster.yaml")
	if err := os.WriteFile(config, []byte(fmt.Sprintf("data_dir: %q\n", t.TempDir())), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"status"}, {"rebuild"}, {"switch"}, {"drop", "x"}} {
		_, err := try(config, append([]string{"index"}, args...)...)
		if !errors.Is(err, errNoCluster) || exitCode(err) != exitUsage {
			t.Errorf("%v: got %v", args, err)
		}
	}
}
