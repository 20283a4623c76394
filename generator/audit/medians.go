package audit

import (
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// leastOf is the least shown number of children that a median is shown of, and leastLeft the least that must be left of each figure
// above it, unless it is none for certain.
const leastOf, leastLeft = 20, 15

// medians finds medians of too few children, and those that differ from another one by too few.
func (a *examiner) medians(t *ledger.Table) {
	ind := a.release.Indicator(t.Indicator)
	if ind.Class != "derived" {
		return
	}
	counts := *t
	counts.Indicator = ind.Of
	for _, c := range t.Cells {
		if _, isNumber := c.Value.Number(); !isNumber {
			continue
		}
		_, rest, _ := strings.Cut(c.ID, "/")
		of := ind.Of + "/" + rest
		v, _ := a.release.Value(of)
		n, isNumber := v.Number()
		if !isNumber || n < leastOf {
			a.found(t, "median", []string{c.ID, of}, "%s is shown, though %s is not shown as %d or more", c.ID, of, leastOf)
			continue
		}
		for i, code := range c.Codes {
			if code == cell.Total {
				continue
			}
			for step, above := range a.above(&counts, c, i) {
				v, told := a.release.Value(above)
				whole, isNumber := v.Number()
				status := v.Status()
				if step > 0 && (!told || status == ledger.Missing || status == ledger.Impossible) {
					continue
				}
				if (!isNumber || whole-n < leastLeft) && !a.alone(&counts, c, i, step) {
					a.found(t, "median", []string{c.ID, above}, "%s is shown, though %s leaves less than %d of %s", c.ID, of, leastLeft, above)
				}
			}
		}
	}
}

// alone says whether every other part of a figure above a cell cannot occur. step is the figure's place among those above.
func (a *examiner) alone(counts *ledger.Table, c ledger.Cell, i, step int) bool {
	up := a.above(counts, c, i)[step]
	return !slices.ContainsFunc(counts.Attributes[i].Codes, func(code string) bool {
		other := ledger.Cell{Period: c.Period, Codes: slices.Clone(c.Codes)}
		other.Codes[i] = code
		if ups := a.above(counts, other, i); code == c.Codes[i] || len(ups) <= step || ups[step] != up {
			return false
		}
		v, told := a.release.Value(cell.ID(counts.Indicator, c.Period, counts.Names(), other.Codes))
		return !told || v.Status() != ledger.Impossible
	})
}
