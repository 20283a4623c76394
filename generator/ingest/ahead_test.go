package ingest_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// many are files of several batches, some with faults in them, with cells that reach over lines.
func many(diags *diag.List) []*ingest.File {
	fsys := fstest.MapFS{}
	for i := range 12 {
		var text strings.Builder
		text.WriteString("count,ខេត្ត,place\n")
		for row := range 1300 * (i % 5) {
			switch {
			case i%3 == 0 && row%500 == 7:
				text.WriteString("1,too,many,cells\n")
			case row%200 == 3:
				fmt.Fprintf(&text, "%d,\"ភ្នំ\nពេញ\", PP\n\n", row)
			default:
				fmt.Fprintf(&text, "%d,ក,PP\n", row)
			}
		}
		if i == 7 {
			text.WriteString("1,\"ក,PP\n")
		}
		fsys[fmt.Sprintf("20%02d/cases.csv", i)] = &fstest.MapFile{Data: []byte(text.String())}
	}
	return ingest.Find(fsys, "exports", &codebook.Codebook{Datasets: []*codebook.Dataset{cases}}, diags)
}

// spelt is a row as text, with the place of each cell.
func spelt(row ingest.Row) string {
	places := ""
	for i := range row.Cells {
		places += " " + row.Pos(i).String()
	}
	return fmt.Sprintf("%s:%d %q%s", row.File.Path, row.Line, row.Cells, places)
}

func TestReadingAheadGivesWhatEachFileGivesByItself(t *testing.T) {
	var want []string
	var alone diag.List
	for _, f := range many(&alone) {
		for row := range f.Rows(&alone) {
			want = append(want, spelt(row))
		}
	}
	if len(want) < 10_000 || len(alone.Sorted()) < 10 {
		t.Fatalf("expected many rows and faults, found %d and %d", len(want), len(alone.Sorted()))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, processors := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(processors)
		var got []string
		var diags diag.List
		for f, rows := range ingest.Ahead(many(&diags), &diags) {
			for row := range rows {
				if row.File != f {
					t.Fatalf("a row of %s among those of %s", row.File.Path, f.Path)
				}
				got = append(got, spelt(row))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("with %d processors: %d rows, want %d, or others", processors, len(got), len(want))
		}
		if !slices.Equal(diags.Sorted(), alone.Sorted()) {
			t.Errorf("with %d processors: %v, want %v", processors, diags.Sorted(), alone.Sorted())
		}
	}
}

func TestWhoStopsReadingLeavesNoReaderBehind(t *testing.T) {
	var diags diag.List
	files := many(&diags)
	before := runtime.NumGoroutine()
	for _, rows := range ingest.Ahead(files, &diags) {
		read := 0
		for range rows {
			if read++; read == 10 {
				break
			}
		}
		if read == 10 {
			break
		}
	}
	for range 500 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines are left, %d were there before", runtime.NumGoroutine(), before)
}

func TestReadingAheadKeepsThePlacesOfAPivot(t *testing.T) {
	var text strings.Builder
	text.WriteString("event,name,value\n")
	for row := range 3000 {
		fmt.Fprintf(&text, "e%d,count,%d\ne%d,place,PP\n", row, row, row)
	}
	long := *cases
	long.Pivot = &codebook.Pivot{Row: "event", Name: "name", Value: "value"}
	fsys := fstest.MapFS{"2010/cases.csv": {Data: []byte(text.String())}, "2011/cases.csv": {Data: []byte(text.String())}}
	var diags diag.List
	files := ingest.Find(fsys, "exports", &codebook.Codebook{Datasets: []*codebook.Dataset{&long}}, &diags)
	var want, got []string
	for _, f := range files {
		for row := range f.Rows(&diags) {
			want = append(want, spelt(row))
		}
	}
	for _, rows := range ingest.Ahead(files, &diags) {
		for row := range rows {
			got = append(got, spelt(row))
		}
	}
	if len(want) != 6000 || !slices.Equal(got, want) || !strings.Contains(want[2999], ":6000:") {
		t.Errorf("%d rows, want %d, or others; the last stands at %v; %v", len(got), len(want), want[min(2999, len(want)):min(3000, len(want))], diags.Sorted()[:min(2, len(diags.Sorted()))])
	}
}
