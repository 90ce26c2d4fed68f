// SPDX-License-Identifier: Apache-2.0

package bus

import (
	"fmt"
	"strconv"
	"strings"
)

// encodeKey spells a key in the bytes that the server allows: every other byte,
// and a '.', becomes =XX in hexadecimal.
func encodeKey(key string) string {
	var b strings.Builder
	for i := range len(key) {
		if c := key[i]; plain(c) || c == '_' || c == '/' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "=%02X", c)
		}
	}
	return b.String()
}

// decodeKey is the inverse of encodeKey. What is not encoded stands as it is.
func decodeKey(enc string) string {
	var b strings.Builder
	for i := 0; i < len(enc); i++ {
		if enc[i] == '=' && i+2 < len(enc) {
			if n, err := strconv.ParseUint(enc[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(enc[i])
	}
	return b.String()
}
