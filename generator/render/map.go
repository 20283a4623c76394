package render

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render/svg"
)

// steps are the classes of numbers on a map, from the smallest.
var steps = []string{"q1", "q2", "q3", "q4", "q5"}

// mapClasses is how many steps of colour a map has.
var mapClasses = int64(len(steps))

// mark is how a place stands on a map.
type mark struct {
	class, cell, title, label string
	here                      bool
}

// mapStep is how many numbers a class holds: a fifth of an axis for the largest shown value. Of children a class begins no lower than the
// threshold and ends on a number that may be shown.
func (v view) mapStep(ind *ledger.Indicator, rows []row) int64 {
	top := int64(1)
	for _, r := range rows {
		if n, ok := r.Value.Number(); ok {
			top = max(top, n)
		}
	}
	for end := axisEnd(top); ; end = axisEnd(end + 1) {
		if step := end / mapClasses; ind.Class != "children" || step > v.Rule.Threshold && step%v.Rule.Base == 0 {
			return step
		}
	}
}

// mapClass names the look of a value on a map.
func mapClass(value ledger.Value, step int64) string {
	n, ok := value.Number()
	switch {
	case !ok:
		return string(value.Status())
	case n <= 0:
		return "zero"
	}
	return steps[min((n-1)/step, mapClasses-1)]
}

// drawMap puts a map with its key into a fragment: the class of a place is that of its shown value, one without a row stays empty. The
// key names the classes from the lowest to the highest that occurs.
func (v view) drawMap(f *fragment, a *atlas, ind *ledger.Indicator, rows []row) {
	step := v.mapStep(ind, rows)
	marks := map[string]mark{}
	for _, r := range rows {
		m := mark{class: mapClass(r.Value, step), cell: r.ID, label: v.text(r.Value)}
		m.title = r.labels[0] + v.Word("colon") + " " + v.spoken(r.Value, ind.Class)
		if r.Value.Status() == ledger.Missing {
			m.label = ""
		}
		marks[r.Codes[0]] = m
	}
	of := func(code string) mark {
		if m, ok := marks[code]; ok {
			return m
		}
		return mark{title: a.list.Label(code, v.Code) + v.Word("colon") + " " + v.Word("no-figure")}
	}
	var b strings.Builder
	v.mapSVG(&b, a, f.ID, `aria-labelledby="`+f.ID+`-t" aria-describedby="`+f.ID+`-s"`, of)
	b.WriteString(`<ul class="map-key">`)
	entry := func(class, text string) {
		fmt.Fprintf(&b, `<li><svg viewBox="0 0 40 28" aria-hidden="true" focusable="false"><rect class="%s" x="2" y="2" width="36" height="24"%s/></svg>%s</li>`,
			class, fill(f.ID, class), template.HTMLEscapeString(text))
	}
	used := looks(a, of)
	for i, class := range steps {
		from, to := int64(i)*step+1, int64(i+1)*step
		if ind.Class == "children" {
			from = max(int64(i)*step+v.Rule.Base, v.Rule.Threshold)
		}
		if used[class] {
			entry(class, v.say("map-class", "from", v.Int(from), "to", v.Int(to)))
		}
	}
	if used["zero"] {
		entry("zero", v.Int(0))
	}
	for _, s := range v.signs("") {
		if used[string(s.status)] {
			entry(string(s.status), s.Sign)
		}
	}
	if slices.ContainsFunc(a.outlines, func(o outline) bool { return of(o.code).cell == "" }) {
		entry("empty", v.Word("no-figure"))
	}
	b.WriteString("</ul>")
	f.Map = template.HTML(b.String())
	f.Notes = append(f.Notes, v.Word("map-caution"))
	f.Notes, f.Links = v.mapNotes(f.Notes, f.Links, a)
}

// looks are the classes that a map's figures have, and of numbers those between them.
func looks(a *atlas, of func(code string) mark) map[string]bool {
	used := map[string]bool{}
	var numbers []int
	for _, o := range a.outlines {
		if m := of(o.code); m.cell != "" {
			used[m.class] = true
			if i := slices.Index(steps, m.class); i >= 0 {
				numbers = append(numbers, i)
			}
		}
	}
	if len(numbers) > 0 {
		for _, class := range steps[slices.Min(numbers) : slices.Max(numbers)+1] {
			used[class] = true
		}
	}
	return used
}

// mapNotes adds what is to be known of a map, and whose it is.
func (v view) mapNotes(notes []string, links []link, a *atlas) ([]string, []link) {
	g := a.list.Geometry
	if note := g.Note[v.Code]; note != "" {
		notes = append(notes, note)
	}
	return notes, append(links, link{v.Word("map") + v.Word("colon") + " " + g.Credit[v.Code] + ", " + g.Licence.Title, g.Licence.Path})
}

