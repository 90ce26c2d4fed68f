// SPDX-License-Identifier: Apache-2.0

package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copytaster/copytaster"
)

// Validate checks a configuration that was made in code, as Load does.
func (c *Config) Validate() error { return report("", nil, c.check()) }

// checker collects what is wrong, by path.
type checker struct{ problems []problem }

func (k *checker) fail(path, format string, args ...any) {
	k.problems = append(k.problems, problem{path: path, msg: fmt.Sprintf(format, args...)})
}

func (c *Config) check() []problem {
	k := &checker{}
	if c.DataDir == "" {
		k.fail("data_dir", "data_dir is empty")
	}
	k.bus(&c.Bus)
	k.index(&c.Index)
	k.fetch(&c.Fetch)
	k.sources(c.Sources)
	k.channels(c.Channels)
	k.watches(c.Watches, c.Channels)
	k.web(&c.Web)
	k.oneOf("log.level", c.Log.Level, "debug", "info", "warn", "error")
	k.oneOf("log.format", c.Log.Format, "auto", "text", "json")
	return k.problems
}

func (k *checker) index(x *Index) {
	if x.URL != "" {
		k.url("index.url", x.URL, "http", "https")
	}
	if x.Password != "" && x.PasswordFile != "" {
		k.fail("index.password_file", "index.password and index.password_file exclude each other")
	}
	if x.APIKey != "" && x.APIKeyFile != "" {
		k.fail("index.api_key_file", "index.api_key and index.api_key_file exclude each other")
	}
}

func (k *checker) fetch(f *Fetch) {
	if strings.ContainsAny(f.UserAgent+f.Contact, "\r\n") {
		k.fail("fetch.user_agent", "fetch.user_agent and fetch.contact are one line")
	}
	if f.MaxBytes < 1024 {
		k.fail("fetch.max_bytes", "fetch.max_bytes is %v: too little for a page", f.MaxBytes)
	}
	if f.Timeout <= 0 {
		k.fail("fetch.timeout", "fetch.timeout is 0: a request needs a limit")
	}
	for i, s := range f.AllowPrivate {
		if _, err := prefix(s); err != nil {
			k.fail(fmt.Sprintf("fetch.allow_private[%d]", i), "fetch.allow_private: %q is no network (10.0.0.0/8) or address", s)
		}
	}
}

// Private are the networks of AllowPrivate. It leaves out what Validate refuses.
func (f *Fetch) Private() []netip.Prefix {
	var nets []netip.Prefix
	for _, s := range f.AllowPrivate {
		if p, err := prefix(s); err == nil {
			nets = append(nets, p)
		}
	}
	return nets
}

func prefix(s string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(s); err == nil {
		return addr.Prefix(addr.BitLen())
	}
	return netip.ParsePrefix(s)
}

func (k *checker) sources(sources []Source) {
	seen := map[string]bool{}
	for i, s := range sources {
		path := fmt.Sprintf("sources[%d]", i)
		k.name(path, "source", s.Name, seen)
		k.oneOf(path+".kind", s.Kind, SourceKinds()...)
		k.patterns(path+".include", s.Include)
		k.patterns(path+".exclude", s.Exclude)
		if s.Kind == "file" || s.Kind == "folder" {
			if s.Path == "" {
				k.fail(path, "source %s: a %s needs a path", s.Name, s.Kind)
			}
			continue
		}
		k.url(path+".url", s.URL, "http", "https")
		if s.Country != "" && !regexp.MustCompile(`^[A-Z]{2}$`).MatchString(s.Country) {
			k.fail(path+".country", "%q is no country: write the two letters of ISO 3166, such as GB", s.Country)
		}
		if s.MaxItems < 0 {
			k.fail(path+".max_items", "max_items is %d", s.MaxItems)
		}
	}
}

func (k *checker) patterns(path string, patterns []string) {
	for i, p := range patterns {
		if _, err := regexp.Compile(p); err != nil {
			k.fail(fmt.Sprintf("%s[%d]", path, i), "%v", err)
		}
	}
}

