// SPDX-License-Identifier: Apache-2.0

// Package alert matches documents with watches and sends alerts through
// channels.
package alert

import (
	"context"

	"github.com/copytaster/copytaster"
)

// Channel delivers one alert. It may be called again with the same alert, and
// puts a.ID where the receiver can deduplicate. It does not retry; it honours
// ctx and is safe for concurrent use. A nil error means that the receiver has
// taken the alert.
type Channel interface {
	Send(ctx context.Context, a *copytaster.Alert) error
}
