// Package audit attacks what is published, as an outsider would.
//
// In: the ledger's files and, for staff, figures that the organisation printed elsewhere. Out: findings, each with the
// figures that prove it. It knows no true figure and imports nothing of the private side.
//
// Every release is compared with its own rule (rules.go), and what it shows is turned into constraints on unknown counts: every
// published figure is an interval, every table a cube (cubes.go, overlap.go; what is attacked in it: targets.go), tables that share columns one cube together, indicators that
// identities tie together one system (identities.go), and several releases tellings of one truth (reading.go). Package solve
// finds how far each count can be narrowed down (attack.go); what is too narrow is a finding with its arithmetic (proof.go).
package audit

import (
	"fmt"
	"io/fs"
	"slices"

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
	Table   string   `json:"table"`             // resource name, or the indicator
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

	solved []solved
}

// solved is a system that was kept with its answers, and what it is about.
type solved struct {
	label string
	*result
}

// Counted gives the findings that stop a release.
func (r *Report) Counted() []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Already })
}

// version of the audit, for certificates. It grows when another number of counts or systems is attacked in the same ledger.
const version = 2

// Auditor audits ledgers that grow or change little: what it solved once it remembers.
type Auditor struct {
	solver   solver
	examined map[*ledger.Release]*examined
}

// examined is what a release by itself makes.
type examined struct {
	findings []Finding // of its rule, and what is too large
	attacks  []attack
	cells    int // of class children
}

// New makes an auditor that has figures from elsewhere.
func New(known []Known) *Auditor {
	return &Auditor{solver{known: known, done: map[string]*result{}}, map[*ledger.Release]*examined{}}
}

// Run reads a whole ledger and audits it. name is the folder as diagnostics shall call it. Where the ledger cannot be read, the
// diagnostics say why and nothing is certified.
func Run(published fs.FS, name string, known []Known, diags *diag.List) *Report {
	l := ledger.Read(published, name, diags)
	if diags.Failed() {
		return &Report{Ledger: l, Findings: []Finding{}}
	}
	return New(known).Audit(l, name, diags)
}

// Audit attacks every release of a ledger by itself, and all of them together. Figures that contradict each other go to diags.
func (a *Auditor) Audit(l *ledger.Ledger, name string, diags *diag.List) *Report {
	rep := &Report{Ledger: l, Findings: []Finding{}}
	if len(l.Releases) == 0 {
		if len(l.Withdrawn) == 0 {
			diags.Errorf(diag.Pos{File: name}, "ledger/none", "name the folder that publish writes to", "expected a release to audit, found none")
		}
		return rep
	}
	var attacks []attack
	for _, r := range l.Releases {
		if a.examined[r] == nil {
			a.examined[r] = lookAt(r)
		}
		attacks = append(attacks, a.examined[r].attacks...)
	}
	union := together(l.Releases)
	jointly, partial, _ := union.attacks()
	jointly = slices.DeleteFunc(jointly, attack.clashes)
	a.solver.all(append(attacks, jointly...))

	c := &rep.Certificate
	c.Version = version
	seen := collected{map[string]bool{}, map[[2]string]bool{}}
	for _, r := range l.Releases {
		x := a.examined[r]
		rep.Findings = append(rep.Findings, x.findings...)
		c.Cells += x.cells
		for _, at := range x.attacks {
			if !a.collect(rep, r.Release.ID, at, seen) && len(x.findings) == 0 && !at.guess {
				diags.Errorf(diag.Pos{File: name + "/" + r.Release.ID}, "ledger/contradiction", "correct the figures, or accept the exception in the codebook with its explanation",
					"expected figures that can all be true: no whole numbers fit those of %s", at.label)
			}
		}
	}
	newest := l.Newest()
	var torn []attack
	for _, at := range jointly {
		if !a.collect(rep, newest.Release.ID, at, seen) && !at.guess {
			torn = append(torn, at)
		}
	}
	revised := union.revisions(l.Releases, torn)
	a.solver.all(revised)
	for _, at := range revised {
		a.collect(rep, newest.Release.ID, at, seen)
	}
	c.Audited = []string{
		"schema", "hashes", "complete-rows", "rounding-grid", "split-floor", "plan-limits", "release-history", "group-disclosure", "percentages",
		"tables-together", "quarters-and-years", "identities", "releases-together",
	}
	if slices.ContainsFunc(newest.Indicators, func(ind ledger.Indicator) bool { return ind.Measure == "median" }) {
		c.Audited = append(c.Audited, "medians")
	}
	c.NotAudited = []string{"what-others-publish", "what-insiders-know", "combinations-beyond-those-listed"}
	c.Partial = append([]string{}, partial...)
	slices.Sort(c.Partial)
	c.Partial = slices.Compact(c.Partial)
	rep.checkCertificate(l)
	return rep
}

