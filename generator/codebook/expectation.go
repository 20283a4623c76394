package codebook

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// Expectation is what must hold between figures, between rows, or between the codebook's own words. What each kind needs stands
// in kinds.
type Expectation struct {
	At       diag.Pos         `yaml:"-"`
	ID       string           `yaml:"id,required" doc:"short name"`
	Kind     string           `yaml:"kind,required" enum:"balance,subset,next,same,funnel,target,jump,ratio,parts,flow,echo,never,printed,repeated,bands,translations" doc:"balance: plus - minus = equals; subset: part is no larger than whole; next: closing of a period is opening of the following one; same: figures tell one fact; funnel: no figure is larger than the one before; target: no plan is last period's result; jump: from period to period no figure grows or shrinks by the factor, or loses a digit; ratio: part by whole lies between least and most; parts: the parts by each column add up to the total; flow: stock and movements fit from code to code of an ordered column; echo: no codes of the column have the same figures; never: no rows with these codes; printed: the printed text says what the count says; repeated: no row stands twice; bands: the codes of a list are ranges that do not overlap; translations: a text has the same numbers in every language"`
	Severity string           `yaml:"severity" enum:"error,warning" doc:"error (default) or warning: whether figures may be published while it does not hold"`
	Title    lang.Text        `yaml:"title,required" doc:"what must hold, in words for the public"`
	Of       string           `yaml:"of" enum:"exports,plans" doc:"balance, subset, same, funnel, ratio: which figures are compared, those of exports (default) or plans"`
	Plus     []Ref            `yaml:"plus" doc:"balance: indicators that add"`
	Minus    []Ref            `yaml:"minus" doc:"balance: indicators that take away"`
	Equals   *Ref             `yaml:"equals" doc:"balance: indicator that must come out"`
	Part     *Ref             `yaml:"part" doc:"subset, ratio: the smaller indicator"`
	Whole    *Ref             `yaml:"whole" doc:"subset, ratio: the larger indicator"`
	Closing  *Ref             `yaml:"closing" doc:"next: indicator at the end of a period"`
	Opening  *Ref             `yaml:"opening" doc:"next: indicator at the start of the following period; a figure of known.csv stands in for one that no export has"`
	Figures  []Ref            `yaml:"figures" doc:"same, funnel, target, jump: the indicators"`
	Factor   float64          `yaml:"factor" doc:"jump: the most by which a figure may grow or shrink, such as 5"`
	Least    float64          `yaml:"least" doc:"ratio: the least that part by whole may be"`
	Most     float64          `yaml:"most" doc:"ratio: the most that part by whole may be"`
	Dataset  *Ref             `yaml:"dataset" doc:"parts, flow, echo, never, printed, repeated: the dataset whose rows are checked"`
	Filter   map[string][]Ref `yaml:"filter" doc:"parts, flow, echo, never: which rows: column, and the codes that count"`
	By       []Ref            `yaml:"by" doc:"parts, flow, echo: columns that the rows are counted by; the counts are never published"`
	Stock    *Ref             `yaml:"stock" doc:"flow: code of the stock, in the other of the two columns of by"`
	In       *Ref             `yaml:"in" doc:"flow: code of what comes in"`
	Out      *Ref             `yaml:"out" doc:"flow: code of what goes out"`
	Taken    string           `yaml:"taken" enum:"before,after" doc:"flow: whether the stock is counted before or after what goes out in its own month"`
	Absent   string           `yaml:"absent" enum:"zero,missing" doc:"parts: what a part without a row means (missing by default: such parts are not added up)"`
	Never    map[string][]Ref `yaml:"never" doc:"never: column, and the codes that no row may have; of several columns a row must have one of each"`
	Column   *Ref             `yaml:"column" doc:"printed: column of type text with the figure as it was printed; echo: column whose codes are compared; flow: the ordered column, such as the month"`
	Forms    []string         `yaml:"forms" doc:"printed: what a printed text may look like: {count} and {percent} stand for those of the row, {number} for any other number, {words} for anything without digits, {rest} for anything at all"`
	Lists    []Ref            `yaml:"lists" doc:"bands: code lists whose codes are ranges, such as 6-12 and 13-plus"`
	Accepts  []Accept         `yaml:"accepted" doc:"periods in which it does not hold, each with a public explanation"`
}

// Accept is an accepted exception from an expectation.
type Accept struct {
	ID     string    `yaml:"id,required" doc:"short name"`
	Period Ref       `yaml:"period,required" doc:"period in which it does not hold"`
	Why    lang.Text `yaml:"why,required" doc:"public explanation, without exact counts of children"`
}

