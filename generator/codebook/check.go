package codebook

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

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
		hint += fmt.Sprintf("  A new list is an entry in lists.yaml, with its codes in lists/%s.csv", r.ID)
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
