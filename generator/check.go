package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/measure"
	"github.com/ccpcr/impact/generator/protect"
	"github.com/ccpcr/impact/generator/worklist"
)

const checkHelp = `usage: impact check [flags]

Reads the codebook and every export, measures the indicators, protects them and audits what would be published.
Each mistake is named by file, line and column, with what to do. Nothing is written but the page that --html names, and sums of large
tallies, into DATA/.impact, so that an unchanged file need not be read again.

    --html FILE    write what was found as a page as well, to work through beside the spreadsheet or to print

Example:
    impact check
    impact check --html tomend.html
    impact check --json > findings.json
`

func check(e *env) error {
	if e.html == "" {
		return e.check()
	}
	if filepath.Ext(e.html) != ".html" {
		return usageError{"--html: expected the name of a page, such as tomend.html"}
	}
	err := e.check()
	if unwritten := e.worklist(err); unwritten != nil {
		return unwritten
	}
	return err
}

func (e *env) check() error {
	_, p, err := e.proposed()
	if err != nil {
		return err
	}
	if p.same {
		e.next("%s", e.afterPublishing(p.newest))
	} else {
		e.next("%s", e.beforePublishing(p))
	}
	return nil
}

// worklist writes the page for --html. Only its owner may read it: a cell's content may stand there.
func (e *env) worklist(failed error) error {
	list := worklist.List{Day: e.today, Files: e.read, Good: e.said, Findings: e.diags.Sorted()}
	var refused protectionError
	if errors.As(failed, &refused) {
		list.Refused = refused.msg
	}
	var page bytes.Buffer
	if err := worklist.Write(&page, list); err != nil {
		return err
	}
	if err := os.WriteFile(e.html, page.Bytes(), 0o600); err != nil {
		return usageError{"--html: " + err.Error()}
	}
	e.say("wrote %s", e.html)
	return nil
}

// summary says in a few lines what was read and what would be shown.
func (e *env) summary(m *measured, p *proposal) {
	shown, cells := 0, 0
	tables := p.ledger.Newest().Tables
	for _, t := range tables {
		for _, c := range t.Cells {
			if cells++; c.Value.Status() == "" {
				shown++
			}
		}
	}
	e.say("read %s, %s, %s", number(len(m.files), "export file"), number(len(m.cb.Indicators), "indicator"), number(len(tables), "table"))
	e.say("%d of %d figures are shown as a number, the others as too small or not known", shown, cells)
	for _, x := range p.Package.Plan {
		for _, period := range slices.Sorted(maps.Keys(x.Climbed)) {
			instead := x.Climbed[period].Table
			if instead == "" {
				instead = "nothing"
			}
			e.say("  %s %s: shown as %s, since with the finer table a small number of children could be worked out", x.ID, period, instead)
		}
	}
	for _, alone := range m.alone {
		e.say("  %s", alone)
	}
	for i, f := range p.already {
		if i == 5 {
			e.say("    … and %d more: impact check --json lists them", len(p.already)-5)
			break
		}
		what, _, _ := strings.Cut(f.Proof, ": ")
		e.say("  from what is known elsewhere, whatever is published here: %s", what)
	}
	if n := len(m.periods); n > 0 && m.periods[n-1].Kind == calendar.Quarter {
		e.say("  the year %s is shown when its last quarter is in", m.periods[n-1].InYear())
	}
	if len(p.carried) > 0 {
		e.say("  carried over from release %s, since their exports are gone: %s", p.newest.Release.ID, strings.Join(p.carried, ", "))
	}
}

const explainHelp = `usage: impact explain INDICATOR [flags]

Says what an indicator means, which rows it was counted from, and how each shown value came to be.
It prints true values: for staff only.

Example:
    impact explain admitted
`

