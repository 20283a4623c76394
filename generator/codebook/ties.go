package codebook

import (
	"fmt"
	"maps"
	"slices"
)

// ties reports figures of a register that hang together by how they are counted, while no expectation says so: a reader can compute
// with that, so the audit must know of it. Figures hang together where they count the same rows, by the same filter.
func (c checker) ties(d *Dataset) {
	if d.Spell == nil || d.Class != Children {
		return
	}
	groups := map[string]map[string]*Indicator{}
	for _, ind := range c.Indicators {
		if role := d.role(ind); role != "" && ind.Dataset.ID == d.ID && ind.Needs == nil && ind.Also == nil {
			key := ind.rows()
			if groups[key] == nil {
				groups[key] = map[string]*Indicator{}
			}
			groups[key][role] = ind
		}
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		g := groups[key]
		first, in, out, last := g["first"], g["in"], g["out"], g["last"]
		if first != nil && in != nil && out != nil && last != nil {
			c.tied(last, fmt.Sprintf("kind: balance, plus: [%s, %s], minus: [%s], equals: %s", first.ID, in.ID, out.ID, last.ID), func(e *Expectation) bool {
				return e.Kind == "balance" && e.Equals != nil && e.Equals.ID == last.ID && names(e.Plus, first, in) && names(e.Minus, out)
			})
		}
		if first != nil && last != nil {
			c.tied(first, fmt.Sprintf("kind: next, closing: %s, opening: %s", last.ID, first.ID), func(e *Expectation) bool {
				return e.Kind == "next" && e.Closing != nil && e.Opening != nil && e.Closing.ID == last.ID && e.Opening.ID == first.ID
			})
		}
		for _, pair := range [][2]*Indicator{{g["again"], out}, {g["people"], in}, {g["people out"], out}} {
			if part, whole := pair[0], pair[1]; part != nil && whole != nil {
				c.tied(part, fmt.Sprintf("kind: subset, part: %s, whole: %s", part.ID, whole.ID), func(e *Expectation) bool {
					return e.Kind == "subset" && e.Part != nil && e.Whole != nil && e.Part.ID == part.ID && e.Whole.ID == whole.ID
				})
			}
		}
	}
}

// tied reports an indicator that no expectation ties to the others.
func (c checker) tied(ind *Indicator, wanted string, fits func(*Expectation) bool) {
	if !slices.ContainsFunc(c.Expectations, func(e *Expectation) bool { return e.Identity() && fits(e) }) {
		c.diags.Errorf(ind.At, "protection/untied", "add to expectations.yaml an entry with  "+wanted, "expected an expectation that ties %s to what it is counted with: who reads the figures can compute with it, so the audit must", ind.ID)
	}
}

// role says what an indicator counts of the spells of a dataset, or "".
func (d *Dataset) role(ind *Indicator) string {
	dated := d.Period.ID
	if ind.Dated != nil {
		dated = ind.Dated.ID
	}
	from, to := dated == d.Spell.From.ID, dated == d.Spell.To.ID
	switch {
	case ind.Measure == "stock":
		return map[string]string{"first-day": "first", "last-day": "last"}[ind.On]
	case ind.Again > 0:
		return "again"
	case ind.Measure == "count" && from:
		return "in"
	case ind.Measure == "count" && to:
		return "out"
	case ind.Measure == "distinct" && from:
		return "people"
	case ind.Measure == "distinct" && to:
		return "people out"
	}
	return ""
}

// rows says which rows of its dataset an indicator counts, in one form.
func (ind *Indicator) rows() (text string) {
	for _, column := range slices.Sorted(maps.Keys(ind.Filter)) {
		var codes []string
		for _, r := range ind.Filter[column] {
			codes = append(codes, r.ID)
		}
		slices.Sort(codes)
		text += fmt.Sprintf("%s %q ", column, codes)
	}
	return text
}

// names says whether references name these indicators, in any order.
func names(refs []Ref, all ...*Indicator) bool {
	return len(refs) == len(all) && !slices.ContainsFunc(all, func(ind *Indicator) bool {
		return !slices.ContainsFunc(refs, func(r Ref) bool { return r.ID == ind.ID })
	})
}
