package audit

import (
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/ledger"
)

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
	s.targets = slices.Grow(s.targets, len(own)*len(all))
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
