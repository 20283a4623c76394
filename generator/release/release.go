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

// Make writes the draft that follows a ledger. Periods that the tables no longer have are carried over from its newest release,
// shown value by shown value; carried lists them.
func Make(cb *codebook.Codebook, plan []protect.Planned, tables []protect.Table, l *ledger.Ledger) (draft *Draft, carried []string, err error) {
	d := &Draft{Files: ledger.Files{}, Package: describe(cb)}
	p, newest := &d.Package, l.Newest()
	p.Periods, carried = periods(tables, newest)
	period := "0000"
	for _, id := range p.Periods { // the latest year or quarter that has figures names the release
		if at, err := calendar.Parse(id); err == nil && (at.Kind == calendar.Year || at.Kind == calendar.Quarter) {
			period = id
		}
	}
	p.Release = l.Next(period)
	for _, x := range plan {
		p.Plan = append(p.Plan, planned(x))
	}
	p.Name = fmt.Sprintf("%s-results-%s", cb.Organisation.ID, strings.ToLower(p.Release.ID))
	p.Title = cb.Organisation.Name[cb.Languages[0].Code] + ": results, release " + p.Release.ID

	for _, list := range p.Lists {
		if list.Geometry != nil {
			d.Files.AddMap(list.ID, list.Geometry, cb.List(list.ID).Geometry.Data)
		}
	}
	for _, t := range carry(gather(cb, tables), newest, cb, carried) {
		slices.SortStableFunc(t.rows, func(a, b []string) int { return ledger.ComparePeriods(a[0], b[0]) })
		if err := d.Files.Add(p, t.Resource, t.rows); err != nil {
			return nil, nil, err
		}
	}
	return d, carried, d.Files.Close(p)
}

// file is a table of the release on its way to a file.
type file struct {
	ledger.Resource
	rows [][]string
	seen map[string]bool // cells
}

// gather makes a file of all tables with the same name: years and quarters of one entry of the plan, and other entries that climbed
// to it. A cell that several of them have stands once.
func gather(cb *codebook.Codebook, tables []protect.Table) []*file {
	var files []*file
	for _, t := range tables {
		r := resource(cb, t)
		i := slices.IndexFunc(files, func(f *file) bool { return f.Name == r.Name })
		if i < 0 {
			files, i = append(files, &file{r, nil, map[string]bool{}}), len(files)
		}
		for _, c := range t.Cells {
			if id := cell.ID(r.Indicator, c.Period.String(), r.Names(), c.Codes); !files[i].seen[id] {
				files[i].seen[id] = true
				n, ok := c.Value.Number()
				files[i].rows = append(files[i].rows, row(c.Period.String(), c.Codes, n, ok, c.Value.Status()))
			}
		}
	}
	return files
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

func planned(x protect.Planned) ledger.Planned {
	out := ledger.Planned{ID: x.ID, Indicator: x.Indicator.ID, Attributes: x.Attributes, Kind: string(x.Kind)}
	for period, c := range x.Climbed {
		if out.Climbed == nil {
			out.Climbed = map[string]ledger.Climb{}
		}
		climb := ledger.Climb{Rung: c.Rung}
		if c.Shown {
			climb.Table = cell.Table(x.Indicator.ID, c.Attributes)
		}
		out.Climbed[period] = climb
	}
	return out
}

// Rungs is how far each entry of the plan had climbed in the newest release: a period that was coarse stays so.
func Rungs(newest *ledger.Release) protect.Rungs {
	rungs := protect.Rungs{}
	if newest != nil {
		for _, p := range newest.Plan {
			for period, c := range p.Climbed {
				rungs[protect.Unit{Plan: p.ID, Period: period}] = c.Rung
			}
		}
	}
	return rungs
}

func resource(cb *codebook.Codebook, t protect.Table) ledger.Resource {
	r := ledger.Resource{
		Indicator: t.Indicator.ID, Additive: t.Additive, OverTime: t.Additive && t.Indicator.Measure != "stock", Attributes: []ledger.Attribute{},
	}
	for _, a := range t.Attributes {
		out := ledger.Attribute{Name: a.Column.Name, List: a.Column.List.ID, Codes: a.Codes, Sensitive: a.Column.Sensitive, Existence: a.Column.Existence, HXL: a.Column.Tag()}
		if out.HXL == "" && cb.List(out.List).Geometry != nil {
			out.HXL = "#adm1+code"
		}
		if m := t.Indicator.Measure; !t.Additive && m != "percent" && m != "median" {
			out.Several, out.Partial = a.Column.Type == "codes", partial(cb, t.Indicator, a.Column)
		}
		for _, step := range a.Coarser {
			out.Coarser = append(out.Coarser, step.Column)
		}
		r.Attributes = append(r.Attributes, out)
	}
	r.Name = cell.Table(r.Indicator, r.Names())
	return r
}

// partial says whether what an indicator counts may have none of a column's codes. Of figures that others counted nobody knows.
func partial(cb *codebook.Codebook, ind *codebook.Indicator, col *codebook.Column) bool {
	d := cb.DatasetOf(ind)
	switch {
	case d.Count != nil:
		return true
	case len(ind.Filter[col.Name]) > 0:
		return false
	case col.From == nil:
		return !col.Required
	}
	below := d.Column(col.From.ID)
	return partial(cb, ind, below) || slices.ContainsFunc(cb.List(below.List.ID).Codes, func(c codebook.Code) bool { return c.Parent == "" })
}

func row(period string, codes []string, n int64, isNumber bool, status string) []string {
	value := ""
	if isNumber {
		value = strconv.FormatInt(n, 10)
	}
	return append(append([]string{period}, codes...), value, status)
}

// carry adds the rows of periods whose exports are gone, from what the newest release shows: to the tables of the draft, and as
// tables of their own where the draft has none of that name. What the newest release does not show would need true values. The
// indicators that the codebook no longer has are gone.
func carry(files []*file, newest *ledger.Release, cb *codebook.Codebook, periods []string) []*file {
	if newest == nil {
		return files
	}
	for _, t := range newest.Tables {
		i := slices.IndexFunc(files, func(f *file) bool { return f.Name == t.Name })
		for _, period := range t.Periods() {
			if !slices.Contains(periods, period) || cb.Indicator(t.Indicator) == nil {
				continue
			}
			if i < 0 {
				files, i = append(files, &file{Resource: t.Resource}), len(files)
			}
			for _, codes := range files[i].Rows() {
				v, ok := newest.Value(cell.ID(t.Indicator, period, files[i].Names(), codes))
				status := string(v.Status())
				if !ok {
					status = string(ledger.Missing) // a code that is new in its list
				}
				n, isNumber := v.Number()
				files[i].rows = append(files[i].rows, row(period, codes, n, isNumber, status))
			}
		}
	}
	return files
}

// Prior is what protect needs to know of the releases before: what each cell was shown as last, however long ago. What was withheld in
// between is not forgotten, or coming back would show what it crossed meanwhile.
func Prior(l *ledger.Ledger) protect.Prior {
	prior := protect.Prior{}
	for _, r := range l.Releases {
		for id, v := range r.Cells() {
			if n, ok := v.Number(); ok {
				prior[id] = protect.Shown{N: n}
			} else if v.Status() == ledger.Small {
				prior[id] = protect.Shown{Small: true}
			}
		}
	}
	return prior
}
