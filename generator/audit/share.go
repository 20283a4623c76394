package audit

import (
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/ledger"
)

// cubes are the unknowns of a chain: for each indicator the axes that it has in common with others of an identity. Every indicator has as
// many, one for each ladder of the chain, in the same order; a ladder that it lacks is an axis without columns.
type cubes map[string][]axis

// bare is as many axes without columns: the whole alone.
func bare(n int) []axis { return slices.Repeat([]axis{{codes: []string{""}}}, n) }

// size is how many cells the cubes have together.
func (all cubes) size() (n int) {
	for _, axes := range all {
		n += size(axes)
	}
	return n
}

// only leaves out all ladders but some.
func (all cubes) only(ladders []int) cubes {
	out := cubes{}
	for id, axes := range all {
		out[id] = slices.Clone(axes)
		for k := range axes {
			if !slices.Contains(ladders, k) {
				out[id][k] = bare(1)[0]
			}
		}
	}
	return out
}

// cubes makes the cubes of a chain's indicators, with every column that some identity can be tied by.
func (c chain) cubes(rd *reading) (all cubes, ladders int) {
	own, codes := map[string][]axis{}, c.codes(rd)
	var groups [][]string // columns that lead to one another, or to one
	for _, id := range c.indicators {
		own[id] = c.axes(rd, id, codes)
		for _, x := range own[id] {
			joined := x.columns()
			var apart [][]string
			for _, g := range groups {
				if slices.ContainsFunc(g, func(column string) bool { return slices.Contains(joined, column) }) {
					joined = append(joined, g...)
				} else {
					apart = append(apart, g)
				}
			}
			groups = append(apart, joined)
		}
	}
	all = cubes{}
	for _, id := range c.indicators {
		all[id] = bare(len(groups))
		for _, x := range own[id] {
			k := slices.IndexFunc(groups, func(g []string) bool { return slices.Contains(g, x.name) })
			if all[id][k].sets == nil {
				all[id][k] = x
			}
		}
	}
	return all.tiable(c), len(groups)
}

// tiable leaves each indicator those axes that every indicator of some identity has.
func (all cubes) tiable(c chain) cubes {
	out := all.only(nil)
	for _, x := range c.identities {
		for k := range all[x.Right] {
			if all.shared(x.Indicators(), k) == "" {
				continue
			}
			for _, id := range x.Indicators() {
				out[id][k] = all[id][k]
			}
		}
	}
	return out
}

// axes are those of an indicator's tables, with the codes that any table of the chain has. Where parts do not add up there are none.
func (c chain) axes(rd *reading, indicator string, codes map[[2]string][]string) []axis {
	if !c.adds(rd, indicator) {
		return nil
	}
	var columns []*table
	for _, t := range rd.tables[indicator] {
		for _, a := range t.Attributes {
			a.Codes = codes[[2]string{a.Name, a.List}]
			columns = append(columns, &table{Resource: ledger.Resource{Name: a.Name, Attributes: []ledger.Attribute{a}}})
		}
	}
	return axesOf(rd.release, columns)
}

// codes lists those that the tables of a chain have, by the name and the list of their columns.
func (c chain) codes(rd *reading) map[[2]string][]string {
	all := map[[2]string][]string{}
	for _, id := range c.indicators {
		for _, t := range rd.tables[id] {
			for _, a := range t.Attributes {
				of := [2]string{a.Name, a.List}
				all[of] = union(all[of], a.Codes)
			}
		}
	}
	return all
}

func union(codes, more []string) []string {
	all := slices.Clone(codes)
	for _, code := range more {
		if !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return all
}

// columns lists the columns of the ladder.
func (x axis) columns() (all []string) {
	for name := range x.sets {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// shared is the finest column of a ladder that all of some indicators have with the same codes, or "".
func (all cubes) shared(indicators []string, ladder int) (finest string) {
	first := all[indicators[0]][ladder]
	for _, column := range first.columns() {
		everywhere := !slices.ContainsFunc(indicators, func(id string) bool {
			return !slices.Equal(all[id][ladder].codesOf(column), first.codesOf(column))
		})
		if everywhere && (finest == "" || len(first.sets[column]) > len(first.sets[finest])) {
			finest = column
		}
	}
	return finest
}

// codesOf lists the codes of a column of the ladder.
func (x axis) codesOf(column string) (codes []string) {
	for code := range x.sets[column] {
		if code != "" {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// common lists the cells that all of some slots have, and whether they make up the whole: what has no code of a coarser column is in none.
func (s *system) common(slots []slot) (cells []where, whole bool) {
	cubes := cubes{}
	var names []string
	for _, at := range slots {
		name := at.indicator + "/" + at.period
		cubes[name], names = s.of(at), append(names, name)
	}
	cells, whole = []where{{}}, true
	for k, first := range cubes[names[0]] {
		column := cubes.shared(names, k)
		choices := []place{{}}
		if column != "" {
			choices = nil
			for _, code := range first.codesOf(column) {
				choices = append(choices, place{column: column, code: code})
			}
			for _, name := range names {
				whole = whole && cubes[name][k].sets[column][""] == nil
			}
		}
		var next []where
		for _, before := range cells {
			for _, p := range choices {
				next = append(next, append(slices.Clone(before), p))
			}
		}
		cells = next
	}
	return cells, whole
}

// systems lists the cubes that a chain is attacked by: all that its identities share if that is small enough, otherwise those sets of
// ladders that fit and that no other one holds. whole says whether it is all.
func (c chain) systems(rd *reading, slots int) (sets []cubes, whole bool) {
	all, ladders := c.cubes(rd)
	var taken [][]int
	whole = true
	var take func(from int, set []int)
	take = func(from int, set []int) {
		if fits := all.only(set); len(set) == 0 || fits.size()*slots <= largestCube {
			held := slices.ContainsFunc(taken, func(larger []int) bool {
				return !slices.ContainsFunc(set, func(k int) bool { return !slices.Contains(larger, k) })
			})
			if !held {
				taken, sets = append(taken, slices.Clone(set)), append(sets, fits)
			}
			return
		}
		whole = false
		for i := range set {
			if i >= from {
				take(i, slices.Delete(slices.Clone(set), i, i+1))
			}
		}
	}
	var every []int
	for k := range ladders {
		if slices.ContainsFunc(c.indicators, func(id string) bool { return all[id][k].sets != nil }) {
			every = append(every, k)
		}
	}
	take(0, every)
	return sets, whole
}

// String names the columns by which each indicator is tied.
func (all cubes) String() string {
	var text []string
	for id, axes := range all {
		for _, x := range axes {
			text = append(text, id+" "+x.name)
		}
	}
	slices.Sort(text)
	return strings.Join(text, ", ")
}
