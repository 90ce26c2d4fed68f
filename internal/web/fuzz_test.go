// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// FuzzSearchPage: whatever is asked and whatever the cursor, the page is one of
// ours, and no text of the query becomes markup.
func FuzzSearchPage(f *testing.F) {
	for _, seed := range []string{"", "supplier:atos unions", `"><script>alert(1)</script>`, "(a OR b) -c", `supplier:"x" money:>1m`, "status:done", "\x00\xff\u202e", strings.Repeat("(", 300)} {
		f.Add(seed, "")
	}
	f.Add("unions", "nonsense")
	handler := newNewsroom(f, testArticle(1), hostile()).handler
	f.Fuzz(func(t *testing.T, query, after string) {
		r := httptest.NewRequest("GET", "/search?"+url.Values{"q": {query}, "after": {after}}.Encode(), nil)
		r.Host = "localhost"
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		status, page := w.Code, w.Body.String()
		if status != 200 && status != 400 {
			t.Fatalf("status %d for %q: %s", status, query, page)
		}
		tokens := html.NewTokenizer(strings.NewReader(page))
		for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
			token := tokens.Token()
			if kind == html.StartTagToken && (token.Data == "script" || token.Data == "img" || token.Data == "iframe") && !ours(token) {
				t.Fatalf("%q put %v on the page", query, token)
			}
			for _, a := range token.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "href" && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") {
					t.Fatalf("%q put %s=%q on the page", query, a.Key, a.Val)
				}
			}
		}
	})
}

// ours reports whether a script element is the one of the layout.
func ours(token html.Token) bool {
	return token.Data == "script" && len(token.Attr) > 0 && strings.HasPrefix(token.Attr[0].Val, "/static/app.")
}
