// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/copytaster/copytaster"
	"github.com/copytaster/copytaster/index"
)

// proxy stands between us and the server and answers bulk requests, searches and
// gets as a broken server would while a fault is set.
type proxy struct {
	fault  atomic.Pointer[func(http.ResponseWriter, *http.Request, http.Handler)]
	behind http.Handler
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if f := p.fault.Load(); f != nil && (strings.HasSuffix(path, "_bulk") || strings.HasSuffix(path, "_search") || strings.HasSuffix(path, "_mget")) {
		(*f)(w, r, p.behind)
		return
	}
	p.behind.ServeHTTP(w, r)
}

type faulty = func(w http.ResponseWriter, r *http.Request, server http.Handler)

func (p *proxy) set(f faulty) {
	if f == nil {
		p.fault.Store(nil)
		return
	}
	p.fault.Store(&f)
}

// openFaulty opens an index through a proxy.
func openFaulty(t *testing.T) (*Index, *proxy) {
	t.Helper()
	o := serverOptions(t)
	direct, err := connect(o)
	if err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse(o.URL)
	if err != nil {
		t.Fatal(err)
	}
	reverse := httputil.NewSingleHostReverseProxy(target)
	reverse.Transport = direct.transport
	reverse.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, err error) {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
	p := &proxy{behind: reverse}
	front := httptest.NewServer(p)
	t.Cleanup(front.Close)
	o.URL, o.CA = front.URL, nil
	return openWith(t, o), p
}

// answer replies as the server does.
func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("X-Elastic-Product", "Elasticsearch")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // the client may have gone, which is its fault to test
}

func always(status int, body string) faulty {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { answer(w, status, body) }
}

// altered lets the server do its work and changes its answer.
func altered(change func([]byte) []byte) faulty {
	return func(w http.ResponseWriter, r *http.Request, server http.Handler) {
		kept := httptest.NewRecorder()
		server.ServeHTTP(kept, r)
		answer(w, kept.Code, string(change(kept.Body.Bytes())))
	}
}

// oneItem answers a bulk request in which the nth item has failed.
func oneItem(n, status int, kind string) faulty {
	return func(w http.ResponseWriter, r *http.Request, server http.Handler) {
		sent, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(sent))
		if !strings.HasSuffix(r.URL.Path, "_bulk") {
			server.ServeHTTP(w, r)
			return
		}
		var items []string
		for i, line := range strings.Split(string(sent), "\n") {
			if i%2 == 1 || line == "" {
				continue
			}
			status, fault := 201, ""
			if i/2 == n {
				status, fault = 0, kind
			}
			items = append(items, itemAnswer(line, status, fault))
		}
		body := strings.ReplaceAll(`{"took":1,"errors":true,"items":[`+strings.Join(items, ",")+`]}`, `"status":0`, fmt.Sprintf(`"status":%d`, status))
		answer(w, http.StatusOK, body)
	}
}

// itemAnswer is the answer to an action's line.
func itemAnswer(line string, status int, kind string) string {
	head := strings.TrimSuffix(strings.TrimSpace(line), "}}") // {"index":{...
	s := fmt.Sprintf(`%s,"status":%d`, head, status)
	if kind != "" {
		s += fmt.Sprintf(`,"error":{"type":%q,"reason":"so it is"}`, kind)
	}
	return s + "}}"
}

const readOnly = `{"error":{"type":"cluster_block_exception","reason":"index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];"},"status":%d}`

