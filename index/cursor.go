// SPDX-License-Identifier: Apache-2.0

package index

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
)

// ErrBadPage is returned by Search for a page that cannot be: an unknown sort or
// facet, a size out of range, a cursor that is damaged or of another search.
var ErrBadPage = errors.New("bad page")

// Cursor is the place of the last hit of a page in its order. The keys are
// those that the sort compares, as numbers; a backend keeps a float as its bits.
type Cursor struct {
	Keys [2]int64
	ID   string
}

// cursorVersion stands first in every cursor, so that the form may change.
const cursorVersion = 1

// Encode writes c as the opaque string of Results.Next. The search that it
// belongs to, which is a query's text and a sort, is bound in.
func (c Cursor) Encode(query string, sort Sort) string {
	b := []byte{cursorVersion}
	b = binary.BigEndian.AppendUint64(b, search(query, sort))
	for _, k := range c.Keys {
		b = binary.BigEndian.AppendUint64(b, uint64(k))
	}
	b = append(b, c.ID...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return base64.RawURLEncoding.EncodeToString(b)
}

// maxCursor bounds what ParseCursor decodes: an id is far shorter.
const maxCursor = 4096

// ParseCursor reads the cursor of a search. It returns ErrBadPage for one that
// is damaged, of another version, or of another search.
func ParseCursor(s, query string, sort Sort) (Cursor, error) {
	if len(s) > maxCursor {
		return Cursor{}, fmt.Errorf("%w: a cursor of %d bytes", ErrBadPage, len(s))
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	const fixed = 1 + 3*8 + 4
	if err != nil || len(b) < fixed {
		return Cursor{}, fmt.Errorf("%w: cursor %q is not one of ours", ErrBadPage, s)
	}
	body, sum := b[:len(b)-4], binary.BigEndian.Uint32(b[len(b)-4:])
	if body[0] != cursorVersion || crc32.ChecksumIEEE(body) != sum {
		return Cursor{}, fmt.Errorf("%w: cursor %q is damaged or of another version", ErrBadPage, s)
	}
	if binary.BigEndian.Uint64(body[1:]) != search(query, sort) {
		return Cursor{}, fmt.Errorf("%w: the cursor is of another query or order", ErrBadPage)
	}
	c := Cursor{ID: string(body[25:])}
	c.Keys[0] = int64(binary.BigEndian.Uint64(body[9:]))
	c.Keys[1] = int64(binary.BigEndian.Uint64(body[17:]))
	return c, nil
}

// search is a number for one query in one order.
func search(query string, sort Sort) uint64 {
	h := fnv.New64a()
	h.Write([]byte(sort))
	h.Write([]byte{0})
	h.Write([]byte(query))
	return h.Sum64()
}
