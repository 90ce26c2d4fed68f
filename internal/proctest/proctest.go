// SPDX-License-Identifier: Apache-2.0

// Package proctest runs servers for tests, as processes that do not outlive the
// test however it ends: also when it panics, runs out of time or is killed.
package proctest

import (
	"fmt"
	"io"
	"os"
	"os/exec"
)

// Process is a running server.
type Process struct {
	cmd  *exec.Cmd
	hold io.Closer
}

// A shell stands between: it kills the server when its input ends, which the
// system sees to when the test is gone.
const keeper = `"$@" & cat >/dev/null; kill -9 $!; wait`

// Start runs a program with variables beside those of the test.
func Start(env []string, program string, args ...string) (*Process, error) {
	cmd := exec.Command("sh", append([]string{"-c", keeper, "sh", program}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	hold, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	return &Process{cmd: cmd, hold: hold}, nil
}

// Kill ends the server with SIGKILL and waits until it is gone. One that has ended
// by itself, or is killed again, is no matter.
func (p *Process) Kill() {
	if p == nil {
		return
	}
	_ = p.hold.Close()
	_ = p.cmd.Wait()
}