// wholeFaults are those after which no document counts as put.
func wholeFaults() map[string]faulty {
	return map[string]faulty{
		"429 for all":                  always(429, `{"error":{"type":"es_rejected_execution_exception","reason":"full"},"status":429}`),
		"503 for all":                  always(503, `{"error":{"type":"unavailable_shards_exception","reason":"no"},"status":503}`),
		"502 of a proxy in HTML":       always(502, "<html>Bad gateway</html>"),
		"401":                          always(401, `{"error":{"type":"security_exception","reason":"unable to authenticate"},"status":401}`),
		"403":                          always(403, `{"error":{"type":"security_exception","reason":"not authorised"},"status":403}`),
		"a read-only block":            always(403, fmt.Sprintf(readOnly, 403)),
		"a read-only block as 429":     always(429, fmt.Sprintf(readOnly, 429)),
		"garbage with 200":             always(200, "\x00\xffgarbage"),
		"HTML with 200":                always(200, "<html>It works!</html>"),
		"nothing with 200":             always(200, ""),
		"null with 200":                always(200, "null"),
		"an empty object with 200":     always(200, "{}"),
		"a list with 200":              always(200, "[]"),
		"no items":                     always(200, `{"errors":false,"items":[]}`),
		"items of another kind":        always(200, `{"errors":false,"items":[1,2,3,4,5,6]}`),
		"half of the answer":           altered(func(b []byte) []byte { return b[:len(b)/2] }),
		"items in another order":       altered(func(b []byte) []byte { return bytes.Replace(b, []byte(`"_id":"a"`), []byte(`"_id":"c"`), 1) }),
		"an item of another index":     altered(func(b []byte) []byte { return bytes.Replace(b, []byte(`"_index":"test`), []byte(`"_index":"best`), 1) }),
		"an item without a verdict":    altered(func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`"status":201`), []byte(`"status":0`)) }),
		"another verb":                 altered(func(b []byte) []byte { return bytes.Replace(b, []byte(`{"index":`), []byte(`{"delete":`), 1) }),
		"a connection that breaks":     func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { panic(http.ErrAbortHandler) },
		"an answer that breaks off":    truncated,
		"another product's answer":     func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { _, _ = io.WriteString(w, "{}") },
		"no answer before the timeout": silence,
		"an answer that comes too late": func(w http.ResponseWriter, r *http.Request, server http.Handler) {
			kept := httptest.NewRecorder()
			server.ServeHTTP(kept, r)
			<-r.Context().Done()
		},
	}
}

// silence reads the request and never answers.
func silence(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
	_, _ = io.Copy(io.Discard, r.Body) // only then is the client's going noticed
	<-r.Context().Done()
}

// truncated announces more than it sends.
func truncated(w http.ResponseWriter, r *http.Request, server http.Handler) {
	kept := httptest.NewRecorder()
	server.ServeHTTP(kept, r)
	body := kept.Body.String()
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	answer(w, kept.Code, body[:len(body)/2])
	panic(http.ErrAbortHandler)
}

func threeDocuments() []*copytaster.Document {
	return []*copytaster.Document{article("a", "one", ""), article("b", "two", ""), article("c", "three", "")}
}

func TestFaultsOfTheWholeAnswer(t *testing.T) {
	x, p := openFaulty(t)
	for name, f := range wholeFaults() {
		t.Run(name, func(t *testing.T) {
			x.empty(t)
			p.set(f)
			x.opts.Timeout = 1500 * time.Millisecond
			errs := x.Put(t.Context(), threeDocuments())
			if len(errs) != 3 {
				t.Fatalf("%d errors for 3 documents", len(errs))
			}
			for i, err := range errs {
				if copytaster.ClassOf(err) != copytaster.ClassTransient {
					t.Errorf("document %d: %v is of class %s, want transient", i, err, copytaster.ClassOf(err))
				}
			}
			if !ofPut[name] {
				wantRefused(t, x)
			}
			p.set(nil)
			x.opts.Timeout = 30 * time.Second
			putAll(t, x, threeDocuments()...)
			wantTotal(t, x, "", 3)
		})
	}
}

// ofPut are the faults that only an answer about documents can have.
var ofPut = map[string]bool{"items in another order": true, "an item of another index": true, "an item without a verdict": true, "another verb": true}

// wantRefused checks that neither searching nor recording takes a broken answer
// for a good one.
func wantRefused(t *testing.T, x *Index) {
	t.Helper()
	if r, err := x.Search(t.Context(), copytaster.Query{}, index.Page{}); err == nil && r.Total == 0 {
		t.Error("a search finds nothing, and should fail")
	}
	for _, err := range x.Record(t.Context(), []copytaster.Outcome{{URL: "u", State: copytaster.StateGone, At: time.Now()}}) {
		if copytaster.ClassOf(err) != copytaster.ClassTransient {
			t.Errorf("Record: %v is of class %s, want transient", err, copytaster.ClassOf(err))
		}
	}
}

