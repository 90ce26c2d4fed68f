// SPDX-License-Identifier: Apache-2.0

package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Dump is the configuration in force as YAML, with every secret masked: the
// passwords in URLs, and the path of a channel's URL, which often is one.
func (c *Config) Dump() ([]byte, error) {
	shown := *c
	urls := strings.Split(c.Bus.URL, ",")
	for i := range urls {
		urls[i] = maskUser(urls[i])
	}
	shown.Bus.URL = strings.Join(urls, ",")
	shown.Bus.Monitor = slices.Clone(c.Bus.Monitor)
	for i := range shown.Bus.Monitor {
		shown.Bus.Monitor[i] = maskUser(shown.Bus.Monitor[i])
	}
	shown.Index.URL = maskUser(c.Index.URL)
	shown.Sources, shown.Channels = slices.Clone(c.Sources), slices.Clone(c.Channels)
	for i := range shown.Sources {
		shown.Sources[i].URL = maskUser(shown.Sources[i].URL)
	}
	for i := range shown.Channels {
		shown.Channels[i].URL = maskPath(shown.Channels[i].URL)
	}
	out, err := yaml.Marshal(shown)
	if err != nil {
		return nil, fmt.Errorf("dump configuration: %w", err)
	}
	return out, nil
}

// maskUser hides the user and password of a URL; one that cannot be read is
// hidden whole.
func maskUser(raw string) string {
	if raw == "" {
		return ""
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "***"
	}
	if u.User != nil {
		u.User = url.User("***")
	}
	return strings.ReplaceAll(u.String(), "%2A%2A%2A", "***")
}

func maskPath(raw string) string {
	u, err := url.Parse(raw)
	if raw == "" || err != nil {
		return maskUser(raw)
	}
	return u.Scheme + "://" + u.Host + "/***"
}
