package codebook

import "slices"

// also checks an indicator of the people whom two registers tell of.
func (c checker) also(ind *Indicator, d *Dataset) {
	x := ind.Also
	if !resolve(c, &x.Dataset, c.Datasets, "a dataset") {
		return
	}
	o := c.Dataset(x.Dataset.ID)
	at := x.Dataset.At
	refused := func(wrong bool, hint, format string, args ...any) {
		if wrong {
			c.diags.Errorf(at, "codebook/also", hint, format, args...)
		}
	}
	switch {
	case o == d:
		refused(true, "name the other register", "expected another dataset than the indicator's own, %s", d.ID)
		return
	case o.Person == nil:
		refused(true, "add  person: …  to it, with the column that tells people apart", "expected the dataset %s to tell persons apart", o.ID)
	case d.Person != nil:
		own, other := d.Column(d.Person.ID), o.Column(o.Person.ID)
		refused(own != nil && other != nil && own.Pattern != other.Pattern, "give people the same made-up ids in both, and the columns the same  pattern:",
			"expected the persons of %s and %s to have ids of one form", d.ID, o.ID)
	}
	refused(o.Class != d.Class, "leave it out, or give both the same class", "expected datasets of one class: %s is %s, %s is %s", d.ID, d.Class, o.ID, o.Class)
	refused((o.Tally == "") != (d.Tally == ""), "give both  tally:, or neither", "expected two registers in one warehouse, or none: a warehouse counts those in both")
	if at = ind.At; len(ind.Breakdowns) > 0 {
		refused(true, "take out  breakdowns:", "expected no breakdown of people in two registers, which may tell of them otherwise")
	}
	if x.Dated != nil {
		c.column(o, *x.Dated, "date")
	}
	c.filtered(o, x.Filter)
}

// counting is what an indicator of distinct people asks of them: to stand in some rows of a register, or of two.
func (ind *Indicator) counting() []Also {
	own := Also{Dataset: ind.Dataset, Dated: ind.Dated, Filter: ind.Filter}
	if ind.Also == nil {
		return []Also{own}
	}
	return []Also{own, *ind.Also}
}

// Among lists the indicators that count all people of one who stands in two registers, and maybe more: whoever reads the figures knows
// that they are no smaller. It needs no expectation, since it holds by how they are counted.
func (cb *Codebook) Among(ind *Indicator) (all []*Indicator) {
	if ind.Also == nil {
		return nil
	}
	for _, o := range cb.Indicators {
		if o == ind || o.Measure != "distinct" || o.Needs != nil {
			continue
		}
		wider := !slices.ContainsFunc(o.counting(), func(asked Also) bool {
			return !slices.ContainsFunc(ind.counting(), func(own Also) bool { return cb.implies(own, asked) })
		})
		if wider {
			all = append(all, o)
		}
	}
	return all
}

// Paired says whether some indicator counts people of a dataset who stand in another one too.
func (cb *Codebook) Paired(d *Dataset) bool {
	return slices.ContainsFunc(cb.Indicators, func(ind *Indicator) bool {
		return ind.Also != nil && (ind.Dataset.ID == d.ID || ind.Also.Dataset.ID == d.ID)
	})
}

// Other is what an indicator of people in two datasets counts of the second one.
func (ind *Indicator) Other() *Indicator {
	return &Indicator{At: ind.At, ID: ind.ID, Dataset: ind.Also.Dataset, Measure: ind.Measure, Dated: ind.Also.Dated, Filter: ind.Also.Filter, Periods: ind.Periods}
}

// implies says whether whoever stands in some rows stands in others for certain.
func (cb *Codebook) implies(own, asked Also) bool {
	dated := func(x Also) string {
		if x.Dated != nil {
			return x.Dated.ID
		}
		return cb.Dataset(x.Dataset.ID).Period.ID
	}
	if own.Dataset.ID != asked.Dataset.ID || dated(own) != dated(asked) {
		return false
	}
	for column, codes := range asked.Filter {
		if len(own.Filter[column]) == 0 || slices.ContainsFunc(own.Filter[column], func(r Ref) bool {
			return !slices.ContainsFunc(codes, func(o Ref) bool { return o.ID == r.ID })
		}) {
			return false
		}
	}
	return true
}
