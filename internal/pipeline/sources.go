// SPDX-License-Identifier: Apache-2.0

package pipeline

import (
	"context"
	"time"

	"github.com/copytaster/copytaster/ingest"
)

// SourceStatus is a source as a person asks for it.
type SourceStatus struct {
	Config  ingest.SourceConfig `json:"config"`
	History ingest.History      `json:"history"`
	Next    time.Time           `json:"next,omitzero"` // UTC: when it is due again

	Stripping Stripping `json:"stripping"`
}

// SourceStatuses returns the configured sources in the configuration's order.
func (l *Line) SourceStatuses(ctx context.Context) ([]SourceStatus, error) {
	var all []SourceStatus
	for _, s := range l.now.Load().Sources {
		st, _, err := l.sourceState(ctx, s.Config.Name)
		if err != nil {
			return nil, err
		}
		sure, err := l.StrippingOf(ctx, s.Config.Name)
		if err != nil {
			return nil, err
		}
		all = append(all, SourceStatus{Config: s.Config, History: st.History, Next: st.Next, Stripping: sure})
	}
	return all, nil
}
