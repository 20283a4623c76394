package main

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/ccpcr/impact/"

// small packages hold no counts and serve both sides of the wall.
var small = []string{"calendar", "cell", "geography", "lang"}

// mayImport is the table of docs: which packages of this module each package may import. A stage has its left neighbour,
// codebook, diag and the small packages; release writes through ledger. Main, the package of this folder, may import all.
var mayImport = map[string][]string{
	"calendar":  {},
	"cell":      {},
	"geography": {},
	"lang":      {"calendar"},
	"diag":      {},
	"tracked":   {},
	"move":      {},
	"mojibake":  {},
	"cache":     {},
	"worklist":  {"diag"},
	"preview":   {"diag"},
	"card":      {"geography"},
	"search":    {},
	"stick":     {},
	"bill":      {},
	"pdf":       {},

	// The private side.
	"codebook": slices.Concat(small, []string{"diag", "data/codebook/languages"}),
	"prose":    slices.Concat(small, []string{"diag"}),
	"personal": slices.Concat(small, []string{"diag", "codebook"}),
	"ingest":   slices.Concat(small, []string{"diag", "codebook", "personal", "mojibake"}),
	"inspect":  slices.Concat(small, []string{"diag", "codebook", "ingest"}),
	"measure":  slices.Concat(small, []string{"diag", "codebook", "inspect"}),
	"protect":  slices.Concat(small, []string{"diag", "codebook", "measure"}),
	"release":  slices.Concat(small, []string{"diag", "codebook", "protect", "ledger"}),
	"sample":   slices.Concat(small, []string{"diag", "codebook", "data/codebook/languages"}),
	"begin":    {"codebook", "geography", "sample", "data/codebook/languages", "docs", "site"},

	// Beside the way: what counts elsewhere.
	"warehouse": slices.Concat(small, []string{"codebook"}),

	// The public side. The theme's files are embedded by a package of their own; site names the release that it builds.
	"ledger":      slices.Concat(small, []string{"diag"}),
	"audit":       slices.Concat(small, []string{"diag", "ledger", "audit/solve"}),
	"audit/solve": {},
	"audit/built": slices.Concat(small, []string{"diag", "ledger", "audit", "card"}),
	"iati":        slices.Concat(small, []string{"ledger"}),
	"download":    slices.Concat(small, []string{"ledger", "iati", "cache"}),
	"render":      slices.Concat(small, []string{"diag", "ledger", "download", "iati", "render/svg", "card", "cache"}),
	"render/svg":  {},
	"site":        slices.Concat(small, []string{"diag", "move", "ledger", "render", "card", "search", "themes", "site"}),
}

// private packages may see true figures, or what a codebook says about them.
var private = []string{"codebook", "personal", "ingest", "inspect", "measure", "protect", "release", "sample", "warehouse", "begin"}

// homes of the libraries that the rest of the program must not depend on.
var homes = map[string][]string{
	"github.com/gocarina/gocsv":        {"ingest"},
	"github.com/go-echarts/go-echarts": {"render"},
	"github.com/gohugoio/hugo":         {"site"},
	"modernc.org/quickjs":              {"render/svg"},
	"github.com/xuri/excelize/v2":      {"ingest", "download"},
	"github.com/go-text/typesetting":   {"card"},
	"github.com/andybalholm/brotli":    {"card"}, // and tests measure with it
}

// importsOf maps each package below this folder to what its files import, or its tests.
func importsOf(t *testing.T, tests bool) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, file := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") != tests {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		from := path.Dir(file)
		for _, spec := range parsed.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(all[from], to) {
				all[from] = append(all[from], to)
			}
		}
	}
	return all
}

// ours gives the name of a package of this module as the table has it, or "".
func ours(imported string) string {
	name, ok := strings.CutPrefix(imported, module)
	if !ok {
		return ""
	}
	return strings.TrimPrefix(name, "generator/")
}

func TestEachPackageImportsOnlyWhatTheTableAllows(t *testing.T) {
	for from, imports := range importsOf(t, false) {
		if from == "." {
			continue
		}
		allowed, ok := mayImport[from]
		if !ok {
			t.Errorf("package %s stands in no row of the table: give it one", from)
		}
		for _, imported := range imports {
			if to := ours(imported); to != "" && to != from && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s; it may import %v", from, to, allowed)
			}
		}
	}
}

// A test may start further up the way of the data, but never across the wall.
func TestTestsImportOnlyWhatTheirPackageMayReach(t *testing.T) {
	reach := map[string][]string{}
	for from, allowed := range mayImport {
		for _, to := range allowed {
			reach[from] = append(reach[from], module+"generator/"+to)
		}
	}
	for from, imports := range importsOf(t, true) {
		if from == "." {
			continue
		}
		ways := reached(reach, from)
		for _, imported := range imports {
			if to := ours(imported); to != "" && ways[to] == "" {
				t.Errorf("the tests of %s import %s, which the package may not reach", from, to)
			}
		}
	}
}

func TestNoRowOfTheTableIsLeftOver(t *testing.T) {
	imports := importsOf(t, false)
	for from := range mayImport {
		if _, ok := imports[from]; !ok {
			t.Errorf("the table has a row for %s, which is no package", from)
		}
	}
}

func TestTheDrawingOfTheWayNamesEveryPackage(t *testing.T) {
	drawing, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for from := range importsOf(t, false) {
		if from != "." && !regexp.MustCompile(`[^\w/.]`+from+`[^\w/.]`).Match(drawing) {
			t.Errorf("doc.go does not say where package %s stands", from)
		}
	}
}

func TestThePublicSideReachesNothingPrivate(t *testing.T) {
	imports := importsOf(t, false)
	for _, from := range []string{"ledger", "audit", "audit/built", "download", "iati", "render", "render/svg", "site"} {
		for to, way := range reached(imports, from) {
			if slices.Contains(private, to) {
				t.Errorf("%s reaches %s by way of %s", from, to, way)
			}
		}
	}
}

// reached gives every package that one can reach, with the way there.
func reached(imports map[string][]string, from string) map[string]string {
	ways := map[string]string{from: from}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, imported := range imports[queue[0]] {
			to := ours(imported)
			if _, seen := ways[to]; to != "" && !seen {
				ways[to] = ways[queue[0]] + " -> " + to
				queue = append(queue, to)
			}
		}
	}
	return ways
}

func TestEachLibraryHasOneHome(t *testing.T) {
	at := map[string]bool{}
	for from, imports := range importsOf(t, false) {
		for _, imported := range imports {
			for library, allowed := range homes {
				if imported != library && !strings.HasPrefix(imported, library+"/") {
					continue
				}
				if at[library] = true; !slices.Contains(allowed, from) {
					t.Errorf("%s imports %s, whose homes are %v", from, imported, allowed)
				}
			}
		}
	}
	for library := range homes {
		if !at[library] {
			t.Errorf("no package imports %s any more: take it out of the table", library)
		}
	}
}
