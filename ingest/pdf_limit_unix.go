// SPDX-License-Identifier: Apache-2.0

//go:build unix

package ingest

import (
	"runtime/debug"
	"syscall"
)

// limitProcess caps the process: the collector works harder from half a gigabyte
// on, the system refuses more than maxAddressSpace, and kills it after
// maxPDFWork on the processor.
func limitProcess() error {
	debug.SetMemoryLimit(512 << 20)
	seconds := uint64(maxPDFWork.Seconds())
	if err := syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds}); err != nil {
		return err
	}
	return syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: maxAddressSpace, Max: maxAddressSpace})
}
