// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// monitorTimeout bounds one look at one server, and monitorAge how long its
// answer is good for.
const (
	monitorTimeout = 2 * time.Second
	monitorAge     = 5 * time.Second
)

// maxMonitor bounds what a monitoring address may answer, in bytes.
const maxMonitor = 1 << 20

// monitor remembers what the outside servers last said of their health.
type monitor struct {
	mu      sync.Mutex
	at      time.Time
	problem string
}

// checkSync refuses outside servers that acknowledge before the disk has it. A
// client is not told how often a server syncs, so this needs the monitoring
// address; a server whose address does not answer is passed over with a warning,
// as one of three may be down.
func (b *Bus) checkSync(ctx context.Context) error {
	if b.host != nil {
		return nil
	}
	if len(b.o.Monitors) == 0 {
		b.log.Warn("cannot know whether the server syncs every write: set sync_interval: always in its jetstream block, " +
			"and bus.monitor here so that it is checked; with the server's default a power cut loses what was acknowledged in the last two minutes")
		return nil
	}
	for _, m := range b.o.Monitors {
		always, err := syncsAlways(ctx, m)
		switch {
		case err != nil:
			b.log.Warn("cannot know whether the server syncs every write", "monitor", redacted(m), "error", err)
		case !always:
			return fmt.Errorf("%w: the server at %s acknowledges what is not on disk; set sync_interval: always in its jetstream block and restart it", ErrUnsafe, redacted(m))
		}
	}
	return nil
}

// syncsAlways reads a server's variables. Source: nats-server, server/monitor.go.
func syncsAlways(ctx context.Context, base string) (bool, error) {
	body, _, err := ask(ctx, base, "/varz")
	if err != nil {
		return false, err
	}
	var vars struct {
		JetStream struct {
			Config *struct {
				SyncAlways bool `json:"sync_always"`
			} `json:"config"`
		} `json:"jetstream"`
	}
	if err := json.Unmarshal(body, &vars); err != nil {
		return false, fmt.Errorf("variables of the server: %w", err)
	}
	if vars.JetStream.Config == nil {
		return false, fmt.Errorf("the server has no JetStream")
	}
	return vars.JetStream.Config.SyncAlways, nil
}

// unhealthy asks the outside servers how they are, "" when all are well.
func (b *Bus) unhealthy(ctx context.Context) string {
	if len(b.o.Monitors) == 0 {
		return ""
	}
	b.monitor.mu.Lock()
	defer b.monitor.mu.Unlock()
	if time.Since(b.monitor.at) < monitorAge {
		return b.monitor.problem
	}
	var problems []string
	for _, m := range b.o.Monitors {
		if body, code, err := ask(ctx, m, "/healthz"); err != nil {
			problems = append(problems, redacted(m)+": "+err.Error())
		} else if code != http.StatusOK {
			problems = append(problems, redacted(m)+": "+clip(oneLine(string(body)), 300))
		}
	}
	b.monitor.at, b.monitor.problem = time.Now(), strings.Join(problems, "; ")
	return b.monitor.problem
}

func ask(ctx context.Context, base, path string) (body []byte, code int, err error) {
	ctx, cancel := context.WithTimeout(ctx, monitorTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(base, "/")+path, nil)
	if err != nil {
		return nil, 0, fmt.Errorf("monitor: %w", err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, 0, fmt.Errorf("monitor: %w", err)
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(io.LimitReader(resp.Body, maxMonitor))
	if err != nil {
		return nil, 0, fmt.Errorf("monitor: %w", err)
	}
	return body, resp.StatusCode, nil
}
