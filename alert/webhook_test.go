// SPDX-License-Identifier: Apache-2.0

package alert_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/alert"
	"github.com/copytaster/copytaster/alert/channeltest"
	"github.com/google/go-cmp/cmp"
)

// The example of the Standard Webhooks specification's libraries.
const exampleSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

func TestWebhookDeliversASignedCloudEvent(t *testing.T) {
	second := "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 24)))
	req, body := deliver(t, exampleSecret, second)
	for name, want := range map[string]string{
		"Content-Type":      "application/cloudevents+json; charset=utf-8",
		"User-Agent":        "copytaster/1.2.3",
		"webhook-id":        "atos-watch.k3jq5w2h7a",
		"webhook-timestamp": fmt.Sprint(clock().Unix()),
		"webhook-signature": signature(t, exampleSecret, body) + " " + signature(t, second, body),
	} {
		if got := req.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	var event struct {
		SpecVersion, ID, Source, Type, Subject, Time, DataContentType string
		Data                                                          copytaster.Alert
	}
	if err := json.Unmarshal(body, &event); err != nil {
		t.Fatal(err)
	}
	got := []string{event.SpecVersion, event.ID, event.Source, event.Type, event.Subject, event.Time, event.DataContentType}
	want := []string{"1.0", "atos-watch.k3jq5w2h7a", "/copytaster/watches/atos-watch", "copytaster.alert.matched.v1",
		"k3jq5w2h7a", "2014-03-27T06:40:00Z", "application/json"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(*channeltest.Alert(), event.Data); diff != "" {
		t.Error(diff)
	}
}

// deliver sends one alert and returns what arrived.
func deliver(t *testing.T, secrets ...string) (*http.Request, []byte) {
	t.Helper()
	var req *http.Request
	var body []byte
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req = r.Clone(context.Background())
		body, _ = io.ReadAll(r.Body)
	}))
	defer srv.Close()
	if err := webhookTo(t, srv.URL, secrets...).Send(t.Context(), channeltest.Alert()); err != nil {
		t.Fatal(err)
	}
	return req, body
}

// signature is computed here from the specification's words.
func signature(t *testing.T, secret string, body []byte) string {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%d.%s", channeltest.Alert().ID, clock().Unix(), body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func TestWebhookWithoutSecretIsNotSigned(t *testing.T) {
	req, _ := deliver(t)
	if _, signed := req.Header["Webhook-Signature"]; signed {
		t.Error("a signature without a secret")
	}
}

func TestWebhookStatusDecidesTheClass(t *testing.T) {
	tests := []struct {
		status int
		header string
		class  copytaster.Class
		delay  time.Duration
	}{
		{200, "", copytaster.ClassDone, 0},
		{202, "", copytaster.ClassDone, 0},
		{204, "", copytaster.ClassDone, 0},
		{301, "", copytaster.ClassPermanent, 0},
		{302, "", copytaster.ClassTransient, 0},
		{308, "", copytaster.ClassPermanent, 0},
		{400, "", copytaster.ClassPermanent, 0},
		{401, "", copytaster.ClassPermanent, 0},
		{404, "", copytaster.ClassPermanent, 0},
		{408, "", copytaster.ClassTransient, 0},
		{410, "", copytaster.ClassPermanent, 0},
		{425, "", copytaster.ClassTransient, 0},
		{429, "30", copytaster.ClassTransient, 30 * time.Second},
		{429, "999999", copytaster.ClassTransient, time.Hour},
		{429, "-5", copytaster.ClassTransient, 0},
		{429, "soon", copytaster.ClassTransient, 0},
		{500, "", copytaster.ClassTransient, 0},
		{503, "Thu, 27 Mar 2014 06:43:00 GMT", copytaster.ClassTransient, 2 * time.Minute},
		{503, "Thu, 27 Mar 2014 05:00:00 GMT", copytaster.ClassTransient, 0},
		{507, "", copytaster.ClassTransient, 0},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%d %s", tt.status, tt.header), func(t *testing.T) {
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if tt.header != "" {
					w.Header().Set("Retry-After", tt.header)
				}
				w.Header().Set("Location", "http://"+r.Host+"/elsewhere")
				w.WriteHeader(tt.status)
			}))
			defer srv.Close()
			err := webhookTo(t, srv.URL).Send(t.Context(), channeltest.Alert())
			if copytaster.ClassOf(err) != tt.class || copytaster.Delay(err) != tt.delay {
				t.Errorf("class %q after %v (%v), want %q after %v",
					copytaster.ClassOf(err), copytaster.Delay(err), err, tt.class, tt.delay)
			}
		})
	}
}

func TestWebhookFollowsNoRedirect(t *testing.T) {
	var paths []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paths = append(paths, r.URL.Path)
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	defer srv.Close()
	if err := webhookTo(t, srv.URL+"/hook").Send(t.Context(), channeltest.Alert()); err == nil {
		t.Error("a redirect counted as taken")
	}
	if diff := cmp.Diff([]string{"/hook"}, paths); diff != "" {
		t.Error(diff)
	}
}

