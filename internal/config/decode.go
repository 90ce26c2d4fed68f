// SPDX-License-Identifier: Apache-2.0

package config

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// decoder fills a Config from a parsed file. It keeps where each value stood,
// so that what is found wrong later is told with its place too. Anchors,
// aliases and tags are refused: a configuration is read, not computed.
type decoder struct {
	lookup   func(string) (string, bool) // environment
	places   map[string]*token.Token     // by path: "channels[0].url"
	problems []problem
}

// problem is something wrong at a path of the configuration.
type problem struct {
	path   string
	msg    string
	at     *token.Token // nil: where the path stood, if it did
	inside bool         // the place is skip characters inside the value
	skip   int
}

func (d *decoder) fail(at *token.Token, path, format string, args ...any) {
	d.problems = append(d.problems, problem{path: path, msg: fmt.Sprintf(format, args...), at: at})
}

// decode sets v from the node at path.
func (d *decoder) decode(n ast.Node, v reflect.Value, path string) {
	d.places[path] = n.GetToken()
	switch n := n.(type) {
	case *ast.NullNode:
		return
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		d.fail(n.GetToken(), path, "anchors, aliases and tags are not read")
	case *ast.MappingNode:
		d.mapping(n.Values, v, path)
	case *ast.MappingValueNode:
		d.mapping([]*ast.MappingValueNode{n}, v, path)
	case *ast.SequenceNode:
		d.sequence(n, v, path)
	case ast.ScalarNode:
		d.scalar(n, v, path)
	default:
		d.fail(n.GetToken(), path, "%s: a %v cannot stand here", label(path), n.Type())
	}
}

func (d *decoder) mapping(values []*ast.MappingValueNode, v reflect.Value, path string) {
	if len(values) == 0 {
		return
	}
	at := values[0].Key.GetToken()
	d.places[path] = at
	if v.Kind() != reflect.Struct {
		d.fail(at, path, "%s takes no keys of its own", label(path))
		return
	}
	keys := fields(v)
	for _, kv := range values {
		name := kv.Key.GetToken().Value
		field, ok := keys[name]
		if !ok {
			d.fail(kv.Key.GetToken(), path, "%s", unknown("key", name, names(keys)))
			continue
		}
		d.decode(kv.Value, field, join(path, name))
	}
}

func (d *decoder) sequence(n *ast.SequenceNode, v reflect.Value, path string) {
	if v.Kind() != reflect.Slice {
		d.fail(n.GetToken(), path, "%s takes one value, not a list", label(path))
		return
	}
	list := reflect.MakeSlice(v.Type(), len(n.Values), len(n.Values))
	for i, item := range n.Values {
		d.decode(item, list.Index(i), fmt.Sprintf("%s[%d]", path, i))
	}
	v.Set(list)
}

func (d *decoder) scalar(n ast.ScalarNode, v reflect.Value, path string) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String {
		v.Set(reflect.MakeSlice(v.Type(), 1, 1)) // one value stands for a list of one
		v = v.Index(0)
	}
	if v.Kind() == reflect.Struct || v.Kind() == reflect.Slice {
		d.fail(n.GetToken(), path, "%s takes %s, not a single value", label(path), map[bool]string{true: "keys", false: "a list"}[v.Kind() == reflect.Struct])
		return
	}
	text, err := expand(written(n), d.lookup)
	if err == nil {
		err = setScalar(v, text)
	}
	if err != nil {
		d.fail(n.GetToken(), path, "%s: %v", label(path), err)
	}
}

// written is the scalar as it was written, so that the country NO is no boolean.
func written(n ast.ScalarNode) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return strings.TrimRight(n.Value.Value, "\n")
	}
	return n.GetToken().Value
}

// fields are the settable fields of a struct by the name of their key.
func fields(v reflect.Value) map[string]reflect.Value {
	keys := map[string]reflect.Value{}
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("yaml"); name != "" && name != "-" {
			keys[name] = v.Field(i)
		}
	}
	return keys
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// label is how an error names the value at a path.
func label(path string) string {
	if path == "" {
		return "the file"
	}
	return path
}
