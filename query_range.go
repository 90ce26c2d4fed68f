// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"errors"
	"math"
	"strings"
)

func withoutSpace(s string) string { return strings.Join(strings.Fields(s), "") }

// interval reads >a, >=a, <a, <=a, a..b, a..<b, a.., ..b and a. read gives the
// first and the last whole number that a value stands for. Both ends of the
// result are included, nil for an open one.
func interval(s string, read func(value string) (first, end int64, err error)) (lo, hi *int64, err error) {
	for _, op := range []string{">=", "<=", ">", "<"} {
		if value, ok := strings.CutPrefix(s, op); ok {
			first, end, err := read(value)
			if err != nil {
				return nil, nil, err
			}
			switch op {
			case ">=":
				return &first, nil, nil
			case "<=":
				return nil, &end, nil
			case ">":
				end = min(end, math.MaxInt64-1) + 1
				return &end, nil, nil
			}
			first = before(first)
			return nil, &first, nil
		}
	}
	from, to, isRange := strings.Cut(s, "..")
	if !isRange {
		first, end, err := read(s)
		return &first, &end, err
	}
	return between(from, to, read)
}

func between(from, to string, read func(string) (int64, int64, error)) (lo, hi *int64, err error) {
	if from == "" && to == "" {
		return nil, nil, errors.New("the range has no end")
	}
	if from != "" {
		first, _, err := read(from)
		if err != nil {
			return nil, nil, err
		}
		lo = &first
	}
	if to != "" {
		value, excluded := strings.CutPrefix(to, "<")
		first, end, err := read(value)
		if err != nil {
			return nil, nil, err
		}
		if excluded {
			end = before(first)
		}
		hi = &end
	}
	if lo != nil && hi != nil && *lo > *hi {
		return nil, nil, errors.New("the range ends before it begins")
	}
	return lo, hi, nil
}

// before is the whole number before n, saturating.
func before(n int64) int64 { return max(n, math.MinInt64+1) - 1 }
