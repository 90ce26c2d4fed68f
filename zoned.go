// SPDX-License-Identifier: Apache-2.0

package copytaster

// Zoned is a span of a plain text and the zone that it stands in. Chrome, which
// is neither the article nor worth keeping, has the zone "".
type Zoned struct {
	Span
	Zone Zone
}
