package personal_test

import (
	"fmt"
	"testing"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/personal"
)

// Cells that are all different are the slow case: nothing of them is remembered.
func BenchmarkGuard(b *testing.B) {
	columns := []*codebook.Column{{Name: "place", Type: "text"}}
	for _, c := range []struct{ name, format string }{{"same", "annual report, table of cases"}, {"different", "annual report, table %d of cases"}} {
		b.Run("cells="+c.name, func(b *testing.B) {
			g := personal.New(nil).Guard([]string{"place"}, columns)
			var diags diag.List
			for i := range b.N {
				cell := c.format
				if c.name == "different" {
					cell = fmt.Sprintf(c.format, i%100_000)
				}
				g.Row([]string{cell}, func(int) diag.Pos { return diag.Pos{} }, &diags)
			}
			if diags.Failed() {
				b.Fatal(diags.Sorted()[0])
			}
		})
	}
}
