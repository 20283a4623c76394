package built

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/geography"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// chorus is a map on a page as it should be: the places of the release in their order, each with the cell of the figure's table.
type chorus struct {
	*page
	id     string // what the names of its patterns begin with
	figure bool   // whether it shows a figure's cells, or only where a place is
	list   *ledger.List
	shapes []geography.Shape
	cells  map[string]string // by code of a place
	step   int64
	class  string // of the indicator
}

// mapBox finds whatever is wrong with a map. rows are those of the table beside it, nil where there is none.
func (g *page) mapBox(svg, figure *html.Node, rows []line) {
	c := chorus{page: g, id: "place-map", cells: map[string]string{}}
	if c.list, c.shapes = g.release.Places(); c.list == nil {
		g.wrong("the page has a map, the release has none")
		return
	}
	if figure != nil {
		c.id, _ = attr(figure, "id")
		c.figure = true
	}
	for _, row := range rows {
		parts := strings.Split(row.cells[0], "/")
		if p, ok := g.places()[row.cells[0]]; ok && len(parts) == 3 && p.table.Attributes[0].List == c.list.ID {
			_, code, _ := strings.Cut(parts[2], "=")
			c.cells[code], c.class = row.cells[0], g.release.Indicator(p.indicator).Class
		}
	}
	c.step = c.steps()
	c.svg(svg)
	if figure != nil {
		c.key(figure)
	}
}

func (g *page) wrong(format string, args ...any) { g.found(g.path, "built-map", nil, format, args...) }

// steps is how many numbers a class holds: a fifth of the next of 10, 20, 25 and 50 times a power of ten at or above the largest shown
// value; of children more than the threshold, and a multiple of the base.
func (c chorus) steps() int64 {
	top := int64(1)
	for _, id := range c.cells {
		if v, ok := c.release.Value(id); ok {
			n, _ := v.Number()
			top = max(top, n)
		}
	}
	rule := c.release.Rule
	for power := int64(1); ; power *= 10 {
		for _, end := range []int64{10, 20, 25, 50} {
			step := end * power / 5
			if end*power >= top && (c.class != "children" || step > rule.Threshold && step%rule.Base == 0) {
				return step
			}
		}
	}
}

// look is the class of a place.
func (c chorus) look(code string) string {
	id, ok := c.cells[code]
	if !c.figure && strings.HasSuffix("/"+c.path, "/places/"+strings.ToLower(code)+"/index.html") {
		return "here"
	}
	if !ok {
		return "empty"
	}
	v, _ := c.release.Value(id)
	switch n, ok := v.Number(); {
	case !ok:
		return string(v.Status())
	case n <= 0:
		return "zero"
	default:
		return "q" + strconv.FormatInt(min((n+c.step-1)/c.step, 5), 10)
	}
}

// hatches are the patterns of classes, the same on every map.
var hatches = map[string]string{
	"q1":    `<circle cx="3" cy="3" r="1.5"></circle>`,
	"q2":    `<circle cx="3" cy="3" r="3"></circle>`,
	"q3":    `<path d="M0 3H10"></path>`,
	"q4":    `<path d="M0 5H10M5 0V10"></path>`,
	"small": `<path d="M-2 2L2 -2M0 10L10 0M8 12L12 8"></path>`,
}

// filled is the pattern of a class.
func (c chorus) filled(class string) string {
	if hatches[class] != "" {
		return "url(#" + c.id + "-" + class + ")"
	}
	return ""
}

// name is what a place is called for those who listen or point at it.
func (c chorus) name(code string) string {
	name := c.list.Label(code, c.language.Code)
	id, ok := c.cells[code]
	switch {
	case !c.figure:
		return name
	case !ok:
		return name + c.language.Word("colon") + " " + c.language.Word("no-figure")
	}
	v, _ := c.release.Value(id)
	said := spoken(c.release, c.language, v)
	if _, ok := v.Number(); ok {
		if said = shown(c.release, c.language, v); c.class == "children" {
			said = lang.Fill(c.language.Word("spoken-rounded"), map[string]string{"value": said})
		}
	}
	return name + c.language.Word("colon") + " " + said
}

