// SPDX-License-Identifier: Apache-2.0

package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/copytaster/copytaster"
)

// envPrefix begins the names of the environment's twins of keys.
const envPrefix = "COPYTASTER_"

// environment is env, strings of the form NAME=value, as a table. The last of
// two twins counts, as for a process.
func environment(env []string) map[string]string {
	table := map[string]string{}
	for _, kv := range env {
		if name, value, ok := strings.Cut(kv, "="); ok {
			table[name] = value
		}
	}
	return table
}

// expand replaces ${NAME} by the environment's value, which is not read again,
// so that it cannot bring in keys. $${ stands for a plain ${.
func expand(s string, lookup func(string) (string, bool)) (string, error) {
	var b strings.Builder
	for {
		at := strings.Index(s, "${")
		if at < 0 {
			return b.String() + s, nil
		}
		if at > 0 && s[at-1] == '$' {
			b.WriteString(s[:at-1] + "${")
			s = s[at+2:]
			continue
		}
		name, rest, ok := strings.Cut(s[at+2:], "}")
		if !ok {
			return "", errors.New("${ without }: write $${ for a plain ${")
		}
		value, ok := lookup(name)
		if !ok {
			return "", fmt.Errorf("the environment has no %q", name)
		}
		b.WriteString(s[:at] + value)
		s = rest
	}
}

// twin is the environment's name of the key at a path: COPYTASTER_WEB_LISTEN
// for web.listen.
func twin(path string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(path, ".", "_"))
}

// overlay sets the keys whose twin is in the environment; the environment wins
// over the file. Lists are separated by commas. Lists of sections (sources,
// watches, channels) have no twin.
func (d *decoder) overlay(c *Config, env map[string]string) {
	twins := map[string]bool{}
	for path, v := range leaves(reflect.ValueOf(c).Elem(), "") {
		name := twin(path)
		twins[name] = true
		value, ok := env[name]
		if !ok {
			continue
		}
		delete(d.places, path)
		if err := setLeaf(v, value); err != nil {
			d.fail(nil, name, "%v", err)
		}
	}
	c.Notices = strangers(env, names(twins))
}

func setLeaf(v reflect.Value, value string) error {
	if v.Kind() != reflect.Slice {
		return setScalar(v, value)
	}
	v.SetZero()
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			item := reflect.New(v.Type().Elem()).Elem()
			item.SetString(part)
			v.Set(reflect.Append(v, item))
		}
	}
	return nil
}

// leaves are the scalars and lists of strings of a section and those below it.
func leaves(v reflect.Value, path string) map[string]reflect.Value {
	found := map[string]reflect.Value{}
	for name, field := range fields(v) {
		at := join(path, name)
		switch {
		case field.Kind() == reflect.Struct:
			for p, leaf := range leaves(field, at) {
				found[p] = leaf
			}
		case field.Kind() != reflect.Slice || field.Type().Elem().Kind() == reflect.String:
			found[at] = field
		}
	}
	return found
}

// strangers are the variables that differ from a twin by a slip of the hand.
// Others with our prefix are left alone: a Kubernetes service named copytaster
// brings COPYTASTER_PORT and more.
func strangers(env map[string]string, twins []string) []string {
	var notices []string
	for name := range env {
		if !strings.HasPrefix(name, envPrefix) || slices.Contains(twins, name) {
			continue
		}
		if near := copytaster.Nearest(name, twins); near != "" {
			notices = append(notices, fmt.Sprintf("environment: %s is no key: did you mean %s?", name, near))
		}
	}
	slices.Sort(notices)
	return notices
}
