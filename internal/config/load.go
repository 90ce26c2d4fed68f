// SPDX-License-Identifier: Apache-2.0

package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The limits of a configuration file and of a secret's file, in bytes.
const (
	maxFile   = 1 << 20
	maxSecret = 64 << 10
)

// Load reads the configuration: the defaults, over them the file at path ("" for
// none), over that the environment, env being strings NAME=value as os.Environ
// gives them. The error lists everything that is wrong, each with file, line and
// column or the name of the variable.
func Load(path string, env []string) (*Config, error) {
	var data []byte
	if path != "" {
		var err error
		if data, err = readLimited(path, maxFile); err != nil {
			return nil, fmt.Errorf("configuration: %w", err)
		}
	}
	c, err := parse(path, data, environment(env))
	if err != nil {
		return nil, err
	}
	c.place(filepath.Dir(path))
	if err := c.readSecrets(); err != nil {
		return nil, err
	}
	return c, nil
}

// parse is Load without the files that the configuration names.
func parse(name string, data []byte, env map[string]string) (*Config, error) {
	c := Default()
	d := &decoder{places: map[string]*token.Token{}, lookup: func(v string) (string, bool) { s, ok := env[v]; return s, ok }}
	if err := d.file(data, c); err != nil {
		return nil, report(name, data, []problem{*err})
	}
	d.overlay(c, env)
	if len(d.problems) == 0 {
		d.problems = c.check()
	}
	for i := range d.problems {
		d.locate(&d.problems[i])
	}
	if err := report(name, data, d.problems); err != nil {
		return nil, err
	}
	return c, nil
}

// locate gives a problem the place of its path, where the file has it.
func (d *decoder) locate(p *problem) {
	if p.at == nil {
		p.at = d.places[p.path]
	}
	if p.at != nil && p.inside && (p.at.Type == token.SingleQuoteType || p.at.Type == token.DoubleQuoteType) {
		p.skip++
	}
}

// file decodes the file's one document into c; nil or what kept it from being
// read at all.
func (d *decoder) file(data []byte, c *Config) *problem {
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		return unreadable(err)
	}
	if len(f.Docs) > 1 && f.Docs[1].Body != nil {
		return &problem{msg: "a second document: a configuration is one", at: f.Docs[1].Body.GetToken()}
	}
	if len(f.Docs) == 0 || f.Docs[0].Body == nil {
		return nil
	}
	if _, onlyComments := f.Docs[0].Body.(*ast.CommentGroupNode); onlyComments {
		return nil
	}
	d.decode(f.Docs[0].Body, reflect.ValueOf(c).Elem(), "")
	return nil
}

func unreadable(err error) *problem {
	var positioned yaml.Error
	if errors.As(err, &positioned) {
		return &problem{msg: positioned.GetMessage(), at: positioned.GetToken()}
	}
	return &problem{msg: err.Error()}
}

func readLimited(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("%s: longer than %d bytes", path, limit)
	}
	return data, err
}

// readSecrets reads the files that hold secrets.
func (c *Config) readSecrets() error {
	var errs []error
	for _, s := range []struct {
		section, path string
		into          *Secret
	}{{"bus", c.Bus.PasswordFile, &c.Bus.Password}, {"index", c.Index.PasswordFile, &c.Index.Password}, {"index", c.Index.APIKeyFile, &c.Index.APIKey}} {
		lines, err := secretLines(s.path)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", s.section, err))
		} else if len(lines) > 0 {
			*s.into = lines[0]
		}
	}
	for i := range c.Channels {
		ch := &c.Channels[i]
		lines, err := secretLines(ch.SecretFile)
		if err != nil {
			errs = append(errs, fmt.Errorf("channel %s: %w", ch.Name, err))
		}
		ch.Secret = append(ch.Secret, lines...)
	}
	return errors.Join(errs...)
}

// secretLines are the lines of a file that are not empty; none for the path "".
func secretLines(path string) ([]Secret, error) {
	if path == "" {
		return nil, nil
	}
	data, err := readLimited(path, maxSecret)
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	var lines []Secret
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, Secret(line))
		}
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("secret: %s is empty", path)
	}
	return lines, nil
}
