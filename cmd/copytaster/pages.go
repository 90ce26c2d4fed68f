// SPDX-License-Identifier: Apache-2.0

package main

import (
	"log/slog"
	"net/http"

	"github.com/copytaster/copytaster/internal/config"
	"github.com/copytaster/copytaster/internal/pipeline"
)

func newPages(*config.Config, *pipeline.Line, *slog.Logger) (http.Handler, error) {
	return http.NotFoundHandler(), nil
}