// kinds lists the keys that each kind of expectation needs, and those that it may have.
var kinds = map[string]struct{ needs, may []string }{
	"balance":      {[]string{"plus", "equals"}, []string{"minus", "of"}},
	"subset":       {[]string{"part", "whole"}, []string{"of"}},
	"next":         {[]string{"closing", "opening"}, nil},
	"same":         {[]string{"figures"}, []string{"of"}},
	"funnel":       {[]string{"figures"}, []string{"of"}},
	"target":       {[]string{"figures"}, nil},
	"jump":         {[]string{"figures", "factor"}, nil},
	"ratio":        {[]string{"part", "whole", "least", "most"}, []string{"of"}},
	"parts":        {[]string{"dataset", "by"}, []string{"filter", "absent"}},
	"flow":         {[]string{"dataset", "by", "column", "stock", "in", "out", "taken"}, []string{"filter"}},
	"echo":         {[]string{"dataset", "by", "column"}, []string{"filter"}},
	"never":        {[]string{"dataset", "never"}, []string{"filter"}},
	"printed":      {[]string{"dataset", "column", "forms"}, nil},
	"repeated":     {[]string{"dataset"}, nil},
	"bands":        {[]string{"lists"}, nil},
	"translations": {nil, nil},
}

// given says which keys an expectation has, besides those that all have.
func (e *Expectation) given() map[string]bool {
	return map[string]bool{
		"plus": len(e.Plus) > 0, "minus": len(e.Minus) > 0, "equals": e.Equals != nil, "part": e.Part != nil, "whole": e.Whole != nil,
		"closing": e.Closing != nil, "opening": e.Opening != nil, "figures": len(e.Figures) > 0, "factor": e.Factor != 0,
		"least": e.Least != 0, "most": e.Most != 0, "dataset": e.Dataset != nil, "filter": e.Filter != nil, "by": len(e.By) > 0,
		"absent": e.Absent != "", "never": e.Never != nil, "column": e.Column != nil, "forms": len(e.Forms) > 0,
		"lists": len(e.Lists) > 0, "stock": e.Stock != nil, "in": e.In != nil, "out": e.Out != nil, "taken": e.Taken != "", "of": e.Of != "",
	}
}

// other is the column of a flow that says what is counted: the one of its two that is not the ordered one.
func (e *Expectation) other() string {
	if e.Kind != "flow" || len(e.By) != 2 {
		return ""
	}
	if e.By[0].ID == e.Column.ID {
		return e.By[1].ID
	}
	return e.By[0].ID
}

// Identity says whether an expectation ties published figures together for certain, so that a reader could compute with it.
func (e *Expectation) Identity() bool {
	return slices.Contains([]string{"balance", "subset", "next", "same"}, e.Kind) && e.Of != "plans"
}

// Sides is one comparison between indicators: what adds and what takes away, against what stands on the right.
type Sides struct {
	Plus, Minus []Ref
	Right       Ref
}

// Sides writes an expectation between indicators as comparisons. Other kinds have none.
func (e *Expectation) Sides() (all []Sides) {
	switch e.Kind {
	case "balance":
		return []Sides{{e.Plus, e.Minus, *e.Equals}}
	case "subset", "ratio":
		return []Sides{{[]Ref{*e.Part}, nil, *e.Whole}}
	case "next":
		return []Sides{{[]Ref{*e.Closing}, nil, *e.Opening}}
	case "same":
		for _, r := range e.Figures[1:] {
			all = append(all, Sides{e.Figures[:1], nil, r})
		}
	case "funnel":
		for i, r := range e.Figures[1:] {
			all = append(all, Sides{[]Ref{r}, nil, e.Figures[i]})
		}
	case "target", "jump":
		for _, r := range e.Figures {
			all = append(all, Sides{[]Ref{r}, nil, r})
		}
	}
	return all
}

// Indicators lists the indicators that an expectation is about, each once.
func (e *Expectation) Indicators() []Ref {
	var all []Ref
	for _, s := range e.Sides() {
		for _, r := range slices.Concat(s.Plus, s.Minus, []Ref{s.Right}) {
			if !slices.ContainsFunc(all, func(o Ref) bool { return o.ID == r.ID }) {
				all = append(all, r)
			}
		}
	}
	return all
}

