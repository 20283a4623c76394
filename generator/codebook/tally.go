package codebook

import (
	"maps"
	"slices"
)

// A register that stays in a warehouse comes as a tally: one row for each figure of each table, margins included, since distinct people
// and medians do not add up. Its columns are those of codes, derived ones too, and three more.
const (
	TallyFigure = "figure" // which indicator the row is of, or one of the figures below
	TallyPeriod = "period"
	TallyValue  = "value"

	TallyRows = "rows/quarter" // how many rows the register has in a quarter
)

// TallyCheck is the figure of an expectation that counts rows.
func TallyCheck(expectation string) string { return "expectation/" + expectation }

// TallyFault is a figure that no sound register has, and what it counts, in words.
type TallyFault struct{ Figure, Rows string }

// TallyFaults lists what a warehouse looks for in the rows of a register, as inspect does where it has them.
func (d *Dataset) TallyFaults() (all []TallyFault) {
	for _, col := range d.Columns {
		if col.From != nil || col.Type == "codes" {
			continue
		}
		if col.Required || col.Name == d.Period.ID {
			all = append(all, TallyFault{"fault/empty/" + col.Name, "nothing in the column " + col.Name})
		}
		switch col.Type {
		case "code":
			all = append(all, TallyFault{"fault/unknown/" + col.Name, "a code that the list of the column " + col.Name + " lacks"})
		case "date":
			all = append(all, TallyFault{"fault/day/" + col.Name, "a day before 1900 or after 2100 in the column " + col.Name})
		}
	}
	all = append(all, TallyFault{"fault/repeated", "a key that stands more than once"})
	if d.Spell != nil {
		all = append(all, TallyFault{"fault/backwards", "a spell that ends before it begins"})
		if d.Person != nil {
			all = append(all, TallyFault{"fault/overlap", "a spell that begins before another one of the same person ends"})
		}
	}
	return all
}

// TallyColumns lists the columns of codes that a tally of the register has.
func (d *Dataset) TallyColumns() []*Column {
	return slices.DeleteFunc(slices.Clone(d.Columns), func(c *Column) bool { return c.Type != "code" })
}

// TallyOf is the dataset of a register's tallies, or nil.
func (cb *Codebook) TallyOf(d *Dataset) *Dataset {
	i := slices.IndexFunc(cb.Tallies, func(t *Dataset) bool { return t.Register == d })
	if i < 0 {
		return nil
	}
	return cb.Tallies[i]
}

// tallies makes a dataset of the tallies of each register that has some, and the list of its figures.
func (cb *Codebook) tallies() {
	for _, d := range cb.Datasets {
		if d.Tally == "" {
			continue
		}
		figures := &List{At: d.At, ID: "figures of " + d.ID, Publish: "never", Codes: []Code{{ID: TallyRows}}}
		for _, ind := range cb.Indicators {
			if cb.DatasetOf(ind) == d {
				figures.Codes = append(figures.Codes, Code{ID: ind.ID})
			}
		}
		for _, e := range cb.Expectations {
			if e.Dataset != nil && e.Dataset.ID == d.ID {
				figures.Codes = append(figures.Codes, Code{ID: TallyCheck(e.ID)})
			}
		}
		for _, f := range d.TallyFaults() {
			figures.Codes = append(figures.Codes, Code{ID: f.Figure})
		}
		cb.figures = append(cb.figures, figures)
		t := &Dataset{
			At: d.At, ID: d.ID, Title: d.Title, Files: d.Tally, Class: d.Class, Absent: d.Absent, Exports: d.Exports, Register: d,
			Period: Ref{ID: TallyPeriod}, Count: &Ref{ID: TallyValue}, Key: []Ref{{ID: TallyFigure}, {ID: TallyPeriod}},
		}
		t.Columns = append(t.Columns, &Column{At: d.At, Name: TallyFigure, Type: "code", List: &Ref{ID: figures.ID}, Required: true},
			&Column{At: d.At, Name: TallyPeriod, Type: "period", Required: true})
		for _, col := range d.TallyColumns() {
			t.Columns = append(t.Columns, &Column{At: col.At, Name: col.Name, Type: col.Type, List: col.List, Total: true})
			t.Key = append(t.Key, Ref{ID: col.Name})
		}
		t.Columns = append(t.Columns, &Column{At: d.At, Name: TallyValue, Type: "integer", Required: true})
		cb.Tallies = append(cb.Tallies, t)
	}
}

// tally checks that all that is measured from a register can be told by a tally of it.
func (c checker) tally(d *Dataset) {
	if d.Tally == "" {
		return
	}
	at := d.At
	refused := func(wrong bool, hint, expected string) {
		if wrong {
			c.diags.Errorf(at, "codebook/tally", hint+", or take out  tally:", "expected %s in a dataset with tallies", expected)
		}
	}
	refused(d.Count != nil, "export it as it is: with a count it is a tally already", "no count")
	refused(!d.Replaces(), "add  exports: replace  and count the whole register each time", "exports that replace one another")
	refused(d.Percent != nil, "take out  percent:", "no printed percentages")
	if col := d.Column(d.Period.ID); col != nil {
		refused(col.Type != "date", "date its rows by a column of type date", "rows that are dated by a day")
	}
	refused(d.Spell != nil && d.Spell.From.ID != d.Period.ID, "date its rows by the day on which a spell begins", "rows that are dated by the beginning of their spells")
	for _, col := range d.Columns {
		at = col.At
		refused(col.Coded() && slices.Contains([]string{TallyFigure, TallyPeriod, TallyValue}, col.Name), "rename the column "+col.Name, "no column of codes called figure, period or value")
		refused(col.Total, "take out  total:  of the column "+col.Name, "no rows of totals")
	}
	single := func(filter map[string][]Ref, by ...[]Ref) {
		names := slices.Collect(maps.Keys(filter))
		for _, r := range slices.Concat(by...) {
			names = append(names, r.ID)
		}
		wrong := slices.ContainsFunc(names, func(name string) bool { col := d.Column(name); return col != nil && col.Type == "codes" })
		refused(wrong, "filter it, and break it down, by columns of single codes", "no use of a column of several codes")
	}
	for _, ind := range c.Indicators {
		if at = ind.At; ind.Dataset.ID == d.ID {
			single(ind.Filter, ind.Breakdowns...)
		}
	}
	for _, e := range c.Expectations {
		if at = e.At; e.Dataset != nil && e.Dataset.ID == d.ID {
			single(e.Filter, e.By)
			single(e.Never)
			refused(e.Kind == "printed" || e.Kind == "repeated", "take the expectation out", "nothing that must be seen row by row")
		}
	}
}
