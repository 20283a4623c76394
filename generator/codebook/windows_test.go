package codebook_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// rewritten is the codebook of the second organisation with every text changed.
func rewritten(t *testing.T, change func(name string, text []byte) []byte) fstest.MapFS {
	t.Helper()
	from, to := os.DirFS("../testdata/second/codebook"), fstest.MapFS{}
	err := fs.WalkDir(from, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(from, p)
		to[p] = &fstest.MapFile{Data: change(p, text)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func loaded(fsys fs.FS) (*codebook.Codebook, []diag.Diagnostic) {
	var diags diag.List
	cb := codebook.Load(fsys, "codebook", &diags)
	return cb, diags.Sorted()
}

// As an editor on Windows saves them: line ends of two characters, and a mark before the first.
func windows(_ string, text []byte) []byte {
	return append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))...)
}

func TestACodebookSavedOnWindowsSaysTheSameAtTheSamePlaces(t *testing.T) {
	same := func(_ string, text []byte) []byte { return text }
	want, none := loaded(rewritten(t, same))
	got, found := loaded(rewritten(t, windows))
	if len(none) > 0 || len(found) > 0 {
		t.Fatalf("as it stands %v, as saved on Windows %v", none, found)
	}
	if !reflect.DeepEqual(got, want) {
		v, w := reflect.ValueOf(*got), reflect.ValueOf(*want)
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !reflect.DeepEqual(v.Field(i).Interface(), w.Field(i).Interface()) {
				t.Errorf("%s are other ones", f.Name)
			}
		}
	}
}

func TestMistakesInACodebookSavedOnWindowsHaveTheirPlaces(t *testing.T) {
	mistaken := func(name string, text []byte) []byte {
		switch path.Ext(name) {
		case ".yaml":
			if entry := "- {wrong: é, other: 1}\n"; text[0] == '-' { // in the first line and in the last
				return []byte(entry + string(text) + entry)
			}
		case ".csv":
			if strings.HasPrefix(name, "lists/") {
				return []byte(string(text) + "não código,x\n")
			}
		}
		return text
	}
	_, want := loaded(rewritten(t, mistaken))
	_, got := loaded(rewritten(t, func(name string, text []byte) []byte { return windows(name, mistaken(name, text)) }))
	if len(want) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("expected as they stand\n%v\nfound as saved on Windows\n%v", want, got)
	}
}
