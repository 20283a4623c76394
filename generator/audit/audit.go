// Package audit attacks what is published, as an outsider would.
//
// In: the ledger's files and, for staff, figures that the organisation printed elsewhere. Out: findings, each with the
// figures that prove it. It knows no true figure and imports nothing of the private side.
//
// What it does so far: the reader's checks (schema, hashes, complete rows, one value a cell), the rounding grid, the split floor,
// the limits of the table plan, and the intervals that each sum within one table allows, a year and its quarters included. It does
// not yet attack tables that are linked with one another, joint sub-cubes or several releases together, and its certificate says
// so.
package audit

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
)

// Known is an exact figure about protected people that an attacker may have from elsewhere. Cell is a cell.ID.
type Known struct {
	Cell  string
	Value int64
}

// Finding is something that a release gives away or does against its own rule.
type Finding struct {
	Release string   `json:"release"`
	Table   string   `json:"table"`             // resource name
	Plan    string   `json:"plan"`              // the entry of the table plan that has to climb
	Rule    string   `json:"rule"`              // which check found it
	Cells   []string `json:"cells"`             // the figures that prove it
	Proof   string   `json:"proof"`             // the arithmetic in words
	Already bool     `json:"already,omitempty"` // what is known from elsewhere gives it alone: listed for staff, not counted
}

// Report is what an audit found.
type Report struct {
	Findings    []Finding          `json:"findings"`
	Certificate ledger.Certificate `json:"certificate"`
	Ledger      *ledger.Ledger     `json:"-"` // as read, for whoever goes on with it
}

// Counted gives the findings that stop a release.
func (r *Report) Counted() []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Already })
}

// Run audits a whole ledger. name is the folder as diagnostics shall call it. Where the ledger cannot be read, the
// diagnostics say why and nothing is certified.
func Run(published fs.FS, name string, known []Known, diags *diag.List) *Report {
	l := ledger.Read(published, name, diags)
	rep := &Report{Ledger: l, Findings: []Finding{}}
	if diags.Failed() {
		return rep
	}
	var cells []string
	for _, r := range l.Releases {
		a := attacker{release: r, known: known, report: rep}
		for _, t := range r.Tables {
			a.limits(t)
			if r.Indicator(t.Indicator).Class == "children" {
				a.grid(t)
				a.floors(t)
				a.sums(t)
				for _, c := range t.Cells {
					cells = append(cells, r.Release.ID+" "+c.ID)
				}
			}
		}
	}
	if len(l.Releases) == 0 {
		diags.Errorf(diag.Pos{File: name}, "ledger/none", "name the folder that publish writes to", "expected a release to audit, found none")
		return rep
	}
	slices.Sort(cells)
	rep.Certificate.Cells = len(slices.Compact(cells))
	rep.Certificate.Audited = []string{"schema", "hashes", "complete-rows", "rounding-grid", "split-floor", "plan-limits", "sums-within-a-table", "quarters-in-a-year"}
	rep.Certificate.NotAudited = []string{"linked-tables", "joint-sub-cubes", "releases-over-time"}
	rep.checkCertificate(l.Newest())
	return rep
}

// checkCertificate compares what the newest release claims to be certified with what was looked at here.
func (rep *Report) checkCertificate(r *ledger.Release) {
	c := r.Certificate
	if c == nil {
		return // a draft
	}
	for _, check := range c.Audited {
		if !slices.Contains(rep.Certificate.Audited, check) {
			rep.Findings = append(rep.Findings, Finding{Release: r.Release.ID, Rule: "certificate", Proof: fmt.Sprintf("the release claims that %s was audited; this audit does not know it", check)})
		}
	}
	if c.Cells != rep.Certificate.Cells {
		rep.Findings = append(rep.Findings, Finding{Release: r.Release.ID, Rule: "certificate", Proof: fmt.Sprintf("the release claims that %d cells were audited; there are %d", c.Cells, rep.Certificate.Cells)})
	}
}

