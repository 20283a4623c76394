package audit

import (
	"slices"

	"github.com/ccpcr/impact/generator/audit/solve"
	"github.com/ccpcr/impact/generator/calendar"
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
// tables too large even by themselves.
func (b block) combinations(rd *reading) (sets [][]*table, whole bool, alone []*table) {
	tables := b.maximal()
	if b.shape(rd, tables).size() <= largestCube {
		return [][]*table{tables}, true, nil
	}
	var all [][]*table
	var shapes []shape
	for n := 3; n >= 1; n-- {
		for set := range subsets(tables, n) {
			switch s := b.shape(rd, set); {
			case s.size() <= largestCube:
				all, shapes = append(all, set), append(shapes, s)
			case n == 1:
				alone = append(alone, set[0])
			}
		}
	}
	for i, set := range all {
		held := false
		for j := range all {
			held = held || i != j && shapes[j].holds(shapes[i]) && (j < i || !shapes[i].holds(shapes[j]))
		}
		if !held {
			sets = append(sets, set)
		}
	}
	return sets, false, alone
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

// aimAtCube makes every cell of the cube a target, published or not, at every margin, and every complement of a published cell: what is
// left of a figure when a part of it is known.
func (s *system) aimAtCube(b block, epoch int) {
	rd := s.reading
	all, own := margins(s.axes), slices.Clone(b.periods)
	for at := range s.slots {
		if at.epoch == epoch && !slices.Contains(own, at.period) {
			own = append(own, at.period) // a quarter that is not published is a difference
		}
	}
	slices.SortFunc(own, ledger.ComparePeriods)
	guarded := guardedColumns(b.tables)
	for _, p := range own {
		at := slot{b.indicator, p, epoch}
		for _, m := range all {
			id := m.id(b.indicator, p)
			bounds, told := rd.bounds[id]
			if told && bounds.Lo >= rd.release.Rule.Threshold || told && bounds.Hi == 0 {
				continue // cannot be a small count
			}
			kind := "joint cell"
			if told {
				kind = "cell"
			}
			s.aim(target{kind: kind, terms: s.sum(nil, at, m.cells, 1), at: at, where: m.where, guard: slices.ContainsFunc(m.where, func(p place) bool { return guarded[p.column] })})
		}
		for _, t := range b.tables {
			rd.each(t, p, func(id string, codes []string) {
				if len(t.chosen) > 0 {
					s.beyond(b, t, p, epoch, id, codes)
				} else {
					s.complements(b, t, p, epoch, codes)
				}
			})
		}
	}
	s.aimOverTime(b, epoch, all)
}

// aimAtChanges makes every change of a published figure a target: how many children a correction brought or took away.
func (s *system) aimAtChanges(b block, readings []*reading) {
	for _, p := range b.periods {
		before, after := slot{b.indicator, p, 0}, slot{b.indicator, p, 1}
		for _, m := range margins(s.axes) {
			w := m.where
			was, told := readings[0].bounds[w.id(b.indicator, p)]
			is, retold := readings[1].bounds[w.id(b.indicator, p)]
			switch {
			case !told || !retold || was == is:
			case was.Lo > is.Hi:
				s.aim(target{kind: "difference", terms: append(s.terms(before, w, 1), s.terms(after, w, -1)...), at: after, where: w})
			case is.Lo > was.Hi:
				s.aim(target{kind: "difference", terms: append(s.terms(after, w, 1), s.terms(before, w, -1)...), at: after, where: w})
			}
		}
	}
}

// complements aims at what a figure, shown or not, leaves of those above it: the total by one attribute, and the coarser codes.
func (s *system) complements(b block, t *table, period string, epoch int, codes []string) {
	rd := s.reading
	for i, code := range codes {
		a := t.Attributes[i]
		if code == total || len(a.Codes) == 2 && len(a.Coarser) == 0 {
			continue // with two parts the other one is the complement
		}
		w, ok := locate(s.axes, t, codes)
		if !ok {
			continue
		}
		k := onAxis(s.axes, a.Name)
		ups := []place{{}}
		for _, column := range a.Coarser {
			for up, set := range s.axes[k].sets[column] {
				if slices.Contains(set, s.axes[k].sets[a.Name][code][0]) {
					ups = append(ups, place{column, up, nil})
				}
			}
		}
		for _, up := range ups {
			above := slices.Clone(w)
			above[k] = up
			whole, told := rd.bounds[above.id(b.indicator, period)]
			own := rd.bounds[w.id(b.indicator, period)]
			if !told || whole.Hi >= ledger.Unbounded || whole.Lo-own.Hi >= rd.release.Rule.Threshold {
				continue
			}
			at := slot{b.indicator, period, epoch}
			s.aim(target{kind: "complement", terms: append(s.terms(at, above, 1), s.terms(at, w, -1)...), at: at, where: w, of: &target{at: at, where: above}})
		}
	}
}

// beyond aims at what a cell of a narrower indicator leaves of the cell that it is chosen from.
func (s *system) beyond(b block, t *table, period string, epoch int, id string, codes []string) {
	w, ok := locate(s.axes, t, codes)
	above, all := locate(s.axes, &table{Resource: t.Resource}, codes)
	if !ok || !all {
		return
	}
	whole, told := s.reading.bounds[above.id(b.indicator, period)]
	own := s.reading.bounds[id]
	if !told || whole.Hi >= ledger.Unbounded || own.Hi >= ledger.Unbounded || whole.Lo-own.Hi >= s.reading.release.Rule.Threshold {
		return
	}
	at := slot{b.indicator, period, epoch}
	s.aim(target{kind: "complement", terms: append(s.terms(at, above, 1), s.terms(at, w, -1)...), at: at, where: w, id: id, of: &target{at: at, where: above}})
}

// aimOverTime aims at what a quarter leaves of its year, and a year of its three.
func (s *system) aimOverTime(b block, epoch int, all []margin) {
	rd := s.reading
	for _, p := range b.periods {
		at, err := calendar.Parse(p)
		if err != nil || len(s.split[b.indicator+"/"+p]) == 0 {
			continue
		}
		for _, q := range at.Parts() {
			for _, m := range all {
				whole, part := rd.bounds[m.id(b.indicator, p)], rd.bounds[m.id(b.indicator, q.String())]
				if whole.Hi == 0 || part.Hi == 0 || whole.Hi >= ledger.Unbounded || part.Hi >= ledger.Unbounded || whole.Lo-part.Hi >= rd.release.Rule.Threshold {
					continue
				}
				year, quarter := slot{b.indicator, p, epoch}, slot{b.indicator, q.String(), epoch}
				s.aim(target{kind: "complement", terms: s.sum(s.sum(nil, year, m.cells, 1), quarter, m.cells, -1), at: quarter, where: m.where, of: &target{at: year, where: m.where}})
			}
		}
	}
}

func (s *system) aim(t target) { s.targets = append(s.targets, t) }

// guardedColumns are those whose existence is protected.
func guardedColumns(tables []*table) map[string]bool {
	guarded := map[string]bool{}
	for _, t := range tables {
		for _, a := range t.Attributes {
			guarded[a.Name] = guarded[a.Name] || a.Existence
		}
	}
	return guarded
}

// overlapSystem is what an attacker makes of figures in which a person may stand several times: a part is no larger than its
// whole, and the whole no larger than its parts together.
func (b block) overlapSystem(rd *reading) *system {
	s := newSystem(rd, nil)
	at := map[string]int{}
	for _, t := range b.tables {
		for _, p := range b.own(t) {
			rd.each(t, p, func(id string, _ []string) {
				if _, ok := at[id]; ok {
					return
				}
				at[id] = s.unknown()
				if told := rd.bounds[id]; told.Lo <= largest {
					s.say(statement{id, shown, told.Lo, told.Hi, 0}, []solve.Term{{Var: at[id], Coef: 1}})
				}
				if told := rd.bounds[id]; told.Lo < rd.release.Rule.Threshold && told.Hi > 0 {
					s.aim(target{kind: "cell", terms: []solve.Term{{Var: at[id], Coef: 1}}, id: id})
				}
			})
		}
	}
	for _, t := range b.tables {
		for _, p := range b.own(t) {
			rd.each(t, p, func(id string, codes []string) {
				for i, code := range codes {
					if code == total {
						var own []int
						for _, part := range t.Attributes[i].Codes {
							down := slices.Clone(codes)
							down[i] = part
							if v, ok := at[cellID(t, p, down)]; ok {
								own = append(own, v)
							}
						}
						s.overlap(id, at[id], own, len(own) == len(t.Attributes[i].Codes))
					}
				}
				period, err := calendar.Parse(p)
				if err != nil || rd.release.Indicator(t.Indicator).Measure == "stock" {
					return
				}
				var own []int
				for _, q := range period.Parts() {
					if v, ok := at[cellID(t, q.String(), codes)]; ok {
						own = append(own, v)
					}
				}
				s.overlap(id, at[id], own, len(own) > 0 && len(own) == len(period.Parts()))
			})
		}
	}
	return s
}

func (s *system) overlap(id string, whole int, parts []int, all bool) {
	together := []solve.Term{{Var: whole, Coef: -1}}
	for _, part := range parts {
		s.say(statement{id: id, kind: adds, lo: 0, hi: solve.Unbounded}, []solve.Term{{Var: whole, Coef: 1}, {Var: part, Coef: -1}})
		together = append(together, solve.Term{Var: part, Coef: 1})
	}
	if all {
		s.say(statement{id: id, kind: adds, lo: 0, hi: solve.Unbounded}, together)
	}
}

// label says what the block is about.
func (b block) label() string { return b.indicator + " " + b.name }
