// SPDX-License-Identifier: Apache-2.0

//go:build unix

package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/copytaster/copytaster/internal/config"
)

// desk is a folder with a configuration, and the program as a user has it.
type desk struct {
	t   *testing.T
	dir string
	log chan string // lines of the running line's log
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, dir: t.TempDir(), log: make(chan string, 1000)}
	if err := os.Symlink(self, filepath.Join(d.dir, "copytaster")); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) write(name, text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) command(args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	d.t.Cleanup(cancel)
	c := exec.CommandContext(ctx, filepath.Join(d.dir, "copytaster"), args...)
	c.Dir = d.dir
	return c
}

// start runs the line, collects its log, and returns what sends it a signal.
func (d *desk) start() func(os.Signal) {
	d.t.Helper()
	c := d.command("run")
	stderr, err := c.StderrPipe()
	if err != nil {
		d.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for sc := bufio.NewScanner(stderr); sc.Scan(); {
			d.log <- sc.Text()
		}
	}()
	signal := func(s os.Signal) {
		if err := c.Process.Signal(s); err != nil {
			d.t.Error(err)
		}
	}
	d.t.Cleanup(func() {
		signal(os.Interrupt)
		<-read
		if err := c.Wait(); err != nil {
			d.t.Errorf("run ended with %v", err)
		}
	})
	return signal
}

// logged waits for a line of the log that has a text.
func (d *desk) logged(text string) string {
	d.t.Helper()
	for deadline := time.After(5 * time.Minute); ; {
		select {
		case line := <-d.log:
			if strings.Contains(line, text) {
				return line
			}
		case <-deadline:
			d.t.Fatalf("nothing with %q was logged", text)
		}
	}
}

func (d *desk) says(args ...string) string {
	d.t.Helper()
	out, err := d.command(args...).CombinedOutput()
	if err != nil {
		d.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

func TestSIGHUPAppliesTheConfiguration(t *testing.T) {
	d := newDesk(t)
	const head = "data_dir: data\nweb: {listen: \"off\"}\n"
	d.write("copytaster.yaml", head)
	signal := d.start()
	d.logged("running")

	d.write("own.csv", "id,name\norrin,Orrin Dredging\n")
	const changed = head + "suppliers: [own.csv]\nwatches:\n  - {name: harbour, query: 'supplier:orrin'}\nsources:\n  - {name: drop, kind: folder, path: drop}\n"
	d.write("copytaster.yaml", changed)
	signal(syscall.SIGHUP)
	d.logged(`reloaded`)
	t.Run("sources, watches and suppliers are there", func(t *testing.T) {
		if out := d.says("watch", "list"); !strings.Contains(out, "harbour") {
			t.Errorf("watch list: %s", out)
		}
		if out := d.says("sources"); !strings.Contains(out, "drop") {
			t.Errorf("sources: %s", out)
		}
		d.write("story.txt", strings.Repeat("Orrin Dredging has won a contract to clear the harbour of Sandhaven, and its boats will come in June. ", 5))
		d.says("add", "story.txt")
		if out := d.says("search", "supplier:orrin"); !strings.Contains(out, "1 hit") {
			t.Errorf("search: %s", out)
		}
	})
	for name, c := range map[string]struct{ file, text, want string }{
		"an unknown key":      {"copytaster.yaml", changed + "colour: red\n", "copytaster.yaml:8"},
		"a bad query":         {"copytaster.yaml", head + "watches:\n  - {name: x, query: '(('}\n", "copytaster.yaml:4"},
		"a list that is gone": {"copytaster.yaml", head + "suppliers: [none.csv]\n", "none.csv"},
	} {
		t.Run(name+" is refused with its place", func(t *testing.T) {
			d.write(c.file, c.text)
			signal(syscall.SIGHUP)
			if line := d.logged("reload refused"); !strings.Contains(line, c.want) {
				t.Errorf("logged %s, want %q", line, c.want)
			}
			d.write("copytaster.yaml", head) // for the verbs, which read it too
			if out := d.says("watch", "list"); !strings.Contains(out, "harbour") {
				t.Errorf("the old watches are gone: %s", out)
			}
		})
	}
	d.write("copytaster.yaml", head+"fetch: {timeout: 3s}\n")
	signal(syscall.SIGHUP)
	d.logged("need a restart")
}

func TestSameFrameSeesWhatNeedsARestart(t *testing.T) {
	a, b := config.Default(), config.Default()
	b.Suppliers, b.Sources, b.Notices = []string{"x.csv"}, []config.Source{{Name: "s"}}, []string{"n"}
	if !sameFrame(a, b) {
		t.Error("what is reloaded needs a restart")
	}
	b.Web.Listen = "127.0.0.1:9"
	if sameFrame(a, b) {
		t.Error("another port needs no restart")
	}
}
