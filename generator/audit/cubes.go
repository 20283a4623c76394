package audit

import (
	"fmt"
	"slices"

	"github.com/ccpcr/impact/generator/audit/solve"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// largestCube is how many unknowns a system may have. What is larger is attacked in parts.
const largestCube = 2000

const total = cell.Total

func cellID(t *table, period string, codes []string) string {
	return cell.ID(t.Indicator, period, t.Names(), codes)
}

// block is what belongs together in one indicator: a year with its quarters, three years with their years, or one period of what
// does not add up over time. Tables whose parts add up and tables whose parts overlap make blocks of their own.
type block struct {
	indicator string
	name      string   // the longest of its periods
	periods   []string // those with figures
	tables    []*table
}

// blocks takes an indicator apart. Periods whose figures the organisation says do not add up are left out.
func (rd *reading) blocks(indicator string) []block {
	var all []block
	tables := append(slices.Clone(rd.tables[indicator]), rd.narrower(indicator)...)
	overTime := slices.ContainsFunc(tables, func(t *table) bool { return t.OverTime })
	published := func(period string) bool {
		return slices.ContainsFunc(tables, func(t *table) bool { return slices.Contains(t.periods, period) })
	}
	for _, t := range tables {
		for _, p := range t.periods {
			if rd.exempt(t.Indicator, p) {
				continue
			}
			name := p
			if overTime || !t.Additive {
				name = blockOf(p, published)
			}
			i := slices.IndexFunc(all, func(b block) bool { return b.name == name && b.tables[0].Additive == t.Additive })
			if i < 0 {
				all, i = append(all, block{indicator: indicator, name: name}), len(all)
			}
			if !slices.Contains(all[i].periods, p) {
				all[i].periods = append(all[i].periods, p)
			}
			if !slices.Contains(all[i].tables, t) {
				all[i].tables = append(all[i].tables, t)
			}
		}
	}
	for i := range all {
		slices.SortFunc(all[i].periods, ledger.ComparePeriods)
	}
	return all
}

// narrower lists the tables of indicators that count some of the rows of another one: the small children among all, say. Their figures
// are cells, or sums of cells, of its cube.
func (rd *reading) narrower(indicator string) []*table {
	var all []*table
	ind := rd.release.Indicator(indicator)
	if !slices.ContainsFunc(rd.tables[indicator], func(t *table) bool { return t.Additive }) {
		return nil
	}
	for _, o := range rd.release.Indicators {
		if o.ID == ind.ID || o.Rows == "" || o.Rows != ind.Rows || o.Measure != ind.Measure || o.Class != ind.Class {
			continue
		}
		chosen, ok := within(o.Filter, ind.Filter)
		if !ok {
			continue
		}
		for _, t := range rd.tables[o.ID] {
			if t.Additive {
				all = append(all, &table{t.Resource, t.periods, chosen})
			}
		}
	}
	return all
}

// within says whether what one filter lets through the other one does too, and by what it lets through less.
func within(narrow, wide []ledger.Attribute) (less []ledger.Attribute, ok bool) {
	for _, w := range wide {
		i := slices.IndexFunc(narrow, func(n ledger.Attribute) bool { return n.Name == w.Name })
		if i < 0 || slices.ContainsFunc(narrow[i].Codes, func(code string) bool { return !slices.Contains(w.Codes, code) }) {
			return nil, false
		}
	}
	for _, n := range narrow {
		if !slices.ContainsFunc(wide, func(w ledger.Attribute) bool { return w.Name == n.Name && len(w.Codes) == len(n.Codes) }) {
			less = append(less, n)
		}
	}
	return less, len(less) > 0
}

// own lists the periods of the block that a table has.
func (b block) own(t *table) []string {
	return slices.DeleteFunc(slices.Clone(b.periods), func(p string) bool { return !slices.Contains(t.periods, p) })
}

// atoms are the periods that a cube over some tables has unknowns for.
func (b block) atoms(tables []*table) []string {
	return parts(b.name, func(p string) bool {
		return slices.ContainsFunc(tables, func(t *table) bool { return slices.Contains(b.own(t), p) })
	})
}

// shape is what a system over some tables is made of.
type shape struct {
	axes  []axis
	atoms []string // the periods that it has unknowns for
}

func (b block) shape(rd *reading, tables []*table) shape {
	return shape{axesOf(rd.release, tables), b.atoms(tables)}
}

// size is how many unknowns the system has.
func (s shape) size() int { return size(s.axes) * len(s.atoms) }

// holds says whether whatever a system of another shape is told and asks, the one of this shape is told and asks too.
func (s shape) holds(o shape) bool {
	used := map[string]bool{}
	for _, x := range o.axes {
		i := slices.IndexFunc(s.axes, func(own axis) bool { return own.sets[x.name] != nil })
		if i < 0 || used[s.axes[i].name] || slices.ContainsFunc(x.codes, func(code string) bool { return len(s.axes[i].sets[x.name][code]) == 0 }) {
			return false
		}
		used[s.axes[i].name] = true
	}
	return !slices.ContainsFunc(o.atoms, func(p string) bool { return !slices.Contains(s.atoms, p) && len(among(p, s.atoms)) < 2 })
}

// combinations lists the sets of tables that are attacked together: all of them if the cube is small enough, otherwise those
// triples, pairs and single tables that fit, without those that another one holds. whole says whether it is all. alone lists
// tables too large even by themselves. Of tables that make the same cube one stands for all, since a system is told every table that fits.
func (b block) combinations(rd *reading) (sets [][]*table, whole bool, alone []*table) {
	tables := b.maximal()
	if b.shape(rd, tables).size() <= largestCube {
		return [][]*table{tables}, true, nil
	}
	kinds := b.kinds(tables)
	var all []candidate
	for n := 3; n >= 1; n-- {
		for set := range subsets(kinds, n) {
			if s := b.shape(rd, set); s.size() <= largestCube {
				all = append(all, candidate{set, s, len(all)})
			}
		}
	}
	for _, c := range maximalOf(all) {
		sets = append(sets, c.tables)
	}
	return sets, false, slices.DeleteFunc(tables, func(t *table) bool { return b.shape(rd, []*table{t}).size() <= largestCube })
}

// candidate is a set of tables that may be attacked together.
type candidate struct {
	tables []*table
	shape  shape
	place  int
}

// maximalOf leaves out those that another one holds, the later of two that hold each other. What holds another one is not smaller.
func maximalOf(all []candidate) (kept []candidate) {
	bySize := slices.SortedStableFunc(slices.Values(all), func(a, b candidate) int { return b.shape.size() - a.shape.size() })
	for _, c := range bySize {
		if !slices.ContainsFunc(kept, func(k candidate) bool { return k.shape.holds(c.shape) }) {
			kept = append(kept, c)
		}
	}
	slices.SortFunc(kept, func(a, b candidate) int { return a.place - b.place })
	return kept
}

// kinds picks the first of all tables that make the same cube: of indicators that count the rows of one province each, say.
func (b block) kinds(tables []*table) (first []*table) {
	known := map[string]bool{}
	for _, t := range tables {
		kind := fmt.Sprintf("%q", b.own(t))
		for _, a := range t.Attributes {
			kind += fmt.Sprintf("%q %q", a.Name, a.Codes)
		}
		for _, a := range t.chosen {
			kind += fmt.Sprintf("chosen %q", a.Name)
		}
		if !known[kind] {
			known[kind], first = true, append(first, t)
		}
	}
	return first
}

// maximal leaves out tables that are margins of another one.
func (b block) maximal() []*table {
	var all []*table
	for i, t := range b.tables {
		if !slices.ContainsFunc(b.tables, func(o *table) bool {
			j := slices.Index(b.tables, o)
			return i != j && b.marginOf(t, o) && (!b.marginOf(o, t) || j < i)
		}) {
			all = append(all, t)
		}
	}
	return all
}

func (b block) marginOf(t, o *table) bool {
	if t.Indicator != o.Indicator {
		return false
	}
	for _, name := range t.Names() {
		if !slices.Contains(o.Names(), name) {
			return false
		}
	}
	have := b.own(o)
	return !slices.ContainsFunc(b.own(t), func(p string) bool { return !slices.Contains(have, p) })
}

// subsets lists the sets of n tables, in order.
func subsets(tables []*table, n int) func(yield func([]*table) bool) {
	return func(yield func([]*table) bool) {
		var walk func(from int, set []*table) bool
		walk = func(from int, set []*table) bool {
			if len(set) == n {
				return yield(slices.Clone(set))
			}
			for i := from; i < len(tables); i++ {
				if !walk(i+1, append(set, tables[i])) {
					return false
				}
			}
			return true
		}
		walk(0, nil)
	}
}

// cubeSystem is what an attacker makes of some tables of one indicator whose parts add up. readings are the tellings of it: one, or
// two in a row that contradict each other and describe truths that differ by a correction.
func (b block) cubeSystem(readings []*reading, tables []*table, loose bool) *system {
	rd := readings[len(readings)-1]
	s := newSystem(rd, axesOf(rd.release, tables))
	atoms := b.atoms(tables)
	for _, p := range b.periods {
		if of := among(p, atoms); len(of) > 1 {
			s.part(b.indicator, p, of)
		}
	}
	for epoch, told := range readings {
		for _, p := range atoms {
			s.first(slot{b.indicator, p, epoch})
		}
		for _, t := range b.tables {
			for _, p := range b.own(t) {
				if slices.Contains(atoms, p) || s.split[b.indicator+"/"+p] != nil {
					s.tell(t, b.indicator, p, epoch, told, loose)
				}
			}
		}
		s.aimAtCube(b, epoch)
	}
	if len(readings) == 2 {
		s.revise(b.indicator, atoms, rd.release.Rule.Revision)
		s.aimAtChanges(b, readings)
	}
	return s
}

// among gives the atoms that a period is made of.
func among(period string, atoms []string) []string {
	if slices.Contains(atoms, period) {
		return nil
	}
	return parts(period, func(p string) bool { return slices.Contains(atoms, p) })
}

// revise bounds what a correction changed, for each unknown.
func (s *system) revise(indicator string, atoms []string, most int64) {
	for _, p := range atoms {
		before, after := s.first(slot{indicator, p, 0}), s.first(slot{indicator, p, 1})
		for i := range size(s.axes) {
			s.say(statement{id: "a correction", kind: revision, lo: -most, hi: most}, []solve.Term{{Var: after + i, Coef: 1}, {Var: before + i, Coef: -1}})
		}
	}
}

// label says what the block is about.
func (b block) label() string { return b.indicator + " " + b.name }
