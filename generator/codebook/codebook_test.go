package codebook_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

const second = "../testdata/second/codebook"

func TestTheCodebooksOfThisRepositoryLoadWithoutAFinding(t *testing.T) {
	for _, dir := range []string{second, "../../data/codebook"} {
		var diags diag.List
		cb := codebook.Load(os.DirFS(dir), dir, &diags)
		if found := diags.Sorted(); len(found) > 0 {
			t.Errorf("%s: %v", dir, found)
		}
		for _, l := range cb.Languages {
			if got := slices.Sorted(maps.Keys(l.Words)); !slices.Equal(got, lang.Keys) {
				t.Errorf("%s: the words of %s are not those of the pages", dir, l.Code)
			}
		}
	}
}

// A word in one language has the blanks that it has in the others: the build fills them by name.
func TestEveryTranslationKeepsTheBlanks(t *testing.T) {
	var all []*lang.Language
	for _, dir := range []string{second, "../../data/codebook"} {
		var diags diag.List
		all = append(all, codebook.Load(os.DirFS(dir), dir, &diags).Languages...)
	}
	for _, l := range all[1:] {
		for _, key := range lang.Keys {
			want, got := lang.Placeholders(all[0].Words[key]), lang.Placeholders(l.Words[key])
			if !slices.Equal(want, got) {
				t.Errorf("the word %s has the blanks %q in %s and %q in %s", key, want, all[0].Code, got, l.Code)
			}
		}
	}
}

func TestParentsAreCheckedWhateverTheOrderOfTheLists(t *testing.T) {
	files := files(t)
	files["lists/regiao.csv"] = &fstest.MapFile{Data: []byte("code,pt,fr,parent\nGW-BS,Bissau,Bissau,centro\n")}
	var diags diag.List
	codebook.Load(files, "codebook", &diags)
	if !slices.ContainsFunc(diags.Sorted(), func(d diag.Diagnostic) bool {
		return d.Code == "code/unknown" && d.Pos == diag.Pos{File: "codebook/lists/regiao.csv", Line: 2, Col: 21}
	}) {
		t.Errorf("expected the unknown parent: %v", diags.Sorted())
	}
}

// files is the second organisation's codebook in memory, to be changed.
func files(t testing.TB) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(second), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path.Join(second, p))
		all[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func ExampleLoad() {
	var diags diag.List
	cb := codebook.Load(os.DirFS(second), "codebook", &diags)
	fmt.Println(cb.Organisation.Name["pt"], cb.Calendar().Starts, diags.Failed())
	// Output: Casa Poilão, Proteção da Criança 7 false
}
