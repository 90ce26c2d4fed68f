// SPDX-License-Identifier: Apache-2.0

package config

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

func TestExampleLoads(t *testing.T) {
	c, err := Load(filepath.Join("..", "..", "deploy", "copytaster.example.yaml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) == 0 || len(c.Watches) == 0 || len(c.Channels) == 0 {
		t.Error("the example shows no source, watch or channel")
	}
}

// The production example loads with the environment that the compose file gives
// each process.
func TestProductionExampleLoads(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docker-compose.yml"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^ +(COPYTASTER_[A-Z_]+): `).FindAllStringSubmatch(string(data), -1) {
		names[m[1]] = true
	}
	delete(names, "COPYTASTER_CONFIG")
	if len(names) < 4 {
		t.Fatalf("the compose file sets %v only", names)
	}
	known := map[string]bool{}
	for path := range leaves(reflect.ValueOf(Default()).Elem(), "") {
		known[twin(path)] = true
	}
	var env []string
	for name := range names {
		if !known[name] {
			t.Errorf("the compose file sets %s, which is no key", name)
		}
		env = append(env, name+"=value")
	}
	c, err := Load(filepath.Join("..", "..", "deploy", "production.example.yaml"), env)
	if err != nil {
		t.Fatal(err)
	}
	if c.Bus.URL == "" || c.Index.URL == "" || len(c.Bus.Monitor) == 0 || c.Bus.User != "value" || c.Bus.Password != "value" || c.Index.Password != "value" || len(c.Notices) > 0 {
		t.Errorf("not a production configuration: %+v", c)
	}
}

func TestReferenceListsEveryKey(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "OPERATIONS.md"))
	if err != nil {
		t.Fatal(err)
	}
	reference := string(data)
	keys := map[string]reflect.Value{}
	for path := range leaves(reflect.ValueOf(Default()).Elem(), "") {
		keys[path] = reflect.Value{}
	}
	for _, list := range []any{Source{}, Channel{}} {
		for name := range fields(reflect.ValueOf(list)) {
			keys[name] = reflect.Value{}
		}
	}
	for key := range keys {
		if !strings.Contains(reference, "`"+key+"`") {
			t.Errorf("docs/OPERATIONS.md does not describe %s", key)
		}
	}
}