// lookAt looks at a release by itself, with what is told by the releases before it of how its values were made.
func lookAt(r *ledger.Release) *examined {
	x := &examined{findings: examine(r)}
	for _, t := range r.Tables {
		if r.Indicator(t.Indicator).Class == "children" {
			x.cells += len(t.Cells)
		}
	}
	attacks, _, tooLarge := one(r).attacks()
	for _, f := range tooLarge {
		f.Release = r.Release.ID
		x.findings = append(x.findings, f)
	}
	x.attacks = attacks
	return x
}

// collected is what a report has: systems by their keys, and findings by release and proof.
type collected struct {
	keys     map[string]bool
	findings map[[2]string]bool
}

// collect takes over what came of an attack, and says false where no whole numbers fit.
func (a *Auditor) collect(rep *Report, release string, at attack, seen collected) bool {
	r := a.solver.done[at.key]
	if !seen.keys[at.key] && r.feasible {
		seen.keys[at.key] = true
		c := &rep.Certificate
		c.Systems++
		c.Targets += r.targets
		c.Statements += r.says
		if r.narrow > 0 && (c.Narrowest == 0 || r.narrow < c.Narrowest) {
			c.Narrowest = r.narrow
		}
		if r.system != nil {
			rep.solved = append(rep.solved, solved{at.label, r})
		}
	}
	for _, f := range r.findings {
		f.Release = release
		if id := [2]string{f.Release, f.Proof}; !seen.findings[id] {
			seen.findings[id] = true
			rep.Findings = append(rep.Findings, f)
		}
	}
	return r.feasible
}

// checkCertificate compares what the newest release claims to be certified with what was looked at here. It may claim less: an audit
// that has learnt to look at more must not find fault with what an earlier one wrote. What was withdrawn since cannot be counted
// again.
func (rep *Report) checkCertificate(l *ledger.Ledger) {
	r := l.Newest()
	c, mine := r.Certificate, rep.Certificate
	if c == nil || len(l.Withdrawn) > 0 {
		return
	}
	claim := func(format string, args ...any) {
		rep.Findings = append(rep.Findings, Finding{Release: r.Release.ID, Rule: "certificate", Cells: []string{}, Proof: fmt.Sprintf("the release claims "+format, args...)})
	}
	for _, check := range c.Audited {
		if !slices.Contains(mine.Audited, check) {
			claim("that %s was audited; this audit does not know it", check)
		}
	}
	if c.Cells != mine.Cells || c.Version == mine.Version && (c.Targets > mine.Targets || c.Systems > mine.Systems || c.Statements > mine.Statements) {
		claim("%d cells, %d targets, %d systems and %d statements; there are %d, %d, %d and %d",
			c.Cells, c.Targets, c.Systems, c.Statements, mine.Cells, mine.Targets, mine.Systems, mine.Statements)
	}
	if c.Version == mine.Version && mine.Narrowest > 0 && c.Narrowest > mine.Narrowest {
		claim("that a small count is left with %d values at least; here it is %d", c.Narrowest, mine.Narrowest)
	}
}
