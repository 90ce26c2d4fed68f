// SPDX-License-Identifier: Apache-2.0

//go:build unix

package ingest

import (
	"runtime/debug"
	"syscall"
)

// limitMemory caps the process: the collector works harder from half a gigabyte
// on, and the system refuses more than two of address space. A second on the
// processor beyond the time that its parent allows ends it too.
func limitMemory() error {
	debug.SetMemoryLimit(512 << 20)
	if err := syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: 120, Max: 120}); err != nil {
		return err
	}
	return syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: 2 << 30, Max: 2 << 30})
}
