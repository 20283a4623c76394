package ledger

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/lang"
)

// consistent finds the first thing in a descriptor that its JSON Schema cannot say: an id that stands twice, a reference to
// nothing, a text that some language lacks, a character that no page may hold. A descriptor is input, and may be hostile.
func (p *Package) consistent() error {
	for _, check := range []func() error{p.languages, p.ids, p.references, p.excepted, p.texts} {
		if err := check(); err != nil {
			return err
		}
	}
	if _, err := url.Parse(p.Organisation.Address); err != nil {
		return fmt.Errorf("the address of the organisation cannot be read")
	}
	return nil
}

func (p *Package) languages() error {
	for _, l := range p.Languages {
		if len([]rune(l.Digits)) != 10 {
			return fmt.Errorf("the language %s has %d digits, not ten", l.Code, len([]rune(l.Digits)))
		}
	}
	return nil
}

// ids reports an id that stands twice, capitals aside.
func (p *Package) ids() error {
	groups := map[string][]string{}
	add := func(group, id string) { groups[group] = append(groups[group], strings.ToLower(id)) }
	for _, l := range p.Languages {
		add("language", l.Code)
	}
	for _, l := range p.Lists {
		add("list", l.ID)
		for _, c := range l.Codes {
			add("code of "+l.ID, c.ID)
		}
	}
	for _, x := range p.Programmes {
		add("programme", x.ID)
	}
	for _, x := range p.Indicators {
		add("indicator", x.ID)
	}
	for _, x := range p.Statements {
		add("statement", x.ID)
	}
	for _, x := range p.Resources {
		add("resource", x.Name)
	}
	for group, all := range groups {
		slices.Sort(all)
		if len(slices.Compact(slices.Clone(all))) < len(all) {
			return fmt.Errorf("a %s stands twice", group)
		}
	}
	return nil
}

