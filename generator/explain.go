package main

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/measure"
	"github.com/ccpcr/impact/generator/protect"
)

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
	p, err := e.propose(m, afresh(m.cb))
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
		if ind.Also != nil {
			text += fmt.Sprintf(", who also stand in %s%s", ind.Also.Dataset.ID, filterText(ind.Other()))
		}
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
		fmt.Fprintf(e.stdout, "  %-8s %-24s true %8s  shown %-10s from %s\n", c.Period, strings.Join(c.Codes, " "), truth, text, runs(c.Rows))
	}
}

// mostRuns is how many runs of rows are listed of a figure.
const mostRuns = 20

// runs writes the places of rows, such as a.csv:2 and a.csv:3, as a.csv:2-3.
func runs(rows []string) string {
	lines := map[string][]int{}
	for _, row := range rows {
		at := strings.LastIndexByte(row, ':')
		if line, err := strconv.Atoi(row[at+1:]); err == nil {
			lines[row[:at]] = append(lines[row[:at]], line)
		}
	}
	var all []string
	listed := 0
	for _, file := range slices.Sorted(maps.Keys(lines)) {
		slices.Sort(lines[file])
		for from := 0; from < len(lines[file]); {
			to := from
			for to+1 < len(lines[file]) && lines[file][to+1] <= lines[file][to]+1 {
				to++
			}
			run := fmt.Sprintf("%s:%d", file, lines[file][from])
			if to > from {
				run += fmt.Sprintf("-%d", lines[file][to])
			}
			if len(all) < mostRuns {
				all = append(all, run)
				listed += to + 1 - from
			}
			from = to + 1
		}
	}
	switch {
	case len(all) == 0:
		return "no rows"
	case listed < len(rows):
		return fmt.Sprintf("%s and %s more", strings.Join(all, ", "), number(len(rows)-listed, "row"))
	}
	return strings.Join(all, ", ")
}