func TestWebhookRefusesPrivateAddresses(t *testing.T) {
	called := false
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	defer srv.Close()
	port := srv.URL[strings.LastIndex(srv.URL, ":"):]
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254", "10.0.0.1", "[::ffff:127.0.0.1]"} {
		t.Run(host, func(t *testing.T) {
			ch, err := alert.NewChannel(alert.ChannelConfig{Name: "desk", Kind: "webhook", URL: "http://" + host + port}, alert.Deps{})
			if err != nil {
				t.Fatal(err)
			}
			err = ch.Send(t.Context(), channeltest.Alert())
			if copytaster.ClassOf(err) != copytaster.ClassPermanent || !strings.Contains(err.Error(), "allow_private") {
				t.Errorf("error %v, want a permanent one that names allow_private", err)
			}
		})
	}
	if called {
		t.Error("the canary was reached")
	}
}

func TestWebhookErrorsKeepTheAddressSecret(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	hook := srv.URL + "/services/T0SECRET"
	refusal := webhookTo(t, hook).Send(t.Context(), channeltest.Alert())
	srv.Close()
	unreached := webhookTo(t, hook).Send(t.Context(), channeltest.Alert())
	for _, err := range []error{refusal, unreached} {
		if err == nil || strings.Contains(err.Error(), "T0SECRET") {
			t.Errorf("error %v", err)
		}
	}
}

func TestWebhookQuotesRefusalsBriefly(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		for range 1000 {
			io.WriteString(w, "\x1b[2Jno such hook\r\n")
		}
	}))
	defer srv.Close()
	err := webhookTo(t, srv.URL).Send(t.Context(), channeltest.Alert())
	if err == nil || len(err.Error()) > 400 || strings.ContainsAny(err.Error(), "\x1b\r\n") || !strings.Contains(err.Error(), "no such hook") {
		t.Errorf("error %q", err)
	}
}

func TestWebhookTakesA2xxWhateverItsBody(t *testing.T) {
	stop := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		<-stop
	}))
	defer srv.Close()
	defer close(stop)
	if err := webhookTo(t, srv.URL).Send(t.Context(), channeltest.Alert()); err != nil {
		t.Errorf("the receiver said 200: %v", err)
	}
}

func TestWebhookRefusesAnAmbiguousID(t *testing.T) {
	for _, id := range []string{"", "a", "a.b.c", "other.k3jq5w2h7a", "atos-watch.k3jq5w2h7a\r\nx: y"} {
		a := channeltest.Alert()
		a.ID = id
		if err := webhookTo(t, "http://127.0.0.1:1").Send(t.Context(), a); copytaster.ClassOf(err) != copytaster.ClassPermanent {
			t.Errorf("id %q: %v, want a permanent error", id, err)
		}
	}
}

func TestNewChannelNamesWhatIsWrong(t *testing.T) {
	short := "whsec_" + base64.StdEncoding.EncodeToString([]byte("short"))
	tests := []struct {
		name   string
		config alert.ChannelConfig
		want   string
	}{
		{"bad name", alert.ChannelConfig{Name: "Desk One", Kind: "terminal"}, `channel "Desk One": a name is`},
		{"no name", alert.ChannelConfig{Kind: "terminal"}, `channel "": a name is`},
		{"unknown kind", alert.ChannelConfig{Name: "desk", Kind: "pigeon"}, `channel desk: unknown kind "pigeon": use terminal or webhook`},
		{"no url", alert.ChannelConfig{Name: "desk", Kind: "webhook"}, "channel desk: url: a webhook needs one"},
		{"bad scheme", alert.ChannelConfig{Name: "desk", Kind: "webhook", URL: "file:///etc/passwd"}, `scheme "file"`},
		{"no host", alert.ChannelConfig{Name: "desk", Kind: "webhook", URL: "https:///x"}, "no host"},
		{"unreadable url", alert.ChannelConfig{Name: "desk", Kind: "webhook", URL: "https://a b/s3cret"}, "cannot be read"},
		{"secret without prefix", alert.ChannelConfig{Name: "desk", Kind: "webhook", URL: "https://a.example", Secrets: []string{"s3cret"}}, "secret 1: it must be whsec_"},
		{"secret not base64", alert.ChannelConfig{Name: "desk", Kind: "webhook", URL: "https://a.example", Secrets: []string{exampleSecret, "whsec_s3cret!"}}, "secret 2: what follows"},
		{"short secret", alert.ChannelConfig{Name: "desk", Kind: "webhook", URL: "https://a.example", Secrets: []string{short}}, "5 bytes"},
		{"terminal with url", alert.ChannelConfig{Name: "desk", Kind: "terminal", URL: "https://a.example"}, "no url"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := alert.NewChannel(tt.config, alert.Deps{})
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("error %v, want %q and no secret", err, tt.want)
			}
		})
	}
}
