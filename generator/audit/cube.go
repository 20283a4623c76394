package audit

import (
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// axis is one ladder of a cube: its codes are those of the finest column that some table has, and each column of the ladder
// names sets of them.
type axis struct {
	name  string
	codes []string
	sets  map[string]map[string][]int // by column and code: places among codes
}

// axesOf makes the axes that the columns of some tables need. A column that another one leads to lies on that one's axis. A column by
// which only the rows of a table are chosen has all codes of its list; if no table is broken down by it, there may be rows of none.
func axesOf(r *ledger.Release, tables []*table) []axis {
	var columns []ledger.Attribute
	find := func(name string) int {
		return slices.IndexFunc(columns, func(o ledger.Attribute) bool { return o.Name == name })
	}
	for _, t := range tables {
		for _, a := range t.Attributes {
			i := find(a.Name)
			if i < 0 {
				columns = append(columns, a)
				continue
			}
			for _, code := range a.Codes {
				if !slices.Contains(columns[i].Codes, code) {
					columns[i].Codes = append(slices.Clone(columns[i].Codes), code)
				}
			}
		}
	}
	for _, t := range tables {
		for _, a := range t.chosen {
			if find(a.Name) >= 0 {
				continue
			}
			known := slices.ContainsFunc(a.Coarser, func(up string) bool { return find(up) >= 0 })
			a.Codes = nil
			for _, c := range r.List(a.List).Codes {
				a.Codes = append(a.Codes, c.ID)
			}
			if !known {
				a.Codes = append(a.Codes, "")
			}
			columns = append(columns, a)
		}
	}
	var axes []axis
	for _, a := range columns {
		if !slices.ContainsFunc(columns, func(finer ledger.Attribute) bool { return slices.Contains(finer.Coarser, a.Name) }) {
			axes = append(axes, newAxis(r, a))
		}
	}
	return axes
}

func newAxis(r *ledger.Release, a ledger.Attribute) axis {
	x := axis{name: a.Name, codes: a.Codes, sets: map[string]map[string][]int{a.Name: {}}}
	now := slices.Clone(a.Codes)
	for i, code := range a.Codes {
		x.sets[a.Name][code] = []int{i}
	}
	list := r.List(a.List)
	for _, up := range a.Coarser {
		x.sets[up] = map[string][]int{}
		for i, code := range now {
			if c := list.Code(code); c != nil {
				now[i] = c.Parent
				x.sets[up][c.Parent] = append(x.sets[up][c.Parent], i)
			}
		}
		list = r.List(list.Parent)
	}
	return x
}

// where names a set of cells of a cube: a column and a code for each axis, or none for all codes of it.
type where []place

// place is what a set of cells has on one axis. set lists the places among the axis' codes, where they are not all that the code
// stands for.
type place struct {
	column, code string
	set          []int
}

// locate finds where a cell of a table lies. It says false if the axes lack one of its columns, or if no row of the table can be there.
func locate(axes []axis, t *table, codes []string) (where, bool) {
	at := make(where, len(axes))
	for i, code := range codes {
		if code == cell.Total {
			continue
		}
		k := onAxis(axes, t.Attributes[i].Name)
		if k < 0 || at[k].code != "" {
			return nil, false
		}
		at[k] = place{t.Attributes[i].Name, code, nil}
	}
	for _, a := range t.chosen {
		k := onAxis(axes, a.Name)
		if k < 0 {
			return nil, false
		}
		var set []int
		for _, code := range a.Codes {
			for _, i := range axes[k].sets[a.Name][code] {
				if at[k].code == "" || slices.Contains(axes[k].sets[at[k].column][at[k].code], i) {
					set = append(set, i)
				}
			}
		}
		if len(set) == 0 {
			return nil, false
		}
		if at[k].set = set; at[k].code == "" {
			at[k].column, at[k].code = a.Name, strings.Join(a.Codes, "+")
		}
	}
	return at, true
}

// onAxis finds the axis that a column lies on, or -1.
func onAxis(axes []axis, column string) int {
	return slices.IndexFunc(axes, func(x axis) bool { return x.sets[column] != nil })
}

// id names the set as a cell is named.
func (at where) id(indicator, period string) string {
	var names, codes []string
	for _, p := range at {
		if p.code != "" {
			names, codes = append(names, p.column), append(codes, p.code)
		}
	}
	return cell.ID(indicator, period, names, codes)
}

// margin is a set of cells of a cube, looked up once for all the periods that it is asked for in.
type margin struct {
	where where
	name  string // what its id has behind indicator and period
	cells []int
}

func (m margin) id(indicator, period string) string { return indicator + "/" + period + m.name }

// size is how many cells a cube has.
func size(axes []axis) int {
	n := 1
	for _, x := range axes {
		n *= len(x.codes)
	}
	return n
}

// cells lists the places in a cube that a set has, in order.
func (at where) cells(axes []axis) []int {
	all := []int{0}
	for k, x := range axes {
		own := at[k].set
		if own == nil {
			own = x.sets[at[k].column][at[k].code]
		}
		var next []int
		for _, before := range all {
			if at[k].code == "" {
				for i := range x.codes {
					next = append(next, before*len(x.codes)+i)
				}
			}
			for _, i := range own {
				next = append(next, before*len(x.codes)+i)
			}
		}
		all = next
	}
	return all
}

// margins lists every set of cells that a cube's columns name: all combinations of codes, coarser ones and totals included.
func margins(axes []axis) []margin {
	sets := []where{{}}
	for _, x := range axes {
		var columns []string
		for name := range x.sets {
			columns = append(columns, name)
		}
		slices.Sort(columns)
		choices := []place{{}}
		for _, name := range columns {
			var codes []string
			for code := range x.sets[name] {
				codes = append(codes, code)
			}
			slices.Sort(codes)
			for _, code := range codes {
				if code != "" {
					choices = append(choices, place{name, code, nil})
				}
			}
		}
		var next []where
		for _, before := range sets {
			for _, c := range choices {
				next = append(next, append(slices.Clone(before), c))
			}
		}
		sets = next
	}
	all := make([]margin, len(sets))
	for i, w := range sets {
		all[i] = margin{w, strings.TrimPrefix(w.id("", ""), "/"), w.cells(axes)}
	}
	return all
}
