// Package release turns safe tables into a release's folder.
//
// In: protect's tables, the codebook, and the newest release. Out: a folder in memory, written through ledger. It knows no
// true figure: what protect did not make, it cannot write.
package release

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/protect"
)

// Draft is a release that is not published yet: its folder and its descriptor, which names no date.
type Draft struct {
	Package ledger.Package
	Files   ledger.Files
}

// Make writes a draft. Periods that the tables no longer have are carried over from the newest release, shown value by shown
// value; carried lists them. newest may be nil.
func Make(cb *codebook.Codebook, tables []protect.Table, newest *ledger.Release) (draft *Draft, carried []string, err error) {
	d := &Draft{Files: ledger.Files{}, Package: describe(cb)}
	p := &d.Package
	p.Periods, carried = periods(tables, newest)
	period := "0000"
	for _, id := range p.Periods { // the latest year or quarter that has figures names the release
		if id != string(calendar.Undated) {
			period = id
		}
	}
	p.Release = number(period, newest)
	p.Name = fmt.Sprintf("%s-results-%s", cb.Organisation.ID, strings.ToLower(p.Release.ID))
	p.Title = cb.Organisation.Name[cb.Languages[0].Code] + ": results, release " + p.Release.ID

	for _, t := range tables {
		r := resource(t)
		if slices.ContainsFunc(p.Resources, func(o ledger.Resource) bool { return o.Name == r.Name }) {
			continue // two entries of the plan climbed to the same table
		}
		rows := rowsOf(t)
		if newest != nil {
			rows = append(rows, carry(newest, r, carried)...)
		}
		slices.SortStableFunc(rows, func(a, b []string) int { return ledger.ComparePeriods(a[0], b[0]) })
		if err := d.Files.Add(p, r, rows); err != nil {
			return nil, nil, err
		}
	}
	return d, carried, d.Files.Close(p)
}

// Certify puts the audit's certificate into the draft.
func (d *Draft) Certify(c ledger.Certificate) error {
	d.Package.Certificate = &c
	return d.Files.Close(&d.Package)
}

// Date dates the draft: it is about to be published. correction is the reason for changed figures, or "".
func (d *Draft) Date(day, correction string) error {
	d.Package.Release.Date, d.Package.Release.Correction = day, correction
	return d.Files.Close(&d.Package)
}

// Same says whether a draft would publish what the newest release already says: every file alike but for number, date and
// certificate.
func (d *Draft) Same(newest *ledger.Release) (bool, error) {
	if newest == nil {
		return false, nil
	}
	twin := Draft{Package: d.Package, Files: ledger.Files{}}
	twin.Package.Release, twin.Package.Name, twin.Package.Title = newest.Release, newest.Name, newest.Title
	twin.Package.Certificate = newest.Certificate
	if err := twin.Files.Close(&twin.Package); err != nil {
		return false, err
	}
	return string(twin.Files[ledger.Descriptor]) == string(newest.Files[ledger.Descriptor]), nil
}

// periods merges the periods of the tables with those that only the newest release still has.
func periods(tables []protect.Table, newest *ledger.Release) (all, carried []string) {
	for _, t := range tables {
		for _, c := range t.Cells {
			if id := c.Period.String(); !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
	}
	if newest != nil {
		for _, id := range newest.Periods {
			if !slices.Contains(all, id) {
				all, carried = append(all, id), append(carried, id)
			}
		}
	}
	slices.SortFunc(all, ledger.ComparePeriods)
	return all, carried
}

// number gives the draft its place in the ledger.
func number(period string, newest *ledger.Release) ledger.ReleaseInfo {
	info := ledger.ReleaseInfo{Period: period, Sequence: 1}
	n := 1
	if newest != nil {
		info.Sequence = newest.Release.Sequence + 1
		if newest.Release.Period == period {
			_, _ = fmt.Sscanf(newest.Release.ID, period+"-r%d", &n)
			n++
		}
	}
	info.ID = fmt.Sprintf("%s-r%d", period, n)
	return info
}

func resource(t protect.Table) ledger.Resource {
	r := ledger.Resource{
		Indicator: t.Indicator.ID, Additive: t.Additive, OverTime: t.Additive && t.Indicator.Measure != "stock",
		Plan: t.Plan, Rung: t.Rung, Attributes: []ledger.Attribute{},
	}
	for _, a := range t.Attributes {
		r.Attributes = append(r.Attributes, ledger.Attribute{Name: a.Column.Name, List: a.Column.List.ID, Codes: a.Codes})
	}
	r.Name = cell.Table(r.Indicator, r.Names())
	return r
}

func rowsOf(t protect.Table) [][]string {
	var rows [][]string
	for _, c := range t.Cells {
		n, ok := c.Value.Number()
		rows = append(rows, row(c.Period.String(), c.Codes, n, ok, c.Value.Status()))
	}
	return rows
}

func row(period string, codes []string, n int64, isNumber bool, status string) []string {
	value := ""
	if isNumber {
		value = strconv.FormatInt(n, 10)
	}
	return append(append([]string{period}, codes...), value, status)
}

// carry makes a table's rows for periods whose exports are gone, from what the newest release shows of each cell. A cell that it
// does not have would need true values: it is missing. A period of which it does not even have the total has no rows.
func carry(newest *ledger.Release, r ledger.Resource, periods []string) [][]string {
	var rows [][]string
	for _, period := range periods {
		if _, ok := newest.Value(cell.ID(r.Indicator, period, nil, nil)); !ok {
			continue
		}
		for _, codes := range r.Rows() {
			v, ok := newest.Value(cell.ID(r.Indicator, period, r.Names(), codes))
			n, isNumber := v.Number()
			status := string(v.Status())
			if !ok {
				status = string(ledger.Missing)
			}
			rows = append(rows, row(period, codes, n, isNumber, status))
		}
	}
	return rows
}

// Prior is what protect needs to know of the newest release.
func Prior(newest *ledger.Release) protect.Prior {
	prior := protect.Prior{}
	if newest == nil {
		return prior
	}
	for id, v := range newest.Cells() {
		if n, ok := v.Number(); ok {
			prior[id] = protect.Shown{N: n}
		} else if v.Status() == ledger.Small {
			prior[id] = protect.Shown{Small: true}
		}
	}
	return prior
}
