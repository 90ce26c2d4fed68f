// SPDX-License-Identifier: Apache-2.0

//go:build !unix

package ingest

import (
	"os"
	"runtime/debug"
)

// limitProcess makes the collector work harder from half a gigabyte on. There is
// no firmer limit here; the parent's time limit holds.
func limitProcess() (overworked <-chan os.Signal, err error) {
	debug.SetMemoryLimit(512 << 20)
	return nil, nil
}
