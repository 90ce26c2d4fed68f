// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Status is how the line stands.
type Status struct {
	Problem  string         `json:"problem,omitempty"` // why the bus calls itself unhealthy; "" when it does not
	Stages   []StageStatus  `json:"stages,omitempty"`
	Streams  []StreamStatus `json:"streams,omitempty"`
	Dead     uint64         `json:"dead"`      // letters
	DiskFree int64          `json:"disk_free"` // bytes under the store; -1 where unknown
}

// StageStatus is how far one stage is.
type StageStatus struct {
	Name        string `json:"name"`
	Pending     uint64 `json:"pending"`     // not delivered yet
	InFlight    int    `json:"in_flight"`   // delivered and not settled
	Redelivered int    `json:"redelivered"` // of those, delivered more than once
}

// StreamStatus is how full one stream is.
type StreamStatus struct {
	Name     string `json:"name"`
	Messages uint64 `json:"messages"`
	Bytes    uint64 `json:"bytes"`
	MaxBytes int64  `json:"max_bytes"`
}

// readyTimeout bounds what a readiness probe waits for.
const readyTimeout = 5 * time.Second

// healthz says that the process answers.
func (s *server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintln(w, "ok")
}

// readyz says whether the bus and the index answer.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	if s.Ready != nil {
		if err := s.Ready(ctx); err != nil {
			http.Error(w, "not ready: "+err.Error(), http.StatusServiceUnavailable)
			return
		}
	}
	s.healthz(w, r)
}
