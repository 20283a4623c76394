package sample

import (
	"os"
	"path/filepath"
	"strconv"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// contradictions are figures that cannot all be true, in exports that are sound cell by cell: one at least of every kind that a
// codebook can expect. Check names them by the place in the codebook that says what must hold, so dir holds it already.
func contradictions(o Options, dir string) []plant {
	var diags diag.List
	book := codebook.Load(os.DirFS(filepath.Join(dir, "codebook")), "codebook", &diags)
	if diags.Failed() {
		panic(diags.Sorted()[0]) // the codebook is embedded
	}
	must := func(kind string) mark {
		for _, e := range book.Expectations {
			if e.Kind == kind {
				return mark{code: "expectation/" + kind, where: e.At}
			}
		}
		panic("no expectation of kind " + kind)
	}
	parts := mark{code: "expectation/parts", where: book.Indicator("income").At}
	impossible := mark{code: "expectation/impossible", where: parts.where}
	percentage := mark{code: "expectation/percentage", where: book.Dataset("funding").Percent.At}
	q := o.quarters()
	return []plant{
		{period: q[1], file: "movements", at: saying(atEvent, "closing"), alter: raise(atCount, 7), marks: []mark{must("balance"), must("next")}},
		{period: q[2], file: "reintegration", at: saying(1, "in-school"), alter: raise(6, 1000), marks: []mark{must("subset")}},
		{period: q[3], file: "funding", at: saying(1, "donor-a"), alter: raise(2, 5000), marks: []mark{parts}},
		{period: q[3], file: "funding", at: saying(1, "donor-b"), alter: raise(3, 5), marks: []mark{percentage}},
		{period: q[3], file: "funding", at: saying(1, "volunteers"), alter: raise(2, 900), marks: []mark{impossible}},
	}
}

// raise adds to the number in a cell.
func raise(cell, by int) func([]string) []string {
	return func(cells []string) []string {
		n, _ := strconv.Atoi(cells[cell])
		cells[cell] = strconv.Itoa(n + by)
		return cells
	}
}
