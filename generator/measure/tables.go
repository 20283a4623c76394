package measure

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
)

// Plans makes the tables of the dataset's indicators over the given periods, in the codebook's order. Each indicator has at
// least its total. Years, quarters and three years have ladders of their own: what a quarter is too small for, its year may show.
func (c *Counter) Plans(periods []calendar.Period) []Plan {
	var plans []Plan
	for _, n := range c.counts {
		if n.indicator.Measure == "median" {
			continue // made from what its count shows
		}
		n.returned(c.spells)
		d := c.dataset
		for _, b := range breakdowns(n.indicator) {
			rungs := d.Ladder(b)
			narrow := make([]*sums, len(rungs))
			for i, rung := range rungs {
				from := c.sumsOf(n, rung)
				if n.same != nil {
					people := *c.sumsOf(n.same, rung)
					people.counts, from = n, &people
				}
				if i > 0 && !slices.ContainsFunc(rung, func(col *codebook.Column) bool { return !slices.Contains(rungs[i-1], col) }) {
					from = narrow[i-1] // has all that is needed, in fewer sums
				}
				narrow[i] = c.narrow(from, rung)
			}
			for _, kind := range []calendar.Kind{calendar.Year, calendar.Quarter, calendar.ThreeYears} {
				plan := Plan{Indicator: n.indicator, Class: d.Class, Additive: additive(n.indicator, d, b), Kind: kind}
				own := plan.periods(periods)
				if plan.Optional() && (len(own) == 0 || kind == calendar.ThreeYears && n.indicator.Measure == "stock") {
					continue
				}
				for i, rung := range rungs {
					t := c.table(narrow[i], rung, own, d.Absent == "zero")
					if n.other != nil {
						t = n.other.both(t, own)
					}
					plan.Rungs = append(plan.Rungs, t)
				}
				plan.ID = cell.Table(n.indicator.ID, plan.Rungs[0].Names()) + "/" + string(kind)
				plans = append(plans, plan)
			}
		}
	}
	return plans
}

// periods picks those that a plan is for. What is undated stands with the years.
func (p Plan) periods(all []calendar.Period) []calendar.Period {
	return slices.DeleteFunc(slices.Clone(all), func(period calendar.Period) bool {
		kind := period.Kind
		if kind == calendar.Undated {
			kind = calendar.Year
		}
		return kind != p.Kind || !slices.Contains(p.Indicator.Periods, string(period.Kind))
	})
}

// breakdowns lists the tables of an indicator; the total alone is one without columns.
func breakdowns(ind *codebook.Indicator) [][]codebook.Ref {
	if len(ind.Breakdowns) == 0 {
		return [][]codebook.Ref{{}}
	}
	return ind.Breakdowns
}

// additive says whether the parts of a breakdown add up to its total. Distinct people may stand in several parts.
func additive(ind *codebook.Indicator, d *codebook.Dataset, b []codebook.Ref) bool {
	return ind.Parts != "overlap" && ind.Measure != "distinct" && !overlaps(d, b)
}

// overlaps says whether a record may stand in several parts of a breakdown.
func overlaps(d *codebook.Dataset, b []codebook.Ref) bool {
	return slices.ContainsFunc(b, func(r codebook.Ref) bool { return d.Column(r.ID).Type == "codes" })
}

// ladders lists for each breakdown of an indicator the columns that its tables may have.
func ladders(d *codebook.Dataset, ind *codebook.Indicator) (all [][]*codebook.Column) {
	for _, b := range ind.Breakdowns {
		all = append(all, slices.Concat(d.Ladder(b)...))
	}
	return all
}

func columns(d *codebook.Dataset, refs []codebook.Ref) (all []*codebook.Column) {
	for _, r := range refs {
		all = append(all, d.Column(r.ID))
	}
	return all
}