// expectation checks that an expectation has what its kind needs, and nothing of another kind.
func (c checker) expectation(e *Expectation) {
	kind, given, sound := kinds[e.Kind], e.given(), true
	for _, key := range slices.Sorted(maps.Keys(given)) {
		switch wanted := slices.Contains(kind.needs, key); {
		case wanted && !given[key]:
			c.diags.Errorf(e.At, "codebook/missing-key", fmt.Sprintf("add  %s: …", key), "expected the key %q in an expectation of kind %s", key, e.Kind)
			sound = false
		case given[key] && !wanted && !slices.Contains(kind.may, key):
			c.diags.Errorf(e.At, "codebook/unknown-key", "take it out, or change the kind", "expected no key %q in an expectation of kind %s", key, e.Kind)
		}
	}
	if (e.Kind == "same" || e.Kind == "funnel") && len(e.Figures) == 1 {
		c.diags.Errorf(e.At, "codebook/missing-key", "name a second one", "expected at least two figures in an expectation of kind %s", e.Kind)
		sound = false
	}
	c.accepted(e.Accepts)
	if !sound {
		return
	}
	for _, r := range e.Indicators() {
		resolve(c, &r, c.Indicators, "an indicator")
	}
	for _, r := range e.Lists {
		resolve(c, &r, c.Lists, aList)
	}
	if e.Dataset == nil || !resolve(c, e.Dataset, c.Datasets, "a dataset") {
		return
	}
	d := c.Dataset(e.Dataset.ID)
	for _, r := range e.By {
		c.column(d, r, "code", "codes")
	}
	for _, codes := range []map[string][]Ref{e.Filter, e.Never} {
		for _, name := range slices.Sorted(maps.Keys(codes)) {
			for _, r := range codes[name] {
				if col := c.column(d, Ref{name, r.At}, "code", "codes"); col != nil && col.List != nil {
					c.code(col, r)
				}
			}
		}
	}
	switch e.Kind {
	case "printed":
		c.column(d, *e.Column, "text")
	case "flow", "echo":
		c.column(d, *e.Column, "code", "codes")
		if !slices.ContainsFunc(e.By, func(r Ref) bool { return r.ID == e.Column.ID }) {
			c.diags.Errorf(e.Column.At, "codebook/unknown-id", "add it to  by:", "expected a column of  by, found %q", e.Column.ID)
		}
	}
	if other := e.other(); other != "" {
		if col := c.column(d, Ref{other, e.At}, "code"); col != nil && col.List != nil {
			for _, r := range []*Ref{e.Stock, e.In, e.Out} {
				c.code(col, *r)
			}
		}
	} else if e.Kind == "flow" {
		c.diags.Errorf(e.Column.At, "codebook/unknown-id", "name the column of the codes and the ordered one", "expected two columns in  by, found %d", len(e.By))
	}
	for _, form := range e.Forms {
		for _, name := range lang.Placeholders(form) {
			if !slices.Contains(blanks, name) {
				c.diags.Errorf(e.At, "codebook/blanks", "one of: {"+strings.Join(blanks, "} {")+"}", "expected only blanks that a printed text may have, found {%s}", name)
			}
		}
		if _, err := Form(form); err != nil {
			c.diags.Errorf(e.At, "codebook/blanks", "write each of {count} and {percent} once", "expected a form of printed texts: %v", err)
		}
	}
}

var blanks = []string{"count", "percent", "number", "words", "rest"}

var blank = regexp.MustCompile(`\\\{([a-z]+)\\\}`)

// Form turns a form of a printed text into a pattern that finds out its blanks: the blanks count and percent are groups of
// these names.
func Form(form string) (*regexp.Regexp, error) {
	pattern := blank.ReplaceAllStringFunc(regexp.QuoteMeta(form), func(m string) string {
		switch name := strings.Trim(m, `\{}`); name {
		case "count", "percent":
			return fmt.Sprintf(`(?P<%s>[0-9](?:[0-9]|, ?[0-9]{3})*(?:\.0+)?)`, name)
		case "number":
			return `[0-9]+`
		case "words":
			return `[^0-9]*`
		case "rest":
			return `.*`
		}
		return m
	})
	return regexp.Compile(`^` + pattern + `$`)
}

// accepted checks the periods of accepted exceptions, and that no two have one name.
func (c checker) accepted(all []Accept) {
	for i, a := range all {
		if _, err := calendar.Parse(a.Period.ID); err != nil {
			c.diags.Errorf(a.Period.At, "value/period", "write it as the exports do", "%v", err)
		}
		if j := slices.IndexFunc(all[:i], func(b Accept) bool { return b.Period.ID == a.Period.ID }); j >= 0 {
			c.diags.Errorf(a.Period.At, "codebook/repeated-id", fmt.Sprintf("it stands on line %d already: join the two", all[j].Period.At.Line), "expected each period once, found %q again", a.Period.ID)
		}
	}
}

// Accepted finds the exception accepted for a period, or nil.
func Accepted(all []Accept, period calendar.Period) *Accept {
	i := slices.IndexFunc(all, func(a Accept) bool { return a.Period.ID == period.String() })
	if i < 0 {
		return nil
	}
	return &all[i]
}