func explain(e *env) error {
	if len(e.args) != 1 {
		return usageError{"expected the id of one indicator, such as: impact explain admitted"}
	}
	if e.json {
		return usageError{"--json: explain is for reading, it has no JSON"}
	}
	m, err := e.measure(e.args[0])
	if err != nil {
		return err
	}
	ind := m.cb.Indicator(e.args[0])
	if ind == nil {
		var ids []string
		for _, x := range m.cb.Indicators {
			ids = append(ids, x.ID)
		}
		slices.Sort(ids)
		return usageError{fmt.Sprintf("unknown indicator %q; one of: %s", e.args[0], strings.Join(ids, ", "))}
	}
	var refused protectionError
	p, err := e.propose(m)
	if errors.As(err, &refused) { // that is when staff want to know why
		e.say("%v\n  below, the figures as they would be shown if nothing were refused", refused)
		p = &proposal{tables: protect.Make(m.cb.Organisation.Protection, m.plans, protect.Rungs{}, nil)}
	} else if err != nil {
		return err
	}
	first := m.cb.Languages[0].Code
	d := m.cb.DatasetOf(ind)
	w := e.stdout
	fmt.Fprintf(w, "%s (%s)\n%s\n", ind.Title[first], ind.ID, ind.Definition[first])
	if ind.Measure == "percent" {
		fmt.Fprintf(w, "measure  percent: %s of %s, worked out from their shown values\n", ind.Part.ID, ind.Whole.ID)
		return nil
	}
	if d == nil {
		fmt.Fprintf(w, "no figures yet: %s\n", ind.Needs[first])
		return nil
	}
	fmt.Fprintf(w, "dataset  %s (%s), class %s\n", d.ID, filepath.ToSlash(filepath.Join(e.data, "exports", d.Files)), d.Class)
	fmt.Fprintf(w, "measure  %s%s\n", measureText(m.cb, ind), filterText(m.cb.Counted(ind)))
	fmt.Fprintf(w, "source   %s\n", ind.Source[first])
	for _, shown := range p.tables {
		if shown.Indicator != ind {
			continue
		}
		plans := m.plans
		if ind.Measure == "median" {
			plans = m.medians
		}
		if i := slices.IndexFunc(plans, func(plan measure.Plan) bool { return plan.ID == shown.Plan }); i >= 0 {
			explainTable(e, plans[i], shown)
		}
	}
	return nil
}

// measureText says how an indicator is measured from its rows.
func measureText(cb *codebook.Codebook, ind *codebook.Indicator) string {
	text := ind.Measure
	switch of := cb.Counted(ind); {
	case ind.Measure == "median":
		text += fmt.Sprintf(" of the days of the spells that %s counts", ind.Of.ID)
	case ind.Measure == "distinct":
		text += " people, told apart by " + cb.DatasetOf(ind).Person.ID
	case of.Again > 0:
		text += fmt.Sprintf(" of the spells that ended, of people who came back within %d months", of.Again)
	case ind.On != "":
		text += fmt.Sprintf(" on the %s of the period", strings.ReplaceAll(ind.On, "-", " "))
	}
	if ind.Dated != nil {
		text += ", dated by " + ind.Dated.ID
	}
	return text
}

func filterText(ind *codebook.Indicator) string {
	var parts []string
	for column, refs := range ind.Filter {
		var codes []string
		for _, r := range refs {
			codes = append(codes, r.ID)
		}
		parts = append(parts, column+" is "+strings.Join(codes, " or "))
	}
	slices.Sort(parts)
	if len(parts) == 0 {
		return ""
	}
	return " where " + strings.Join(parts, " and ")
}

func explainTable(e *env, plan measure.Plan, shown protect.Table) {
	source := plan.Rungs[shown.Rung]
	fmt.Fprintf(e.stdout, "\ntable %s\n", strings.Join(append([]string{"period"}, source.Names()...), " × "))
	values := map[string]protect.Value{}
	for _, c := range shown.Cells {
		values[c.Period.String()+" "+strings.Join(c.Codes, " ")] = c.Value
	}
	for _, c := range source.Cells {
		v, ok := values[c.Period.String()+" "+strings.Join(c.Codes, " ")]
		if !ok {
			continue // it stands on another rung
		}
		text := v.Status()
		if n, ok := v.Number(); ok {
			text = fmt.Sprint(n)
		}
		truth := fmt.Sprint(c.Value)
		if c.State != measure.Counted {
			truth = "-"
		}
		rows := strings.Join(c.Rows, ", ")
		if rows == "" {
			rows = "no rows"
		}
		fmt.Fprintf(e.stdout, "  %-8s %-24s true %8s  shown %-10s from %s\n", c.Period, strings.Join(c.Codes, " "), truth, text, rows)
	}
}
