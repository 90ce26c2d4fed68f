// SPDX-License-Identifier: Apache-2.0

package ingest

import (
	"fmt"
	"regexp"
)

// filter is a source's choice among the URLs that a listing offers.
type filter struct {
	include, exclude []*regexp.Regexp
}

func newFilter(include, exclude []string) (*filter, error) {
	in, err := compileAll("include", include)
	if err != nil {
		return nil, err
	}
	ex, err := compileAll("exclude", exclude)
	if err != nil {
		return nil, err
	}
	return &filter{include: in, exclude: ex}, nil
}

func compileAll(field string, patterns []string) ([]*regexp.Regexp, error) {
	var out []*regexp.Regexp
	for i, p := range patterns {
		re, err := regexp.Compile(p)
		if err != nil {
			return nil, fmt.Errorf("%s %d: %w", field, i+1, err)
		}
		out = append(out, re)
	}
	return out, nil
}

// allows reports whether u matches an include pattern, if there are any, and no
// exclude pattern.
func (f *filter) allows(u string) bool {
	if f == nil {
		return true
	}
	return (len(f.include) == 0 || matchAny(f.include, u)) && !matchAny(f.exclude, u)
}

func matchAny(patterns []*regexp.Regexp, s string) bool {
	for _, re := range patterns {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}
