// SPDX-License-Identifier: Apache-2.0

//go:build unix && race

package ingest

import "math"

// maxAddressSpace of the PDF reader, in bytes: none, because the race detector
// has terabytes of it mapped before the first line of the program runs, and
// every thread or arena that came after would be refused.
const maxAddressSpace = math.MaxInt64