// mapSVG draws the places in the order of the list, each a link to its page, then the edges of those without a number, which their
// neighbours would cover, then the labels.
func (v view) mapSVG(b *strings.Builder, a *atlas, id, named string, of func(code string) mark) {
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 %d %d" role="group" %s>`, a.width, a.height, named)
	b.WriteString(hatches(id, a, of))
	var edges, labels strings.Builder
	for _, o := range a.outlines {
		m := of(o.code)
		fmt.Fprintf(b, `<a href="%s"`, template.HTMLEscapeString(v.placePath(o.code)))
		class := m.class
		if class == "" {
			class = "empty"
		}
		if m.here {
			class = "here"
			b.WriteString(` aria-current="page"`)
		}
		fmt.Fprintf(b, ` class="%s"`, class)
		if m.cell != "" {
			fmt.Fprintf(b, ` data-cell="%s"`, template.HTMLEscapeString(m.cell))
		}
		fmt.Fprintf(b, `><title>%s</title><path d="%s"%s/></a>`, template.HTMLEscapeString(m.title), o.d, fill(id, class))
		if class == "withheld" || class == "missing" {
			fmt.Fprintf(&edges, `<path d="%s"/><path class="%s" d="%s"/>`, o.d, class, o.d)
		}
		label(&labels, o, m.label, class)
	}
	for _, layer := range []struct{ class, content string }{{"edges", edges.String()}, {"labels", labels.String()}} {
		if layer.content != "" {
			fmt.Fprintf(b, `<g class="%s" aria-hidden="true">%s</g>`, layer.class, layer.content)
		}
	}
	b.WriteString("</svg>")
}

// label writes a value on its place, or beside it with a line, if there is room for it.
func label(b *strings.Builder, o outline, text, class string) {
	switch {
	case text == "", o.inside && svg.Width(text, "600 "+strconv.Itoa(mapFont)+"px sans-serif") > o.room:
		return
	case o.inside:
		fmt.Fprintf(b, `<text class="on-%s" x="%d" y="%d">`, class, o.x, o.y)
	default:
		fmt.Fprintf(b, `<path d="M%d %dL%d %d"/><text x="%d" y="%d">`, o.toX, o.toY, o.x, o.y, o.x, o.y)
	}
	b.WriteString(template.HTMLEscapeString(text) + "</text>")
}

// fills are what fills the classes where the reader's own colours rule, and small values everywhere; the stylesheet gives the rest.
var fills = map[string]string{
	"q1":    `<circle cx="3" cy="3" r="1.5"/>`,
	"q2":    `<circle cx="3" cy="3" r="3"/>`,
	"q3":    `<path d="M0 3H10"/>`,
	"q4":    `<path d="M0 5H10M5 0V10"/>`,
	"small": `<path d="M-2 2L2 -2M0 10L10 0M8 12L12 8"/>`,
}

// fill is the attribute that names the pattern of a class.
func fill(id, class string) string {
	if _, ok := fills[class]; !ok {
		return ""
	}
	return ` fill="url(#` + id + "-" + class + `)"`
}

// hatches defines what a map's places and its key are filled with.
func hatches(id string, a *atlas, of func(code string) mark) string {
	used := looks(a, of)
	var b strings.Builder
	for _, class := range []string{"q1", "q2", "q3", "q4", "small"} {
		if used[class] {
			fmt.Fprintf(&b, `<pattern id="%s-%s" width="10" height="10" patternUnits="userSpaceOnUse">%s</pattern>`, id, class, fills[class])
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "<defs>" + b.String() + "</defs>"
}

// placePath is the address of a place's page.
func (v view) placePath(code string) string {
	return v.prefix + "places/" + strings.ToLower(code) + "/"
}

// mapOf says whether a table is drawn as a map: it is broken down by the list that has one.
func (v view) mapOf(t *ledger.Table) *atlas {
	if a := v.atlas(); a != nil && len(t.Attributes) == 1 && t.Attributes[0].List == a.list.ID {
		return a
	}
	return nil
}

// leadMap names the fragment that stands for all maps: of the indicators that matter most, else of all, the first with a figure of a
// place, its newest.
func (v view) leadMap() string {
	list, _ := v.Places()
	if list == nil {
		return ""
	}
	found := ""
	for i := range v.Indicators {
		ind := &v.Indicators[i]
		if found != "" && !ind.Headline {
			continue
		}
		if id := v.newestMap(ind, list); id != "" {
			if ind.Headline {
				return id
			}
			found = id
		}
	}
	return found
}

// newestMap names the newest fragment of an indicator that shows something of a place.
func (v view) newestMap(ind *ledger.Indicator, list *ledger.List) string {
	for _, p := range v.periodsOf(ind.ID) {
		for _, t := range v.tables(ind.ID) {
			if len(t.Attributes) == 1 && t.Attributes[0].List == list.ID && slices.ContainsFunc(t.Cells, func(c ledger.Cell) bool {
				return c.Period == p && c.Codes[0] != cell.Total && c.Value.Status() != ledger.Missing
			}) {
				return t.Name + "." + p
			}
		}
	}
	return ""
}
