// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"strings"
	"testing"
)

func TestStripHTML(t *testing.T) {
	const page = `<html lang="en"><head><title>Council signs deal | The Example</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>Council signs deal</h1>
<p>The council has signed a deal with Serco that is worth £12m over four years, it said on Monday.</p>
<p>The firm will collect the bins of 90,000 homes from April, a spokesman said, and will hire 40 people.</p>
</article><footer><p>Copyright 2026 The Example. All rights reserved.</p></footer></body></html>`
	r := StripHTML(Input{HTML: []byte(page), URL: "https://example.org/2026/03/02/deal"}, nil)
	if !strings.HasPrefix(r.Text, "The council has signed") || !strings.HasSuffix(r.Text, "40 people.") {
		t.Errorf("text is %q", r.Text)
	}
	if r.Title != "Council signs deal" || r.Published.Day() != "2026-03-02" || r.Language != "" && r.Language != "en" {
		t.Errorf("title %q, published %s, language %q", r.Title, r.Published.Day(), r.Language)
	}
}
