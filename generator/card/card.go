// Package card draws the pictures that stand beside a link to a page elsewhere: 1200 by 630 points, words
// and, of a place, where it lies.
//
// In: words, the fonts of the languages, and the outlines of places. Out: a PNG that carries its words as text. The picture is a function of these
// alone, so whoever has both can draw it again and compare: the audit does. Scripts are shaped as browsers do
// (go-text, a port of HarfBuzz). It holds no counts and serves both sides.
package card

import (
	"encoding/json"
	"image"
	"image/color"
	"strconv"
	"strings"

	"golang.org/x/image/math/fixed"
)

// Version is to be raised when the same words give another picture.
const Version = "2"

// Size of a card in points.
const (
	Width  = 1200
	Height = 630
	margin = 80
)

// Words are all that a card says.
type Words struct {
	Language string `json:"language"`         // BCP 47
	Name     string `json:"name"`             // whose site it is
	Kind     string `json:"kind,omitempty"`   // what sort of page
	Title    string `json:"title"`            // of the page
	Cell     string `json:"cell,omitempty"`   // of the figure
	Figure   string `json:"figure,omitempty"` // a shown value
	Text     string `json:"text,omitempty"`   // a sentence
	Foot     string `json:"foot,omitempty"`   // period and release
	Place    string `json:"place,omitempty"`  // code of the place that the map marks
	Accent   string `json:"accent"`           // a colour, as #RRGGBB
}

// Alt says the same for those who do not see the picture.
func (w Words) Alt() string {
	if w.Text != "" {
		return w.Title + ". " + w.Text
	}
	return w.Title
}

// line is a text in one size and colour, at most so many lines of it.
type line struct {
	text  string
	sizes []int // the largest at which it fits is taken
	bold  bool
	tone  int // of the palette: the darkest of a row of shades
	lines int
	gap   int // above it
}

// Draw gives the PNG of a card. It says false where the fonts lack a character of it, or the map its place.
func (a *Artist) Draw(w Words) (png []byte, ok bool, err error) {
	accent, err := parse(w.Accent)
	if err != nil {
		return nil, false, err
	}
	for _, text := range []string{w.Name, w.Kind, w.Title, w.Figure, w.Text, w.Foot} {
		if !a.writes(text) {
			return nil, false, nil
		}
	}
	p := &picture{artist: a, language: w.Language, image: image.NewPaletted(image.Rect(0, 0, Width, Height), palette(accent)), room: Width - 2*margin}
	p.fill(image.Rect(0, 0, 24, Height), accentTone)
	p.put(line{w.Name, []int{34}, true, accentTone, 1, 0}, margin, 92)
	if w.Foot != "" {
		p.put(line{w.Foot, []int{28, 24}, false, inkTone, 1, 0}, margin, Height-48)
		p.fill(image.Rect(margin, Height-104, Width-margin, Height-102), ruleTone)
	}
	if w.Place != "" {
		if !p.places(w.Place) {
			return nil, false, nil
		}
		p.room = chart.Min.X - margin - 40
	}
	block := []line{{w.Title, []int{68, 60, 52, 46, 40}, true, inkTone, 3, 0}}
	if w.Figure != "" {
		block = []line{
			{w.Title, []int{42, 38, 34}, true, inkTone, 2, 0},
			{w.Figure, []int{132}, true, accentTone, 1, 8},
		}
	}
	if w.Kind != "" {
		block = append([]line{{w.Kind, []int{30}, false, inkTone, 1, 0}}, block...)
		block[1].gap = 6
	}
	if w.Text != "" {
		block = append(block, line{w.Text, []int{38, 34, 30}, false, inkTone, 3, 12})
	}
	p.stack(block, 120, Height-132)
	words, err := json.Marshal(w)
	if err != nil {
		return nil, false, err
	}
	png, err = encode(p.image, words)
	return png, err == nil, err
}

// The palette holds 16 colours, so that a point takes half a byte: paper, seven shades of the accent, eight of ink.
const (
	accentTone = 7
	inkTone    = 15
	ruleTone   = 10
)

