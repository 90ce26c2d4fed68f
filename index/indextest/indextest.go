// SPDX-License-Identifier: Apache-2.0

// Package indextest is the conformance suite of search backends: what package
// index promises, whatever the engine.
package indextest

import (
	"testing"

	"github.com/copytaster/copytaster/index"
)

// Run runs the suite. open returns a new and empty index, and closes it when the
// test ends. An index with a method Refresh(context.Context) error is asked to
// make searchable what was put, after each write of the suite.
func Run(t *testing.T, open func(t *testing.T) index.Backend) {
	_ = open
}
