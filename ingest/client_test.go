// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/copytaster/copytaster"
)

func localPrefixes() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// testClient may ask servers on this machine and does not wait between requests.
func testClient(o ClientOptions) *Client {
	o.AllowPrivate = append(o.AllowPrivate, localPrefixes()...)
	setDefault(&o.PerHost, -1)
	setDefault(&o.Timeout, 5*time.Second)
	return NewClient(o)
}

// serve starts a server without a robots.txt.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		h(w, r)
	}))
	t.Cleanup(srv.Close)
	return srv
}

func get(t *testing.T, c *Client, url string) (*Response, error) {
	t.Helper()
	return c.Get(context.Background(), Request{URL: url})
}

func TestGetClassifiesAnswers(t *testing.T) {
	for _, tc := range []struct {
		status int
		retry  string
		class  copytaster.Class
		state  copytaster.State
		delay  time.Duration
	}{
		{204, "", copytaster.ClassSkip, copytaster.StateSkipped, 0},
		{400, "", copytaster.ClassPermanent, copytaster.StateDead, 0},
		{401, "", copytaster.ClassPermanent, copytaster.StateDead, 0},
		{403, "", copytaster.ClassPermanent, copytaster.StateDead, 0},
		{404, "", copytaster.ClassPermanent, copytaster.StateGone, 0},
		{408, "", copytaster.ClassTransient, "", 0},
		{410, "", copytaster.ClassPermanent, copytaster.StateGone, 0},
		{425, "", copytaster.ClassTransient, "", 0},
		{429, "", copytaster.ClassTransient, "", 0},
		{429, "120", copytaster.ClassTransient, "", 2 * time.Minute},
		{429, "99999999999999999999", copytaster.ClassTransient, "", 24 * time.Hour},
		{429, "soon", copytaster.ClassTransient, "", 0},
		{451, "", copytaster.ClassPermanent, copytaster.StateDead, 0},
		{500, "", copytaster.ClassTransient, "", 0},
		{503, "60", copytaster.ClassTransient, "", time.Minute},
		{599, "", copytaster.ClassTransient, "", 0},
		{999, "", copytaster.ClassPermanent, copytaster.StateDead, 0},
	} {
		t.Run(fmt.Sprint(tc.status, " ", tc.retry), func(t *testing.T) {
			srv := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", tc.retry)
				w.WriteHeader(tc.status)
			})
			_, err := get(t, testClient(ClientOptions{}), srv.URL)
			state, _ := copytaster.EndOf(err)
			if copytaster.ClassOf(err) != tc.class || state != tc.state || copytaster.Delay(err) != tc.delay {
				t.Errorf("class %s, state %q, delay %s: %v", copytaster.ClassOf(err), state, copytaster.Delay(err), err)
			}
			if err == nil || !strings.Contains(err.Error(), fmt.Sprint(tc.status)) && tc.status != 204 {
				t.Errorf("error does not name the status: %v", err)
			}
		})
	}
}

func TestRetryAfterReadsDates(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for v, want := range map[string]time.Duration{
		"Sun, 01 Mar 2026 12:05:00 GMT":  5 * time.Minute,
		"Sunday, 01-Mar-26 12:05:00 GMT": 5 * time.Minute,
		"Sun, 01 Mar 2026 11:00:00 GMT":  0,
		"Tue, 01 Mar 2126 12:00:00 GMT":  24 * time.Hour,
		" 7 ":                            7 * time.Second,
		"-7":                             0,
		"7.5":                            0,
		"":                               0,
	} {
		if got := retryAfter(v, now); got != want {
			t.Errorf("retryAfter(%q) = %s, want %s", v, got, want)
		}
	}
}

func TestGetFollowsRedirects(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/new#part", http.StatusMovedPermanently)
		case "/new":
			io.WriteString(w, "here")
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/endless":
			http.Redirect(w, r, "/endless?n="+r.URL.RawQuery+"1", http.StatusFound)
		case "/nowhere":
			w.WriteHeader(http.StatusFound)
		default:
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		}
	})
	c := testClient(ClientOptions{})
	if r, err := get(t, c, srv.URL+"/old"); err != nil || r.URL != srv.URL+"/new" || string(r.Body) != "here" {
		t.Errorf("got %+v, %v", r, err)
	}
	for _, path := range []string{"/loop", "/endless", "/nowhere", "/scheme"} {
		if r, err := get(t, c, srv.URL+path); copytaster.ClassOf(err) != copytaster.ClassPermanent {
			t.Errorf("%s: %+v, %v", path, r, err)
		}
	}
}

