package codebook

import (
	"cmp"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/diag"
)

// List finds a code list by id, or nil.
func (cb *Codebook) List(id string) *List { return cmp.Or(find(cb.Lists, id), find(cb.figures, id)) }

// Dataset finds a dataset by id, or nil.
func (cb *Codebook) Dataset(id string) *Dataset { return find(cb.Datasets, id) }

// Indicator finds an indicator by id, or nil.
func (cb *Codebook) Indicator(id string) *Indicator { return find(cb.Indicators, id) }

// Correction finds a correction by id, or nil.
func (cb *Codebook) Correction(id string) *Correction { return find(cb.Corrections, id) }

// Calendar is the organisation's fiscal calendar.
func (cb *Codebook) Calendar() calendar.Calendar {
	y := cb.Organisation.Calendar
	return calendar.Calendar{Starts: y.Starts, NamedByEnd: y.Named == "end"}
}

// Column finds a column by name, or nil.
func (d *Dataset) Column(name string) *Column {
	for _, c := range d.Columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// ClassOf is the class of an indicator's figures: that of its dataset. What has no figures yet is open.
func (cb *Codebook) ClassOf(ind *Indicator) Class {
	if ind.Measure == "percent" {
		for _, r := range []*Ref{ind.Part, ind.Whole} {
			if r == nil {
				continue
			}
			if of := cb.Indicator(r.ID); of != nil && of.Measure != "percent" && cb.ClassOf(of) == Children {
				return Derived
			}
		}
	}
	if d := cb.DatasetOf(ind); d != nil {
		if ind.Measure == "median" && d.Class == Children {
			return Derived
		}
		return d.Class
	}
	return Open
}

// Coarser lists the columns of a dataset that a column leads to, the nearest first.
func (d *Dataset) Coarser(col *Column) []*Column {
	for _, c := range d.Columns {
		if c.From != nil && c.From.ID == col.Name {
			return append([]*Column{c}, d.Coarser(c)...)
		}
	}
	return nil
}

// ListOf is the code list of a column of an indicator's dataset, or nil.
func (cb *Codebook) ListOf(ind *Indicator, column string) *List {
	if ind.Measure == "percent" && ind.Whole != nil {
		if whole := cb.Indicator(ind.Whole.ID); whole != nil && whole.Measure != "percent" {
			return cb.ListOf(whole, column)
		}
	}
	d := cb.DatasetOf(ind)
	if d == nil {
		return nil
	}
	c := d.Column(column)
	if c == nil || c.List == nil {
		return nil
	}
	return cb.List(c.List.ID)
}

// identified is anything of the codebook that has an id.
type identified interface{ ident() (string, diag.Pos) }

func (x *List) ident() (string, diag.Pos)        { return x.ID, x.At }
func (x *Dataset) ident() (string, diag.Pos)     { return x.ID, x.At }
func (x *Programme) ident() (string, diag.Pos)   { return x.ID, x.At }
func (x *Indicator) ident() (string, diag.Pos)   { return x.ID, x.At }
func (x *Statement) ident() (string, diag.Pos)   { return x.ID, x.At }
func (x *Expectation) ident() (string, diag.Pos) { return x.ID, x.At }
func (x *Correction) ident() (string, diag.Pos)  { return x.ID, x.At }

func find[T identified](all []T, id string) (none T) {
	for _, x := range all {
		if got, _ := x.ident(); got == id {
			return x
		}
	}
	return none
}

func ids[T identified](all []T) []string {
	var out []string
	for _, x := range all {
		id, _ := x.ident()
		out = append(out, id)
	}
	return out
}
