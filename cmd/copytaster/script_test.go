// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/copytaster/copytaster/internal/demo"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"copytaster": main})
}

// TestScripts runs the command line as a user does: testdata/script holds one
// story a file.
func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) < 5 {
		t.Fatalf("found %d scripts: %v", len(scripts), err)
	}
	seeds, err := filepath.Abs("../../../shared/data/seeds")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"waitfor": waitFor},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "samples":
				_, err := os.Stat(seeds)
				return err == nil, nil
			case "servers":
				return haveServers(), nil
			case "root":
				return os.Geteuid() == 0, nil
			}
			return false, nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("SEEDS", seeds)
			env.Setenv("NO_COLOR", "1")
			serveSlowly(env)
			if err := serveSite(env); err != nil {
				return err
			}
			if haveServers() && (strings.Contains(env.WorkDir, "script-cluster") || strings.Contains(env.WorkDir, "script-moving")) {
				if err := buildCluster(env); err != nil {
					return err
				}
			}
			return takePort(env)
		},
	})
}

// waitFor is a command of the scripts: it waits until a file is there.
func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: waitfor FILE")
	}
	for range 600 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	ts.Fatalf("%s has not come", args[0])
}

// serveSlowly serves a page that takes two seconds to come, and one that never
// does.
func serveSlowly(env *testscript.Env) {
	stop := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := filepath.Join(env.WorkDir, "asked-for-"+path.Base(r.URL.Path))
		if err := os.WriteFile(asked, nil, 0o600); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
		wait := map[string]time.Duration{"/slow": 2 * time.Second, "/never": time.Hour}[r.URL.Path]
		select {
		case <-time.After(wait):
		case <-stop:
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><head><title>A slow page</title></head><body><h1>A slow page</h1>", strings.Repeat(
			"<p>The lighthouse keeper said that the ship had been late before and would be late again, and went up to trim the lamp.</p>", 5))
	}))
	env.Setenv("SLOW", srv.URL)
	env.Defer(func() {
		close(stop)
		srv.Close()
	})
}

// serveSite serves the bundled web.
func serveSite(env *testscript.Env) error {
	site, err := demo.NewSite()
	if err != nil {
		return err
	}
	srv := httptest.NewUnstartedServer(site)
	site.Base = "http://" + srv.Listener.Addr().String() // before the first request can read it
	srv.Start()
	env.Setenv("SITE", srv.URL)
	env.Defer(srv.Close)
	return nil
}

// takePort holds a port for the script that wants one in use, and names one that
// was free a moment ago.
func takePort(env *testscript.Env) error {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	env.Defer(func() { _ = taken.Close() })
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	env.Setenv("TAKEN", taken.Addr().String())
	env.Setenv("FREE", free.Addr().String())
	return free.Close()
}
