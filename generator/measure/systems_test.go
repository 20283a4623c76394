package measure_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
	"github.com/ccpcr/impact/generator/inspect"
	"github.com/ccpcr/impact/generator/measure"
)

const systems = "../testdata/systems"

// TestTheSameTenRecordsFromEachSystemGiveTheSameFigures reads what nine systems export of ten invented cases, one codebook for all.
func TestTheSameTenRecordsFromEachSystemGiveTheSameFigures(t *testing.T) {
	want := []string{
		"[_T _T] 10", "[PP _T] 5", "[SR _T] 3", "[KT _T] 2", "[_T female] 7", "[_T male] 3",
		"[PP female] 3", "[PP male] 2", "[SR female] 2", "[SR male] 1", "[KT female] 2", "[KT male] 0",
	}
	folders, err := os.ReadDir(systems)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if folder.Name() == "codebook" {
			continue
		}
		t.Run(folder.Name(), func(t *testing.T) {
			var diags diag.List
			cb := codebook.Load(systemsCodebook(t), "codebook", &diags)
			var got []string
			for _, f := range ingest.Find(os.DirFS(path.Join(systems, folder.Name())), "exports", cb, &diags) {
				counter := measure.NewCounter(cb, f.Dataset, "")
				counter.Count(inspect.New(cb, f.Dataset, &diags).Records(f))
				for _, c := range counter.Plans([]calendar.Period{{Kind: calendar.Year, Year: 2026}})[0].Rungs[0].Cells {
					if c.State != measure.Counted && folder.Name() == "dhis2" {
						c.Value = 0 // a sum that nobody sent is missing there, not zero
					}
					got = append(got, fmt.Sprint(c.Codes, " ", c.Value))
				}
			}
			if diags.Failed() || !slices.Equal(got, want) {
				t.Errorf("got %q and %v, want %q", got, diags.Sorted(), want)
			}
		})
	}
	if len(folders) < 10 {
		t.Errorf("expected nine systems at least, found %d folders", len(folders))
	}
}

// systemsCodebook is testdata/systems/codebook with the languages of data/codebook.
func systemsCodebook(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for _, dir := range []string{systems + "/codebook", "../../data/codebook"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasPrefix(dir, "../../") && !strings.HasPrefix(p, "languages/") {
				return err
			}
			data, err := os.ReadFile(path.Join(dir, p))
			files[p] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}