// coarser lists the columns that a column leads to, the nearest first.
func (c *Counter) coarser(d *codebook.Dataset, col *codebook.Column) []Step {
	var steps []Step
	of := map[string]string{}
	for _, code := range c.codes(d, col) {
		of[code] = code
	}
	for _, up := range d.Coarser(col) {
		next := map[string]string{}
		for code, now := range of {
			next[code] = c.cb.List(col.List.ID).Code(now).Parent
		}
		steps, of, col = append(steps, Step{up.Name, next}), next, up
	}
	return steps
}

// codes lists the rows that an attribute has: all codes of its list; of a derived column those that some code of the column
// below leads to. The data have no say in it.
func (c *Counter) codes(d *codebook.Dataset, col *codebook.Column) []string {
	all := c.cb.List(col.List.ID).IDs()
	if col.From == nil {
		return all
	}
	below := d.Column(col.From.ID)
	list := c.cb.List(below.List.ID)
	var reached []string
	for _, id := range c.codes(d, below) {
		reached = append(reached, list.Code(id).Parent)
	}
	return slices.DeleteFunc(all, func(id string) bool { return !slices.Contains(reached, id) })
}

func (c *Counter) table(n *sums, columns []*codebook.Column, periods []calendar.Period, absentIsZero bool) Table {
	d := c.dataset
	t := Table{}
	for _, col := range columns {
		t.Attributes = append(t.Attributes, Attribute{col, c.codes(d, col), c.coarser(d, col)})
	}
	combos := cell.Rows(t.codes())
	for _, p := range periods {
		told := c.told(n.counts, p)
		for _, m := range c.margins(n, columns, p) {
			for _, codes := range combos {
				if marginOf(codes) != m.mask {
					continue
				}
				out := Cell{Period: p, Codes: codes}
				at := strings.Join(codes, sep)
				sum, ok := m.sums[at]
				if told {
					out.Rows, out.Value, out.From = m.rows[at], sum.value, sum.from
				}
				if n.paired {
					out.people = m.people[at]
				}
				switch {
				case impossible(n.indicator, columns, codes):
					out.State = Impossible // a value here is reported by Check
				case !told:
				case ok:
					out.State = Counted
				case absentIsZero && (m.reported || c.spans(p)):
					out.State = Counted
				}
				t.Cells = append(t.Cells, out)
			}
		}
	}
	slices.SortStableFunc(t.Cells, func(a, b Cell) int { return a.Period.Compare(b.Period) })
	return t
}

// marginOf says which attributes of a row name a code, as a set of bits.
func marginOf(codes []string) (mask uint64) {
	for i, code := range codes {
		if code != codebook.Total {
			mask |= 1 << i
		}
	}
	return mask
}

func impossible(ind *codebook.Indicator, columns []*codebook.Column, codes []string) bool {
	return slices.ContainsFunc(ind.Impossible, func(combination map[string]codebook.Ref) bool {
		for name, r := range combination {
			i := slices.IndexFunc(columns, func(c *codebook.Column) bool { return c.Name == name })
			if i < 0 || codes[i] != r.ID {
				return false
			}
		}
		return true
	})
}

// margin holds the sums of one margin of a table in one period.
type margin struct {
	mask     uint64
	reported bool
	sums     map[string]tally
	rows     map[string][]string
	people   map[string]members // of what cannot be added: or days
}

