package measure

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
)

// enough is how many figures make a likeness: one or two agree by chance.
const enough = 3

// echoes looks for codes of a column whose figures are the same: a table that was copied, or a merged cell that was read as one
// figure for each of its rows.
func (c checker) echoes(e *codebook.Expectation, t Table) {
	column := slices.IndexFunc(t.Attributes, func(a Attribute) bool { return a.Column.Name == e.Column.ID })
	rows := map[calendar.Period]map[string]map[string]Cell{} // by period, code of the column, and the other codes
	for _, cell := range t.Cells {
		if code := cell.Codes[column]; code != codebook.Total && cell.State == Counted {
			others := strings.Join(slices.Delete(slices.Clone(cell.Codes), column, column+1), " ")
			if rows[cell.Period] == nil {
				rows[cell.Period] = map[string]map[string]Cell{}
			}
			if rows[cell.Period][code] == nil {
				rows[cell.Period][code] = map[string]Cell{}
			}
			rows[cell.Period][code][others] = cell
		}
	}
	for _, period := range periodsOf(t) {
		byCode, grouped := rows[period], []string{}
		for i, code := range t.Attributes[column].Codes {
			like := []string{code}
			for _, other := range t.Attributes[column].Codes[i+1:] {
				if alike(byCode[code], byCode[other]) >= enough {
					like = append(like, other)
				}
			}
			if len(like) > 1 && !slices.Contains(grouped, code) {
				c.echo(e, period, byCode, like)
				grouped = append(grouped, like...)
			}
		}
		if all := merged(byCode, t.Attributes[column].Codes); len(all) > 0 && len(grouped) == 0 {
			c.echo(e, period, byCode, all)
		}
	}
}

func periodsOf(t Table) (all []calendar.Period) {
	for _, c := range t.Cells {
		if !slices.Contains(all, c.Period) {
			all = append(all, c.Period)
		}
	}
	return all
}

// echo names codes whose figures are the same, each with its largest figure.
func (c checker) echo(e *codebook.Expectation, period calendar.Period, rows map[string]map[string]Cell, codes []string) {
	var figures []string
	for _, code := range codes {
		largest := Cell{}
		for _, others := range slices.Sorted(maps.Keys(rows[code])) {
			if cell := rows[code][others]; cell.Value > largest.Value {
				largest = cell
			}
		}
		figures = append(figures, fmt.Sprintf("%s %d (%s)", code, largest.Value, largest.From))
	}
	c.found(ownerOf(e), "expectation/echo", period, correct, "%s to hold for %s: %s have a difference of 0 in all their figures", e.ID, period, strings.Join(figures, ", "))
}

// alike counts the figures other than 0 that two codes have in common. One that differs makes it none.
func alike(a, b map[string]Cell) (same int) {
	for others, cell := range a {
		other, told := b[others]
		if told && other.Value != cell.Value {
			return 0
		}
		if told && cell.Value != 0 {
			same++
		}
	}
	return same
}

// merged gives the codes of a column in which one figure stands at every code that has any, if there are enough of them.
func merged(rows map[string]map[string]Cell, codes []string) (all []string) {
	values := map[int64]bool{}
	for _, code := range codes {
		for _, cell := range rows[code] {
			values[cell.Value] = true
		}
		if len(rows[code]) > 0 {
			all = append(all, code)
		}
	}
	if len(all) < enough || len(values) != 1 || values[0] {
		return nil
	}
	return all
}
