// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"fmt"
	"strconv"
	"strings"
)

// mappingVersion counts the mappings of documents that there have been. A new
// one is a new index, filled by Rebuild while the old one serves.
const mappingVersion = 1

// readAlias names the index that is searched.
func (x *Index) readAlias() string { return x.opts.Prefix }

// writeAlias names every index that must be given what comes in: one, and
// during a rebuild two.
func (x *Index) writeAlias() string { return x.opts.Prefix + "-write" }

// documentIndex is the name of the nth index of documents with our mapping.
func (x *Index) documentIndex(n int) string {
	return fmt.Sprintf("%s-v%d-%06d", x.opts.Prefix, mappingVersion, n)
}

// documentIndices matches the indices of documents of every mapping.
func (x *Index) documentIndices() string { return x.opts.Prefix + "-v*-*" }

// revisionIndex holds every revision that was put, by article and fetch.
func (x *Index) revisionIndex() string { return x.opts.Prefix + "-revisions" }

// ledgerIndex holds what became of every URL.
func (x *Index) ledgerIndex() string { return x.opts.Prefix + "-ledger" }

// parseIndex reads the mapping's version and the number of a document index's
// name; ok is false for any other name.
func (x *Index) parseIndex(name string) (version, n int, ok bool) {
	rest, found := strings.CutPrefix(name, x.opts.Prefix+"-v")
	v, num, parts := strings.Cut(rest, "-")
	if !found || !parts {
		return 0, 0, false
	}
	version, err1 := strconv.Atoi(v)
	n, err2 := strconv.Atoi(num)
	return version, n, err1 == nil && err2 == nil && version > 0 && n > 0
}
