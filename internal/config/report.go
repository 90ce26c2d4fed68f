// SPDX-License-Identifier: Apache-2.0

package config

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Error is one thing that is wrong in a configuration.
type Error struct {
	File      string // "" where the value did not come from a file
	Line, Col int    // from 1; 0 where there is no place. Columns count characters
	Msg       string
	Source    string // the line of the file
}

// Error is "file:line:col: message", and below it the line with a caret.
func (e *Error) Error() string {
	if e.Line == 0 {
		return strings.TrimPrefix(e.File+": "+e.Msg, ": ")
	}
	text := fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Msg)
	if e.Source == "" {
		return text
	}
	number := fmt.Sprintf("%5d | ", e.Line)
	return text + "\n" + number + e.Source + "\n" + strings.Repeat(" ", len(number)+e.Col-1) + "^"
}

// report joins problems to one error, in the order of the file; nil for none.
func report(file string, data []byte, problems []problem) error {
	lines := strings.Split(string(data), "\n")
	var errs []*Error
	for _, p := range problems {
		e := &Error{Msg: p.msg}
		if p.at == nil || p.at.Position == nil {
			e.Msg = strings.TrimPrefix(p.path+": "+p.msg, ": ")
		} else {
			e.File, e.Line, e.Col = file, p.at.Position.Line, p.at.Position.Column+p.skip
			if e.Line >= 1 && e.Line <= len(lines) {
				e.Source = masked(strings.TrimRight(strings.ReplaceAll(lines[e.Line-1], "\t", " "), "\r"))
				e.Col = min(e.Col, utf8.RuneCountInString(e.Source)+1)
			}
		}
		errs = append(errs, e)
	}
	slices.SortStableFunc(errs, func(a, b *Error) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col)) })
	joined := make([]error, len(errs))
	for i, e := range errs {
		joined[i] = e
	}
	return errors.Join(joined...)
}

// masked is a line of the file with the passwords in URLs, and what follows the
// key of a secret, as stars, character for character.
func masked(line string) string {
	secret := regexp.MustCompile(`(//)[^/@\s]+@|(\b(?:secret|password|api_key)["']?\s*:).*`)
	return secret.ReplaceAllStringFunc(line, func(s string) string {
		parts := secret.FindStringSubmatch(s)
		keep := len(parts[1] + parts[2])
		return s[:keep] + strings.Repeat("*", utf8.RuneCountInString(s[keep:]))
	})
}