// svg looks at the drawing: patterns, one link for each place, edges, labels, and nothing else.
func (c chorus) svg(svg *html.Node) {
	for _, a := range svg.Attr {
		switch {
		case a.Key == "viewBox": // looked at with the outlines
		case strings.HasPrefix(a.Key, "aria-"):
			c.saysIn(c.words, c.path, "the attribute "+a.Key, a.Val)
		default:
			c.same(c.path, "the attribute "+a.Key+" of maps", a.Val)
		}
	}
	parts := children(svg)
	if len(parts) > 0 && parts[0].Data == "defs" {
		c.patterns(parts[0])
		parts = parts[1:]
	}
	if len(parts) < len(c.shapes) {
		c.wrong("the map has %d parts, the release has %d places", len(parts), len(c.shapes))
		return
	}
	outlines := make([]string, len(c.shapes))
	boxes := make([]box, len(c.shapes))
	for i, s := range c.shapes {
		outlines[i] = c.place(parts[i], s.Code)
		var ok bool
		if boxes[i], ok = outline(outlines[i]); !ok {
			c.wrong("the outline of %s cannot be read", s.Code)
			return
		}
		c.same(c.path, "the outline of "+s.Code+" on maps", outlines[i])
	}
	to := c.where(boxes)
	c.size(svg, boxes, to)
	for _, layer := range parts[len(c.shapes):] {
		switch class, _ := attr(layer, "class"); {
		case layer.Data == "g" && class == "edges" && only(layer, "class", "aria-hidden=true"):
			c.edges(children(layer), outlines)
		case layer.Data == "g" && class == "labels" && only(layer, "class", "aria-hidden=true"):
			c.labels(children(layer), to)
		default:
			c.wrong("the map has something that is no place, edge or label")
		}
	}
}

// where holds each outline against the place that the release's geometry gives it, and tells where its points are on the map.
func (c chorus) where(boxes []box) func(p geography.Point) (x, y float64) {
	all := boxes[0]
	for _, b := range boxes {
		all = box{min(all.left, b.left), min(all.top, b.top), max(all.right, b.right), max(all.bottom, b.bottom)}
	}
	low, high := geography.Bounds(c.shapes...)
	to := func(p geography.Point) (x, y float64) {
		return all.left + (p[0]-low[0])/(high[0]-low[0])*(all.right-all.left), all.top + (high[1]-p[1])/(high[1]-low[1])*(all.bottom-all.top)
	}
	for i, s := range c.shapes {
		west, east := geography.Bounds(s)
		left, bottom := to(west)
		right, top := to(east)
		b := boxes[i]
		if !near2(b.left, b.top, left, top) || !near2(b.right, b.bottom, right, bottom) {
			c.wrong("the outline of %s does not lie where the release has it", s.Code)
		}
	}
	return to
}

// size holds the size of a map against its outlines, which fill it but for the labels below them.
func (c chorus) size(svg *html.Node, boxes []box, to func(p geography.Point) (x, y float64)) {
	right, bottom := 0.0, 0.0
	for i, s := range c.shapes {
		_, label := to(s.Label)
		right, bottom = max(right, boxes[i].right), max(bottom, boxes[i].bottom, label)
	}
	room, _ := attr(svg, "viewBox")
	size := numbers(room)
	if skeleton(room) != "0 0 0 0" || size[0] != 0 || size[1] != 0 || math.Abs(size[2]-right) > 1 || size[3] < bottom-1 || size[3] > bottom+50 {
		c.wrong("the map is larger or smaller than its outlines")
	}
	c.same(c.path, "the size of maps", room)
}

// near2 says whether two points of a map are one, as far as whole units tell.
func near2(x, y, a, b float64) bool { return math.Abs(x-a) < 1.6 && math.Abs(y-b) < 1.6 }

// place looks at one place and gives its outline.
func (c chorus) place(n *html.Node, code string) (d string) {
	href, _ := attr(n, "href")
	id, _ := attr(n, "data-cell")
	class, _ := attr(n, "class")
	want := c.look(code)
	inside := children(n)
	switch {
	case n.Data != "a" || !only(n, "href", "data-cell", "class", "aria-current=page") || len(inside) != 2:
		c.wrong("the map has something else where %s should be", code)
		return ""
	case href != c.address(code):
		c.wrong("the map leads to %q where %s should be", href, code)
	case id != c.cells[code]:
		c.wrong("the map names the cell %q for %s, the table beside it %q", id, code, c.cells[code])
	case class != want:
		c.wrong("the map draws %s as %q, its shown value gives %q", code, class, want)
	}
	if _, current := attr(n, "aria-current"); current != (want == "here") {
		c.wrong("the map marks %s as the page's own, or does not", code)
	}
	title, shape := inside[0], inside[1]
	if said := text(title); title.Data != "title" || len(title.Attr) > 0 || len(children(title)) > 0 || said != c.name(code) {
		c.wrong("the map calls %s %q, shown values %q", code, said, c.name(code))
	}
	fill, _ := attr(shape, "fill")
	if shape.Data != "path" || !only(shape, "d", "fill") || fill != c.filled(want) || len(children(shape)) > 0 {
		c.wrong("the map fills %s with %q, its shown value gives %q", code, fill, c.filled(want))
	}
	d, _ = attr(shape, "d")
	return d
}

