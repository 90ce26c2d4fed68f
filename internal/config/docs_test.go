// SPDX-License-Identifier: Apache-2.0

package config

import (
	"os"
	"path/filepath"
	"reflect"
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
