// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// conformanceDir is where a suite of public test cases lies, if it is there.
func conformanceDir(suite string) string {
	return filepath.Join("..", "..", "shared", "data", "conformance", suite)
}

// conformance reads the rows of a suite, or skips the test.
func conformance[T any](t *testing.T, suite string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join(conformanceDir(suite), "cases.jsonl"))
	if err != nil {
		t.Skip("no conformance data beside the checkout: ", err)
	}
	defer f.Close()
	var out []T
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
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

// inputOf is a row's input, given as text or as base 64.
func inputOf(t *testing.T, text, b64 string) []byte {
	t.Helper()
	if b64 == "" {
		return []byte(text)
	}
	b, err := base64.StdEncoding.DecodeString(b64)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// rate fails a test whose share of good rows falls below a floor.
func rate(t *testing.T, what string, good, all int, floor float64) {
	t.Helper()
	t.Logf("%s: %d of %d (%.1f%%)", what, good, all, 100*float64(good)/float64(max(all, 1)))
	if all == 0 || float64(good) < floor*float64(all) {
		t.Errorf("%s: below %.1f%%", what, 100*floor)
	}
}
