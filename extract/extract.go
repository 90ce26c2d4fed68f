// SPDX-License-Identifier: Apache-2.0

// Package extract tags suppliers, buyers, money and contracts in an article.
package extract

import "github.com/copytaster/copytaster"

// Extractor adds what it finds in d.Text to d. It is deterministic, does no I/O
// and is safe for concurrent use on different documents. Extractors run in the
// order of All: a later one may read what an earlier one found.
type Extractor interface {
	Extract(d *copytaster.Document)
}
