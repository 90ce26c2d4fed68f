// SPDX-License-Identifier: Apache-2.0

package config

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEnvironmentTwinsWinOverTheFile(t *testing.T) {
	file := []byte("web: {listen: '127.0.0.1:1', allow_hosts: [a.example]}\nfetch: {timeout: 5s}\n")
	c, err := parse("f", file, environment([]string{
		"COPYTASTER_WEB_LISTEN=127.0.0.1:2", "COPYTASTER_WEB_ALLOW_HOSTS=b.example, c.example,", "COPYTASTER_FETCH_MAX_BYTES=3MiB",
		"COPYTASTER_DATA_DIR=/d", "COPYTASTER_BUS_REPLICAS=3", "COPYTASTER_WEB_ALLOW_REMOTE=true",
		"COPYTASTER_INDEX_PASSWORD=pw", "COPYTASTER_INDEX_PASSWORD=pw2",
	}))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(c.Web.Listen, c.Web.AllowHosts, c.Web.AllowRemote, c.Fetch.MaxBytes, c.Fetch.Timeout, c.DataDir, c.Bus.Replicas, string(c.Index.Password))
	want := "127.0.0.1:2 [b.example c.example] true 3MiB 5s /d 3 pw2"
	if got = strings.ReplaceAll(got, "]true", "] true"); normal(got) != normal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func normal(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestBadTwinIsNamed(t *testing.T) {
	for _, tt := range []struct{ kv, want string }{
		{"COPYTASTER_FETCH_TIMEOUT=soon", `COPYTASTER_FETCH_TIMEOUT: "soon" is no duration`},
		{"COPYTASTER_WEB_LISTEN=0.0.0.0:80", "web.listen: web.listen: 0.0.0.0:80 can be reached"},
		{"COPYTASTER_BUS_REPLICAS=x", "COPYTASTER_BUS_REPLICAS"},
	} {
		_, err := parse("f", []byte("web: {listen: '127.0.0.1:1'}"), environment([]string{tt.kv}))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.kv, err, tt.want)
		}
	}
}

func TestMisspeltTwinIsNoticedAndStrangersAreNot(t *testing.T) {
	c, err := parse("", nil, environment([]string{"COPYTASTER_WEB_LISTNE=x", "COPYTASTER_PORT_8080_TCP=tcp://10.0.0.1:8080", "COPYTASTER_TEST_ELASTICSEARCH=x", "PATH=/bin"}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"environment: COPYTASTER_WEB_LISTNE is no key: did you mean COPYTASTER_WEB_LISTEN?"}, c.Notices); diff != "" {
		t.Error(diff)
	}
}

func TestExpand(t *testing.T) {
	lookup := func(name string) (string, bool) {
		v, ok := map[string]string{"A": "1", "EMPTY": "", "LOOP": "${A}", "YAML": "x\n- y: z"}[name]
		return v, ok
	}
	tests := []struct{ in, want, wantErr string }{
		{"plain $5", "plain $5", ""},
		{"${A}${A}-${EMPTY}.", "11-.", ""},
		{"${LOOP}", "${A}", ""},
		{"$${A} ${A}", "${A} 1", ""},
		{"${YAML}", "x\n- y: z", ""},
		{"${NONE}", "", `no "NONE"`},
		{"${A", "", "without }"},
		{"${}", "", `no ""`},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := expand(tt.in, lookup)
			if got != tt.want || (err == nil) != (tt.wantErr == "") || err != nil && !strings.Contains(err.Error(), tt.wantErr) {
				t.Errorf("expand = %q, %v; want %q, %s", got, err, tt.want, tt.wantErr)
			}
		})
	}
}

