// SPDX-License-Identifier: Apache-2.0

package alert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/copytaster/copytaster"
)

// The limits of a delivery.
const (
	defaultTimeout = 15 * time.Second // the specification advises 15 to 30 s
	maxRetryAfter  = time.Hour        // a receiver may not park an alert for longer
	maxReply       = 2 << 10          // bytes of a refusal that are read for its error text
	maxQuote       = 200              // bytes of it that are quoted
)

// webhook posts alerts as CloudEvents 1.0 JSON, signed as the Standard Webhooks
// specification 1.0.0 has it. webhook-id is the alert's id.
type webhook struct {
	target *url.URL
	agent  string
	sign   *signer
	client *http.Client
	now    func() time.Time
}

func newWebhook(c ChannelConfig, d Deps) (Channel, error) {
	target, err := webhookURL(c.URL)
	if err != nil {
		return nil, err
	}
	sign, err := newSigner(c.Secrets)
	if err != nil {
		return nil, err
	}
	timeout := c.Timeout
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	agent := strings.TrimSuffix("copytaster/"+d.Version, "/")
	return &webhook{target: target, agent: agent, sign: sign, client: newClient(timeout, c.AllowPrivate), now: d.Now}, nil
}

// webhookURL reads the address. Its errors leave the address out: the path of a
// webhook is often a secret.
func webhookURL(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case raw == "":
		return nil, errors.New("url: a webhook needs one")
	case err != nil:
		return nil, errors.New("url: it cannot be read")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("url: scheme %q: use https or http", u.Scheme)
	case u.Hostname() == "":
		return nil, errors.New("url: it has no host")
	}
	return u, nil
}

// Send posts the alert once. A 2xx answer means taken, whatever its body. 410
// and other 4xx answers are permanent; 408, 425, 429, 5xx and all trouble on
// the way are transient, with the receiver's Retry-After up to an hour.
func (w *webhook) Send(ctx context.Context, a *copytaster.Alert) error {
	req, err := w.request(ctx, a)
	if err != nil {
		return err
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return w.unreached(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 == 2 {
		return nil
	}
	return w.refused(resp)
}

func (w *webhook) request(ctx context.Context, a *copytaster.Alert) (*http.Request, error) {
	// The signed text is "id.timestamp.body": an id of any other form could be
	// read as another id with another timestamp.
	if a.ID != copytaster.AlertID(a.Watch, a.Article) || !validName(a.Watch) || !isWord(a.Article) {
		return nil, copytaster.Permanent(fmt.Errorf("alert id %q is not WATCH.ARTICLE", a.ID))
	}
	body, err := encodeEvent(a)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.target.String(), bytes.NewReader(body))
	if err != nil {
		return nil, copytaster.Permanent(errors.New("webhook: no request can be made for its url"))
	}
	at := w.now()
	req.Header.Set("Content-Type", "application/cloudevents+json; charset=utf-8")
	req.Header.Set("User-Agent", w.agent)
	req.Header.Set("webhook-id", a.ID)
	req.Header.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	if len(w.sign.keys) > 0 {
		req.Header.Set("webhook-signature", w.sign.sign(a.ID, at, body))
	}
	return req, nil
}

// unreached says why no answer came, without the address that net/http puts in
// front of its errors.
func (w *webhook) unreached(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	err = fmt.Errorf("webhook %s: %w", w.target.Host, err)
	if guarded(err) {
		return copytaster.Permanent(fmt.Errorf("%w (set allow_private on the channel to reach a private address)", err))
	}
	return err
}

// refused turns an answer that is not 2xx into an error of its class.
func (w *webhook) refused(resp *http.Response) error {
	err := fmt.Errorf("webhook %s answered %d%s", w.target.Host, resp.StatusCode, quote(resp.Body))
	switch code := resp.StatusCode; {
	case code == http.StatusGone:
		return copytaster.Permanent(fmt.Errorf("%w: the receiver wants no more alerts; remove the channel or mend its url", err))
	case code == http.StatusMovedPermanently || code == http.StatusPermanentRedirect:
		return copytaster.Permanent(fmt.Errorf("%w: the receiver has moved; redirects are not followed, mend the channel's url", err))
	case code == http.StatusRequestTimeout, code == http.StatusTooEarly, code == http.StatusTooManyRequests,
		code >= 500, code < 400:
		return copytaster.RetryAfter(err, retryAfter(resp.Header.Get("Retry-After"), w.now()))
	}
	return copytaster.Permanent(err)
}

// quote is the beginning of a refusal's body, made fit for a log line.
func quote(body io.Reader) string {
	b, _ := io.ReadAll(io.LimitReader(body, maxReply)) // a cut-off refusal is still a refusal: its status decides
	text := strings.TrimSpace(plain(string(b)))
	if text == "" {
		return ""
	}
	if len(text) > maxQuote {
		text = strings.ToValidUTF8(text[:maxQuote], "") + "..."
	}
	return fmt.Sprintf(" (%s)", text)
}

// retryAfter reads a Retry-After header, seconds or an HTTP date, as a wait of
// at most an hour; 0 where it says nothing of use.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(strings.TrimSpace(value), 10, 31); err == nil {
		return min(time.Duration(seconds)*time.Second, maxRetryAfter)
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), maxRetryAfter)
}
