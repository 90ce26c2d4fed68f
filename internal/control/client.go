// SPDX-License-Identifier: Apache-2.0

package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/ingest/boilerplate"
	"github.com/copytaster/copytaster/internal/bus"
	"github.com/copytaster/copytaster/internal/pipeline"
)

// Client asks the holder of a data folder. Its methods return a *Fault for what
// the holder refused, and ErrUnreachable where nobody answers.
type Client struct{ http *http.Client }

// ErrUnreachable is returned when nobody serves the socket.
var ErrUnreachable = errors.New("nobody serves this data folder")

// Dial returns a client of the socket at a path. It does not connect yet.
func Dial(socket string) *Client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", socket)
	}
	return &Client{&http.Client{Transport: &http.Transport{DialContext: dial}}}
}

// post sends one request; the caller closes the answer.
func (c *Client) post(ctx context.Context, path string, in any) (*http.Response, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://copytaster"+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if resp.StatusCode == http.StatusOK {
		return resp, nil
	}
	defer resp.Body.Close()
	f := &Fault{}
	if err := json.NewDecoder(resp.Body).Decode(f); err != nil || f.Msg == "" {
		return nil, fmt.Errorf("%s: the holder of the data folder answered %s", path, resp.Status)
	}
	return nil, f
}

func call[Out any](ctx context.Context, c *Client, path string, in any) (Out, error) {
	var out Out
	resp, err := c.post(ctx, path, in)
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return out, fmt.Errorf("%s: %w", path, err)
	}
	return out, nil
}

// follow reads a streamed answer to its end.
func follow[T any](ctx context.Context, c *Client, path string, in any, each func(*T) error) error {
	resp, err := c.post(ctx, path, in)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	for dec := json.NewDecoder(resp.Body); ; {
		var l line[T]
		if err := dec.Decode(&l); err != nil {
			if ctx.Err() != nil {
				return ctx.Err() // it was us who broke off
			}
			return fmt.Errorf("%s: the answer was cut off: %w", path, err)
		}
		switch {
		case l.End:
			return nil
		case l.Fault != nil:
			return l.Fault
		case l.Item != nil:
			if err := each(l.Item); err != nil {
				return err
			}
		}
	}
}

// Search returns one page of hits.
func (c *Client) Search(ctx context.Context, r SearchRequest) (SearchReply, error) {
	return call[SearchReply](ctx, c, "/search", r)
}

// Export calls each with every document that matches.
func (c *Client) Export(ctx context.Context, r ExportRequest, each func(*Exported) error) error {
	return follow(ctx, c, "/export", r, each)
}

// Add hands in URLs and files; Settle waits for what became of them.
func (c *Client) Add(ctx context.Context, inputs []string) (AddReply, error) {
	return call[AddReply](ctx, c, "/add", AddRequest{inputs})
}

// Settle calls each with the final entry of every URL, in order, and returns
// when the line is quiet.
func (c *Client) Settle(ctx context.Context, added AddReply, each func(*copytaster.Entry) error) error {
	return follow(ctx, c, "/settle", SettleRequest(added), each)
}

// Watches lists the watches.
func (c *Client) Watches(ctx context.Context) ([]copytaster.Watch, error) {
	return call[[]copytaster.Watch](ctx, c, "/watches", none{})
}

// AddWatch saves a watch.
func (c *Client) AddWatch(ctx context.Context, w copytaster.Watch) error {
	_, err := call[none](ctx, c, "/watches/add", w)
	return err
}

// RemoveWatch deletes a watch.
func (c *Client) RemoveWatch(ctx context.Context, name string) error {
	_, err := call[none](ctx, c, "/watches/remove", copytaster.Watch{Name: name})
	return err
}

// TestWatch returns what a watch with the query would have rung for, the newest
// first.
func (c *Client) TestWatch(ctx context.Context, r TestRequest) (SearchReply, error) {
	return call[SearchReply](ctx, c, "/watches/test", r)
}

// Why returns what is known of a URL.
func (c *Client) Why(ctx context.Context, url string) (WhyReply, error) {
	return call[WhyReply](ctx, c, "/why", URLRequest{url})
}

// Sources lists the configured sources.
func (c *Client) Sources(ctx context.Context) (SourcesReply, error) {
	return call[SourcesReply](ctx, c, "/sources", none{})
}

// Rules returns what the stripper has learned of a host.
func (c *Client) Rules(ctx context.Context, host string) (boilerplate.SiteModel, error) {
	return call[boilerplate.SiteModel](ctx, c, "/rules", HostRequest{host})
}

// Poll lists every source at once.
func (c *Client) Poll(ctx context.Context) (PollReply, error) {
	return call[PollReply](ctx, c, "/poll", PollRequest{})
}

// TakeIn lists every source at once and returns when the line is quiet, or
// nothing has moved for so long.
func (c *Client) TakeIn(ctx context.Context, wait time.Duration) (PollReply, error) {
	return call[PollReply](ctx, c, "/poll", PollRequest{Wait: wait})
}

// Dead lists dead letters.
func (c *Client) Dead(ctx context.Context, r LettersRequest) ([]bus.Letter, error) {
	return call[[]bus.Letter](ctx, c, "/dead", r)
}

// RetryDead sends dead letters back to their stage.
func (c *Client) RetryDead(ctx context.Context, r LettersRequest) (CountReply, error) {
	return call[CountReply](ctx, c, "/dead/retry", r)
}

// DropDead forgets dead letters.
func (c *Client) DropDead(ctx context.Context, r LettersRequest) (CountReply, error) {
	return call[CountReply](ctx, c, "/dead/drop", r)
}

// Replay sends what a query matches through the extractors again.
func (c *Client) Replay(ctx context.Context, query string) (CountReply, error) {
	return call[CountReply](ctx, c, "/replay", ExportRequest{Query: query})
}

// Remove takes an article down and says what it reached.
func (c *Client) Remove(ctx context.Context, url string) (pipeline.Removal, error) {
	return call[pipeline.Removal](ctx, c, "/remove", URLRequest{url})
}

// Channels lists the alert channels, those too that are configured no more.
func (c *Client) Channels(ctx context.Context) ([]pipeline.ChannelStatus, error) {
	return call[[]pipeline.ChannelStatus](ctx, c, "/channels", none{})
}

// ForgetChannel gives up the alerts that wait for a channel which is configured
// no more.
func (c *Client) ForgetChannel(ctx context.Context, name string) error {
	_, err := call[none](ctx, c, "/channels/forget", ChannelRequest{name})
	return err
}

// Status is how the line stands.
func (c *Client) Status(ctx context.Context) (StatusReply, error) {
	return call[StatusReply](ctx, c, "/status", none{})
}
