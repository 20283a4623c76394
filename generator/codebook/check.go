package codebook

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
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

// checker resolves every reference once all files are read.
type checker struct {
	*Codebook
	diags *diag.List
}

func (c checker) all() {
	c.organisation()
	once(c, c.Lists)
	once(c, c.Datasets)
	once(c, c.Programmes)
	once(c, c.Indicators)
	once(c, c.Statements)
	once(c, c.Expectations)
	once(c, c.Corrections)
	for _, l := range c.Lists {
		c.parents(l)
	}
	for _, d := range c.Datasets {
		c.dataset(d)
	}
	small(c, c.Programmes)
	small(c, c.Indicators)
	for _, p := range c.Programmes {
		c.donors(p)
	}
	for _, ind := range c.Indicators {
		c.indicator(ind)
		c.charts(ind)
	}
	for _, s := range c.Statements {
		c.statement(s)
		c.flow(s)
	}
	for _, e := range c.Expectations {
		c.expectation(e)
	}
	for _, d := range c.Datasets {
		c.tally(d)
		c.ties(d)
	}
	c.platforms()
}

// once reports ids that stand twice, capitals aside, or cannot be part of an address or a file's name.
func once[T identified](c checker, all []T) {
	first := map[string]int{}
	for _, x := range all {
		id, at := x.ident()
		if line, seen := first[strings.ToLower(id)]; seen {
			c.diags.Errorf(at, "codebook/repeated-id", fmt.Sprintf("it stands on line %d already: rename one", line), "expected each id once, found %q again", id)
		} else if !codeForm.MatchString(id) {
			c.diags.Errorf(at, "code/form", "use letters, digits, - and _", "expected an id of letters and digits, found %q", id)
		} else if device.MatchString(id) {
			c.diags.Errorf(at, "code/form", deviceHint, "expected an id that may be the name of a file, found %q", id)
		}
		first[strings.ToLower(id)] = at.Line
	}
}

// small reports ids with capitals where the id is an address: hosts and disks do not agree on what capitals mean.
func small[T identified](c checker, all []T) {
	for _, x := range all {
		if id, at := x.ident(); id != strings.ToLower(id) {
			c.diags.Errorf(at, "code/form", "write "+strings.ToLower(id), "expected an id in small letters, found %q", id)
		}
	}
}

// aList is what a reference to a code list names.
const aList = "a code list"

// resolve reports a reference that names nothing, and says whether it is good.
func resolve[T identified](c checker, r *Ref, all []T, what string) bool {
	if r == nil || slices.Contains(ids(all), r.ID) {
		return true
	}
	hint := diag.Suggest(r.ID, ids(all))
	if what == aList {
		hint += fmt.Sprintf("; a new one is an entry in lists.yaml, with its codes in lists/%s.csv", r.ID)
	}
	c.diags.Errorf(r.At, "codebook/unknown-id", hint, "expected %s, found %q", what, r.ID)
	return false
}

// parents checks the ladder above a list: the parent list exists, no list is its own ancestor, and each code's parent is a code.
func (c checker) parents(l *List) {
	if l.Parent == nil || !resolve(c, l.Parent, c.Lists, aList) {
		return
	}
	for up, steps := l, 0; up != nil && up.Parent != nil; up, steps = c.List(up.Parent.ID), steps+1 {
		if steps == len(c.Lists) {
			c.diags.Errorf(l.Parent.At, "codebook/cycle", "let the coarsest list have no parent", "expected a ladder that ends: %s leads back to itself", l.ID)
			break
		}
	}
	parents := c.List(l.Parent.ID)
	for _, code := range l.Codes {
		if parents.Code(code.Parent) == nil {
			c.diags.Errorf(code.parentAt, "code/unknown", diag.Suggest(code.Parent, parents.IDs()), "expected a code of the list %s, found %q", parents.ID, code.Parent)
		}
	}
}

