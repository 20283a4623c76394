package codebook

import (
	"fmt"
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/lang"
)

// indicator checks what an indicator says of itself, and that it can be counted and shown as it asks.
func (c checker) indicator(ind *Indicator) {
	resolve(c, ind.Programme, c.Programmes, "a programme")
	c.accepted(ind.Accepts)
	if units := c.List("unit"); units == nil || units.Code(ind.Unit.ID) == nil {
		c.diags.Errorf(ind.Unit.At, "codebook/unknown-id", "add a row for it to lists/unit.csv", "expected a code of the list unit, found %q", ind.Unit.ID)
	}
	if ind.Baseline != nil {
		if _, err := calendar.Parse(ind.Baseline.ID); err != nil {
			c.diags.Errorf(ind.Baseline.At, "value/period", "write it as the exports do", "%v", err)
		}
	}
	if ind.Objective != nil {
		if list := c.List("objective"); list == nil || list.Code(ind.Objective.ID) == nil {
			c.diags.Errorf(ind.Objective.At, "codebook/unknown-id", "add it to the code list objective", "expected a code of the list objective, found %q", ind.Objective.ID)
		}
	}
	if !c.reported(ind) {
		return
	}
	for _, language := range c.Languages {
		if s := ind.Sentence[language.Code]; !slices.Contains(lang.Placeholders(s), "value") || !slices.Contains(lang.Placeholders(s), "period") {
			c.diags.Errorf(ind.At, "codebook/sentence", "write {value} and {period} where the figure and the period stand",
				"expected {value} and {period} in the sentence in %q", language.Code)
		}
	}
	c.short(ind.Sentence, ind.At)
	switch ind.Measure {
	case "percent":
		c.percent(ind)
		return
	case "median":
		c.median(ind)
		return
	}
	if ind.Part != nil || ind.Whole != nil {
		c.diags.Errorf(ind.At, "codebook/unknown-key", "set  measure: percent, or take them out", "expected part and whole only of an indicator that is a percentage")
	}
	if !resolve(c, &ind.Dataset, c.Datasets, "a dataset") {
		return
	}
	d := c.Dataset(ind.Dataset.ID)
	c.counted(ind, d)
	c.filtered(d, ind.Filter)
	p := c.Organisation.Protection
	limit, period := p.MaxByYear, "year"
	if slices.Contains(ind.Periods, "quarter") {
		limit, period = p.MaxByQuarter, "quarter"
	}
	for _, b := range ind.Breakdowns {
		if len(b) == 0 {
			c.diags.Errorf(ind.At, "codebook/empty-breakdown", "delete the entry: the total needs none", "expected at least one column in a breakdown")
			continue
		}
		if d.Class == Children && len(b) > limit {
			c.diags.Errorf(b[0].At, "protection/too-many-attributes", "take out a column, or publish it for years only",
				"expected at most %d attributes in a table by %s, found %d", limit, period, len(b))
		}
		for i, r := range b {
			if slices.ContainsFunc(b[:i], func(o Ref) bool { return o.ID == r.ID }) {
				c.diags.Errorf(r.At, "codebook/repeated-id", "delete one", "expected each column once in a breakdown, found %q again", r.ID)
			}
			col := c.column(d, r, "code", "codes")
			if col == nil {
				continue
			}
			if col.Type == "codes" && len(b) > 1 {
				c.diags.Errorf(r.At, "codebook/overlap", "make a table of its own for it", "expected the column %q alone in its breakdown: its parts overlap", r.ID)
			}
			if list := c.List(col.List.ID); list != nil && !list.MayShow(d.Class) {
				c.diags.Errorf(r.At, "protection/hidden-list", "use a coarser column, derived with  from:", "expected a breakdown that tables of class %s may show: the list %s may not", d.Class, list.ID)
			}
		}
	}
	for _, combination := range ind.Impossible {
		for name, r := range combination {
			if col := c.column(d, Ref{name, r.At}, "code", "codes"); col != nil {
				c.code(col, r)
			}
		}
	}
}

// filtered checks by what the rows of a dataset are chosen.
func (c checker) filtered(d *Dataset, filter map[string][]Ref) {
	for name, refs := range filter {
		for _, r := range refs {
			col := c.column(d, Ref{name, r.At}, "code", "codes")
			if col == nil {
				break
			}
			if list := c.List(col.List.ID); list != nil && !list.MayShow(d.Class) {
				c.diags.Errorf(r.At, "protection/hidden-list", "filter by something coarser: an indicator of one such code would be its table", "expected a filter that tables of class %s may show: the list %s may not", d.Class, list.ID)
			}
			c.code(col, r)
		}
	}
}

// percent checks an indicator that is worked out from two others: they are counted, and have its breakdowns and periods.
func (c checker) percent(ind *Indicator) {
	if ind.counts() || ind.Of != nil {
		c.diags.Errorf(ind.At, "codebook/unknown-key", "put them to its part and whole", "expected of a percentage no keys that tell how rows are counted")
	}
	for _, r := range []*Ref{ind.Part, ind.Whole} {
		if !resolve(c, r, c.Indicators, "an indicator") {
			continue
		}
		of := c.Indicator(r.ID)
		if of.Measure == "percent" || of.Measure == "median" || of.Needs != nil {
			c.diags.Errorf(r.At, "codebook/type", "name one that is counted", "expected an indicator with figures of its own, found %q", r.ID)
		}
		c.within(ind, of)
	}
}

// within checks that an indicator has no breakdown and no period that the one it is worked out from lacks.
func (c checker) within(ind, of *Indicator) {
	for _, b := range ind.Breakdowns {
		if !slices.ContainsFunc(of.Breakdowns, func(o []Ref) bool { return slices.EqualFunc(o, b, func(x, y Ref) bool { return x.ID == y.ID }) }) {
			c.diags.Errorf(ind.At, "codebook/unknown-id", fmt.Sprintf("give it to %s as well", of.ID), "expected breakdowns that %s has too", of.ID)
		}
	}
	for _, p := range ind.Periods {
		if !slices.Contains(of.Periods, p) {
			c.diags.Errorf(ind.At, "codebook/unknown-id", fmt.Sprintf("give it to %s as well", of.ID), "expected periods that %s has too, found %q", of.ID, p)
		}
	}
}

// reported says whether an indicator has figures. One that has must say how they come about; one that has not, what it would need.
func (c checker) reported(ind *Indicator) bool {
	has := map[string]bool{
		"sentence": ind.Sentence != nil, "dataset": ind.Dataset.ID != "", "measure": ind.Measure != "", "periods": len(ind.Periods) > 0, "source": ind.Source != nil,
	}
	keys := []string{"sentence", "dataset", "measure", "periods", "source"}
	switch ind.Measure {
	case "percent":
		has["part"], has["whole"] = ind.Part != nil, ind.Whole != nil
		keys[1] = "part"
		keys = append(keys, "whole")
	case "median":
		has["of"] = ind.Of != nil
		keys[1] = "of"
	}
	for _, key := range keys {
		switch {
		case ind.Needs == nil && !has[key]:
			c.diags.Errorf(ind.At, "codebook/missing-key", fmt.Sprintf("add  %s: …, or  needs: …  if the indicator has no figures yet", key), "expected the key %q", key)
		case ind.Needs != nil && has[key]:
			c.diags.Errorf(ind.At, "codebook/unknown-key", "take out  needs, or all that tells how figures come about", "expected no key %q beside needs", key)
		}
	}
	return ind.Needs == nil && (ind.Measure != "percent" || ind.Part != nil && ind.Whole != nil) && (ind.Measure != "median" || ind.Of != nil)
}
