package card

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"github.com/ccpcr/impact/generator/geography"
)

// Artist draws cards with the fonts that it was given. It is not safe for two goroutines at once.
type Artist struct {
	faces  [2][]*font.Face // regular and bold, Latin first
	shaper shaping.HarfbuzzShaper
	split  shaping.Segmenter
	marks  segmenter.Segmenter
	masks  map[glyph]mask
	lines  mask // of the map, once they are drawn

	Map []geography.Shape // the places that cards may mark
}

type glyph struct {
	face *font.Face
	id   font.GID
	size int
}

// mask is how much of each point a glyph covers, and where it lies beside its dot.
type mask struct {
	left, top, width, height int
	alpha                    []uint8
}

// Face is the font of a script in two weights, as WOFF2, TrueType or OpenType.
type Face struct{ Regular, Bold []byte }

// NewArtist reads the fonts of scripts. Latin, Greek and Cyrillic need none.
func NewArtist(scripts ...Face) (*Artist, error) {
	a := &Artist{masks: map[glyph]mask{}}
	for _, s := range slices.Concat([]Face{{goregular.TTF, gobold.TTF}}, scripts) {
		for i, file := range [][]byte{s.Regular, s.Bold} {
			plain, err := unpack(file)
			if err != nil {
				return nil, fmt.Errorf("a font for cards: %w", err)
			}
			face, err := font.ParseTTF(bytes.NewReader(plain))
			if err != nil {
				return nil, fmt.Errorf("a font for cards: %w", err)
			}
			a.faces[i] = append(a.faces[i], face)
		}
	}
	return a, nil
}

// unseen are signs that take no room and need no glyph.
func unseen(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) }

// writes says whether the fonts have every character of a text.
func (a *Artist) writes(text string) bool {
	for _, r := range text {
		if !unseen(r) && a.faceFor(r, 0) == nil {
			return false
		}
	}
	return true
}

func (a *Artist) faceFor(r rune, weight int) *font.Face {
	for _, f := range a.faces[weight] {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return nil
}

// pick chooses a face for each character; one without a glyph of its own goes with what stands before it.
type pick struct {
	artist *Artist
	weight int
	last   *font.Face
}

func (p *pick) ResolveFace(r rune) *font.Face {
	if f := p.artist.faceFor(r, p.weight); f != nil && !unseen(r) {
		p.last = f
	}
	return p.last
}

// shape turns a row into glyphs, from left to right.
func (a *Artist) shape(row, tag string, size int, bold bool) []shaping.Output {
	weight := 0
	if bold {
		weight = 1
	}
	text := []rune(row)
	in := shaping.Input{
		Text: text, RunEnd: len(text), Direction: a.direction(row), Size: fixed.I(size), Language: language.NewLanguage(tag),
	}
	var runs []shaping.Output
	for _, part := range a.split.Split(in, &pick{a, weight, a.faces[weight][0]}) {
		runs = append(runs, a.shaper.Shape(part))
	}
	if in.Direction == di.DirectionRTL {
		slices.Reverse(runs)
	}
	return runs
}

func width(runs []shaping.Output) (sum fixed.Int26_6) {
	for _, r := range runs {
		sum += r.Advance
	}
	return sum
}

// direction is that of the first letter.
func (a *Artist) direction(text string) di.Direction {
	for _, r := range text {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return di.DirectionRTL
		}
		if unicode.IsLetter(r) {
			break
		}
	}
	return di.DirectionLTR
}

func (a *Artist) backwards(text string) bool { return a.direction(text) == di.DirectionRTL }

// leading is the distance of rows: scripts that have a font of their own need more.
func (a *Artist) leading(text string, size int) int {
	for _, r := range text {
		if f := a.faceFor(r, 0); f != nil && f != a.faces[0][0] {
			return size * 17 / 10
		}
	}
	return size * 13 / 10
}

