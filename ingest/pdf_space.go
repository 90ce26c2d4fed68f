// SPDX-License-Identifier: Apache-2.0

//go:build unix && !race

package ingest

// maxAddressSpace of the PDF reader, in bytes.
const maxAddressSpace = 2 << 30
