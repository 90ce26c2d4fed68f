// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/querytest"
)

// The benchmark writes every article three ways and leaves the data folder as it
// was.
func TestBenchLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	cfg, err := config.Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.SetDataDir(dir)
	found, err := benchAll(t.Context(), cfg, querytest.Newsroom(30))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0].Articles != 30 || found[0].Bare <= 0 || found[0].PutRatio <= 0 || found[0].StageRatio <= 0 {
		said, err := json.Marshal(found)
		t.Errorf("%s, %v", said, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Error(err)
	}
}
