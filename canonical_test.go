// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/copytaster/copytaster"
)

func TestCanonical(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"lower-case scheme and host", "HTTPS://News.Example.CO.UK/Story-One", "https://news.example.co.uk/Story-One"},
		{"empty path", "https://example.org", "https://example.org/"},
		{"default port", "http://example.org:80/a", "http://example.org/a"},
		{"default port of the other scheme stays", "http://example.org:443/a", "http://example.org:443/a"},
		{"empty port", "http://example.org:/a", "http://example.org/a"},
		{"padded port", "http://example.org:0008080/a", "http://example.org:8080/a"},
		{"credentials", "https://user:pass@word@example.org/a", "https://example.org/a"},
		{"fragment", "https://example.org/a#comments", "https://example.org/a"},
		{"dot segments", "https://example.org/a/./b/../c/..", "https://example.org/a/"},
		{"above the root", "https://example.org/../../a", "https://example.org/a"},
		{"hidden dot segments", "https://example.org/a/%2e%2E/b", "https://example.org/b"},
		{"double slashes name something", "https://example.org/a//b", "https://example.org/a//b"},
		{"unreserved escapes", "https://example.org/%7Ejo/%41-%62", "https://example.org/~jo/A-b"},
		{"reserved escapes in upper case", "https://example.org/a%2fb%3fc", "https://example.org/a%2Fb%3Fc"},
		{"stray percent", "https://example.org/100%-sure", "https://example.org/100%25-sure"},
		{"percent that would become an escape", "https://example.org/%%34%31", "https://example.org/%2541"},
		{"space and letters beyond ASCII", "https://example.org/caf\u00e9 au lait", "https://example.org/caf%C3%A9%20au%20lait"},
		{"surrounding space and inner line end", " \thttps://exam\nple.org/a\r\n ", "https://example.org/a"},
		{"backslashes", `https:\\example.org\a\b?c\d`, `https://example.org/a/b?c\d`},
		{"missing slashes", "https:example.org/a", "https://example.org/a"},
		{"too many slashes", "https:////example.org/a", "https://example.org/a"},
		{"international host", "https://B\u00fccher.example/", "https://xn--bcher-kva.example/"},
		{"full-width host", "https://\uff27\uff4f.com/", "https://go.com/"},
		{"escaped host", "https://ex%61mple.org/", "https://example.org/"},
		{"trailing dot of the host", "https://example.org./a", "https://example.org/a"},
		{"decimal IPv4", "http://2130706433/", "http://127.0.0.1/"},
		{"hexadecimal IPv4", "http://0x7F.1/", "http://127.0.0.1/"},
		{"octal IPv4", "http://0177.0.0.01/", "http://127.0.0.1/"},
		{"IPv6", "http://[2001:DB8:0::1]:80/", "http://[2001:db8::1]/"},
		{"IPv4 in IPv6", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"},
		{"tracking parameters", "https://example.org/a?utm_source=x&id=7&fbclid=z&CMP=share&ns_mchannel=rss", "https://example.org/a?id=7"},
		{"escaped tracking parameter", "https://example.org/a?%75tm_source=x", "https://example.org/a"},
		{"ref that only names the referrer", "https://example.org/a?ref=rss", "https://example.org/a"},
		{"ref that may name the page", "https://example.org/a?ref=0417", "https://example.org/a?ref=0417"},
		{"order of parameters", "https://example.org/a?b=2&a=1", "https://example.org/a?b=2&a=1"},
		{"repeated parameters", "https://example.org/a?b=2&b=1", "https://example.org/a?b=2&b=1"},
		{"empty query", "https://example.org/a?", "https://example.org/a"},
		{"empty parameters", "https://example.org/a?&&b=1&", "https://example.org/a?b=1"},
		{"parameter without a value", "https://example.org/a?print", "https://example.org/a?print"},
		{"session id in the path", "https://example.org/a.do;jsessionid=0A1B?id=3", "https://example.org/a.do?id=3"},
		{"loose file", "urn:sha256:" + strings.Repeat("0a", 32), "urn:sha256:" + strings.Repeat("0a", 32)},
		{"file of a folder source", "file:inbox/2026/A letter.pdf", "file:inbox/2026/A letter.pdf"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := copytaster.Canonical(tc.in)
			if err != nil || got != tc.want {
				t.Errorf("Canonical(%q) = %q, %v; want %q", tc.in, got, err, tc.want)
			}
		})
	}
}

func TestCanonicalRefuses(t *testing.T) {
	for _, in := range []string{
		"", "example.org/a", "ftp://example.org/a", "javascript:alert(1)", "mailto:a@example.org", "data:text/html,x",
		"https://", "https:///", "https://?a=b", "https://user@/a", "https://exa mple.org/", "https://exa%00mple.org/",
		"https://example.org:99999/", "https://example.org:8x/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://4294967296/",
		"http://0x100000000/", "http://[::1", "http://[::1%25eth0]/", "http://[127.0.0.1]/", "http://a<b/", "http://a^b/",
		"file:///etc/passwd", "file:inbox/", "file:inbox//etc/passwd", "urn:sha256:abc",
		"https://example.org/" + strings.Repeat("a", copytaster.MaxURL), "https://example.org/" + strings.Repeat(" ", copytaster.MaxURL/2) + "x",
	} {
		got, err := copytaster.Canonical(in)
		if !errors.Is(err, copytaster.ErrURL) || got != "" {
			t.Errorf("Canonical(%.60q) = %.60q, %v; want ErrURL", in, got, err)
		}
	}
}

