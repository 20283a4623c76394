// Package geography reads the outlines of places.
//
// In: GeoJSON, a FeatureCollection in degrees whose features bear a property "code" and are polygons. Out: one shape for each code of
// a list, in the order of the list. It holds no counts and serves both sides of the wall.
package geography

import (
	"encoding/json"
	"fmt"
	"slices"
)

// maxPoints keeps a map so small that a page can hold it.
const maxPoints = 4000

// Point is a place in degrees: longitude, latitude.
type Point [2]float64

// Shape is the outline of a place.
type Shape struct {
	Code  string
	Rings [][]Point // closed: the last point is the first
	Label Point     // where its figure stands
}

// file is what is read of GeoJSON; what else a feature says is passed over.
type file struct {
	Type     string `json:"type"`
	Features []struct {
		Properties struct {
			Code  string `json:"code"`
			Label *Point `json:"label"` // where there is no room in the middle
		} `json:"properties"`
		Geometry struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	} `json:"features"`
}

// Read reads a map of the codes of a list: each must have one shape, and no other may be there.
func Read(data []byte, codes []string) ([]Shape, error) {
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("GeoJSON: %w", err)
	}
	if f.Type != "FeatureCollection" {
		return nil, fmt.Errorf("a FeatureCollection of GeoJSON")
	}
	shapes, points := make([]Shape, len(codes)), 0
	for _, feature := range f.Features {
		code := feature.Properties.Code
		i := slices.Index(codes, code)
		if i < 0 {
			return nil, fmt.Errorf("codes of the list, found %q", code)
		}
		if shapes[i].Code != "" {
			return nil, fmt.Errorf("one shape of %s, found two", code)
		}
		rings, err := rings(feature.Geometry.Type, feature.Geometry.Coordinates)
		if err != nil {
			return nil, fmt.Errorf("%w in the shape of %s", err, code)
		}
		for _, ring := range rings {
			points += len(ring)
		}
		shapes[i] = Shape{Code: code, Rings: rings}
		shapes[i].Label = shapes[i].Middle()
		if at := feature.Properties.Label; at != nil {
			if !at.onEarth() {
				return nil, fmt.Errorf("degrees in the label of %s", code)
			}
			shapes[i].Label = *at
		}
	}
	for i, s := range shapes {
		if s.Code == "" {
			return nil, fmt.Errorf("a shape of %s, found none", codes[i])
		}
	}
	if points > maxPoints {
		return nil, fmt.Errorf("at most %d points, found %d: simplify the outlines", maxPoints, points)
	}
	return shapes, nil
}

func rings(kind string, coordinates json.RawMessage) ([][]Point, error) {
	var parts [][][]Point
	var err error
	switch kind {
	case "Polygon":
		parts = make([][][]Point, 1)
		err = json.Unmarshal(coordinates, &parts[0])
	case "MultiPolygon":
		err = json.Unmarshal(coordinates, &parts)
	default:
		return nil, fmt.Errorf("a Polygon or MultiPolygon")
	}
	all := slices.Concat(parts...)
	if err != nil || len(all) == 0 {
		return nil, fmt.Errorf("coordinates")
	}
	for _, ring := range all {
		if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
			return nil, fmt.Errorf("closed rings of four points or more")
		}
		if slices.ContainsFunc(ring, func(p Point) bool { return !p.onEarth() }) {
			return nil, fmt.Errorf("degrees")
		}
	}
	return all, nil
}

// onEarth says whether a point is one. Maps end short of the poles, where their sides would not be parallel any more.
func (p Point) onEarth() bool { return p[0] >= -180 && p[0] <= 180 && p[1] >= -85 && p[1] <= 85 }

// Middle is the centre of gravity of a shape's largest ring.
func (s Shape) Middle() Point {
	var middle Point
	largest := 0.0
	for _, ring := range s.Rings {
		area, x, y := 0.0, 0.0, 0.0
		for i, p := range ring[1:] {
			q := ring[i]
			cross := float64(q[0]*p[1]) - float64(p[0]*q[1]) // the conversions keep all machines from fusing the steps
			area += cross
			x += float64((q[0] + p[0]) * cross)
			y += float64((q[1] + p[1]) * cross)
		}
		if size := max(area, -area); size > largest {
			largest, middle = size, Point{x / (3 * area), y / (3 * area)}
		}
	}
	if largest == 0 {
		return s.Rings[0][0]
	}
	return middle
}

// Holds says whether a point lies in a shape.
func (s Shape) Holds(p Point) bool {
	inside := false
	for _, ring := range s.Rings {
		for i, b := range ring[1:] {
			a := ring[i]
			if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+float64((b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])) {
				inside = !inside
			}
		}
	}
	return inside
}

// Bounds are the south-west and north-east corners of shapes.
func Bounds(shapes ...Shape) (low, high Point) {
	low, high = Point{180, 90}, Point{-180, -90}
	for _, s := range shapes {
		for _, ring := range s.Rings {
			for _, p := range ring {
				for i := range p {
					low[i], high[i] = min(low[i], p[i]), max(high[i], p[i])
				}
			}
		}
	}
	return low, high
}
