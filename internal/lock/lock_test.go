// SPDX-License-Identifier: Apache-2.0

package lock

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// holdVar makes the test binary hold a folder until its input ends.
const holdVar = "COPYTASTER_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdVar); dir != "" {
		os.Exit(hold(dir))
	}
	os.Exit(m.Run())
}

func hold(dir string) int {
	l, err := Acquire(dir)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("held")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return 1
	}
	if err := l.Release(); err != nil {
		return 1
	}
	return 0
}

// holder starts a process that holds dir and waits until it does.
func holder(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holdVar+"="+dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "held\n" {
		t.Fatalf("the holder said %q, %v", line, err)
	}
	return cmd
}

func TestAcquire(t *testing.T) {
	t.Run("a free folder is made and taken", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "new", "folder")
		l, err := Acquire(dir)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, fileName))
		if err != nil || strings.TrimSpace(string(b)) != strconv.Itoa(os.Getpid()) {
			t.Errorf("the lock file says %q, %v", b, err)
		}
		if err := l.Release(); err != nil {
			t.Error(err)
		}
	})
	t.Run("the same process cannot take it twice", func(t *testing.T) {
		dir := t.TempDir()
		l, err := Acquire(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Acquire(dir); !errors.Is(err, ErrHeld) || !strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
			t.Errorf("error %v does not say that this process holds it", err)
		}
		if err := l.Release(); err != nil {
			t.Fatal(err)
		}
		again, err := Acquire(dir)
		if err != nil {
			t.Fatalf("a released folder is refused: %v", err)
		}
		if err := errors.Join(again.Release(), again.Release()); err != nil {
			t.Errorf("releasing twice: %v", err)
		}
	})
	t.Run("a folder that is a file is an error with its name", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Acquire(path); err == nil || errors.Is(err, ErrHeld) || !strings.Contains(err.Error(), path) {
			t.Errorf("error %v", err)
		}
	})
}

func TestOtherProcess(t *testing.T) {
	t.Run("is named while it holds", func(t *testing.T) {
		dir := t.TempDir()
		cmd := holder(t, dir)
		_, err := Acquire(dir)
		if !errors.Is(err, ErrHeld) || !strings.Contains(err.Error(), fmt.Sprintf("process %d", cmd.Process.Pid)) {
			t.Errorf("error %v does not name process %d", err, cmd.Process.Pid)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Error("a killed process reports success")
		}
	})
	t.Run("gives the folder up when it is killed", func(t *testing.T) {
		dir := t.TempDir()
		cmd := holder(t, dir)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Error("a killed process reports success")
		}
		l, err := Acquire(dir)
		for end := time.Now().Add(time.Minute); err != nil && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			l, err = Acquire(dir)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Release(); err != nil {
			t.Error(err)
		}
	})
}

func TestHolderUnknown(t *testing.T) {
	for _, content := range []string{"", "not a number", strings.Repeat("9", 100), "\x00\x00"} {
		path := filepath.Join(t.TempDir(), fileName)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := readHolder(f); got != "(unknown)" {
			t.Errorf("%q gives %q", content, got)
		}
		f.Close()
	}
}
