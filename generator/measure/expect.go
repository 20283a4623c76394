package measure

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// Check compares true figures with what the codebook expects of them: that parts add up to their total, that nothing stands
// where nothing can, and that every expectation holds. It reports each that does not, with both figures, their rows and the
// difference, to staff. What the codebook accepts is not reported; what it accepts without need is.
func Check(cb *codebook.Codebook, counters []*Counter, plans []Plan, diags *diag.List) {
	c := checker{cb: cb, diags: diags, used: map[string]bool{}, exports: book{}, plans: planned(cb), known: told(cb, cb.Known)}
	for _, plan := range plans {
		c.exports.add(plan)
		ind := owner{plan.Indicator.ID, plan.Indicator.At, plan.Indicator.Accepts, diag.Error}
		if plan.Additive {
			for s := range unequal(plan.Indicator.ID, plan.Rungs[0]) {
				c.found(ind, "expectation/parts", s.total.Period, "correct the export, or set  parts: overlap  if one person may stand in several parts",
					"%s to be the sum of its parts by %s: %s", s.id, s.by, s.difference())
			}
		}
		checkImpossible(plan, diags)
	}
	for _, e := range cb.Expectations {
		c.pairs(e)
		c.words(e)
	}
	for _, counter := range counters {
		counter.check(c)
	}
	for _, e := range cb.Expectations {
		c.stale(e.ID, e.Accepts)
	}
	for _, ind := range cb.Indicators {
		c.stale(ind.ID, ind.Accepts)
	}
	for _, d := range cb.Datasets {
		c.stale(d.ID, d.Accepts)
	}
}

// checker holds what expectations are compared with, and what of the accepted exceptions was needed.
type checker struct {
	cb                    *codebook.Codebook
	diags                 *diag.List
	used                  map[string]bool
	exports, plans, known book
}

// owner is what an expectation hangs on.
type owner struct {
	id       string
	at       diag.Pos
	accepts  []codebook.Accept
	severity diag.Severity
}

func ownerOf(e *codebook.Expectation) owner {
	s := owner{e.ID, e.At, e.Accepts, diag.Error}
	if e.Severity == "warning" {
		s.severity = diag.Warning
	}
	return s
}

// correct and correctWords are how to mend what does not hold. Behind them stands the command that accepts it.
const (
	correct      = "correct the export"
	correctWords = "correct the codebook"
)

// found reports what does not hold, unless the codebook accepts it for the period.
func (c checker) found(s owner, code string, period calendar.Period, hint, format string, args ...any) {
	if codebook.Accepted(s.accepts, period) != nil {
		c.used[s.id+" "+period.String()] = true
		return
	}
	when := period.String()
	if period == (calendar.Period{}) {
		when = "PERIOD"
	}
	hint += "; where nobody can, accept it with a public reason:  " + Accepting(s.id, when)
	c.diags.Add(diag.Diagnostic{Pos: s.at, Severity: s.severity, Code: code, Msg: fmt.Sprintf("expected "+format, args...), Hint: hint})
}

// Accepting is the command that accepts what does not hold. Hints end with it.
func Accepting(id, period string) string { return "impact accept " + id + " " + period }

// stale reports accepted exceptions that nothing needs any more.
func (c checker) stale(id string, accepts []codebook.Accept) {
	for _, a := range accepts {
		if !c.used[id+" "+a.Period.ID] {
			c.diags.Errorf(a.Period.At, "expectation/stale", "delete the entry", "expected an exception that is needed: in %s the figures agree", a.Period.ID)
		}
	}
}

// book finds figures by indicator, period and where: what a cell's id says behind the period.
type book map[string]map[place]amount

type place struct {
	period calendar.Period
	where  string
}

// amount is a figure and the row that it comes from.
type amount struct {
	value int64
	from  string
	told  bool
}

func (b book) put(id string, at place, a amount) {
	if b[id] == nil {
		b[id] = map[place]amount{}
	}
	b[id][at] = a
}

func (b book) add(plan Plan) {
	t := plan.Rungs[0]
	for _, c := range t.Cells {
		b.put(plan.Indicator.ID, placeOf(plan.Indicator.ID, c.Period, cell.ID(plan.Indicator.ID, c.Period.String(), t.Names(), c.Codes)),
			amount{c.Value, c.From.String(), c.State == Counted})
	}
}

func placeOf(indicator string, p calendar.Period, id string) place {
	return place{p, strings.TrimPrefix(id, indicator+"/"+p.String())}
}

// told is a book of figures that stand in the codebook.
func told(cb *codebook.Codebook, figures []codebook.Figure) book {
	b := book{}
	for _, f := range figures {
		b.put(f.Indicator, placeOf(f.Indicator, f.Period, cb.CellOf(f)), amount{f.Value, f.At.String(), true})
	}
	return b
}