func TestRedirectsAreCheckedLikeFirstRequests(t *testing.T) {
	var hits atomic.Int32
	closed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, "User-agent: *\nDisallow: /")
			return
		}
		hits.Add(1)
	}))
	defer closed.Close()
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, closed.URL+"/x", http.StatusFound) })
	_, err := get(t, testClient(ClientOptions{}), srv.URL)
	if state, _ := copytaster.EndOf(err); state != copytaster.StateBlocked || hits.Load() != 0 {
		t.Errorf("%v after %d requests to a host that forbids them", err, hits.Load())
	}
}

func TestGetDecodesBodies(t *testing.T) {
	const text = "The council has signed a contract."
	codings := map[string]func(w io.Writer) io.WriteCloser{
		"gzip":    func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
		"br":      func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
		"zstd": func(w io.Writer) io.WriteCloser {
			z, err := zstd.NewWriter(w)
			if err != nil {
				t.Fatal(err)
			}
			return z
		},
	}
	for name, encode := range codings {
		t.Run(name, func(t *testing.T) {
			var whole, bomb bytes.Buffer
			z := encode(&whole)
			io.WriteString(z, text)
			z.Close()
			z = encode(&bomb)
			for range 64 {
				z.Write(make([]byte, 1<<20))
			}
			z.Close()
			bodies := map[string][]byte{"/whole": whole.Bytes(), "/cut": whole.Bytes()[:whole.Len()-6], "/bomb": bomb.Bytes(), "/lie": []byte("<p>plain text in no coding at all</p>")}
			srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", name)
				w.Write(bodies[r.URL.Path])
			})
			c := testClient(ClientOptions{MaxBytes: 1 << 20})
			if r, err := get(t, c, srv.URL+"/whole"); err != nil || string(r.Body) != text || !bytes.Equal(r.Raw, whole.Bytes()) {
				t.Errorf("whole: %+v, %v", r, err)
			}
			if _, err := get(t, c, srv.URL+"/cut"); copytaster.ClassOf(err) != copytaster.ClassTransient {
				t.Errorf("cut short: %v", err)
			}
			if _, err := get(t, c, srv.URL+"/bomb"); !errors.Is(err, ErrTooLarge) || copytaster.ClassOf(err) != copytaster.ClassPermanent {
				t.Errorf("bomb: %v", err)
			}
			if _, err := get(t, c, srv.URL+"/lie"); err == nil {
				t.Error("plain text passed for " + name)
			}
		})
	}
}

func TestGetSendsWhatIsPromised(t *testing.T) {
	var got http.Header
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		w.Header().Set("Set-Cookie", "id=1")
		w.Header().Set("WWW-Authenticate", "Basic")
		w.WriteHeader(http.StatusNotModified)
	})
	c := testClient(ClientOptions{UserAgent: "newsroom/2", Contact: "mailto:desk@example.org"})
	url := strings.Replace(srv.URL, "http://", "http://user:secret@", 1)
	for range 2 {
		r, err := c.Get(context.Background(), Request{URL: url, ETag: `"v1"`, LastModified: "Sun, 01 Mar 2026 12:00:00 GMT"})
		if err != nil || !r.NotModified {
			t.Fatal(r, err)
		}
	}
	for name, want := range map[string]string{
		"User-Agent": "newsroom/2 (+mailto:desk@example.org)", "If-None-Match": `"v1"`, "If-Modified-Since": "Sun, 01 Mar 2026 12:00:00 GMT",
		"Cookie": "", "Authorization": "", "Referer": "",
	} {
		if got.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.Get(name), want)
		}
	}
}

