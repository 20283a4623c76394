package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ccpcr/impact/generator/codebook"
)

// reporters are the functions that name what they found, and at which argument they do.
var reporters = map[string]int{"Errorf": 1, "Warnf": 1, "fail": 1, "found": 1, "foundAlways": 2, "refuse": 0, "differ": 3}

var codeText = regexp.MustCompile(`^[a-z]+(?:[/-][a-z]+)+$`)

func TestEveryDiagnosticAndFindingIsAssertedByAScript(t *testing.T) {
	codes := codesInSources(t)
	if len(codes) < 60 {
		t.Fatalf("expected to find the codes in the sources, found only %d: %v", len(codes), codes)
	}
	asserted := assertedByScripts(t)
	for _, code := range codes {
		if !strings.Contains(asserted, "["+code+"]") {
			t.Errorf("no script in testdata/script asserts [%s]: add a case with its place, message and hint", code)
		}
	}
}

// codesInSources collects every text that a reporter is given as its code.
func codesInSources(t *testing.T) []string {
	t.Helper()
	var codes []string
	for _, file := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if code := codeOf(call); code != "" {
					codes = append(codes, code)
				}
			}
			return true
		})
	}
	kind, _ := reflect.TypeFor[codebook.Expectation]().FieldByName("Kind") // each kind of expectation has a code of its own
	for name := range strings.SplitSeq(kind.Tag.Get("enum"), ",") {
		codes = append(codes, "expectation/"+name)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func codeOf(call *ast.CallExpr) string {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	at, ok := reporters[name]
	if !ok || len(call.Args) <= at {
		return ""
	}
	lit, ok := call.Args[at].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	code, err := strconv.Unquote(lit.Value)
	if err != nil || !codeText.MatchString(code) {
		return ""
	}
	return code
}

// assertedByScripts joins the files that a script compares its standard error with, and the patterns that it must match. A
// section that is never compared asserts nothing.
func assertedByScripts(t *testing.T) string {
	t.Helper()
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("expected scripts in testdata/script: %v", err)
	}
	var all strings.Builder
	for _, file := range scripts {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		script := txtar.Parse(data)
		for line := range strings.Lines(string(script.Comment)) {
			if pattern, ok := strings.CutPrefix(line, "stderr "); ok {
				all.WriteString(strings.NewReplacer(`\[`, "[", `\]`, "]").Replace(pattern))
			}
			name, ok := strings.CutPrefix(strings.TrimSpace(line), "cmp stderr ")
			if !ok {
				continue
			}
			i := slices.IndexFunc(script.Files, func(f txtar.File) bool { return f.Name == name })
			if i < 0 {
				t.Errorf("%s: expected a section %s", file, name)
				continue
			}
			all.Write(script.Files[i].Data)
		}
	}
	return all.String()
}

// goFiles lists the Go files below this folder, those under testdata apart.
func goFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(p string, e os.DirEntry, err error) error {
		if err == nil && e.IsDir() && e.Name() == "testdata" {
			return filepath.SkipDir
		}
		if strings.HasSuffix(p, ".go") {
			files = append(files, filepath.ToSlash(p))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
