// SPDX-License-Identifier: Apache-2.0

package config

import (
	"fmt"
	"regexp"
	"strings"
)

func (k *checker) bus(b *Bus) {
	for one := range strings.SplitSeq(b.URL, ",") {
		if b.URL != "" {
			k.url("bus.url", strings.TrimSpace(one), "nats", "tls", "ws", "wss")
		}
	}
	if b.Replicas != 1 && b.Replicas != 3 && b.Replicas != 5 {
		k.fail("bus.replicas", "bus.replicas is %d: use 1, 3 or 5; an even number survives no more than one less", b.Replicas)
	}
	if b.MaxStore < 64<<20 {
		k.fail("bus.max_store", "bus.max_store is %v: the streams need at least 64MiB", b.MaxStore)
	}
	for i, s := range b.MaxBytes {
		if _, _, err := sized(s); err != nil {
			k.fail(fmt.Sprintf("bus.max_bytes[%d]", i), "bus.max_bytes: %v", err)
		}
	}
	for i, m := range b.Monitor {
		k.url(fmt.Sprintf("bus.monitor[%d]", i), m, "http", "https")
	}
	k.access(b)
}

// access checks that there is one way to log in, and a server to log in to.
func (k *checker) access(b *Bus) {
	ways := []string{}
	for _, w := range []struct{ key, value string }{{"user", b.User}, {"nkey_file", b.NKeyFile}, {"creds_file", b.CredsFile}} {
		if w.value != "" {
			ways = append(ways, w.key)
		}
	}
	switch {
	case len(ways) > 1:
		k.fail("bus."+ways[1], "bus.%s exclude each other", strings.Join(ways, " and bus."))
	case len(ways) == 1 && b.URL == "":
		k.fail("bus."+ways[0], "bus.%s is for an outside server: set bus.url", ways[0])
	case b.User == "" && (b.Password != "" || b.PasswordFile != ""):
		k.fail("bus", "a password needs bus.user")
	}
	if b.Password != "" && b.PasswordFile != "" {
		k.fail("bus.password_file", "bus.password and bus.password_file exclude each other")
	}
	if (b.CertFile == "") != (b.KeyFile == "") {
		k.fail("bus", "bus.cert_file and bus.key_file come together")
	}
	if b.Inbox != "" && !regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$`).MatchString(b.Inbox) {
		k.fail("bus.inbox", "bus.inbox: %q is no plain subject: write _INBOX.fetch or the like", b.Inbox)
	}
}

// sized reads NAME=SIZE.
func sized(s string) (string, Bytes, error) {
	name, text, ok := strings.Cut(s, "=")
	if !ok || !regexp.MustCompile(`^[A-Z]+$`).MatchString(name) {
		return "", 0, fmt.Errorf("%q is no stream and size: write LINKS=512MiB", s)
	}
	size, err := parseBytes(strings.TrimSpace(text))
	if err == nil && size < 1<<20 {
		err = fmt.Errorf("%s: %v is too little, use at least 1MiB", name, size)
	}
	return name, size, err
}