// wrap breaks a text into rows at spaces and at zero-width spaces, and inside a word only where that alone is wider than a row: there
// between letter clusters. It says false where that was needed, or where the text did not end within the rows that there are.
func (a *Artist) wrap(text, tag string, size int, bold bool, room, most int) (rows []string, fits bool) {
	fits = true
	wide := func(s string) fixed.Int26_6 { return width(a.shape(s, tag, size, bold)) }
	row, used := "", fixed.Int26_6(0) // words do not change one another's width
	for _, word := range words(text) {
		bare := wide(strings.TrimSpace(word))
		if row != "" && used+bare > fixed.I(room) {
			rows, row, used = append(rows, strings.TrimSpace(row)), "", 0
		}
		if bare > fixed.I(room) {
			fits = false
			for _, cluster := range a.clusters(word) {
				if wide(row+cluster) > fixed.I(room) {
					rows, row = append(rows, row), ""
				}
				row += cluster
			}
			used = wide(row)
			continue
		}
		row += word
		if used += bare; strings.HasSuffix(word, " ") {
			used += wide(" ")
		}
	}
	if row = strings.TrimSpace(row); row != "" || len(rows) == 0 {
		rows = append(rows, row)
	}
	if len(rows) > most {
		rows, fits = rows[:most], false
		rows[most-1] += " …"
	}
	return rows, fits
}

// words are the pieces of a text between which a row may end.
func words(text string) (all []string) {
	from := 0
	for i, r := range text {
		if r == ' ' || r == '\u200b' {
			all = append(all, text[from:i+len(string(r))])
			from = i + len(string(r))
		}
	}
	return append(all, text[from:])
}

// clusters are what readers take for one letter: a row never ends inside. A sign that puts the next letter below ties it.
func (a *Artist) clusters(text string) (all []string) {
	a.marks.Init([]rune(text))
	tied := false
	for it := a.marks.GraphemeIterator(); it.Next(); {
		g := string(it.Grapheme().Text)
		if tied {
			all[len(all)-1] += g
		} else {
			all = append(all, g)
		}
		tied = strings.HasSuffix(g, "\u17d2") || strings.HasSuffix(g, "\u1039")
	}
	return all
}

// mask draws a glyph once for each size.
func (a *Artist) mask(face *font.Face, id font.GID, size int) mask {
	key := glyph{face, id, size}
	if m, ok := a.masks[key]; ok {
		return m
	}
	var m mask
	if outline, ok := face.GlyphData(id).(font.GlyphOutline); ok && len(outline.Segments) > 0 {
		m = fill(outline.Segments, float64(size)/float64(face.Upem()))
	}
	a.masks[key] = m
	return m
}

// fill rasterises an outline. Places are whole 64ths of a point, so that no machine rounds them otherwise.
func fill(segments []ot.Segment, scale float64) mask {
	at := func(p ot.SegmentPoint) (x, y float32) {
		return snap(float64(p.X) * scale), -snap(float64(p.Y) * scale)
	}
	low, high := [2]float32{math.MaxFloat32, math.MaxFloat32}, [2]float32{-math.MaxFloat32, -math.MaxFloat32}
	for _, s := range segments {
		for _, p := range s.ArgsSlice() {
			x, y := at(p)
			low = [2]float32{min(low[0], x), min(low[1], y)}
			high = [2]float32{max(high[0], x), max(high[1], y)}
		}
	}
	m := mask{left: int(math.Floor(float64(low[0]))), top: int(math.Floor(float64(low[1])))}
	m.width, m.height = int(math.Ceil(float64(high[0])))-m.left, int(math.Ceil(float64(high[1])))-m.top
	if m.width <= 0 || m.height <= 0 {
		return mask{}
	}
	r := vector.NewRasterizer(m.width, m.height)
	to := func(p ot.SegmentPoint) (x, y float32) {
		x, y = at(p)
		return x - float32(m.left), y - float32(m.top)
	}
	for _, s := range segments {
		ax, ay := to(s.Args[0])
		bx, by := to(s.Args[1])
		cx, cy := to(s.Args[2])
		switch s.Op {
		case ot.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(ax, ay)
		case ot.SegmentOpLineTo:
			r.LineTo(ax, ay)
		case ot.SegmentOpQuadTo:
			r.QuadTo(ax, ay, bx, by)
		case ot.SegmentOpCubeTo:
			r.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	r.ClosePath()
	m.alpha = coverage(r, m.width, m.height)
	return m
}
