package built

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/ledger"
)

// plans are elements that say something of plans: each names the cell that a plan is for, or the period whose plans it counts, and its
// text is what the release and shown values give.
var plans = map[string]func(g *page, name string) (string, bool){
	"data-plan": func(g *page, id string) (string, bool) {
		t, ok := g.planOf(id)
		return g.language.Int(t.Value), ok
	},
	"data-verdict": func(g *page, id string) (string, bool) {
		t, ok := g.planOf(id)
		return g.language.Word("verdict-short-" + verdictOn(g.release, t)), ok
	},
	"data-share": func(g *page, id string) (string, bool) {
		t, ok := g.planOf(id)
		v, _ := g.release.Value(id)
		n, isNumber := v.Number()
		if !ok || !isNumber || t.Value == 0 {
			return "", false
		}
		return g.language.Int((200*n + t.Value) / (2 * t.Value)), true
	},
	"data-verdicts": func(g *page, name string) (string, bool) {
		period, verdict, _ := strings.Cut(name, " ")
		n, any := int64(0), false
		for _, t := range g.release.Targets {
			if t.Period == period {
				any = true
				if verdictOn(g.release, t) == verdict {
					n++
				}
			}
		}
		return g.language.Int(n), any
	},
}

// plan compares an element that says something of plans with the release.
func (g *page) plan(n *html.Node, attribute, name string) {
	said := strings.TrimSpace(text(n))
	want, ok := plans[attribute](g, name)
	if _, verdict, counts := strings.Cut(name, " "); counts && attribute == "data-verdicts" && verdictIn(n.Parent) != verdict {
		g.found(g.path, "built-cell", nil, "the count of plans that are %s is called %s", verdict, verdictIn(n.Parent))
	}
	if !ok {
		g.found(g.path, "built-cell", nil, "the page names the plan %s, which the release does not have", name)
	} else if said != want {
		g.found(g.path, "built-cell", []string{name}, "the page says %q for the plan %s (%s), the release gives %q", said, name, attribute, want)
	}
}

// verdict looks at the word for what can be said of a plan: it is the one of its class.
func (g *page) verdict(n *html.Node, class string) {
	if said := strings.TrimSpace(text(n)); said != g.language.Word("verdict-short-"+class) {
		g.found(g.path, "built-cell", nil, "a plan is marked as %s and called %q", class, said)
	}
}

// verdictIn is the verdict that an element holds, or "".
func verdictIn(n *html.Node) string {
	for d := range n.Descendants() {
		if class, _ := attr(d, "class"); strings.HasPrefix(class, "verdict ") {
			return strings.TrimPrefix(class, "verdict ")
		}
	}
	return ""
}

// verdicts looks at a table of plans: a row names the cell of one plan only, its class and its words say what shown values allow, and
// what stands for the figure is that cell, or the word for none.
func (g *page) verdicts(table *html.Node) {
	for tr := range table.Descendants() {
		if tr.Data != "tr" || tr.Parent.Data != "tbody" {
			continue
		}
		id, said := "", verdictIn(tr)
		for d := range tr.Descendants() {
			if plan, ok := attr(d, "data-plan"); ok {
				id = plan
			}
		}
		t, ok := g.planOf(id)
		if !ok {
			g.found(g.path, "built-cell", nil, "a row of plans names no plan of the release")
			continue
		}
		verdict := verdictOn(g.release, t)
		if class, _ := attr(tr, "class"); class != verdict || said != "" && said != verdict {
			g.found(g.path, "built-cell", []string{id}, "the plan %s is marked as %s and called %q, shown values make it %s", id, class, said, verdict)
		}
		for d := range tr.Descendants() {
			for _, name := range []string{"data-cell", "data-share"} {
				if cell, ok := attr(d, name); ok && cell != id {
					g.found(g.path, "built-cell", []string{id, cell}, "the row of the plan %s tells of %s", id, cell)
				}
			}
			if label, _ := attr(d, "data-label"); label == g.language.Word("done") && firstCell(d) == "" && strings.TrimSpace(text(d)) != g.language.Word("not-reported") {
				g.found(g.path, "built-cell", []string{id}, "the row of the plan %s says %q and names no cell", id, strings.TrimSpace(text(d)))
			}
		}
	}
}

// change looks at a line that compares a figure with an earlier one: it names the earlier cell, and its class and words say what the
// bounds of both allow.
func (g *page) change(n *html.Node, classes []string) {
	card := n.Parent
	before, now := firstCell(n), firstCell(card)
	indicator, _, _ := strings.Cut(now, "/")
	was, ok := g.release.Value(before)
	_, isNumber := was.Number()
	if before == "" || !ok || !isNumber || !strings.HasPrefix(before, indicator+"/") || ledger.ComparePeriods(periodOf(before), periodOf(now)) >= 0 {
		g.found(g.path, "built-cell", []string{before, now}, "a change names no earlier figure of the same indicator")
		return
	}
	way := "same"
	switch a, b := g.release.Bounds(before), g.release.Bounds(now); {
	case b.Lo > a.Hi:
		way = "up"
	case b.Hi < a.Lo:
		way = "down"
	}
	said := plain(text(n))
	for _, piece := range blank.Split(g.language.Word("change-"+way), -1) {
		_, rest, holds := strings.Cut(said, plain(piece))
		if said = rest; !holds {
			way = "not " + way
			break
		}
	}
	if !slices.Equal(classes, []string{"beside", "change", way}) {
		g.found(g.path, "built-cell", []string{before, now}, "the page calls the change from %s to %s another way than shown values do: %s", before, now, way)
	}
}