func TestBytes(t *testing.T) {
	for _, tt := range []struct {
		in    string
		want  Bytes
		shown string
	}{
		{"0", 0, "0"}, {"512KiB", 512 << 10, "512KiB"}, {"20MB", 20e6, "20MB"}, {"20 MB", 20e6, "20MB"}, {"1GiB", 1 << 30, "1GiB"},
		{"1234", 1234, "1234"}, {"3KB", 3000, "3kB"}, {"7B", 7, "7"}, {"2048KiB", 2 << 20, "2MiB"},
	} {
		got, err := parseBytes(tt.in)
		if err != nil || got != tt.want || got.String() != tt.shown {
			t.Errorf("%q: %d %v shown as %s, want %d as %s", tt.in, got, err, got, tt.want, tt.shown)
		}
	}
	for _, in := range []string{"", "-1", "1.5MB", "MB", "9999999999TB", "1 m"} {
		if _, err := parseBytes(in); err == nil {
			t.Errorf("%q was taken", in)
		}
	}
}

func TestSecretIsNeverPrinted(t *testing.T) {
	s := Secret("hunter2")
	asJSON, err := json.Marshal(struct{ S Secret }{s})
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", s)
	for _, out := range []string{fmt.Sprint(s), fmt.Sprintf("%v %+v %q %s", s, struct{ S Secret }{s}, s, s), fmt.Sprintf("%#v", s), string(asJSON), log.String()} {
		if strings.Contains(out, "hunter2") {
			t.Errorf("printed: %s", out)
		}
	}
	if fmt.Sprint(Secret("")) != "" {
		t.Error("no secret is shown as one")
	}
}

func TestSecretsComeFromFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "hook"), "whsec_new\n\nwhsec_old\r\n")
	write(t, filepath.Join(dir, "pw"), "open sesame\n")
	write(t, filepath.Join(dir, "c.yaml"), "index: {password_file: pw}\nchannels: [{name: a, kind: webhook, url: 'https://a.example', secret_file: hook}]\n")
	c, err := Load(filepath.Join(dir, "c.yaml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Secret{"whsec_new", "whsec_old"}, c.Channels[0].Secret); diff != "" || c.Index.Password != "open sesame" {
		t.Error(diff, string(c.Index.Password))
	}
}

func TestFilesThatCannotBeReadAreErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "empty"), "\n")
	write(t, filepath.Join(dir, "empty.yaml"), "index: {password_file: empty}")
	write(t, filepath.Join(dir, "missing.yaml"), "index: {api_key_file: nowhere}\nchannels: [{name: a, kind: webhook, url: 'https://a.example', secret_file: nowhere}]")
	write(t, filepath.Join(dir, "huge.yaml"), strings.Repeat("#", maxFile+1))
	for file, want := range map[string]string{"empty.yaml": "is empty", "missing.yaml": "channel a: secret: open", "huge.yaml": "longer than", "none.yaml": "no such file"} {
		if _, err := Load(filepath.Join(dir, file), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestValidateChecksWhatWasMadeInCode(t *testing.T) {
	c := Default()
	if err := c.Validate(); err != nil {
		t.Errorf("the default is refused: %v", err)
	}
	c.DataDir, c.Fetch.Timeout, c.Fetch.Contact, c.Fetch.MaxBytes, c.Bus.MaxStore = "", 0, "a\r\nX: y", 1, 1
	err := c.Validate()
	for _, want := range []string{"data_dir is empty", "fetch.timeout is 0", "one line", "too little", "at least 64MiB"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.yaml"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4096 {
			t.Skip("long inputs find nothing that short ones do not")
		}
		c, err := parse("f.yaml", data, map[string]string{"HOOK": "x"})
		if (c == nil) == (err == nil) {
			t.Fatalf("config %v with error %v", c, err)
		}
		if c == nil {
			return
		}
		if err := c.Validate(); err != nil {
			t.Fatalf("taken, but: %v", err)
		}
		if _, err := c.Dump(); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzParseBytes(f *testing.F) {
	f.Add("20MiB")
	f.Fuzz(func(t *testing.T, in string) {
		if b, err := parseBytes(in); err == nil {
			if again, err := parseBytes(b.String()); err != nil || again != b || b < 0 {
				t.Errorf("%q is %d, shown as %s, read as %d (%v)", in, b, b, again, err)
			}
		}
	})
}
