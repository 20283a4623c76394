package ingest_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

func TestACopyOfAFileIsReportedAndReadOnce(t *testing.T) {
	const header = "count,ខេត្ត,place\n"
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"2010/cases.csv": header + "1,ក,PP\n", "2011/cases.csv": header + "2,ក,PP\n", "2012/cases.csv": header, "2013/cases.csv": header,
		"copy/cases.csv": header + "1,ក,PP\n",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	all := []string{"2010/cases.csv", "2011/cases.csv", "2012/cases.csv", "2013/cases.csv"}
	for exports, want := range map[string]struct{ files, found []string }{
		"":        {all, []string{"exports/copy/cases.csv export/copy"}},
		"replace": {append(slices.Clone(all), "copy/cases.csv"), nil}, // an export in which nothing changed
	} {
		dataset := *cases
		dataset.Exports = exports
		var diags diag.List
		var got, found []string
		for _, f := range ingest.Once(ingest.Find(fsys, "exports", &codebook.Codebook{Datasets: []*codebook.Dataset{&dataset}}, &diags), &diags) {
			got = append(got, f.Path)
		}
		for _, d := range diags.Sorted() {
			found = append(found, d.File+" "+d.Code)
		}
		if !slices.Equal(got, want.files) || !slices.Equal(found, want.found) {
			t.Errorf("%q: got %q and %q, want %v", exports, got, found, want)
		}
	}
}
