// SPDX-License-Identifier: Apache-2.0

package alert_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/alert/channeltest"
)

// clock is the time of every test in this package.
func clock() time.Time { return time.Date(2014, 3, 27, 6, 41, 0, 0, time.UTC) }

// inbox keeps what a receiver was sent.
type inbox struct {
	mu   sync.Mutex
	sent []string
}

func (i *inbox) add(s string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.sent = append(i.sent, s)
}

func (i *inbox) all() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.sent)
}

func (i *inbox) Write(p []byte) (int, error) {
	i.add(string(p))
	return len(p), nil
}

func TestWebhookConforms(t *testing.T) {
	channeltest.Run(t, channeltest.Harness{
		Receivers: []channeltest.Receiver{channeltest.Takes, channeltest.Busy, channeltest.Down, channeltest.Gone,
			channeltest.Refuses, channeltest.Garbage, channeltest.Slow},
		New: func(t *testing.T, r channeltest.Receiver) (alert.Channel, func() []string) {
			in := &inbox{}
			stop := make(chan struct{})
			srv := httptest.NewServer(receiver(r, in, stop))
			t.Cleanup(srv.Close)
			t.Cleanup(func() { close(stop) })
			return webhookTo(t, srv.URL), in.all
		},
	})
}

// receiver is a web server that behaves as r.
func receiver(r channeltest.Receiver, in *inbox, stop <-chan struct{}) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		in.add(req.Header.Get("webhook-id") + "\n" + string(body))
		switch r {
		case channeltest.Busy:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		case channeltest.Down:
			w.WriteHeader(http.StatusServiceUnavailable)
		case channeltest.Gone:
			w.WriteHeader(http.StatusGone)
		case channeltest.Refuses:
			http.Error(w, "no such hook\x1b[2J", http.StatusBadRequest)
		case channeltest.Garbage:
			nonsense(w)
		case channeltest.Slow:
			select {
			case <-stop:
			case <-req.Context().Done():
			}
		}
	})
}

func nonsense(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	io.WriteString(conn, "\x00\x01 this is no HTTP\r\n\r\n")
}

func webhookTo(t *testing.T, url string, secrets ...string) alert.Channel {
	t.Helper()
	ch, err := alert.NewChannel(
		alert.ChannelConfig{Name: "desk", Kind: "webhook", URL: url, Secrets: secrets, AllowPrivate: true},
		alert.Deps{Now: clock, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

func TestTerminalConforms(t *testing.T) {
	channeltest.Run(t, channeltest.Harness{
		Receivers: []channeltest.Receiver{channeltest.Takes, channeltest.Down},
		New: func(t *testing.T, r channeltest.Receiver) (alert.Channel, func() []string) {
			in := &inbox{}
			var out io.Writer = in
			if r == channeltest.Down {
				out = failing{}
			}
			return terminalTo(t, out, false), in.all
		},
	})
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func terminalTo(t *testing.T, out io.Writer, color bool) alert.Channel {
	t.Helper()
	ch, err := alert.NewChannel(alert.ChannelConfig{Name: "screen", Kind: "terminal"}, alert.Deps{Out: out, Color: color})
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

func TestTerminalWritesABlockThatAPersonReads(t *testing.T) {
	in := &inbox{}
	if err := terminalTo(t, in, false).Send(t.Context(), channeltest.Alert()); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"▌ atos-watch",
		"Assessment firm to leave early",
		"news.example.org · example · undated · fetched 27 Mar 2014 06:40:00 UTC",
		"“*Atos* is to leave the contract.”",
		"Atos",
		"also in comment (2)",
		"https://news.example.org/2014/03/27/contract",
		"alert atos-watch.k3jq5w2h7a",
		"", "",
	}, "\n")
	if got := in.all(); len(got) != 1 || got[0] != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestTerminalUsesColoursOnlyWhenTold(t *testing.T) {
	in := &inbox{}
	if err := terminalTo(t, in, true).Send(t.Context(), channeltest.Alert()); err != nil {
		t.Fatal(err)
	}
	if got := in.all()[0]; !strings.Contains(got, "\x1b[1;4mAtos\x1b[0m is to leave") {
		t.Errorf("no mark in %q", got)
	}
}
