package geography

import (
	"cmp"
	"slices"
)

// simplify draws shapes with at most so many points, or as few as keep a triangle of each. A border that two shapes share stays one
// line: rings are cut where borders meet, and each piece is thinned alike whichever shape it belongs to. Of a place of many islands the
// small ones go first.
func simplify(shapes []Shape, points int) []Shape {
	if count(shapes) <= points {
		return shapes
	}
	low, high := Bounds(shapes...)
	corners := meetings(shapes)
	least, most := 0.0, max(high[0]-low[0], high[1]-low[1])
	best := thinned(shapes, corners, most)
	for range 24 { // a tolerance in degrees, halved each time
		middle := (least + most) / 2
		if try := thinned(shapes, corners, middle); count(try) <= points {
			best, most = try, middle
		} else {
			least = middle
		}
	}
	return best
}

func count(shapes []Shape) (n int) {
	for _, s := range shapes {
		for _, ring := range s.Rings {
			n += len(ring)
		}
	}
	return n
}

// meetings are the points that must stay: from which borders lead in more than two directions.
func meetings(shapes []Shape) map[Point]bool {
	beside := map[Point][]Point{}
	link := func(from, to Point) {
		if !slices.Contains(beside[from], to) {
			beside[from] = append(beside[from], to)
		}
	}
	for _, s := range shapes {
		for _, ring := range s.Rings {
			for i, p := range ring[1:] {
				if p != ring[i] {
					link(p, ring[i])
					link(ring[i], p)
				}
			}
		}
	}
	corners := map[Point]bool{}
	for p, others := range beside {
		corners[p] = len(others) != 2
	}
	return corners
}

// thinned draws every ring with the points that lie further than a tolerance from the line without them. The largest ring of a shape
// stays, others may vanish.
func thinned(shapes []Shape, corners map[Point]bool, tolerance float64) []Shape {
	all := make([]Shape, len(shapes))
	for i, s := range shapes {
		largest := slices.MaxFunc(s.Rings, func(a, b []Point) int { return cmp.Compare(area(a), area(b)) })
		all[i] = Shape{Code: s.Code}
		for _, ring := range s.Rings {
			thin := outline(ring, corners, tolerance)
			for finer := tolerance / 2; len(thin) < 4 && &ring[0] == &largest[0] && finer > 0; finer /= 2 {
				thin = outline(ring, corners, finer)
			}
			if len(thin) >= 4 {
				all[i].Rings = append(all[i].Rings, thin)
			}
		}
	}
	return all
}

// outline thins a ring piece by piece, from corner to corner.
func outline(ring []Point, corners map[Point]bool, tolerance float64) []Point {
	open := ring[:len(ring)-1]
	start := slices.IndexFunc(open, func(p Point) bool { return corners[p] })
	if start < 0 {
		start = slices.Index(open, slices.MinFunc(open, before))
	}
	open = slices.Concat(open[start:], open[:start+1])
	var all []Point
	for from := 0; from < len(open)-1; {
		to := from + 1
		for to < len(open)-1 && !corners[open[to]] {
			to++
		}
		all = append(all, piece(open[from:to+1], tolerance)...)
		all = all[:len(all)-1] // the next piece begins with it
		from = to
	}
	return append(all, open[0])
}

// piece thins a line between two corners, in the one direction that both of its shapes agree on.
func piece(line []Point, tolerance float64) []Point {
	n := len(line)
	if c := cmp.Or(before(line[0], line[n-1]), before(line[1], line[n-2])); c > 0 {
		line = slices.Clone(line)
		slices.Reverse(line)
		thin := piece(line, tolerance)
		slices.Reverse(thin)
		return thin
	}
	kept := make([]bool, n)
	kept[0], kept[n-1] = true, true
	keep(line, kept, 0, n-1, tolerance)
	var thin []Point
	for i, p := range line {
		if kept[i] {
			thin = append(thin, p)
		}
	}
	return thin
}

// keep marks the point that lies furthest from the line between two others, if it is further than the tolerance, and goes on at both of
// its sides.
func keep(line []Point, kept []bool, from, to int, tolerance float64) {
	furthest, at := tolerance*tolerance, -1
	for i := from + 1; i < to; i++ {
		if d := distance(line[i], line[from], line[to]); d > furthest {
			furthest, at = d, i
		}
	}
	if at < 0 {
		return
	}
	kept[at] = true
	keep(line, kept, from, at, tolerance)
	keep(line, kept, at, to, tolerance)
}

// distance is that of a point from a line, squared. The conversions keep all machines from fusing the steps.
func distance(p, a, b Point) float64 {
	x, y := b[0]-a[0], b[1]-a[1]
	if long := float64(x*x) + float64(y*y); long > 0 {
		along := min(1, max(0, (float64((p[0]-a[0])*x)+float64((p[1]-a[1])*y))/long))
		a = Point{a[0] + float64(along*x), a[1] + float64(along*y)}
	}
	x, y = p[0]-a[0], p[1]-a[1]
	return float64(x*x) + float64(y*y)
}

func before(a, b Point) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }

// area is twice the area of a ring.
func area(ring []Point) (twice float64) {
	for i, p := range ring[1:] {
		twice += float64(ring[i][0]*p[1]) - float64(p[0]*ring[i][1])
	}
	return max(twice, -twice)
}
