package measure

import (
	"slices"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/inspect"
)

// daysOf counts days since 1900, which no date lies before.
func daysOf(day time.Time) uint32 { return uint32(day.Sub(dayZero) / (24 * time.Hour)) }

var dayZero = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// Reaches says up to which quarter a register tells all, and who remembers its spells. It is called before Count, and not at all where
// exports add up.
func (c *Counter) Reaches(until calendar.Period, spells *inspect.Inspector) {
	c.until, c.spells = until, spells
}

// dateOf is the place of a column in inspect.Dates.
func dateOf(d *codebook.Dataset, r codebook.Ref) int {
	return slices.IndexFunc(inspect.Dates(d), func(c *codebook.Column) bool { return c.Name == r.ID })
}

// dating finds the columns that date the rows of an indicator, and what is kept of each row beside its count.
func (n *counts) dating(d *codebook.Dataset) {
	place := func(r codebook.Ref) int { return dateOf(d, r) }
	switch ind := n.indicator; {
	case ind.Measure == "stock" && d.Spell != nil:
		n.spell = []int{place(d.Spell.From), place(d.Spell.To)}
	case ind.Again > 0:
		n.day, n.leaving = place(d.Spell.To), true
	case ind.Measure == "median":
		n.day, n.spell, n.members = place(*ind.Dated), []int{place(d.Spell.From), place(d.Spell.To)}, true
	case ind.Dated != nil:
		n.day = place(*ind.Dated)
	}
	if n.indicator.Measure == "distinct" {
		n.members = true
	}
}

// member is what is kept of a row where sums will not do: its number, its person, or the days that its spell lasted.
func (n *counts) member(rec inspect.Record) uint32 {
	switch {
	case n.leaving:
		return rec.Row
	case n.indicator.Measure == "distinct":
		return rec.Person
	}
	return daysOf(rec.Days[n.spell[1]]) - daysOf(rec.Days[n.spell[0]])
}

// dates are the periods in which a record counts: that of its day, or of a stock each quarter on whose first or last day the spell
// lasted. The day on which a spell begins or ends belongs to what came and went, so that what was there at first, and came, and did
// not go, is there at last. They are good until the next ones are asked for.
func (c *Counter) dates(n *counts, rec inspect.Record) []calendar.Period {
	all := c.within[:0]
	switch {
	case n.indicator.Measure == "stock" && n.spell != nil:
		first, behind := rec.Quarters[n.spell[0]], c.until.Next()
		if end := rec.Quarters[n.spell[1]]; !rec.Days[n.spell[1]].IsZero() && end.Compare(c.until) <= 0 {
			behind = end
		}
		if n.indicator.On == "first-day" {
			first, behind = first.Next(), behind.Next()
		}
		for q := first; q.Compare(behind) < 0; q = q.Next() {
			all = append(all, q)
		}
	case n.day < 0:
		all = append(all, rec.Period)
	case !rec.Days[n.day].IsZero():
		all = append(all, rec.Quarters[n.day])
	}
	c.within = all
	return all
}

// see notes which periods a record tells of. A register that is exported whole tells of every
// quarter from its first row on to its last day, whether or not anything happened in it.
func (c *Counter) see(rec inspect.Record) {
	c.seen[rec.Period] = true
	if c.begins < 0 {
		return
	}
	if began := rec.Quarters[c.begins]; began != rec.Period {
		c.seen[began] = true
	}
}

// fill marks the quarters between the first that a register tells of and its last.
func (c *Counter) fill() {
	if c.until.Kind == "" || !c.register || len(c.seen) == 0 {
		return
	}
	for q := c.first(); q.Compare(c.until) <= 0; q = q.Next() {
		c.seen[q] = true
	}
}

// told says whether all that a figure of a period counts has happened by the last day of the register. Who was there on the day on which it
// begins it does not tell: those who came before are in another book.
func (c *Counter) told(n *counts, period calendar.Period) bool {
	if n.indicator.On == "first-day" && n.spell != nil && n.edge(period) == c.first() {
		return false
	}
	if c.until.Kind == "" || period.Kind == calendar.Undated {
		return true
	}
	_, last := c.cb.Calendar().Bounds(period)
	_, end := c.cb.Calendar().Bounds(c.until)
	return !last.AddDate(0, n.indicator.Again, 0).After(end)
}

// first is the first quarter that a register tells of, or no period.
func (c *Counter) first() (first calendar.Period) {
	if all := c.Periods(); len(all) > 0 {
		first = all[0]
	}
	for parts := first.Parts(); len(parts) > 0; parts = first.Parts() {
		first = parts[0]
	}
	return first
}

// edge is the quarter on whose first or last day a stock of spells is counted for a period; for other figures the period itself.
func (n *counts) edge(period calendar.Period) calendar.Period {
	if n.indicator.Measure != "stock" || n.spell == nil {
		return period
	}
	for parts := period.Parts(); len(parts) > 0; parts = period.Parts() {
		if period = parts[len(parts)-1]; n.indicator.On == "first-day" {
			period = parts[0]
		}
	}
	return period
}

// returned counts of those who left the ones who came back in time.
func (n *counts) returned(spells *inspect.Inspector) {
	if !n.leaving {
		return
	}
	n.leaving = false
	for _, s := range n.sums {
		for k, t := range s.all {
			left := t.members
			t.members = nil
			for _, piece := range left {
				for _, row := range piece {
					if spells.Back(row, n.indicator.Again) {
						file, line := spells.Source(row)
						s.tell(k, 1, Origin{file, line, 1})
					}
				}
			}
			if t.value == 0 {
				delete(s.all, k)
			}
		}
	}
}

// fold puts what cannot be added together in place of sums: people each once, or the median of days.
func (n *counts) fold(sums map[string]tally, all map[string]members) {
	if !n.members {
		return
	}
	var seen []uint64
	for at, m := range all {
		t := sums[at]
		if n.indicator.Measure == "distinct" {
			if bits := int(m.most()/64) + 1; len(seen) < bits {
				seen = make([]uint64, bits)
			}
			t.value = m.distinct(seen)
		} else {
			t.value = m.median()
		}
		sums[at] = t
	}
}

// Medians makes the tables of the dataset's medians over the given periods. They climb no ladder of their own: each rung stands for a table
// of what the median is of, and is shown where that is.
func (c *Counter) Medians(periods []calendar.Period) []Plan {
	var plans []Plan
	for _, n := range c.counts {
		if n.indicator.Measure != "median" {
			continue
		}
		ind := c.cb.Indicator(n.indicator.ID)
		own := slices.DeleteFunc(slices.Clone(periods), func(p calendar.Period) bool { return !slices.Contains(ind.Periods, string(p.Kind)) })
		for _, b := range breakdowns(ind) {
			plan := Plan{Indicator: ind, Class: c.cb.ClassOf(ind)}
			for _, rung := range c.dataset.Ladder(b) {
				plan.Rungs = append(plan.Rungs, c.table(c.sumsOf(n, rung), rung, own, c.dataset.Absent == "zero"))
			}
			plan.ID = cell.Table(ind.ID, plan.Rungs[0].Names())
			plans = append(plans, plan)
		}
	}
	return plans
}