// planned is the book of plans. Where all parts by one column are planned and the total is not, it is their sum.
func planned(cb *codebook.Codebook) book {
	b := told(cb, cb.Targets)
	for _, ind := range cb.Indicators {
		for _, by := range ind.Breakdowns {
			if len(by) != 1 || ind.Parts == "overlap" {
				continue
			}
			list := cb.ListOf(ind, by[0].ID)
			for _, at := range b.places(ind.ID) {
				sum, rows := int64(0), 0
				for _, code := range list.IDs() {
					if part, ok := b[ind.ID][place{at.period, "/" + by[0].ID + "=" + code}]; ok {
						sum, rows = sum+part.value, rows+1
					}
				}
				total := place{period: at.period}
				if _, has := b[ind.ID][total]; !has && rows == len(list.Codes) {
					b.put(ind.ID, total, amount{sum, fmt.Sprintf("%s and %d more rows", b[ind.ID][at].from, rows-1), true})
				}
			}
		}
	}
	return b
}

// places lists where an indicator has figures, in order.
func (b book) places(indicator string) []place {
	return slices.SortedFunc(maps.Keys(b[indicator]), func(p, q place) int {
		if c := p.period.Compare(q.period); c != 0 {
			return c
		}
		return strings.Compare(p.where, q.where)
	})
}

// check reports what the rows of a dataset do not bear out: in tables that are made to be checked, in percentages beside counts, and
// in single rows.
func (c *Counter) check(to checker) {
	for _, n := range c.checks {
		e := to.cb.Expectations[slices.IndexFunc(to.cb.Expectations, func(e *codebook.Expectation) bool { return e.ID == n.indicator.ID })]
		by := columns(to.cb.Dataset(e.Dataset.ID), e.By)
		t := c.table(c.sumsOf(n, by), by, Closed(c.Periods()), e.Absent == "zero")
		switch e.Kind {
		case "echo":
			to.echoes(e, t)
			continue
		case "flow":
			to.flow(e, t)
			continue
		}
		for s := range unequal(e.ID, t) {
			to.found(ownerOf(e), "expectation/parts", s.total.Period, correct, "%s to be the sum of its parts by %s: %s", s.id, s.by, s.difference())
		}
	}
	to.shares(c)
	for _, r := range c.rows {
		for _, f := range r.found {
			to.found(ownerOf(r.expectation), "expectation/"+r.expectation.Kind, f.period, correct, "%s to hold for %s: %s", r.expectation.ID, f.period, f.msg)
		}
	}
}

// sum is a total that its told parts do not add up to.
type sum struct {
	id, by string
	total  Cell
	parts  []Cell
	value  int64
}

func (s sum) difference() string {
	var from Origin
	for _, p := range s.parts {
		from = from.and(p.From)
	}
	return fmt.Sprintf("the total is %d (%s), the parts give %d (%s), a difference of %d", s.total.Value, s.total.From, s.value, from, distance(s.value, s.total.Value))
}

// unequal goes through the totals of a table and gives those that are not the sum of their parts by one attribute, where all
// parts are told.
func unequal(name string, t Table) iter.Seq[sum] {
	id := func(c Cell, codes []string) string { return cell.ID(name, c.Period.String(), t.Names(), codes) }
	byID := map[string]Cell{}
	for _, c := range t.Cells {
		byID[id(c, c.Codes)] = c
	}
	return func(yield func(sum) bool) {
		for _, total := range t.Cells {
			for i, code := range total.Codes {
				if code != codebook.Total || total.State != Counted {
					continue
				}
				s := sum{id: id(total, total.Codes), by: t.Attributes[i].Column.Name, total: total}
				told := true
				for _, part := range t.Attributes[i].Codes {
					codes := slices.Clone(total.Codes)
					codes[i] = part
					c := byID[id(total, codes)]
					told = told && c.State != Missing
					s.parts, s.value = append(s.parts, c), s.value+c.Value
				}
				if told && s.value != total.Value && !yield(s) {
					return
				}
			}
		}
	}
}

// checkImpossible reports figures in cells that the codebook says cannot occur.
func checkImpossible(plan Plan, diags *diag.List) {
	t := plan.Rungs[0]
	for _, c := range t.Cells {
		if c.State == Impossible && c.Value > 0 {
			diags.Errorf(plan.Indicator.At, "expectation/impossible", "correct the export, or take the combination out of 'impossible'",
				"expected no figure for %s, which cannot occur: found %d (%s)", cell.ID(plan.Indicator.ID, c.Period.String(), t.Names(), c.Codes), c.Value, c.From)
		}
	}
}

func distance(a, b int64) int64 { return max(a-b, b-a) }
