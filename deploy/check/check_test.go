// SPDX-License-Identifier: Apache-2.0

// Package check_test reads docker-compose.yml as the compose tools do, without a
// container engine, and holds it to what docs/OPERATIONS.md promises.
package check_test

import (
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

const root = "../.."

// stages are the services that run a part of the line.
func stages() []string {
	return []string{"discover", "fetch", "extract", "index", "alert", "notify", "serve"}
}

// variables are the names in env.example, each with a value.
func variables(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "deploy", "env.example"))
	if err != nil {
		t.Fatal(err)
	}
	var env []string
	for _, m := range regexp.MustCompile(`(?m)^([A-Z_]+)=(.*)$`).FindAllStringSubmatch(string(data), -1) {
		if m[2] != "" {
			t.Errorf("env.example has a value for %s: somebody would use it", m[1])
		}
		env = append(env, m[1]+"=p"+strings.ToLower(m[1]))
	}
	if len(env) == 0 {
		t.Fatal("env.example has no variable")
	}
	return env
}

func load(t *testing.T, env []string) (*types.Project, error) {
	t.Helper()
	o, err := cli.NewProjectOptions([]string{filepath.Join(root, "docker-compose.yml")}, cli.WithEnv(env), cli.WithWorkingDirectory(root), cli.WithResolvedPaths(true))
	if err != nil {
		t.Fatal(err)
	}
	return o.LoadProject(t.Context())
}

