// SPDX-License-Identifier: Apache-2.0

package copytaster_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/copytaster/copytaster"

// allowed is the dependency rule of the design: which packages of this module a
// package may import. A folder below a listed one follows the same rule. Tests
// follow it too, but for the packages in testOnly.
var allowed = map[string][]string{
	".":                        {},
	"ingest":                   {".", "ingest/boilerplate"},
	"ingest/boilerplate":       {"."},
	"ingest/sourcetest":        {".", "ingest"},
	"ingest/boilerplate/train": {".", "ingest", "ingest/boilerplate"}, // a command
	"extract":                  {"."},
	"extract/train":            {".", "extract"},
	"index":                    {"."},
	"index/sqlite":             {".", "index"},
	"index/elastic":            {".", "index"},
	"index/open":               {".", "index", "index/sqlite", "index/elastic"},
	"index/indextest":          {".", "index"},
	"alert":                    {"."},
	"alert/channeltest":        {".", "alert"},
	"internal/lock":            {},
	"deploy/check":             {}, // a module of its own
	"internal/bus":             {".", "internal/lock"},
	"internal/querytest":       {"."},
	"internal/sitetest":        {".", "ingest", "extract", "internal/demo"},
	"internal/proctest":        {},
	"internal/config":          {"."},
	"internal/demo":            {},
	"internal/contracts":       {"."},
	"internal/web":             {".", "index", "internal/contracts"},
	"internal/control":         {".", "index", "ingest/boilerplate", "internal/bus", "internal/pipeline"},
	"internal/pipeline":        {".", "internal/bus", "ingest", "ingest/boilerplate", "extract", "index", "alert"},
}

// testAlso are packages that the tests of one package may import as well: the
// stripper's scoreboard reads pages as the line does.
var testAlso = map[string]string{"ingest/boilerplate": "ingest"}

var testOnly = []string{"internal/querytest", "internal/sitetest", "internal/proctest", "index/indextest", "alert/channeltest", "ingest/sourcetest", "index/sqlite"}

// sourceFiles returns every Go file of the module with its folder.
func sourceFiles(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "tools" || name == "bench") {
			return filepath.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(name, ".go") {
			dir := filepath.ToSlash(filepath.Dir(path))
			files[dir] = append(files[dir], path)
		}
		return nil
	})
	if err != nil || len(files) < 5 {
		t.Fatalf("found %d folders of Go files: %v", len(files), err)
	}
	return files
}

func parse(t *testing.T, path string) (*token.FileSet, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return fset, f
}

// ruleFor finds the rule of a folder or of the nearest one above it.
func ruleFor(dir string) ([]string, bool) {
	for {
		if r, ok := allowed[dir]; ok {
			return r, true
		}
		if dir == "." || !strings.Contains(dir, "/") {
			return nil, false
		}
		dir = dir[:strings.LastIndex(dir, "/")]
	}
}

func TestImportRule(t *testing.T) {
	for dir, paths := range sourceFiles(t) {
		rule, ok := ruleFor(dir)
		if strings.HasPrefix(dir, "cmd/") {
			continue // wiring may import everything
		}
		if !ok {
			t.Errorf("%s: no import rule; add one to the table and to docs/DESIGN.md", dir)
			continue
		}
		for _, path := range paths {
			_, f := parse(t, path)
			for _, imp := range f.Imports {
				checkImport(t, dir, path, strings.Trim(imp.Path.Value, `"`), rule)
			}
		}
	}
}

func checkImport(t *testing.T, dir, path, imp string, rule []string) {
	t.Helper()
	if strings.HasPrefix(imp, "github.com/nats-io/") && dir != "internal/bus" {
		t.Errorf("%s imports %s: only internal/bus may", path, imp)
	}
	if strings.HasPrefix(imp, "github.com/elastic/") && dir != "index/elastic" {
		t.Errorf("%s imports %s: only index/elastic may", path, imp)
	}
	rel, ok := strings.CutPrefix(imp, module)
	if !ok {
		return
	}
	rel = strings.TrimPrefix(rel, "/")
	if rel == "" {
		rel = "."
	}
	test := strings.HasSuffix(path, "_test.go")
	if rel == dir || slices.Contains(rule, rel) || test && (slices.Contains(testOnly, rel) || rel == testAlso[dir] || dir == "internal/pipeline") {
		return
	}
	t.Errorf("%s imports %s, which the rule for %s does not allow", path, rel, dir)
}