// raw starts a server that writes bytes as they are and hangs up; robots.txt is
// not there.
func raw(t *testing.T, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			req, err := http.ReadRequest(bufio.NewReader(conn))
			switch {
			case err != nil:
			case req.URL.Path == "/robots.txt":
				io.WriteString(conn, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			default:
				io.WriteString(conn, answer)
			}
			conn.Close()
		}
	}()
	return "http://" + l.Addr().String()
}

func TestGetNeverTakesABrokenAnswerForWhole(t *testing.T) {
	for name, answer := range map[string]string{
		"length too long":            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789",
		"two lengths":                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n012345",
		"negative length":            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n012345",
		"bad chunk size":             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n012345\r\n0\r\n\r\n",
		"huge chunk size":            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n012345\r\n0\r\n\r\n",
		"cut inside a chunk":         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n012345",
		"status 000":                 "HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n",
		"no status line":             "012345",
		"nothing":                    "",
		"NUL in a header":            "HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 2\r\n\r\nhi",
		"a megabyte of header":       "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("a", 1<<20) + "\r\nContent-Length: 2\r\n\r\nhi",
		"a hundred thousand headers": "HTTP/1.1 200 OK\r\n" + strings.Repeat("X: a\r\n", 100000) + "Content-Length: 2\r\n\r\nhi",
	} {
		t.Run(name, func(t *testing.T) {
			if r, err := get(t, testClient(ClientOptions{}), raw(t, answer)); err == nil {
				t.Errorf("body %q", r.Body)
			}
		})
	}
	r, err := get(t, testClient(ClientOptions{}), raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789and more"))
	if err != nil || string(r.Body) != "0123456789" {
		t.Errorf("length too short: %+v, %v", r, err)
	}
}

func TestGetEndsInTime(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"silent": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"slow body": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				io.WriteString(w, "x")
				w.(http.Flusher).Flush()
				time.Sleep(5 * time.Millisecond)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			srv := serve(t, h)
			if _, err := get(t, testClient(ClientOptions{Timeout: 150 * time.Millisecond}), srv.URL); copytaster.ClassOf(err) != copytaster.ClassTransient {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestGetRefusesBadTLS(t *testing.T) {
	srv := httptest.NewTLSServer(http.NotFoundHandler())
	defer srv.Close()
	if _, err := get(t, testClient(ClientOptions{}), srv.URL); copytaster.ClassOf(err) != copytaster.ClassTransient || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("error %v", err)
	}
}

func TestRobotsDecideAboutRequests(t *testing.T) {
	for name, tc := range map[string]struct {
		status int
		body   string
		class  copytaster.Class
		state  copytaster.State
	}{
		"missing allows":       {404, "", copytaster.ClassDone, ""},
		"forbidden allows":     {403, "", copytaster.ClassDone, ""},
		"rules forbid":         {200, "User-agent: copytaster\nDisallow: /", copytaster.ClassSkip, copytaster.StateBlocked},
		"rules for others":     {200, "User-agent: other\nDisallow: /", copytaster.ClassDone, ""},
		"server error closes":  {500, "", copytaster.ClassTransient, ""},
		"unavailable closes":   {503, "", copytaster.ClassTransient, ""},
		"too busy closes":      {429, "", copytaster.ClassTransient, ""},
		"a page is no rules":   {200, "<html>Disallow: /</html>", copytaster.ClassDone, ""},
		"first 500 KiB counts": {200, strings.Repeat("# padding\n", 40000) + "User-agent: *\nDisallow: /\n" + strings.Repeat("# padding\n", 40000), copytaster.ClassSkip, copytaster.StateBlocked},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					asked.Add(1)
					w.WriteHeader(tc.status)
					io.WriteString(w, tc.body)
				}
			}))
			defer srv.Close()
			c := testClient(ClientOptions{})
			for range 3 {
				_, err := get(t, c, srv.URL+"/story")
				state, _ := copytaster.EndOf(err)
				if copytaster.ClassOf(err) != tc.class || state != tc.state {
					t.Errorf("class %s, state %q: %v", copytaster.ClassOf(err), state, err)
				}
			}
			if asked.Load() != 1 {
				t.Errorf("robots.txt asked %d times", asked.Load())
			}
		})
	}
}