func project(t *testing.T) *types.Project {
	t.Helper()
	p, err := load(t, variables(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.CheckContainerNameUnicity(); err != nil {
		t.Error(err)
	}
	return p
}

func TestEveryPasswordIsDemanded(t *testing.T) {
	env := variables(t)
	for i, v := range env {
		name, _, _ := strings.Cut(v, "=")
		if name == "NATS_PASSWORD_ROUTE" {
			continue // of the cluster file
		}
		if _, err := load(t, slices.Delete(slices.Clone(env), i, i+1)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

func TestImagesArePinned(t *testing.T) {
	pinned := regexp.MustCompile(`:v?\d+\.\d+\.\d+(-[a-z0-9.]+)?$`)
	for name, s := range project(t).Services {
		if !pinned.MatchString(s.Image) {
			t.Errorf("%s: image %q", name, s.Image)
		}
	}
}

func TestOnlyLoopbackIsPublished(t *testing.T) {
	published := 0
	for name, s := range project(t).Services {
		if s.NetworkMode != "" && s.NetworkMode != "none" {
			t.Errorf("%s has the network mode %s", name, s.NetworkMode)
		}
		for _, p := range s.Ports {
			published++
			if addr, err := netip.ParseAddr(p.HostIP); err != nil || !addr.IsLoopback() {
				t.Errorf("%s publishes %s on %q", name, p.Published, p.HostIP)
			}
		}
	}
	if published == 0 {
		t.Error("nothing is published")
	}
}

func TestEveryStageHasItsProcess(t *testing.T) {
	p := project(t)
	for _, stage := range stages() {
		s, ok := p.Services[stage]
		if !ok {
			t.Errorf("no service %s", stage)
			continue
		}
		if !slices.Equal(s.Command, types.ShellCommand{"run", stage}) {
			t.Errorf("%s runs %v", stage, s.Command)
		}
		if got := value(s, "COPYTASTER_BUS_USER"); got != stage {
			t.Errorf("%s is the user %q on the bus", stage, got)
		}
		if got := value(s, "COPYTASTER_BUS_INBOX"); got != "_INBOX."+stage {
			t.Errorf("%s listens on %q", stage, got)
		}
		if got, want := value(s, "COPYTASTER_BUS_PASSWORD"), value(p.Services["nats"], "NATS_PASSWORD_"+strings.ToUpper(stage)); got != want || got == "" {
			t.Errorf("%s has another password than the server expects", stage)
		}
	}
}

func value(s types.ServiceConfig, name string) string {
	if v := s.Environment[name]; v != nil {
		return *v
	}
	return ""
}

func TestProcessesAreConfined(t *testing.T) {
	p := project(t)
	for _, name := range append(stages(), "setup", "nats") {
		s := p.Services[name]
		if !s.ReadOnly || s.Privileged || strings.HasPrefix(s.User, "0") || s.User == "" || !slices.Contains(s.CapDrop, "ALL") || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s: read-only %t, privileged %t, user %q, drops %v, %v", name, s.ReadOnly, s.Privileged, s.User, s.CapDrop, s.SecurityOpt)
		}
		if s.MemLimit <= 0 {
			t.Errorf("%s may take all memory", name)
		}
	}
}

func TestStartIsGatedByHealth(t *testing.T) {
	p := project(t)
	for _, stage := range stages() {
		for on, want := range map[string]string{"setup": types.ServiceConditionCompletedSuccessfully, "nats": types.ServiceConditionHealthy, "elasticsearch": types.ServiceConditionHealthy} {
			if got := p.Services[stage].DependsOn[on].Condition; got != want {
				t.Errorf("%s waits for %s to be %q, want %q", stage, on, got, want)
			}
		}
	}
	for _, name := range []string{"nats", "elasticsearch"} {
		if h := p.Services[name].HealthCheck; h == nil || len(h.Test) == 0 {
			t.Errorf("%s has no health check", name)
		}
	}
}

func TestDataLiesInNamedVolumes(t *testing.T) {
	p := project(t)
	want := map[string][]string{"nats": {"nats"}, "elasticsearch": {"elasticsearch"}, "fetch": {"archive", "data"}, "serve": {"archive", "data"}}
	for name, volumes := range want {
		for _, v := range volumes {
			if !slices.ContainsFunc(p.Services[name].Volumes, func(m types.ServiceVolumeConfig) bool { return m.Type == "volume" && m.Source == v && !m.ReadOnly }) {
				t.Errorf("%s does not keep %s", name, v)
			}
			if _, ok := p.Volumes[v]; !ok {
				t.Errorf("there is no volume %s", v)
			}
		}
	}
}

func TestMountedFilesExist(t *testing.T) {
	for name, s := range project(t).Services {
		for _, m := range s.Volumes {
			if m.Type != types.VolumeTypeBind {
				continue
			}
			if _, err := os.Stat(m.Source); err != nil || !m.ReadOnly {
				t.Errorf("%s mounts %s: %v, read-only %t", name, m.Source, err, m.ReadOnly)
			}
		}
		if b := s.Build; b != nil {
			if _, err := os.Stat(filepath.Join(b.Context, b.Dockerfile)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestElasticsearchIsSecured(t *testing.T) {
	s := project(t).Services["elasticsearch"]
	for _, key := range []string{"xpack.security.enabled", "xpack.security.http.ssl.enabled"} {
		if value(s, key) != "true" {
			t.Errorf("%s is %q", key, value(s, key))
		}
	}
	if heap := value(s, "ES_JAVA_OPTS"); !strings.Contains(heap, "-Xmx1g") || int64(s.MemLimit) < 2<<30 {
		t.Errorf("heap %q in %d bytes", heap, s.MemLimit)
	}
	if value(s, "ELASTIC_PASSWORD") == "" {
		t.Error("no password")
	}
}

// The image is built as the compose file expects it.
func TestDockerfile(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "deploy", "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	for what, pattern := range map[string]string{
		"a pinned builder":         `(?m)^FROM golang:1\.\d+\.\d+-\w+ AS build$`,
		"no C":                     `CGO_ENABLED=0 go build -trimpath`,
		"no shell, no root":        `(?m)^FROM gcr\.io/distroless/static-debian12:nonroot$`,
		"the user by number":       `(?m)^USER 65532:65532$`,
		"its own health check":     `(?s)HEALTHCHECK .*CMD \["/usr/bin/copytaster", "healthcheck"\]`,
		"an entry without a shell": `(?m)^ENTRYPOINT \["/usr/bin/copytaster"\]$`,
		"a label of the licence":   `org\.opencontainers\.image\.licenses="Apache-2\.0"`,
		"a label of the revision":  `org\.opencontainers\.image\.revision=`,
	} {
		if !regexp.MustCompile(pattern).Match(data) {
			t.Errorf("the Dockerfile lacks %s", what)
		}
	}
	if strings.Contains(string(data), ":latest") {
		t.Error("the Dockerfile follows a moving tag")
	}
}

// Every metric in the alarms is one of docs/METRICS.md.
func TestAlarmsUseDescribedMetrics(t *testing.T) {
	rules, err := os.ReadFile(filepath.Join(root, "deploy", "prometheus", "copytaster.rules.yml"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile(filepath.Join(root, "docs", "METRICS.md"))
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`copytaster_[a-z_]+`).FindAllString(string(rules), -1)
	if len(names) < 9 {
		t.Fatalf("the alarms use %d metrics", len(names))
	}
	for _, name := range names {
		if !strings.Contains(string(doc), "`"+name+"`") {
			t.Errorf("METRICS.md does not describe %s", name)
		}
	}
}

// The units stop the program as gently as it can be stopped, and confine it.
func TestUnits(t *testing.T) {
	units, err := filepath.Glob(filepath.Join(root, "deploy", "systemd", "*.service"))
	if err != nil || len(units) != 2 {
		t.Fatalf("%v, %v", units, err)
	}
	for _, path := range units {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"KillSignal=SIGTERM", "TimeoutStopSec=45s", "NoNewPrivileges=yes", "ProtectSystem=strict", "StateDirectory=copytaster"} {
			if !strings.Contains(string(data), "\n"+line+"\n") {
				t.Errorf("%s lacks %s", path, line)
			}
		}
	}
}
