package render

import (
	"math"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/geography"
	"github.com/ccpcr/impact/generator/ledger"
)

// A map is as wide as it can be within these units, of which a bar chart has half as many.
const (
	mapWidth  = 656
	mapHeight = 720
	mapFont   = 28 // on phones; the stylesheet makes it smaller where the map is larger
)

// atlas is the map of a release's places, in units of a drawing.
type atlas struct {
	list          *ledger.List
	width, height int
	outlines      []outline // in the order of the list
}

// outline is a place on the map.
type outline struct {
	code, d  string
	x, y     int // where its label stands
	toX, toY int // where a line leads from there, if the label stands outside
	inside   bool
	room     float64 // width of the outline
}

// atlas projects the outlines so that a degree east is as much shorter than one north as it is in the middle of the map. It is nil where
// the release has no map.
func (v view) atlas() *atlas {
	list, shapes := v.Places()
	if list == nil {
		return nil
	}
	low, high := geography.Bounds(shapes...)
	narrow := math.Round(math.Cos((low[1]+high[1])/2*math.Pi/180)*1000) / 1000
	wide, tall := max((high[0]-low[0])*narrow, 0.001), max(high[1]-low[1], 0.001)
	unit := math.Min(mapWidth/wide, mapHeight/tall)
	to := func(p geography.Point) (x, y int) {
		return int(math.Round((p[0] - low[0]) * narrow * unit)), int(math.Round((high[1] - p[1]) * unit))
	}
	a := &atlas{list: list, width: int(math.Round(wide * unit)), height: int(math.Round(tall * unit))}
	for _, s := range shapes {
		o := outline{code: s.Code, inside: s.Holds(s.Label)}
		o.x, o.y = to(s.Label)
		o.toX, o.toY = to(s.Middle())
		west, east := geography.Bounds(s)
		o.room = (east[0] - west[0]) * narrow * unit
		o.d = path(s.Rings, to)
		a.height = max(a.height, o.y+mapFont)
		a.outlines = append(a.outlines, o)
	}
	return a
}

// path writes rings as the steps from point to point; points that fall together are one.
func path(rings [][]geography.Point, to func(geography.Point) (x, y int)) string {
	var b strings.Builder
	for _, ring := range rings {
		x, y := to(ring[0])
		b.WriteString("M" + pair(x, y))
		begun := false
		for _, p := range ring[1 : len(ring)-1] {
			px, py := to(p)
			if px == x && py == y {
				continue
			}
			if !begun {
				b.WriteByte('l')
			} else if px >= x {
				b.WriteByte(' ')
			}
			b.WriteString(pair(px-x, py-y))
			x, y, begun = px, py, true
		}
		b.WriteByte('z')
	}
	return b.String()
}

// pair writes two numbers; a minus parts them as well as a space.
func pair(x, y int) string {
	s := strconv.Itoa(x)
	if y >= 0 {
		s += " "
	}
	return s + strconv.Itoa(y)
}
