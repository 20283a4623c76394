package audit

import (
	"slices"

	"github.com/ccpcr/impact/generator/ledger"
)

// clashes says whether releases contradict each other in a cell that an attack is about.
func (a attack) clashes() bool {
	for _, t := range a.tables {
		for _, p := range t.periods {
			if !slices.Contains(a.periods, p) {
				continue
			}
			for _, codes := range t.Rows() {
				if a.reading.clash[cellID(t, p, codes)] {
					return true
				}
			}
		}
	}
	return false
}

// revisions attacks what releases contradict each other in: two tellings in a row, whose truths differ by no more than a correction
// may. Where the figures themselves show that it was more, each is attacked by itself alone.
func (rd *reading) revisions(releases []*ledger.Release, torn []attack) []attack {
	var all []attack
	for _, ind := range rd.release.Indicators {
		if ind.Class != "children" {
			continue
		}
		for _, b := range rd.blocks(ind.ID) {
			if !b.tables[0].Additive || !rd.tornIn(b, torn) {
				continue
			}
			runs := b.runs(rd, releases)
			for i := range len(runs) - 1 {
				pair := runs[i : i+2]
				sets, _, _ := b.combinations(rd)
				for _, set := range sets {
					key := "revision " + b.key(pair[0], set) + b.key(pair[1], set)
					all = append(all, attack{key, b.label() + ", corrected", rd, b.tables, b.periods, func(loose bool) *system { return b.cubeSystem(pair, set, loose) }, false})
				}
			}
		}
	}
	return all
}

// indicators lists those whose tables the block has.
func (b block) indicators() []string {
	var ids []string
	for _, t := range b.tables {
		if !slices.Contains(ids, t.Indicator) {
			ids = append(ids, t.Indicator)
		}
	}
	return ids
}

// tornIn says whether releases contradict each other in a block, by a cell or by sums.
func (rd *reading) tornIn(b block, torn []attack) bool {
	whole := attack{reading: rd, tables: b.tables, periods: b.periods}
	return whole.clashes() || slices.ContainsFunc(torn, func(a attack) bool { return slices.Equal(a.periods, b.periods) && a.tables[0].Indicator == b.indicator })
}

// runs parts the releases into runs that agree about a block. Where no cell contradicts another one, but sums do, each release is a
// run.
func (b block) runs(rd *reading, releases []*ledger.Release) []*reading {
	var runs []*reading
	byCell := attack{reading: rd, tables: b.tables, periods: b.periods}.clashes()
	from := 0
	for to := 1; to <= len(releases); to++ {
		if to < len(releases) && byCell {
			longer := together(releases[from:to+1], b.indicators()...)
			if whole := (attack{reading: longer, tables: b.tables, periods: b.periods}); !whole.clashes() {
				continue
			}
		}
		runs = append(runs, together(releases[from:to], b.indicators()...))
		from = to
	}
	return runs
}