// margins gives each margin of a table its sums. Where a figure is told in several ways, the most direct one counts: rows dated by
// the period itself before those of its quarters, then, quarter by quarter and for each of the things that rows may be about,
// those that name the fewest codes beside the margin's own, so that a printed total is taken as printed. A figure that some quarter
// or thing does not tell of is not reported: a part of it would be a wrong figure. Stocks are never added over time.
func (c *Counter) margins(n *sums, columns []*codebook.Column, period calendar.Period) []margin {
	place := make([]int, len(columns)) // of each column among the key's codes
	bit := make([]uint64, len(columns))
	for i, col := range columns {
		place[i] = slices.Index(n.columns, slices.Index(c.coded, col))
		if base := c.base(col); c.coded[base].Total || c.tally {
			bit[i] = 1 << base
		}
	}
	own := c.rowsOf(n, period)
	var all []margin
	for mask := range uint64(1) << len(columns) {
		var need uint64
		for i := range columns {
			if mask&(1<<i) != 0 {
				need |= bit[i]
			}
		}
		own := own
		if c.tally {
			own = exactly(own, need)
		}
		m := margin{mask: mask, sums: map[string]tally{}, rows: map[string][]string{}, people: map[string]members{}}
		// where a row counts in this margin, and whether that figure lacks a part
		best, lacks := tellings(own, need), map[string]bool{}
		cellOf := func(k key, parts []string) (at string, group string) {
			codes := make([]string, len(columns))
			for i, col := range columns {
				codes[i] = codebook.Total
				if mask&(1<<i) == 0 {
					continue
				}
				if codes[i] = parts[place[i]]; bit[i] == 0 && col.Type != "codes" {
					group += parts[place[i]] + sep // a code that every row names
				}
			}
			return strings.Join(codes, sep), group
		}
		m.reported = len(own) > 0
		for _, k := range own {
			if _, told := best[k.about()]; !told {
				_, group := cellOf(k, strings.Split(k.codes, sep))
				lacks[group], m.reported = true, false
			}
		}
		for _, k := range own {
			parts := strings.Split(k.codes, sep)
			at, group := cellOf(k, parts)
			if lacks[group] || k.grain != best[k.about()] || !n.tells(parts, columns, c.coded, mask) {
				continue
			}
			sum, more := m.sums[at], n.all[k]
			sum.add(more.value, more.from)
			m.sums[at] = sum
			m.people[at] = append(m.people[at], more.members...)
			m.rows[at] = append(m.rows[at], n.sources[k]...)
		}
		for at := range m.rows {
			slices.Sort(m.rows[at])
		}
		n.fold(m.sums, m.people)
		all = append(all, m)
	}
	return all
}

// tells says whether a key is the telling of a margin by columns of several codes: such a record has a key at _T and one for each
// of its codes, and a margin takes one or the others.
func (n *sums) tells(codes []string, columns, coded []*codebook.Column, mask uint64) bool {
	for _, at := range n.sets {
		i := slices.Index(columns, coded[n.columns[at]])
		named := i >= 0 && mask&(1<<i) != 0
		if named == (codes[at] == codebook.Total) {
			return false
		}
	}
	return true
}

// rowsOf gives the keys that tell of a period: those dated by it or, where there are none and its parts are complete, those of
// its parts. Stocks are never added over time.
func (c *Counter) rowsOf(n *sums, period calendar.Period) []key {
	period = n.edge(period)
	rows := n.keys(period)
	if c.tally && len(period.Parts()) > 0 && !c.complete(period) {
		return nil // a warehouse does not wait until a year is over
	}
	if len(rows) > 0 || n.indicator.Measure == "stock" || !c.complete(period) {
		return rows
	}
	for _, part := range period.Parts() {
		rows = append(rows, c.rowsOf(n, part)...) // there were none
	}
	return rows
}

// subject is what a row is about: its period, and the codes of columns that never stand at _T.
type subject struct {
	period calendar.Period
	fixed  string
}

func (k key) about() subject { return subject{k.period, k.fixed} }

// tellings picks for each subject that has one the grain that tells a margin most directly. need are the columns that must name
// a code.
func tellings(rows []key, need uint64) map[subject]uint64 {
	best := map[subject]uint64{}
	for _, k := range rows {
		at := k.about()
		now, told := best[at]
		if k.grain&need == need && (!told || bits.OnesCount64(k.grain) < bits.OnesCount64(now) || bits.OnesCount64(k.grain) == bits.OnesCount64(now) && k.grain < now) {
			best[at] = k.grain
		}
	}
	return best
}

// base finds the column of the file that a column is, or is derived from. A tally has them all.
func (c *Counter) base(col *codebook.Column) int {
	i := slices.Index(c.coded, col)
	if col.From == nil || c.tally {
		return i
	}
	return c.base(c.coded[slices.IndexFunc(c.coded, func(o *codebook.Column) bool { return o.Name == col.From.ID })])
}