func checkCanonical(t interface{ Errorf(string, ...any) }, in string) {
	once, err := copytaster.Canonical(in)
	if err != nil {
		return
	}
	twice, err := copytaster.Canonical(once)
	if err != nil || twice != once {
		t.Errorf("Canonical(%q) = %q, and again %q, %v", in, once, twice, err)
	}
}

func TestCanonicalIsIdempotent(t *testing.T) {
	part := rapid.OneOf(rapid.SampledFrom([]string{"%", "%2e", "%41", "%%34", "..", ".", "/", "//", "\\", "?", "&", "=", "utm_source=1", ";jsessionid=1",
		"@", ":", "#", "[", "]", "xn--", "1", "0x", "\u00ad", "\u00df", "\u200d", "a", "Z", "+", " ", "\u2024", "\uff0e"}), rapid.StringN(0, 3, 9))
	rapid.Check(t, func(t *rapid.T) {
		host := strings.Join(rapid.SliceOfN(part, 1, 4).Draw(t, "host"), "")
		rest := strings.Join(rapid.SliceOfN(part, 0, 8).Draw(t, "rest"), "")
		checkCanonical(t, "http://"+host+"/"+rest)
		checkCanonical(t, "https://example.org/"+rest)
	})
}

func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"http://a/%%34%31", "https://x;jsessionid=1;jsessionid=2/..", "http://0x7f.1", "http://[::1]:080/", "file:a/b", "http://a.%E3%80%82/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) { checkCanonical(t, in) })
}

// rows reads a suite of the conformance data, or skips.
func rows[T any](t *testing.T, suite string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "shared", "data", "conformance", suite, "cases.jsonl"))
	if err != nil {
		t.Skip("no conformance data beside the checkout: ", err)
	}
	defer f.Close()
	var out []T
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var row T
		if err := json.Unmarshal(sc.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	if len(out) == 0 || sc.Err() != nil {
		t.Fatalf("%s: %d rows, %v", suite, len(out), sc.Err())
	}
	return out
}

// rate fails a test whose share of good rows falls below a floor.
func rate(t *testing.T, what string, good, all int, floor float64) {
	t.Helper()
	t.Logf("%s: %d of %d (%.1f%%)", what, good, all, 100*float64(good)/float64(all))
	if all == 0 || float64(good) < floor*float64(all) {
		t.Errorf("%s: below %.1f%%", what, 100*floor)
	}
}

func TestCanonicalReadsURLsAsBrowsersDo(t *testing.T) {
	good, all := 0, 0
	for _, row := range rows[struct {
		ID, Input, Href string
		Base            *string
		Failure, HTTP   bool
	}](t, "url_parse") {
		absolute := regexp.MustCompile(`(?i)^[\x00-\x20]*https?:[\\/]{2}`).MatchString(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(row.Input))
		if !row.HTTP || !absolute {
			continue
		}
		all++
		got, err := copytaster.Canonical(row.Input)
		want, _ := copytaster.Canonical(row.Href)
		if (err != nil) == row.Failure && got == want {
			good++
		} else {
			t.Logf("%s: %q: got %q, %v; browsers say %q, failure %t", row.ID, row.Input, got, err, row.Href, row.Failure)
		}
	}
	rate(t, "absolute http URLs read as browsers do", good, all, 0.9)
}

func TestCanonicalAgreesWithOtherCanonicalisers(t *testing.T) {
	good, all := map[string]int{}, map[string]int{}
	for _, row := range rows[struct {
		ID, Group     string
		Input, Output any
	}](t, "url_canon") {
		input, _ := row.Input.(string)
		output, _ := row.Output.(string)
		if !strings.HasPrefix(input, "http") || !strings.HasPrefix(output, "http") {
			continue
		}
		all[row.Group]++
		got, err := copytaster.Canonical(input)
		want, err2 := copytaster.Canonical(output)
		if (err == nil) == (err2 == nil) && got == want {
			good[row.Group]++
		} else {
			t.Logf("%s: %q: got %q, %v; they say %q", row.ID, input, got, err, output)
		}
	}
	for g := range all {
		t.Logf("%s: %d of %d", g, good[g], all[g])
	}
	sum := func(m map[string]int) (n int) {
		for _, v := range m {
			n += v
		}
		return n
	}
	rate(t, "agreement with other canonicalisers, whose policies differ", sum(good), sum(all), 0.5)
}

func TestCanonicalDropsKnownTrackingParameters(t *testing.T) {
	good, all := 0, 0
	for _, row := range rows[struct {
		ID, Group, Pattern string
		Param              string `json:"param_regex"`
	}](t, "tracking_params") {
		name := regexp.MustCompile(`\[\^?[^\]]*\][*+]?|\(\?:[^)]*\)[?*+]*|\.[*+]|[\\^$?*+()]`).ReplaceAllString(row.Param, "")
		if row.Group != "globalRules" || name == "" {
			continue
		}
		all++
		if got, err := copytaster.Canonical("https://example.org/a?" + name + "=1"); err == nil && got == "https://example.org/a" {
			good++
		} else {
			t.Logf("%s: kept %q", row.ID, name)
		}
	}
	rate(t, "global tracking parameters dropped", good, all, 0)
}
