// SPDX-License-Identifier: Apache-2.0

package config

import (
	"fmt"
	"log/slog"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Secret is a value that is never printed: fmt, log/slog, JSON and YAML show
// stars. Convert it to a string where it is used.
type Secret string

// String is "***", or "" for no secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "***"
}

// GoString keeps the secret out of %#v.
func (s Secret) GoString() string { return strconv.Quote(s.String()) }

// LogValue keeps the secret out of logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText keeps the secret out of JSON and YAML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Bytes is a size, written as a number of bytes or with a unit: 512KiB, 20MB.
type Bytes int64

// units are the sizes' units; those with an i are powers of 1024.
func units() []struct {
	suffix string
	size   int64
} {
	return []struct {
		suffix string
		size   int64
	}{
		{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40},
		{"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"B", 1},
	}
}

func parseBytes(s string) (Bytes, error) {
	number, size := s, int64(1)
	for _, u := range units() {
		if n, ok := strings.CutSuffix(s, u.suffix); ok {
			number, size = strings.TrimSpace(n), u.size
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/size {
		return 0, fmt.Errorf("%q is no size: write 512KiB, 20MB or a number of bytes", s)
	}
	return Bytes(n * size), nil
}

// String writes the size in the largest unit that states it exactly.
func (b Bytes) String() string {
	best, size := strconv.FormatInt(int64(b), 10), int64(1)
	for _, u := range units() {
		if b > 0 && u.size > size && int64(b)%u.size == 0 && u.suffix != "KB" {
			best, size = strconv.FormatInt(int64(b)/u.size, 10)+u.suffix, u.size
		}
	}
	return best
}

// MarshalText writes the size as String does.
func (b Bytes) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// setScalar sets v, a field of the configuration, from text: what stands in the
// file and in the environment is read alike.
func setScalar(v reflect.Value, text string) error {
	switch v.Interface().(type) {
	case time.Duration:
		d, err := time.ParseDuration(text)
		if err != nil || d < 0 {
			return fmt.Errorf("%q is no duration: write 30s, 15m or 2h", text)
		}
		v.SetInt(int64(d))
		return nil
	case Bytes:
		b, err := parseBytes(text)
		v.SetInt(int64(b))
		return err
	}
	return setBasic(v, text)
}

func setBasic(v reflect.Value, text string) error {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		if text != "true" && text != "false" {
			return fmt.Errorf("%q is neither true nor false", text)
		}
		v.SetBool(text == "true")
	case reflect.Int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("%q is no whole number", text)
		}
		v.SetInt(int64(n))
	default:
		return fmt.Errorf("a single value cannot stand here")
	}
	return nil
}
