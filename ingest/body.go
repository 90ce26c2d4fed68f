// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/copytaster/copytaster"
)

// ErrTooLarge is wrapped by the error for a body beyond the limit.
var ErrTooLarge = errors.New("too large")

// readAll reads at most limit bytes; more is a permanent error.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	if int64(len(b)) > limit {
		return nil, copytaster.Permanent(fmt.Errorf("body is %w: more than %d bytes", ErrTooLarge, limit))
	}
	return b, nil
}

// decode undoes the codings of a Content-Encoding header, at most two of them,
// within limit bytes each: a small body may unfold to a vast one. Damaged data
// is transient, since it is most often a connection that broke.
func decode(body []byte, encoding string, limit int64) ([]byte, error) {
	codings := strings.FieldsFunc(strings.ToLower(encoding), func(r rune) bool { return r == ',' || r == ' ' })
	if len(codings) > 2 {
		return nil, copytaster.Permanent(fmt.Errorf("%d content codings", len(codings)))
	}
	for i := len(codings) - 1; i >= 0 && len(body) > 0; i-- {
		r, err := decoder(codings[i], body)
		if err != nil {
			return nil, fmt.Errorf("decode %s: %w", codings[i], err)
		}
		body, err = readAll(r, limit)
		r.Close()
		if err != nil {
			return nil, fmt.Errorf("decode %s: %w", codings[i], err)
		}
	}
	return body, nil
}

func decoder(coding string, body []byte) (io.ReadCloser, error) {
	src := bytes.NewReader(body)
	switch coding {
	case "gzip", "x-gzip":
		return gzip.NewReader(src)
	case "br":
		return io.NopCloser(brotli.NewReader(src)), nil
	case "zstd":
		d, err := zstd.NewReader(src, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	case "deflate":
		return inflate(body)
	case "identity":
		return io.NopCloser(src), nil
	}
	return nil, copytaster.Permanent(fmt.Errorf("unknown content coding %.40q", coding))
}

// inflate reads what servers send as deflate: zlib by the standard, bare
// deflate by old habit.
func inflate(body []byte) (io.ReadCloser, error) {
	if r, err := zlib.NewReader(bytes.NewReader(body)); err == nil {
		return r, nil
	}
	return flate.NewReader(bytes.NewReader(body)), nil
}