// attacker works on one release.
type attacker struct {
	release *ledger.Release
	known   []Known
	report  *Report
}

func (a *attacker) found(t *ledger.Table, rule string, cells []string, proof string, args ...any) {
	a.report.Findings = append(a.report.Findings, Finding{
		Release: a.release.Release.ID, Table: t.Name, Plan: t.Plan, Rule: rule, Cells: cells, Proof: fmt.Sprintf(proof, args...),
	})
}

// grid finds figures of class children that the rule cannot have made: numbers below the threshold or off the grid.
func (a *attacker) grid(t *ledger.Table) {
	rule := a.release.Rule
	for _, c := range t.Cells {
		if n, ok := c.Value.Number(); ok && (n < rule.Threshold || n%rule.Base != 0) {
			a.found(t, "rounding-grid", []string{c.ID}, "%s is shown as %d; the rule shows numbers of children from %d on, as multiples of %d", c.ID, n, rule.Threshold, rule.Base)
		}
	}
}

// floors finds cells that are shown, or said to be missing, though a figure above them is too small to be split, and cells that
// are withheld though none is: a reader who knows the rule must be able to predict each "..".
func (a *attacker) floors(t *ledger.Table) {
	names := t.Names()
	for _, c := range t.Cells {
		status := c.Value.Status()
		if status == ledger.Impossible {
			continue
		}
		low, untold := "", false
		for i, code := range c.Codes {
			if code == cell.Total {
				continue
			}
			up := slices.Clone(c.Codes)
			up[i] = cell.Total
			above := cell.ID(t.Indicator, c.Period, names, up)
			v, _ := a.release.Value(above)
			switch n, ok := v.Number(); {
			case v.Status() == ledger.Missing || v.Status() == ledger.Impossible:
				untold = true
			case !ok || n < a.release.Rule.SplitFloor:
				low = above
			}
		}
		switch {
		case low != "" && status != ledger.Withheld:
			a.found(t, "split-floor", []string{c.ID, low}, "%s is told, though %s is not shown as %d or more", c.ID, low, a.release.Rule.SplitFloor)
		case low == "" && untold && status != ledger.Withheld && status != ledger.Missing:
			a.found(t, "split-floor", []string{c.ID}, "%s is shown, though a figure above it is not reported", c.ID)
		case low == "" && !untold && status == ledger.Withheld:
			a.found(t, "split-floor", []string{c.ID}, "%s is withheld, though the figures above it are large enough: the sign itself would say something", c.ID)
		}
	}
}

// limits finds tables that the plan's limits forbid: too many attributes for their periods, lists too fine for children, or codes
// that their list does not have.
func (a *attacker) limits(t *ledger.Table) {
	ind := a.release.Indicator(t.Indicator)
	for _, at := range t.Attributes {
		list := a.release.List(at.List)
		if list.OpenOnly && ind.Class == "children" {
			a.found(t, "plan-limits", nil, "the attribute %s uses the list %s, which is too fine for tables of class children", at.Name, at.List)
		}
		for _, code := range at.Codes {
			if list.Label(code, "") == code {
				a.found(t, "plan-limits", nil, "the attribute %s has the code %s, which the list %s does not have", at.Name, code, at.List)
			}
		}
	}
	if ind.Class != "children" {
		return
	}
	for _, id := range t.Periods() {
		p, err := calendar.Parse(id)
		if err != nil {
			a.found(t, "plan-limits", nil, "the table has the period %s, which is neither a year nor a quarter", id)
			continue
		}
		limit := a.release.Rule.MaxByYear
		if p.Kind == calendar.Quarter {
			limit = a.release.Rule.MaxByQuarter
		}
		if len(t.Attributes) > limit {
			a.found(t, "plan-limits", nil, "the table has %d attributes for the %s %s, the plan allows %d", len(t.Attributes), p.Kind, id, limit)
		}
	}
}

