package ingest_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// BenchmarkRows reads a plain file of ten columns: what every other form of export must not make dearer.
func BenchmarkRows(b *testing.B) {
	const rows = 100_000
	d := &codebook.Dataset{ID: "tallies", Files: "*/tallies.csv"}
	var text strings.Builder
	for _, name := range strings.Split("period,event,province,sex,age,type,source,month,document,count", ",") {
		d.Columns = append(d.Columns, &codebook.Column{Name: name, Type: "text"})
	}
	d.Column("count").Type = "integer"
	text.WriteString("period,event,province,sex,age,type,source,month,document,count\n")
	for i := range rows {
		fmt.Fprintf(&text, "2010-Q%d,admitted,ខេត្ត-%d,f,5-9,trafficking,police,12,abc,%d\n", i%4+1, i%7, i%30)
	}
	fsys := fstest.MapFS{"2010/tallies.csv": {Data: []byte(text.String())}}
	b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
		b.SetBytes(int64(text.Len()))
		for b.Loop() {
			var diags diag.List
			read := 0
			for _, f := range ingest.Find(fsys, "exports", &codebook.Codebook{Datasets: []*codebook.Dataset{d}}, &diags) {
				for range f.Rows(&diags) {
					read++
				}
			}
			if read != rows || diags.Failed() {
				b.Fatalf("read %d rows: %v", read, diags.Sorted())
			}
		}
	})
}
