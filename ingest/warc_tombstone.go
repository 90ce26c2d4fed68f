// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
)

// tombstone is a gzip member of exactly n.Length bytes that holds a record which
// says that what stood there was taken down. It keeps the record's id and date,
// nothing of the link or the page.
func (n redaction) tombstone() ([]byte, error) {
	blocks := storedBlocks(n.Length)
	size := n.Length - gzipFrame - storedHead*blocks
	head := fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: %s\r\nWARC-Date: %s\r\nContent-Type: application/warc-fields\r\n",
		recordRedacted, oneLine(n.ID), oneLine(n.Date))
	const block, end = "redacted: taken down\r\n", "\r\n\r\n"
	// The length has ten digits always, so that it does not change the length.
	const length = "Content-Length: %010d\r\n\r\n"
	fill := size - int64(len(head)+len(fmt.Sprintf(length, 0))+len(block)+len(end))
	if fill < 0 || n.Length > maxRecordBytes {
		return nil, errors.New("the record is too small or too large to be blanked")
	}
	var b bytes.Buffer
	b.WriteString(head)
	fmt.Fprintf(&b, length, int64(len(block))+fill)
	b.WriteString(block)
	b.Write(bytes.Repeat([]byte{' '}, int(fill)))
	b.WriteString(end)
	return stored(b.Bytes(), blocks), nil
}

// Sizes of a gzip member that is stored and not compressed (RFC 1951, 3.2.4, and
// RFC 1952): its length follows from that of its content alone.
const (
	gzipFrame   = 10 + 8 // header and trailer
	storedHead  = 5      // of a block
	storedBlock = 65535  // the most that a block holds
)

// storedBlocks is how many blocks a stored member of a length has.
func storedBlocks(length int64) int64 {
	return (length - gzipFrame + storedHead + storedBlock - 1) / (storedHead + storedBlock)
}

// stored is content as a gzip member of so many blocks without compression; the
// last may be empty.
func stored(content []byte, blocks int64) []byte {
	sum, size := crc32.ChecksumIEEE(content), uint32(len(content))
	out := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}
	for i := range blocks {
		part := content[:min(len(content), storedBlock)]
		content = content[len(part):]
		last := byte(0)
		if i == blocks-1 {
			last = 1
		}
		n := uint16(len(part))
		out = append(out, last, byte(n), byte(n>>8), byte(^n), byte(^n>>8))
		out = append(out, part...)
	}
	for _, v := range [...]uint32{sum, size} {
		out = append(out, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
	}
	return out
}
