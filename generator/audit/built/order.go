package built

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// line is a row of a table that tells figures: its head, the cells that it names, "" for one that names none, and these boxes.
type line struct {
	head    string
	cells   []string
	unnamed []*html.Node
}

// lines reads the rows of a table that name cells.
func lines(table *html.Node) []line {
	var all []line
	for tr := range table.Descendants() {
		if tr.Data != "tr" || tr.Type != html.ElementNode {
			continue
		}
		row, named := line{}, false
		for box := range tr.ChildNodes() {
			switch {
			case box.Data == "th":
				row.head = strings.TrimSpace(text(box))
			case box.Data == "td":
				id := firstCell(box)
				_, plan := attr(box, "data-plan")
				_, verdict := attr(box, "data-verdict")
				if plan || verdict || box.FirstChild == nil {
					continue
				}
				if id == "" {
					row.unnamed = append(row.unnamed, box)
				}
				row.cells, named = append(row.cells, id), named || id != ""
			}
		}
		if named {
			all = append(all, row)
		}
	}
	return all
}

// firstCell is the first cell that an element names.
func firstCell(n *html.Node) string {
	if id, ok := attr(n, "data-cell"); ok {
		return id
	}
	for d := range n.Descendants() {
		if id, ok := attr(d, "data-cell"); ok {
			return id
		}
	}
	return ""
}

// table looks at the order of a table's rows and columns, and at cells that name none.
func (g *page) table(n *html.Node) {
	rows := lines(n)
	if verdicts, _ := attr(n, "class"); verdicts == "targets" {
		g.verdicts(n)
		return
	}
	if len(rows) == 0 {
		return
	}
	first, single := []string{}, true
	for _, row := range rows {
		first = append(first, row.cells[0])
		single = single && len(row.cells) == 1
		for _, box := range row.unnamed {
			g.unnamed(row.head, box)
		}
		g.inOrder("columns", row.cells, false)
	}
	if newest := overTime(rows); newest != nil {
		first, single = newest, true
	}
	g.inOrder("rows", first, single)
}

// overTime gives the last cells of rows that tell the same figure of several periods: the newest gives such a table its order. Of other
// rows it gives nothing.
func overTime(rows []line) (newest []string) {
	for _, row := range rows {
		last := row.cells[len(row.cells)-1]
		for _, id := range row.cells {
			if len(row.cells) == 1 || id == "" || last == "" || strings.Replace(id, "/"+periodOf(id), "", 1) != strings.Replace(last, "/"+periodOf(last), "", 1) {
				return nil
			}
		}
		newest = append(newest, last)
	}
	return newest
}

// unnamed looks at a box that names no cell: its table is coarser in the release. It may only say that a value is withheld.
func (g *page) unnamed(head string, box *html.Node) {
	class, _ := attr(box, "class")
	want := ".."
	for c := range box.ChildNodes() {
		if spoken, _ := attr(c, "class"); spoken == "vh" {
			want += g.language.Word(string(ledger.Withheld))
		}
	}
	if said := text(box); said != want || class != "n "+string(ledger.Withheld) {
		g.found(g.path, "built-cell", nil, "a box in the row %q names no cell, and says %q", head, said)
	}
}

// inOrder finds cells that stand in another order than shown values and the release's own lists give them. Indicators side by side
// stand as the release, or one of its statements, has them.
func (g *page) inOrder(what string, ids []string, byValue bool) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	place := g.places()
	orders := []func(a, b string) int{g.byShown(byValue)}
	for _, st := range g.release.Statements {
		in := func(id string) int { return slices.Index(st.Indicators, place[id].indicator) }
		if len(ids) > 0 && place[ids[0]].indicator != place[ids[len(ids)-1]].indicator && !slices.ContainsFunc(ids, func(id string) bool { return in(id) < 0 }) {
			orders = append(orders, func(a, b string) int { return cmp.Compare(in(a), in(b)) })
		}
	}
	var id, want string
	for _, order := range orders {
		sorted := slices.Clone(ids)
		slices.SortStableFunc(sorted, order)
		i := 0
		for i < len(ids) && ids[i] == sorted[i] {
			i++
		}
		if i == len(ids) {
			return
		}
		id, want = ids[i], sorted[i]
	}
	g.found(g.path, "built-order", []string{id, want}, "%s stands where shown values put %s: the order of %s may tell more than they do", id, want, what)
}

// byShown compares cells of tables: the total first; where byValue is set, the parts of a table, unless their list has an order, by
// shown value, the largest first, then small, withheld, missing and impossible; everything else as the release has it.
func (g *page) byShown(byValue bool) func(a, b string) int {
	place := g.places()
	rank := func(v ledger.Value) int {
		return slices.Index([]ledger.Status{ledger.IsNumber, ledger.Small, ledger.Withheld, ledger.Missing, ledger.Impossible}, v.Status())
	}
	return func(a, b string) int {
		x, y := place[a], place[b]
		if byValue && x.sorted && y.sorted && x.table == y.table {
			v, _ := g.release.Value(a)
			w, _ := g.release.Value(b)
			n, _ := v.Number()
			m, _ := w.Number()
			if c := cmp.Or(cmp.Compare(rank(v), rank(w)), cmp.Compare(m, n)); c != 0 {
				return c
			}
		}
		return cmp.Compare(x.at, y.at)
	}
}

// placed is where the release has a cell.
type placed struct {
	table     *ledger.Table
	indicator string
	sorted    bool // readers see it by its value
	at        int
}

// places numbers the cells as the release's indicators have them, by period, and then as its tables do. A period may stand in a later table
// alone.
func (s *scan) places() map[string]placed {
	if s.placed != nil {
		return s.placed
	}
	s.placed = map[string]placed{}
	for i := range s.release.Indicators {
		var ids []string
		for _, t := range s.release.Tables {
			if t.Indicator != s.release.Indicators[i].ID {
				continue
			}
			free := len(t.Attributes) == 1 && !s.release.List(t.Attributes[0].List).Ordered
			for _, c := range t.Cells {
				if _, ok := s.placed[c.ID]; !ok {
					s.placed[c.ID] = placed{t, t.Indicator, free && c.Codes[0] != cell.Total, 0}
					ids = append(ids, c.ID)
				}
			}
		}
		slices.SortStableFunc(ids, func(a, b string) int { return ledger.ComparePeriods(periodOf(a), periodOf(b)) })
		for k, id := range ids {
			at := s.placed[id]
			at.at = len(s.placed) - len(ids) + k
			s.placed[id] = at
		}
	}
	return s.placed
}

// headlines looks at figures side by side: they stand as the release has their indicators, those of one the newest first.
func (g *page) headlines(n *html.Node) {
	var ids []string
	for c := range n.ChildNodes() {
		if class, _ := attr(c, "class"); slices.Contains(strings.Fields(class), "headline") {
			ids = append(ids, firstCell(c))
		}
	}
	place := g.places()
	want := slices.Clone(ids)
	slices.SortStableFunc(want, func(a, b string) int {
		if x, y := place[a], place[b]; x.indicator != y.indicator {
			return cmp.Compare(x.at, y.at)
		}
		return ledger.ComparePeriods(periodOf(b), periodOf(a))
	})
	for i, id := range ids {
		if id != want[i] {
			g.found(g.path, "built-order", []string{id, want[i]}, "%s stands where the release has %s", id, want[i])
			return
		}
	}
}

func periodOf(id string) string {
	parts := strings.SplitN(id, "/", 3)
	return parts[min(1, len(parts)-1)]
}