func TestEveryPackageHasAComment(t *testing.T) {
	for dir, paths := range sourceFiles(t) {
		documented := false
		for _, path := range paths {
			_, f := parse(t, path)
			documented = documented || f.Doc != nil || strings.HasSuffix(path, "_test.go") && len(paths) == 1
		}
		if !documented {
			t.Errorf("%s: no package comment", dir)
		}
	}
}

func TestEveryFileNamesItsLicence(t *testing.T) {
	for _, paths := range sourceFiles(t) {
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(data), "// SPDX-License-Identifier: Apache-2.0\n") && !generated(string(data)) {
				t.Errorf("%s: the first line is not the licence header", path)
			}
		}
	}
}

func generated(src string) bool {
	head, _, _ := strings.Cut(src, "\npackage ")
	return strings.Contains(head, "DO NOT EDIT")
}

func TestExportedNamesAreDocumented(t *testing.T) {
	for _, paths := range sourceFiles(t) {
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			fset, f := parse(t, path)
			for _, d := range f.Decls {
				if name, doc := undocumented(d); name != "" && !doc {
					t.Errorf("%s: %s is exported and not documented", fset.Position(d.Pos()), name)
				}
			}
		}
	}
}

// undocumented returns the name of an exported declaration and whether it, or
// its group, has a comment.
func undocumented(d ast.Decl) (string, bool) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && (d.Recv == nil || ast.IsExported(receiver(d))) {
			return d.Name.Name, d.Doc != nil || implied(d.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() {
					return s.Name.Name, d.Doc != nil || s.Doc != nil
				}
			case *ast.ValueSpec:
				if s.Names[0].IsExported() {
					return s.Names[0].Name, d.Doc != nil || s.Doc != nil
				}
			}
		}
	}
	return "", true
}

// implied names the methods whose contract is the standard library's.
func implied(name string) bool {
	return slices.Contains([]string{"Error", "Unwrap", "String", "Len", "Less", "Swap", "Close", "Read", "Write",
		"MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText", "UnmarshalYAML", "ServeHTTP"}, name)
}

func receiver(d *ast.FuncDecl) string {
	typ := d.Recv.List[0].Type
	if s, ok := typ.(*ast.StarExpr); ok {
		typ = s.X
	}
	if i, ok := typ.(*ast.IndexExpr); ok {
		typ = i.X
	}
	if id, ok := typ.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

func TestHouseRules(t *testing.T) {
	for dir, paths := range sourceFiles(t) {
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			fset, f := parse(t, path)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(data), "\n"); n > 450 && !generated(string(data)) {
				t.Errorf("%s has %d lines; the budget is 450", path, n)
			}
			if base := filepath.Base(path); base == "util.go" || base == "utils.go" || base == "helpers.go" {
				t.Errorf("%s: name the file for what it does", path)
			}
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok {
					checkFunc(t, fset, dir, fn)
				}
			}
		}
	}
}

func checkFunc(t *testing.T, fset *token.FileSet, dir string, fn *ast.FuncDecl) {
	t.Helper()
	at := fset.Position(fn.Pos())
	if fn.Name.Name == "init" && fn.Recv == nil {
		t.Errorf("%s: init(); use an explicit table", at)
	}
	if n := fset.Position(fn.End()).Line - at.Line + 1; n > 90 {
		t.Errorf("%s: %s has %d lines; the limit is 90", at, fn.Name.Name, n)
	}
	params := 0
	for _, p := range fn.Type.Params.List {
		params += max(1, len(p.Names))
	}
	if params > 5 {
		t.Errorf("%s: %s takes %d parameters; the limit is 5", at, fn.Name.Name, params)
	}
	if strings.HasPrefix(fn.Name.Name, "Must") || strings.HasSuffix(dir, "test") {
		return
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "panic" && !abortsHandler(call) {
				t.Errorf("%s: panic outside Must", fset.Position(call.Pos()))
			}
		}
		return true
	})
}

// abortsHandler recognises the one panic that is net/http's own way to cut an
// answer off.
func abortsHandler(call *ast.CallExpr) bool {
	sel, ok := call.Args[0].(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "ErrAbortHandler"
}

func TestInterfacesAreSmall(t *testing.T) {
	for _, paths := range sourceFiles(t) {
		for _, path := range paths {
			fset, f := parse(t, path)
			ast.Inspect(f, func(n ast.Node) bool {
				if i, ok := n.(*ast.InterfaceType); ok && i.Methods.NumFields() > 4 {
					t.Errorf("%s: an interface of %d methods; the limit is 4", fset.Position(i.Pos()), i.Methods.NumFields())
				}
				return true
			})
		}
	}
}