// address is the page of a place in the language of the page.
func (c chorus) address(code string) string {
	_, rest, _ := strings.Cut(c.release.Organisation.Address, "://")
	_, base, _ := strings.Cut(rest, "/")
	own := ""
	if c.language.Code != c.release.Languages[0].Code {
		own = c.language.Code + "/"
	}
	return "/" + base + own + "places/" + strings.ToLower(code) + "/"
}

// edges looks at what is drawn around withheld and missing values: their outlines, twice.
func (c chorus) edges(paths []*html.Node, outlines []string) {
	var want, drawn []string
	for i, s := range c.shapes {
		if look := c.look(s.Code); look == "withheld" || look == "missing" {
			want = append(want, " "+outlines[i], look+" "+outlines[i])
		}
	}
	for _, n := range paths {
		class, _ := attr(n, "class")
		d, _ := attr(n, "d")
		if n.Data != "path" || !only(n, "class", "d") || len(children(n)) > 0 {
			d = ""
		}
		drawn = append(drawn, class+" "+d)
	}
	if !slices.Equal(want, drawn) {
		c.wrong("the map draws other edges than those of withheld and missing values")
	}
}

// labels looks at the values on a map: each stands where the release's geometry has its place, in the order of the places. One may be left
// out where its place has no room.
func (c chorus) labels(all []*html.Node, to func(geography.Point) (x, y float64)) {
	for _, s := range c.shapes {
		v, ok := c.release.Value(c.cells[s.Code])
		if !ok || v.Status() == ledger.Missing {
			continue
		}
		inside := s.Holds(s.Label)
		x, y := to(s.Label)
		if !inside {
			mx, my := to(s.Middle())
			if len(all) == 0 || all[0].Data != "path" || !only(all[0], "d") || !leads(all[0], mx, my, x, y) {
				c.wrong("no line leads to the label of %s", s.Code)
				return
			}
			all = all[1:]
		}
		if len(all) == 0 || !stands(all[0], x, y) {
			if inside {
				continue
			}
			c.wrong("%s has no label", s.Code)
			return
		}
		n, class := all[0], ""
		if inside {
			class = "on-" + c.look(s.Code)
		}
		all = all[1:]
		if said := text(n); n.Data != "text" || !only(n, "class", "x", "y") || len(children(n)) > 0 || said != shown(c.release, c.language, v) {
			c.wrong("the map says %q for %s, the release shows %q", said, s.Code, shown(c.release, c.language, v))
		}
		if own, _ := attr(n, "class"); own != class {
			c.wrong("the label of %s looks otherwise than its value", s.Code)
		}
	}
	if len(all) > 0 {
		c.wrong("the map has a label that belongs to no place")
	}
}

func leads(n *html.Node, fromX, fromY, x, y float64) bool {
	d, _ := attr(n, "d")
	at := numbers(d)
	return len(at) == 4 && near2(at[0], at[1], fromX, fromY) && near2(at[2], at[3], x, y) && d == fmt.Sprintf("M%v %vL%v %v", at[0], at[1], at[2], at[3])
}

func stands(n *html.Node, x, y float64) bool {
	left, _ := attr(n, "x")
	top, _ := attr(n, "y")
	a, errA := strconv.ParseFloat(left, 64)
	b, errB := strconv.ParseFloat(top, 64)
	return errA == nil && errB == nil && near2(a, b, x, y)
}

// patterns looks at what places are filled with where the reader's own colours rule: of the classes in the key.
func (c chorus) patterns(defs *html.Node) {
	key := c.entries()
	for _, n := range children(defs) {
		id, _ := attr(n, "id")
		class, mine := strings.CutPrefix(id, c.id+"-")
		keyed := slices.ContainsFunc(key, func(e entry) bool { return e.class == class })
		if n.Data != "pattern" || !mine || !keyed || c.filled(class) == "" {
			c.wrong("the map has a pattern %q", id)
			continue
		}
		var b bytes.Buffer
		_ = html.Render(&b, n)
		if b.String() != `<pattern id="`+id+`" width="10" height="10" patternUnits="userSpaceOnUse">`+hatches[class]+`</pattern>` {
			c.wrong("the map's pattern %q is not that of its class", class)
		}
	}
	if len(defs.Attr) > 0 {
		c.wrong("the patterns of the map say something")
	}
}

// children are the elements in an element; a comment, or a text in what holds elements, is given as well, so that it is found.
func children(n *html.Node) []*html.Node {
	var all []*html.Node
	for c := range n.ChildNodes() {
		if c.Type == html.TextNode && (n.Data == "title" || n.Data == "text" || strings.TrimSpace(c.Data) == "") {
			continue
		}
		all = append(all, c)
	}
	return all
}

// only says whether an element has no other attributes; "name=value" allows a single value.
func only(n *html.Node, names ...string) bool {
	for _, a := range n.Attr {
		if !slices.Contains(names, a.Key) && !slices.Contains(names, a.Key+"="+a.Val) {
			return false
		}
	}
	return true
}
