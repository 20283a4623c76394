package inspect

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// The sums of the cache are changed by hand, with the print that belongs to them, so that it shows whether they are taken.
func TestSumsAreTakenFromTheCacheOnlyUnderTheStampTheyWereKeptWith(t *testing.T) {
	d := &codebook.Dataset{ID: "sheets", Files: "*/sheets.csv", Period: codebook.Ref{ID: "year"}, Count: &codebook.Ref{ID: "count"}, Columns: []*codebook.Column{
		{Name: "year", Type: "period"}, {Name: "count", Type: "integer"},
	}}
	cb := &codebook.Codebook{Datasets: []*codebook.Dataset{d}, Organisation: codebook.Organisation{}}
	fsys := fstest.MapFS{"2020/sheets.csv": {Data: []byte("year,count\n" + strings.Repeat("2020,1\n", worthKeeping))}}
	dir := t.TempDir()
	count := func(stamp string) (sum int64) {
		var diags diag.List
		in := New(cb, d, &diags)
		in.Together()
		in.Keep(Cache{dir, func() string { return stamp }})
		for rec := range in.Records(ingest.Find(fsys, "exports", cb, &diags)...) {
			sum += rec.Count
		}
		if diags.Failed() {
			t.Fatal(diags.Sorted())
		}
		return sum
	}
	if got := count("first"); got != worthKeeping {
		t.Fatalf("counted %d", got)
	}
	files, err := filepath.Glob(filepath.Join(dir, "[0-9a-f]*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("expected one file, found %v: %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var k kept
	if err := json.Unmarshal(text, &k); err != nil {
		t.Fatal(err)
	}
	k.Sums[0].Count = 7
	k.Print = k.print(filepath.Base(files[0]))
	if text, err = json.Marshal(k); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], text, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(count("first"), count("second"), count("")); got != fmt.Sprint(7, worthKeeping, worthKeeping) {
		t.Errorf("counted %s", got)
	}
}
