// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"hash"
	"strings"
	"time"
)

// encodeID writes bytes as lower-case letters and the digits 2 to 7 (RFC 4648
// base 32): safe as a NATS token, a file name and a part of a URL.
func encodeID(sum []byte) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum))
}

// ArticleID is the identity of the article at a canonical URL: 26 letters and
// digits, the first 128 bits of the URL's SHA-256 in base 32.
func ArticleID(canonical string) string {
	sum := sha256.Sum256([]byte(canonical))
	return encodeID(sum[:16])
}

// ContentHash tells whether an article has changed: 32 letters and digits over
// its title, text, asides and metadata. Not in it are where and when it was
// fetched, what stripped it and how surely; the publisher's date of modification,
// which many pages set to the time of the request; and the asides about other
// pages (related, jobs, promo), which change whenever those do.
func ContentHash(a *Article) string {
	h := hasher{sha256.New()}
	h.strings(a.Title, a.Text, string(a.Kind), a.Section, a.Image, a.Language, a.Country)
	h.number(len(a.Byline))
	h.strings(a.Byline...)
	h.date(a.Published)
	h.flag(a.Paywall)
	for _, s := range a.Asides {
		if s.Zone == ZoneRelated || s.Zone == ZoneJobs || s.Zone == ZonePromo {
			continue
		}
		h.strings(string(s.Zone), s.Text, s.Author)
		h.date(s.Published)
		h.number(s.At)
	}
	return encodeID(h.Sum(nil)[:20])
}

// hasher writes values so that no two sequences of them have the same bytes.
type hasher struct{ hash.Hash }

func (h hasher) number(n int) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	h.Write(b[:])
}

func (h hasher) strings(values ...string) {
	for _, v := range values {
		h.number(len(v))
		h.Write([]byte(v))
	}
}

func (h hasher) flag(on bool) {
	if on {
		h.number(1)
		return
	}
	h.number(0)
}

func (h hasher) date(d Date) {
	h.strings(d.Time.Format(time.RFC3339Nano), string(d.Precision), string(d.Origin))
}