// sums attacks every sum within a table: a total and its parts by one attribute, at whatever codes the others have, and a year
// and its quarters. Given the others, each of them lies in an interval; a narrow one that holds small counts is a finding.
func (a *attacker) sums(t *ledger.Table) {
	byID := map[string]ledger.Cell{}
	for _, c := range t.Cells {
		byID[c.ID] = c
	}
	names := t.Names()
	for _, total := range t.Cells {
		if t.OverTime {
			a.sum(t, total, quarters(t, byID, total), true)
		}
		if _, ok := a.release.Indicator(t.Indicator).Except[total.Period]; ok {
			continue // the organisation says that the parts do not add up
		}
		for i, code := range total.Codes {
			if code != cell.Total {
				continue
			}
			var parts []ledger.Cell
			for _, code := range t.Attributes[i].Codes {
				codes := slices.Clone(total.Codes)
				codes[i] = code
				parts = append(parts, byID[cell.ID(t.Indicator, total.Period, names, codes)])
			}
			a.sum(t, total, parts, t.Additive)
		}
	}
}

// quarters gives the cells of a year's quarters; of anything else none.
func quarters(t *ledger.Table, byID map[string]ledger.Cell, year ledger.Cell) []ledger.Cell {
	p, err := calendar.Parse(year.Period)
	if err != nil || p.Kind != calendar.Year {
		return nil
	}
	var parts []ledger.Cell
	for q := 1; q <= 4; q++ {
		quarter := calendar.Period{Kind: calendar.Quarter, Year: p.Year, Quarter: q}
		if c, ok := byID[cell.ID(t.Indicator, quarter.String(), t.Names(), year.Codes)]; ok {
			parts = append(parts, c)
		}
	}
	return parts
}

// sum attacks one sum. Where some parts are not reported an attacker may take it that the total was made of the others. Where the
// parts overlap, the total is at least the largest and at most their sum. A figure that stood in an earlier release is read
// both ways: as one that was kept, with wider bounds, and as one that is still true as it was first shown.
func (a *attacker) sum(t *ledger.Table, total ledger.Cell, parts []ledger.Cell, additive bool) {
	parts = slices.DeleteFunc(parts, func(c ledger.Cell) bool { return c.Value.Status() == ledger.Missing })
	if total.Value.Status() == ledger.Missing || len(parts) == 0 {
		return
	}
	alone := propagate(a.knownOnly(total), each(parts, a.knownOnly), additive)
	for i, c := range append([]ledger.Cell{total}, parts...) {
		if c.Value.Status() == ledger.Impossible {
			continue
		}
		for _, reading := range []func(ledger.Cell) interval{a.fresh, a.kept} {
			iv, threshold, narrowest := propagate(reading(total), each(parts, reading), additive)[i], a.release.Rule.Threshold, &a.report.Certificate.Narrowest
			if iv.holdsSmall(threshold) && !alone[i].narrow(threshold) && (*narrowest == 0 || iv.values() < *narrowest) {
				*narrowest = iv.values()
			}
			if !iv.narrow(threshold) {
				continue
			}
			ids := []string{total.ID}
			for _, p := range parts {
				ids = append(ids, p.ID)
			}
			a.found(t, "sums-within-a-table", ids, "%s can only be %s: %s", c.ID, iv, tell(total, parts, reading))
			a.report.Findings[len(a.report.Findings)-1].Already = alone[i] == iv
			break
		}
	}
}

// each reads several cells.
func each(cells []ledger.Cell, reading func(ledger.Cell) interval) []interval {
	out := make([]interval, len(cells))
	for i, c := range cells {
		out[i] = reading(c)
	}
	return out
}

// tell writes the sum as a reader sees it.
func tell(total ledger.Cell, parts []ledger.Cell, reading func(ledger.Cell) interval) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s is %s", total.ID, reading(total))
	for i, p := range parts {
		sep := ", and it is the sum of "
		if i > 0 {
			sep = " and "
		}
		fmt.Fprintf(&b, "%s%s (%s)", sep, p.ID, reading(p))
	}
	return b.String()
}