func (p *Package) references() error {
	indicator := func(where string, ids ...string) error {
		for _, id := range ids {
			if p.Indicator(id) == nil {
				return fmt.Errorf("%s names the indicator %q, which is not there", where, id)
			}
		}
		return nil
	}
	programme := func(id string) bool {
		return id == "" || slices.ContainsFunc(p.Programmes, func(x Programme) bool { return x.ID == id })
	}
	for _, x := range p.Indicators {
		if !programme(x.Programme) || p.List("unit").Label(x.Unit, "") == x.Unit {
			return fmt.Errorf("the indicator %s names a programme or unit that is not there", x.ID)
		}
		for _, a := range x.Filter {
			if err := p.attribute(a, "the filter of "+x.ID); err != nil {
				return err
			}
		}
		if (x.Measure == "percent") != (x.Part != "" && x.Whole != "") || (x.Measure == "median") != (x.Of != "") || x.Class == "derived" && x.Measure != "percent" && x.Measure != "median" {
			return fmt.Errorf("the indicator %s is a percentage or a median of nothing", x.ID)
		}
		if x.Also != nil && x.Measure != "distinct" {
			return fmt.Errorf("the indicator %s counts no people, so none of them stands in another dataset", x.ID)
		}
		if x.Measure == "median" {
			if err := indicator("the median "+x.ID, x.Of); err != nil {
				return err
			}
			if of := p.Indicator(x.Of); of.Measure != "count" || (of.Class == "children") != (x.Class == "derived") {
				return fmt.Errorf("the median %s is not one of a count", x.ID)
			}
		}
		if x.Measure == "percent" {
			if err := indicator("the percentage "+x.ID, x.Part, x.Whole); err != nil {
				return err
			}
			for _, of := range []*Indicator{p.Indicator(x.Part), p.Indicator(x.Whole)} {
				if of.Measure == "percent" || of.Measure == "median" {
					return fmt.Errorf("the percentage %s is one of percentages or medians", x.ID)
				}
			}
		}
	}
	if a := p.Organisation.Area; a != nil && a.Places != "" && p.List(a.Places) == nil {
		return fmt.Errorf("the organisation names the list of places %q, which is not there", a.Places)
	}
	for _, x := range p.Statements {
		if err := indicator("the statement "+x.ID, x.Indicators...); err != nil || !programme(x.Programme) {
			return fmt.Errorf("the statement %s names something that is not there: %w", x.ID, err)
		}
		if x.Flow != nil {
			all := slices.Concat(x.Flow.In, []string{x.Flow.Through}, x.Flow.Out)
			if slices.Sort(all); len(slices.Compact(slices.Clone(all))) < len(all) || slices.ContainsFunc(all, func(id string) bool { return !slices.Contains(x.Indicators, id) }) {
				return fmt.Errorf("the movement of the statement %s names an indicator twice, or one that is not in it", x.ID)
			}
		}
	}
	for _, x := range p.Identities {
		if err := indicator("the identity "+x.ID, slices.Concat(x.Plus, x.Minus, []string{x.Right})...); err != nil {
			return err
		}
	}
	for _, x := range p.Plan {
		if err := indicator("the plan", x.Indicator); err != nil {
			return err
		}
	}
	for _, x := range p.Targets {
		if err := indicator("a target", x.Indicator); err != nil {
			return err
		}
	}
	for _, x := range p.Programmes {
		for _, id := range x.Donors {
			if p.List("donor").Label(id, "") == id {
				return fmt.Errorf("the programme %s names a donor that no list has", x.ID)
			}
		}
	}
	for _, x := range p.Resources {
		if err := indicator("the table "+x.Name, x.Indicator); err != nil {
			return err
		}
		if p.Indicator(x.Indicator).Class == "" || x.Name != cell.Table(x.Indicator, x.Names()) {
			return fmt.Errorf("the table %s is not called after what it shows", x.Name)
		}
		for _, a := range x.Attributes {
			if err := p.attribute(a, "the table "+x.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// excepted reports an exception that drops a sum or an identity and is not listed among the public ones.
func (p *Package) excepted() error {
	listed := func(except map[string]Note) error {
		for period, note := range except {
			if !slices.ContainsFunc(p.Exceptions, func(x Exception) bool { return x.ID == note.ID && x.Period == period }) {
				return fmt.Errorf("the exception %q in %s is not listed among the exceptions", note.ID, period)
			}
		}
		return nil
	}
	for _, x := range p.Indicators {
		if err := listed(x.Except); err != nil {
			return err
		}
	}
	for _, x := range p.Identities {
		if err := listed(x.Except); err != nil {
			return err
		}
	}
	return nil
}

// attribute checks a column's list, and the lists that it leads to.
func (p *Package) attribute(a Attribute, where string) error {
	list := p.List(a.List)
	if list == nil {
		return fmt.Errorf("%s names the list %q, which is not there", where, a.List)
	}
	for _, up := range a.Coarser {
		if list = p.List(list.Parent); list == nil {
			return fmt.Errorf("the column %s of %s leads to %s by no list", a.Name, where, up)
		}
	}
	return nil
}

// texts reports a text that some language lacks, or that holds a control character.
func (p *Package) texts() error {
	var all []lang.Text
	o := p.Organisation
	all = append(all, o.Name, o.Short, o.Mission)
	if o.Area != nil {
		all = append(all, o.Area.Name)
	}
	for _, c := range o.Contacts {
		all = append(all, c.Title)
	}
	for _, l := range p.Lists {
		all = append(all, l.Title)
		for _, c := range l.Codes {
			all = append(all, c.Label)
		}
		if l.Geometry != nil {
			all = append(all, l.Geometry.Credit)
			if l.Geometry.Note != nil {
				all = append(all, l.Geometry.Note)
			}
		}
	}
	for _, x := range p.Programmes {
		all = append(all, x.Title, x.Summary)
	}
	for _, x := range p.Indicators {
		all = append(all, x.Title, x.Definition)
		if x.Needs == nil {
			all = append(all, x.Sentence, x.Source, x.Dataset)
		}
		if x.Also != nil {
			all = append(all, x.Also)
		}
		all = append(all, x.Notes...)
	}
	for _, x := range p.Statements {
		all = append(all, x.Title, x.Sentence)
	}
	for _, x := range p.Exceptions {
		all = append(all, x.Title, x.Text)
	}
	for _, x := range p.Targets {
		if x.Reason != nil {
			all = append(all, x.Reason)
		}
	}
	for _, text := range all {
		for _, l := range p.Languages {
			if text[l.Code] == "" {
				return fmt.Errorf("a text lacks the language %s", l.Code)
			}
		}
	}
	return plain(all)
}

// plain reports a text that holds a control character.
func plain(texts []lang.Text) error {
	for _, text := range texts {
		for code, s := range text {
			if strings.ContainsFunc(s, func(r rune) bool {
				return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == 0xfffe || r == 0xffff || lang.Steers(r)
			}) {
				return fmt.Errorf("a text in %s holds a control character", code)
			}
		}
	}
	return nil
}
