package geography

import "slices"

// lanes are the lines, from south to north, on which room for a figure is looked for.
const lanes = 40

// label is where a shape has room for its figure: the middle, or, where that is outside or in a narrow part, the middle of the widest
// stretch from west to east.
func (s Shape) label() Point {
	middle := s.Middle()
	low, high := Bounds(s)
	widest, best := s.room(middle[1]), middle
	if !s.Holds(middle) {
		widest = [2]float64{}
	} else if widest[0] < widest[1] {
		best = Point{(widest[0] + widest[1]) / 2, middle[1]}
	}
	enough := (widest[1] - widest[0]) * 3 / 2 // a little more room is no reason to leave the middle
	for i := range lanes {
		y := low[1] + (high[1]-low[1])*(float64(i)+0.5)/lanes
		if lane := s.room(y); lane[1]-lane[0] > enough {
			enough, best = lane[1]-lane[0], Point{(lane[0] + lane[1]) / 2, y}
		}
	}
	return best
}

// room is the widest stretch of a shape at a latitude.
func (s Shape) room(y float64) (widest [2]float64) {
	var crossings []float64
	for _, ring := range s.Rings {
		for i, b := range ring[1:] {
			a := ring[i]
			if (a[1] > y) != (b[1] > y) {
				crossings = append(crossings, a[0]+float64((b[0]-a[0])*(y-a[1])/(b[1]-a[1])))
			}
		}
	}
	slices.Sort(crossings)
	for i := 0; i+1 < len(crossings); i += 2 {
		if crossings[i+1]-crossings[i] > widest[1]-widest[0] {
			widest = [2]float64{crossings[i], crossings[i+1]}
		}
	}
	return widest
}
