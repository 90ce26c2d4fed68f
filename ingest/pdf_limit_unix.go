// SPDX-License-Identifier: Apache-2.0

//go:build unix

package ingest

import (
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// limitProcess caps the process: the collector works harder from half a gigabyte
// on, and the system refuses more than maxAddressSpace. After maxPDFWork on the
// processor the channel says so, and soon after that the system kills it.
func limitProcess() (overworked <-chan os.Signal, err error) {
	debug.SetMemoryLimit(512 << 20)
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGXCPU)
	seconds := uint64(maxPDFWork.Seconds())
	if err := syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds + 10}); err != nil {
		return nil, err
	}
	return c, syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: maxAddressSpace, Max: maxAddressSpace})
}