func TestFaultsOfOneItem(t *testing.T) {
	x, p := openFaulty(t)
	for _, tt := range []struct {
		name   string
		status int
		kind   string
		want   copytaster.Class
	}{
		{"a mapping that refuses is permanent", 400, "document_parsing_exception", copytaster.ClassPermanent},
		{"429 is transient", 429, "es_rejected_execution_exception", copytaster.ClassTransient},
		{"503 is transient", 503, "unavailable_shards_exception", copytaster.ClassTransient},
		{"500 is transient", 500, "exception", copytaster.ClassTransient},
		{"a read-only block is transient", 403, "cluster_block_exception", copytaster.ClassTransient},
		{"an index that is gone is transient", 404, "index_not_found_exception", copytaster.ClassTransient},
		{"a conflict where nothing is there is transient", 409, "version_conflict_engine_exception", copytaster.ClassTransient},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for item := range 6 { // the searched form and the revision of each of three
				p.set(oneItem(item, tt.status, tt.kind))
				errs := x.Put(t.Context(), threeDocuments())
				for i, err := range errs {
					want := copytaster.ClassDone
					if i == item/2 {
						want = tt.want
					}
					if copytaster.ClassOf(err) != want {
						t.Errorf("item %d: document %d: %v is of class %s, want %s", item, i, err, copytaster.ClassOf(err), want)
					}
					if i == item/2 && (err == nil || !strings.Contains(err.Error(), tt.kind)) {
						t.Errorf("item %d: %v does not say %s", item, err, tt.kind)
					}
				}
			}
		})
	}
}

func TestTheServersAdviceIsKept(t *testing.T) {
	x, p := openFaulty(t)
	p.set(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Retry-After", "7")
		answer(w, 429, "{}")
	})
	for _, err := range x.Put(t.Context(), threeDocuments()) {
		if d := copytaster.Delay(err); d != 7*time.Second {
			t.Errorf("%v advises %s, want 7s", err, d)
		}
	}
}

// TestOneDocumentThatTheServerRefuses gives a real server a document whose id it
// does not take, and a request that it refuses as a whole for one document.
func TestOneDocumentThatTheServerRefuses(t *testing.T) {
	x, p := openFaulty(t)
	long := article(strings.Repeat("x", 600), "an id of more than 512 bytes", "")
	docs := []*copytaster.Document{article("a", "one", ""), long, article("c", "three", "")}
	check := func(errs []error) {
		t.Helper()
		if len(errs) != 3 || errs[0] != nil || errs[2] != nil || copytaster.ClassOf(errs[1]) != copytaster.ClassPermanent {
			t.Errorf("got %v", errs)
		}
	}
	check(x.Put(t.Context(), docs))
	p.set(func(w http.ResponseWriter, r *http.Request, server http.Handler) {
		sent, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(sent))
		if bytes.Contains(sent, []byte("xxxx")) {
			answer(w, http.StatusRequestEntityTooLarge, "")
			return
		}
		server.ServeHTTP(w, r)
	})
	check(x.Put(t.Context(), docs))
}

func TestARealReadOnlyBlock(t *testing.T) {
	x := openTest(t)
	block := func(v any) {
		b, err := body(object{"index.blocks.read_only_allow_delete": v})
		if err != nil {
			t.Fatal(err)
		}
		if err := x.call(t.Context(), esapi.IndicesPutSettingsRequest{Index: []string{x.writeAlias()}, Body: b}, nil); err != nil {
			t.Fatal(err)
		}
	}
	block(true)
	for _, err := range x.Put(t.Context(), threeDocuments()) {
		if copytaster.ClassOf(err) != copytaster.ClassTransient || !strings.Contains(err.Error(), "block") {
			t.Errorf("got %v of class %s", err, copytaster.ClassOf(err))
		}
	}
	block(nil)
	putAll(t, x, threeDocuments()...)
}

func TestOpenFails(t *testing.T) {
	o := serverOptions(t)
	for name, change := range map[string]func(*Options){
		"with a wrong password":               func(o *Options) { o.Password = "wrong" },
		"with an authority that did not sign": func(o *Options) { o.CA = nil },
		"with a wrong fingerprint":            func(o *Options) { o.CA, o.Fingerprint = nil, strings.Repeat("ab", 32) },
		"where nobody listens":                func(o *Options) { o.URL = "https://127.0.0.1:1" },
		"with a URL that is none":             func(o *Options) { o.URL = "ftp://x" },
		"with no certificate in PEM":          func(o *Options) { o.CA = []byte("none") },
		"with both pins":                      func(o *Options) { o.Fingerprint = strings.Repeat("ab", 32) },
		"with half a fingerprint":             func(o *Options) { o.CA, o.Fingerprint = nil, "ab" },
	} {
		t.Run(name, func(t *testing.T) {
			bad := o
			change(&bad)
			if x, err := Open(t.Context(), bad); err == nil || x != nil {
				t.Errorf("got %v, %v", x, err)
			}
		})
	}
	t.Run("with a context that has ended", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := Open(ctx, o); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}
