// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"

	"github.com/copytaster/copytaster"
)

// DecideRequest decides on a name that was discovered.
type DecideRequest struct {
	Name    string             `json:"name"`
	Verdict copytaster.Verdict `json:"verdict"`
}

func (s *server) decisions(ctx context.Context, _ none) ([]copytaster.Decision, error) {
	return s.line.Decisions(ctx)
}

func (s *server) decide(ctx context.Context, r DecideRequest) (copytaster.Decision, error) {
	return s.line.Decide(ctx, r.Name, r.Verdict)
}

// Decisions lists what was decided of discovered suppliers, by name.
func (c *Client) Decisions(ctx context.Context) ([]copytaster.Decision, error) {
	return call[[]copytaster.Decision](ctx, c, "/decisions", none{})
}

// Decide accepts or rejects a discovered name, or forgets what was decided.
func (c *Client) Decide(ctx context.Context, r DecideRequest) (copytaster.Decision, error) {
	return call[copytaster.Decision](ctx, c, "/decide", r)
}
