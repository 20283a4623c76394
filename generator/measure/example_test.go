package measure_test

import (
	"fmt"
	"os"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
	"github.com/ccpcr/impact/generator/inspect"
	"github.com/ccpcr/impact/generator/measure"
)

func Example() {
	var diags diag.List
	cb := codebook.Load(os.DirFS("../testdata/second/codebook"), "codebook", &diags)
	d := cb.Dataset("casos")
	counter := measure.NewCounter(cb, d, "")
	in := inspect.New(cb, d, &diags)
	for _, f := range ingest.Find(os.DirFS("../testdata/second/exports"), "exports", cb, &diags) {
		if f.Dataset == d {
			counter.Count(in.Records(f))
		}
	}
	year := calendar.Period{Kind: calendar.Year, Year: 2025}
	for _, c := range counter.Plans([]calendar.Period{year})[0].Rungs[0].Cells {
		fmt.Println(c.Period, c.Codes, c.Value)
	}
	// Output:
	// 2025 [_T] 105
	// 2025 [F] 55
	// 2025 [M] 50
}
