// SPDX-License-Identifier: Apache-2.0

package config_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/internal/config"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden errors")

func env(more ...string) []string {
	return append([]string{"SEARCH_PASSWORD=open: sesame", "HOOK=B0SECRET", "BUS_PASSWORD=bus secret"}, more...)
}

// fixtures are the files of a pattern; none is a failure.
func fixtures(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures %s (%v)", pattern, err)
	}
	return files
}

func TestGoodFilesLoad(t *testing.T) {
	for _, file := range fixtures(t, "*.good.yaml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			c, err := config.Load(file, env())
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Validate(); err != nil {
				t.Errorf("Load took what Validate refuses: %v", err)
			}
		})
	}
}

func TestBadFilesNameThePlace(t *testing.T) {
	for _, file := range fixtures(t, "*.bad.yaml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, err := config.Load(file, env())
			if err == nil {
				t.Fatal("no error")
			}
			golden := strings.TrimSuffix(file, ".yaml") + ".txt"
			got := strings.ReplaceAll(err.Error(), filepath.ToSlash(filepath.Dir(file))+"/", "") + "\n"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
			if strings.Contains(got, "s3cret") {
				t.Error("the error tells a secret")
			}
		})
	}
}

func TestNoFileIsTheEmbeddedDefault(t *testing.T) {
	c, err := config.Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.Archive.Dir = filepath.Join("copytaster-data", "archive")
	if diff := cmp.Diff(want, c); diff != "" {
		t.Error(diff)
	}
	if c.Bus.URL != "" || c.Index.URL != "" || !strings.HasPrefix(c.Web.Listen, "127.0.0.1:") {
		t.Errorf("not embedded and on loopback: %+v", c)
	}
}

func TestEveryKeyIsRead(t *testing.T) {
	c, err := config.Load(filepath.Join("testdata", "full.good.yaml"), env())
	if err != nil {
		t.Fatal(err)
	}
	want := &config.Config{
		DataDir: "/srv/copytaster",
		Bus: config.Bus{URL: "nats://bus-1:4222, nats://bus-2:4222", Replicas: 3, MaxStore: 20 << 30,
			MaxBytes: []string{"LINKS=512MiB", "DOCUMENTS=4GiB"}, User: "fetch", Password: "bus secret", TLS: true,
			CAFile: filepath.Join("testdata", "bus-ca.pem"), CertFile: filepath.Join("testdata", "fetch.pem"), KeyFile: filepath.Join("testdata", "fetch-key.pem"),
			Inbox: "_INBOX.fetch", Monitor: []string{"http://bus-1:8222", "http://bus-2:8222"}},
		Index:   config.Index{URL: "https://search:9200", Username: "copytaster", Password: "open: sesame"},
		Archive: config.Archive{Dir: "/srv/archive"},
		Fetch: config.Fetch{UserAgent: "DeskBot", Contact: "desk@news.example", MaxBytes: 5e6, Timeout: 10 * time.Second,
			PerHost: 2 * time.Second, LearnSites: true, AllowPrivate: []string{"10.1.0.0/16", "192.168.1.4"}},
		Sources: []config.Source{
			{Name: "example-politics", Kind: "feed", URL: "https://news.example/politics.rss", Every: 5 * time.Minute, Country: "GB"},
			{Name: "drop", Kind: "folder", Path: "/srv/drop", Language: "en-GB", Include: []string{`\.pdf$`}, Exclude: []string{}, MaxItems: 100},
		},
		Suppliers: []string{filepath.Join("testdata", "suppliers.csv")},
		Watches: []copytaster.Watch{
			{Name: "big-contracts", Query: "contract:(money:>100m currency:gbp) -kind:opinion", Channels: []string{"desk"}},
			{Name: "quoted", Query: `supplier:"Recruitment Genius" OR "fit for work"`, Paused: true},
		},
		Channels: []config.Channel{
			{Name: "desk", Kind: "webhook", URL: "https://hooks.example/T0/B0SECRET", Secret: []config.Secret{"whsec_new", "whsec_old"}, Timeout: 20 * time.Second},
			{Name: "screen", Kind: "terminal"},
		},
		Web: config.Web{Listen: "[::1]:9000", AllowHosts: []string{"taster.news.example"}},
		Log: config.Log{Level: "debug", Format: "json"},
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Error(diff)
	}
	private := c.Fetch.Private()
	if len(private) != 2 || private[0].String() != "10.1.0.0/16" || private[1].String() != "192.168.1.4/32" {
		t.Errorf("networks %v", private)
	}
}

func TestDumpMasksSecretsAndLoadsAgain(t *testing.T) {
	c, err := config.Load(filepath.Join("testdata", "full.good.yaml"), env())
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.Dump()
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"sesame", "B0SECRET", "whsec_", ":pw@", "T0"} {
		if strings.Contains(string(out), secret) {
			t.Errorf("%q stands in the dump:\n%s", secret, out)
		}
	}
	file := filepath.Join(t.TempDir(), "dump.yaml")
	if err := os.WriteFile(file, out, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := config.Load(file, nil)
	if err != nil {
		t.Fatalf("the dump cannot be loaded: %v\n%s", err, out)
	}
	if again.Fetch.MaxBytes != c.Fetch.MaxBytes || again.Bus.MaxStore != c.Bus.MaxStore || again.Sources[0].Every != c.Sources[0].Every ||
		again.Watches[1].Query != c.Watches[1].Query {
		t.Errorf("the dump says something else:\n%s", out)
	}
	if c.Channels[0].URL != "https://hooks.example/T0/B0SECRET" {
		t.Error("Dump changed the configuration")
	}
}