func (c checker) organisation() {
	o := c.Organisation
	for _, p := range o.Public {
		if _, err := path.Match(p, ""); err != nil || strings.Trim(p, "*?") == "" {
			c.diags.Errorf(o.At, "codebook/pattern", "write the name of a folder, such as 2010-printed", "expected folders of exports for publicExports, found %q", p)
		}
	}
	if o.Calendar.Starts < 1 || o.Calendar.Starts > 12 {
		c.diags.Errorf(o.Calendar.At, "codebook/range", "1 is January", "expected a month from 1 to 12 for calendar.starts, found %d", o.Calendar.Starts)
	}
	if !strings.HasPrefix(o.Address, "https://") || !strings.HasSuffix(o.Address, "/") {
		c.diags.Errorf(o.At, "codebook/address", "write it as https://example.org/", "expected an address with https:// before and / behind")
	}
	c.colours()
	p := o.Protection
	if p.Threshold < 10 || p.Base < 5 || p.SplitFloor < max(25, 2*p.Threshold) || p.Threshold%p.Base != 0 || p.MaxByYear > 3 || p.MaxByQuarter > 2 || p.Revision < 0 {
		c.diags.Errorf(p.At, "protection/weak", "take the defaults: threshold 10, base 5, splitFloor 25, maxByYear 3, maxByQuarter 2",
			"expected parameters of protection no weaker than the rule allows (threshold 10 or more, base 5 or more, threshold a multiple of base, splitFloor 25 or more and at least twice the threshold, at most 3 attributes a year and 2 a quarter)")
	}
}

func (c checker) column(d *Dataset, r Ref, types ...string) *Column {
	col := d.Column(r.ID)
	if col == nil {
		var names []string
		for _, col := range d.Columns {
			names = append(names, col.Name)
		}
		c.diags.Errorf(r.At, "codebook/unknown-id", diag.Suggest(r.ID, names), "expected a column of the dataset %s, found %q", d.ID, r.ID)
		return nil
	}
	if !slices.Contains(types, col.Type) {
		c.diags.Errorf(r.At, "codebook/type", "name another column, or change its type", "expected a column of type %s, found %q of type %s", strings.Join(types, " or "), r.ID, col.Type)
		return nil
	}
	return col
}

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
	for name, refs := range ind.Filter {
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

func (c checker) code(col *Column, r Ref) {
	if list := c.List(col.List.ID); list != nil && list.Code(r.ID) == nil {
		c.diags.Errorf(r.At, "code/unknown", diag.Suggest(r.ID, list.IDs()), "expected a code of the list %s, found %q", list.ID, r.ID)
	}
}

func (c checker) statement(s *Statement) {
	for _, language := range c.Languages {
		for _, name := range lang.Placeholders(s.Sentence[language.Code]) {
			if name != "period" && !slices.ContainsFunc(s.Indicators, func(r Ref) bool { return r.ID == name }) {
				c.diags.Errorf(s.At, "codebook/sentence", "write {period}, or an indicator of the statement in braces",
					"expected only blanks that can be filled in the sentence in %q, found {%s}", language.Code, name)
			}
		}
	}
	c.short(s.Sentence, s.At)
	resolve(c, &s.Programme, c.Programmes, "a programme")
	if len(s.Indicators) == 0 {
		c.diags.Errorf(s.At, "codebook/empty-statement", "name the indicators that are its rows", "expected at least one indicator")
		return
	}
	first := c.Indicator(s.Indicators[0].ID)
	for _, r := range s.Indicators {
		if !resolve(c, &r, c.Indicators, "an indicator") {
			continue
		}
		ind := c.Indicator(r.ID)
		if first != nil && (ind.Unit.ID != first.Unit.ID || c.ClassOf(ind) != c.ClassOf(first)) {
			c.diags.Errorf(r.At, "codebook/mixed-statement", "make a statement of its own for it", "expected indicators of one unit and class, found %q beside %q", r.ID, first.ID)
		}
		if s.By == nil {
			continue
		}
		if !slices.ContainsFunc(ind.Breakdowns, func(b []Ref) bool { return len(b) == 1 && b[0].ID == s.By.ID }) {
			c.diags.Errorf(r.At, "codebook/unknown-id", fmt.Sprintf("add  - [%s]  to its breakdowns", s.By.ID),
				"expected the indicator %s to have the breakdown %q", r.ID, s.By.ID)
		}
	}
}