func palette(accent color.RGBA) color.Palette {
	paper, ink := color.RGBA{255, 255, 255, 255}, color.RGBA{0x15, 0x21, 0x2B, 255}
	colours := color.Palette{paper}
	for _, row := range []struct {
		dark  color.RGBA
		steps int
	}{{accent, 7}, {ink, 8}} {
		for i := 1; i <= row.steps; i++ {
			mix := func(from, to uint8) uint8 { return uint8((int(from)*(row.steps-i) + int(to)*i) / row.steps) }
			colours = append(colours, color.RGBA{mix(paper.R, row.dark.R), mix(paper.G, row.dark.G), mix(paper.B, row.dark.B), 255})
		}
	}
	return colours
}

func parse(hex string) (color.RGBA, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 24)
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}, err
}

// picture is a card that is being drawn.
type picture struct {
	artist   *Artist
	language string
	image    *image.Paletted
	room     int // the width of texts in the middle
}

func (p *picture) fill(r image.Rectangle, tone uint8) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p.image.SetColorIndex(x, y, tone)
		}
	}
}

// stack writes a block of texts one below the other, in the middle between two heights. Where they need more room than there is,
// every text takes its next smaller size.
func (p *picture) stack(block []line, top, bottom int) {
	type set struct {
		line
		size int
		rows []string
	}
	for smaller := 0; ; smaller++ {
		var all []set
		height, last := 0, true
		for _, l := range block {
			at := min(smaller, len(l.sizes)-1)
			last = last && at == len(l.sizes)-1
			rows, fits := p.artist.wrap(l.text, p.language, l.sizes[at], l.bold, p.room, l.lines)
			for !fits && at < len(l.sizes)-1 {
				at++
				rows, fits = p.artist.wrap(l.text, p.language, l.sizes[at], l.bold, p.room, l.lines)
			}
			all = append(all, set{l, l.sizes[at], rows})
			height += l.gap + len(rows)*p.artist.leading(l.text, l.sizes[at])
		}
		if height > bottom-top && !last {
			continue
		}
		y := top + max(0, (bottom-top-height)/2)
		for _, s := range all {
			lead := p.artist.leading(s.text, s.size)
			y += s.gap
			for _, row := range s.rows {
				y += lead
				p.write(row, s.size, s.bold, s.tone, margin, y-lead*3/10)
			}
		}
		return
	}
}

// put writes a text of one row on a base line.
func (p *picture) put(l line, x, y int) {
	for i, size := range l.sizes {
		rows, fits := p.artist.wrap(l.text, p.language, size, l.bold, Width-2*margin, 1)
		if fits || i == len(l.sizes)-1 {
			p.write(rows[0], size, l.bold, l.tone, x, y)
			return
		}
	}
}

// write draws one row from the left or, in scripts that run so, up to the right edge.
func (p *picture) write(row string, size int, bold bool, tone, x, y int) {
	runs := p.artist.shape(row, p.language, size, bold)
	dot := fixed.I(x)
	if p.artist.backwards(row) {
		dot = fixed.I(Width-x) - width(runs)
	}
	for _, run := range runs {
		for _, g := range run.Glyphs {
			m := p.artist.mask(run.Face, g.GlyphID, size)
			p.blend(m, (dot + g.XOffset).Round(), y-g.YOffset.Round(), tone)
			dot += g.Advance
		}
	}
}

// blend lays a glyph over what is there: the darker shade wins.
func (p *picture) blend(m mask, x, y, tone int) {
	steps := 8
	if tone == accentTone {
		steps = 7
	}
	for r := range m.height {
		for c := range m.width {
			shade := (int(m.alpha[r*m.width+c])*steps + 127) / 255
			if shade == 0 {
				continue
			}
			px, py := x+m.left+c, y+m.top+r
			if !(image.Point{px, py}).In(p.image.Rect) {
				continue
			}
			if i := uint8(tone - steps + shade); i > p.image.ColorIndexAt(px, py) {
				p.image.SetColorIndex(px, py, i)
			}
		}
	}
}
