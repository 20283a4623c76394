package card

import (
	"image"
	"math"

	"golang.org/x/image/vector"

	"github.com/ccpcr/impact/generator/geography"
)

// chart is the room of a map, at the right of a card. It is so small that its points are counted in whole numbers on any machine.
var chart = image.Rect(690, 96, Width-margin, Height-124)

// faint is how dark borders are, in 255ths of the ink.
const faint = 120

// places draws the borders of all places, and one place filled. It says false where the map does not have that place.
func (p *picture) places(code string) bool {
	shapes := p.artist.Map
	to := projection(shapes)
	for _, s := range shapes {
		if s.Code != code {
			continue
		}
		r := vector.NewRasterizer(chart.Dx(), chart.Dy())
		for _, ring := range s.Rings {
			for i, at := range ring {
				if x, y := to(at); i == 0 {
					r.ClosePath()
					r.MoveTo(x, y)
				} else {
					r.LineTo(x, y)
				}
			}
		}
		r.ClosePath()
		p.blend(mask{0, 0, chart.Dx(), chart.Dy(), coverage(r, chart.Dx(), chart.Dy())}, chart.Min.X, chart.Min.Y, accentTone)
		p.blend(p.artist.borders(to), chart.Min.X, chart.Min.Y, inkTone)
		return true
	}
	return false
}

// borders draws the outlines of all places once, as thin bands. All bands turn the same way, so that none takes another away.
func (a *Artist) borders(to func(geography.Point) (x, y float32)) mask {
	if a.lines.alpha != nil {
		return a.lines
	}
	const half = 0.9
	r := vector.NewRasterizer(chart.Dx(), chart.Dy())
	for _, s := range a.Map {
		for _, ring := range s.Rings {
			for i := range len(ring) - 1 {
				ax, ay := to(ring[i])
				bx, by := to(ring[i+1])
				dx, dy := float64(bx-ax), float64(by-ay)
				long := math.Sqrt(float64(dx*dx) + float64(dy*dy))
				if long == 0 {
					continue
				}
				nx, ny := snap(-dy/long*half), snap(dx/long*half)
				r.MoveTo(ax+nx, ay+ny)
				r.LineTo(bx+nx, by+ny)
				r.LineTo(bx-nx, by-ny)
				r.LineTo(ax-nx, ay-ny)
				r.ClosePath()
			}
		}
	}
	alpha := coverage(r, chart.Dx(), chart.Dy())
	for i, x := range alpha {
		alpha[i] = uint8(int(x) * faint / 255)
	}
	a.lines = mask{0, 0, chart.Dx(), chart.Dy(), alpha}
	return a.lines
}

// projection puts places into the room of a map: a degree east is as much shorter than one north as it is in the middle.
func projection(shapes []geography.Shape) func(geography.Point) (x, y float32) {
	low, high := geography.Bounds(shapes...)
	narrow := math.Round(math.Cos((low[1]+high[1])/2*math.Pi/180)*1000) / 1000
	wide, tall := max((high[0]-low[0])*narrow, 0.001), max(high[1]-low[1], 0.001)
	unit := math.Min(float64(chart.Dx()-4)/wide, float64(chart.Dy()-4)/tall)
	left, top := (float64(chart.Dx())-wide*unit)/2, (float64(chart.Dy())-tall*unit)/2
	return func(p geography.Point) (x, y float32) {
		east, south := float64((p[0]-low[0])*narrow), high[1]-p[1]
		return snap(left + float64(east*unit)), snap(top + float64(south*unit))
	}
}

// snap puts a length on a 64th of a point, so that no machine rounds it otherwise.
func snap(v float64) float32 { return float32(math.Round(v*64)) / 64 }
