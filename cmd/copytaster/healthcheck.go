// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/spf13/cobra"

	"github.com/copytaster/copytaster/alert"
)

// healthcheckCmd asks the process on this machine's web.listen whether it is
// ready: for a container's health check, whose image has no other program.
func healthcheckCmd(g *globals) *cobra.Command {
	timeout := 5 * time.Second
	c := &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask the process that runs on web.listen whether it is ready",
		Long: `Ask the process that runs on web.listen whether its message server and its index answer. Exit code 0: ready;
1: not ready; 4: nobody answers.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := g.load()
			if err != nil {
				return err
			}
			base, err := probeURL(cfg.Web.Listen)
			if err != nil {
				return usage(err)
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), timeout)
			defer cancel()
			return probe(ctx, base+"/readyz")
		},
	}
	c.Flags().DurationVar(&timeout, "timeout", timeout, "how long to wait for the answer")
	return c
}

// probeURL is where a process that listens on an address is reached from its own
// machine.
func probeURL(listen string) (string, error) {
	if listen == "" || listen == "off" {
		return "", errors.New("web.listen is off: there is nobody to ask")
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", fmt.Errorf("web.listen: %w", err)
	}
	addr, err := netip.ParseAddr(host)
	switch {
	case host == "":
		host = "127.0.0.1"
	case err == nil && addr.IsUnspecified() && addr.Is6():
		host = "::1"
	case err == nil && addr.IsUnspecified():
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port), nil
}

// maxProbe bounds what is read of an answer, in bytes.
const maxProbe = 4 << 10

func probe(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return usage(err)
	}
	// The answer comes from this machine: a proxy has no part in it.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return &exitError{exitUnreachable, err}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxProbe))
	if err != nil {
		return &exitError{exitUnreachable, err}
	}
	if resp.StatusCode != http.StatusOK {
		return errors.New(alert.Plain(string(body)))
	}
	return nil
}