func (k *checker) channels(channels []Channel) {
	seen := map[string]bool{}
	for i, c := range channels {
		path := fmt.Sprintf("channels[%d]", i)
		k.name(path, "channel", c.Name, seen)
		k.oneOf(path+".kind", c.Kind, ChannelKinds()...)
		if c.Kind == "webhook" {
			k.url(path+".url", c.URL, "http", "https")
		}
		if len(c.Secret) > 0 && c.SecretFile != "" {
			k.fail(path+".secret_file", "channel %s: secret and secret_file exclude each other", c.Name)
		}
	}
}

func (k *checker) watches(watches []copytaster.Watch, channels []Channel) {
	seen := map[string]bool{}
	for i, w := range watches {
		path := fmt.Sprintf("watches[%d]", i)
		k.name(path, "watch", w.Name, seen)
		k.query(path+".query", w)
		for j, name := range w.Channels {
			if !slices.ContainsFunc(channels, func(c Channel) bool { return c.Name == name }) {
				k.fail(fmt.Sprintf("%s.channels[%d]", path, j), "watch %s: there is no channel %q", w.Name, name)
			}
		}
	}
}

// query checks a watch's query; the caret stands under the place in the query.
func (k *checker) query(path string, w copytaster.Watch) {
	if strings.TrimSpace(w.Query) == "" {
		k.fail(path, "watch %s: the query is empty: it would ring for every article", w.Name)
		return
	}
	_, err := copytaster.ParseQuery(w.Query)
	var bad *copytaster.QueryError
	switch {
	case errors.As(err, &bad):
		k.fail(path, "watch %s: %v", w.Name, err)
		last := &k.problems[len(k.problems)-1]
		last.inside, last.skip = true, utf8.RuneCountInString(w.Query[:min(max(bad.Pos, 0), len(w.Query))])
	case err != nil:
		k.fail(path, "watch %s: %v", w.Name, err)
	}
}

func (k *checker) web(w *Web) {
	if w.Listen == "" || w.Listen == "off" {
		return
	}
	host, port, err := net.SplitHostPort(w.Listen)
	if err != nil || port == "" {
		k.fail("web.listen", "web.listen: %q is no host:port", w.Listen)
		return
	}
	addr, err := netip.ParseAddr(host)
	loopback := host == "localhost" || err == nil && addr.IsLoopback()
	if !loopback && !w.AllowRemote {
		k.fail("web.listen", "web.listen: %s can be reached from outside, and the pages have no login: use 127.0.0.1, or put a proxy with a login in front and set web.allow_remote", w.Listen)
	}
	for i, h := range w.AllowHosts {
		if h == "" || strings.ContainsAny(h, "/:@ *") {
			k.fail(fmt.Sprintf("web.allow_hosts[%d]", i), "web.allow_hosts: %q is no host name", h)
		}
	}
}

// name checks one name of a list: one NATS token, once.
func (k *checker) name(path, what, name string, seen map[string]bool) {
	at := path + ".name"
	switch {
	case name == "":
		k.fail(path, "a %s needs a name", what)
	case !regexp.MustCompile(`^[a-z0-9-]{1,64}$`).MatchString(name):
		k.fail(at, "%s %q: a name is 1 to 64 of a-z, 0-9 and -", what, name)
	case seen[name]:
		k.fail(at, "%s %q: there are two of that name", what, name)
	}
	seen[name] = true
}

// oneOf checks a word of a fixed list.
func (k *checker) oneOf(path, value string, words ...string) {
	if slices.Contains(words, value) {
		return
	}
	if value == "" {
		parent, key := path[:max(strings.LastIndex(path, "."), 0)], path[strings.LastIndex(path, ".")+1:]
		k.fail(parent, "%s is missing: use %s", key, strings.Join(words, ", "))
		return
	}
	k.fail(path, "%s", unknown(path[strings.LastIndex(path, ".")+1:], value, words))
}

// url checks an absolute URL. The message leaves the URL out, it may hold a
// password.
func (k *checker) url(path, raw string, schemes ...string) {
	u, err := url.Parse(raw)
	switch {
	case raw == "":
		k.fail(path[:strings.LastIndex(path, ".")], "url is missing")
	case err != nil || u.Host == "":
		k.fail(path, "%s is no absolute URL", path)
	case !slices.Contains(schemes, u.Scheme):
		k.fail(path, "%s: scheme %q: use %s", path, u.Scheme, strings.Join(schemes, " or "))
	}
}