func TestRobotsRedirectsAreFollowed(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.Redirect(w, r, "/1", http.StatusFound)
		case "/1", "/2", "/3":
			http.Redirect(w, r, "/"+string(r.URL.Path[1]+1), http.StatusFound)
		case "/4":
			io.WriteString(w, "User-agent: *\nDisallow: /private")
		}
	}))
	defer srv.Close()
	_, err := get(t, testClient(ClientOptions{}), srv.URL+"/private/x")
	if state, _ := copytaster.EndOf(err); state != copytaster.StateBlocked {
		t.Errorf("error %v", err)
	}
}

func TestPacerLetsOneInAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(ClientOptions{PerHost: 2 * time.Second}.withDefaults())
		start := time.Now()
		var inside atomic.Int32
		done := make(chan time.Duration)
		for range 4 {
			go func() {
				end, err := p.enter(context.Background(), "h.test")
				if err != nil {
					t.Error(err)
					done <- 0
					return
				}
				if inside.Add(1) > 1 {
					t.Error("two at once")
				}
				at := time.Since(start)
				time.Sleep(500 * time.Millisecond)
				inside.Add(-1)
				end()
				done <- at
			}()
		}
		for i := range 4 {
			if at := <-done; at != time.Duration(i)*2500*time.Millisecond {
				t.Errorf("request %d began after %s", i, at)
			}
		}
	})
}

func TestPacerDoesNotWaitForLongPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(ClientOptions{}.withDefaults())
		p.pause("h.test", time.Hour)
		start := time.Now()
		_, err := p.enter(context.Background(), "h.test")
		var busy *BusyError
		if !errors.As(err, &busy) || copytaster.Delay(err) != time.Hour || time.Since(start) != 0 {
			t.Errorf("error %v, delay %s, after %s", err, copytaster.Delay(err), time.Since(start))
		}
		if end, err := p.enter(context.Background(), "other.test"); err != nil {
			t.Errorf("another host: %v", err)
		} else {
			end()
		}
		time.Sleep(time.Hour)
		end, err := p.enter(context.Background(), "h.test")
		if err != nil {
			t.Fatal(err)
		}
		end()
	})
}

func TestPacerObeysCrawlDelayWithinReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(ClientOptions{PerHost: time.Second, MaxPace: 20 * time.Second}.withDefaults())
		for asked, want := range map[time.Duration]time.Duration{0: time.Second, 5 * time.Second: 5 * time.Second, time.Hour: 20 * time.Second} {
			host := asked.String()
			p.slow(host, asked)
			start := time.Now()
			for range 2 {
				end, err := p.enter(context.Background(), host)
				if err != nil {
					t.Fatal(err)
				}
				end()
			}
			if got := time.Since(start); got != want {
				t.Errorf("a Crawl-delay of %s gave %s, want %s", asked, got, want)
			}
		}
	})
}

func TestPacerTellsOfItsWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var waits []time.Duration
		o := ClientOptions{PerHost: time.Second, Wait: func(_ context.Context, host string, d time.Duration) error {
			waits = append(waits, d)
			return errors.New("hung up while waiting for " + host)
		}}
		p := newPacer(o.withDefaults())
		end, _ := p.enter(context.Background(), "h.test")
		end()
		if _, err := p.enter(context.Background(), "h.test"); err == nil || len(waits) != 1 || waits[0] != time.Second {
			t.Errorf("waits %v, error %v", waits, err)
		}
		time.Sleep(time.Second)
		if end, err := p.enter(context.Background(), "h.test"); err != nil {
			t.Errorf("a wait that failed kept the turn: %v", err)
		} else {
			end()
		}
	})
}

func TestPacerForgetsIdleHosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(ClientOptions{}.withDefaults())
		for i := range 2 * maxHosts {
			end, err := p.enter(context.Background(), fmt.Sprint(i))
			if err != nil {
				t.Fatal(err)
			}
			end()
			time.Sleep(2 * time.Second)
		}
		if len(p.hosts) > maxHosts {
			t.Errorf("%d hosts remembered", len(p.hosts))
		}
	})
}
