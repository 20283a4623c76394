package geography

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// wavy is a map of two squares that share a border, each side of which has many points.
func wavy(properties ...string) []byte {
	const steps = 700
	side := func(x float64) (line []string) { // from south to north
		for i := range steps + 1 {
			y := float64(i) / steps
			line = append(line, fmt.Sprintf("[%.6f,%.6f]", x+0.1*math.Sin(6*y)*float64(i%2+1), y))
		}
		return line
	}
	var features []string
	for i := range 2 {
		right, left := side(float64(i)+1), side(float64(i))
		slices.Reverse(left)
		ring := slices.Concat(right, left)
		ring = append(ring, ring[0])
		features = append(features, fmt.Sprintf(`{"type":"Feature","properties":%s,"geometry":{"type":"Polygon","coordinates":[[%s]]}}`, properties[i], strings.Join(ring, ",")))
	}
	return []byte(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)
}

func TestABorderThatTwoShapesShareStaysOneLine(t *testing.T) {
	places, small, err := Take(wavy(`{"code":"W"}`, `{"code":"E"}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	shapes, err := Read(small, []string{"W", "E"})
	if err != nil || len(places) != 2 {
		t.Fatal(err, places)
	}
	if n := count(shapes); n > enough || n < enough/4 {
		t.Errorf("expected at most %d points, and not many fewer, found %d", enough, n)
	}
	on := func(s Shape) (border []Point) {
		for _, p := range s.Rings[0][1:] {
			if p[0] > 0.7 && p[0] < 1.3 {
				border = append(border, p)
			}
		}
		slices.SortFunc(border, before)
		return border
	}
	west, east := on(shapes[0]), on(shapes[1])
	if !slices.Equal(west, east) || len(west) < 20 {
		t.Errorf("the border has %d points in the west and %d others in the east", len(west), len(east))
	}
}

func TestOfManyIslandsTheSmallOnesGoAndAPlaceNeverDoes(t *testing.T) {
	circle := func(x, y, r float64) string {
		var points []string
		for i := range 41 {
			a := 2 * math.Pi * float64(i%40) / 40
			points = append(points, fmt.Sprintf("[%.6f,%.6f]", x+r*math.Cos(a), y+r*math.Sin(a)))
		}
		return "[[" + strings.Join(points, ",") + "]]"
	}
	islands := []string{circle(0, 0, 1)}
	for i := range 500 {
		islands = append(islands, circle(3+float64(i)/100, float64(i%7), 0.002))
	}
	data := fmt.Sprintf(`{"type":"FeatureCollection","features":[
{"properties":{"name":"Large","name_es":"Grande"},"geometry":{"type":"MultiPolygon","coordinates":[%s]}},
{"properties":{"name":"Small","name_es":"Chico"},"geometry":{"type":"MultiPolygon","coordinates":[%s]}}]}`, strings.Join(islands, ","), circle(9, 9, 0.001))
	places, small, err := Take([]byte(data), []string{"es"})
	if err != nil {
		t.Fatal(err)
	}
	shapes, err := Read(small, []string{"Large", "Small"})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(shapes[0].Rings); n > 20 {
		t.Errorf("expected the small islands to be gone, found %d", n)
	}
	if places[1].Names["es"] != "Chico" {
		t.Errorf("expected the name in the language, found %v", places[1])
	}
}

func TestAFigureStandsWhereItsPlaceHasRoom(t *testing.T) {
	square := Shape{Rings: [][]Point{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}}}
	if at := square.label(); at != (Point{2, 2}) {
		t.Errorf("expected the middle of a square, found %v", at)
	}
	// A place like a T upside down has its middle in the narrow part.
	tee := Shape{Rings: [][]Point{{{0, 0}, {10, 0}, {10, 2}, {5.5, 2}, {5.5, 20}, {4.5, 20}, {4.5, 2}, {0, 2}, {0, 0}}}}
	if at := tee.label(); at[1] > 2 || !tee.Holds(at) {
		t.Errorf("expected room in the wide part, found %v", at)
	}
	// A crescent does not hold its middle.
	crescent := Shape{Rings: [][]Point{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 9}, {9, 9}, {9, 1}, {0, 1}, {0, 0}}}}
	if at := crescent.label(); !crescent.Holds(at) {
		t.Errorf("expected a place inside, found %v", at)
	}
}

func TestWhatAMapCallsItsPlacesIsFound(t *testing.T) {
	for properties, expected := range map[string]string{
		`{"code":"%s-1","name":"Ancash"}`:                    "A-1 Ancash",
		`{"shapeISO":"PE-%s","shapeName":"Áncash"}`:          "PE-A Áncash",
		`{"GID_1":"PER.%s_1","NAME_1":"Áncash"}`:             "PER-A_1 Áncash",
		`{"ADM1_PCODE":"PE%s","ADM1_ES":"Áncash","x":null}`:  "PEA PEA",
		`{"name":"Alto Áncash %s"}`:                          "Alto-Ancash-A Alto Áncash A",
		`{"code":"","iso_3166_2":"PE-%s","name":"San José"}`: "PE-A San José",
	} {
		places, _, err := Take(wavy(fmt.Sprintf(properties, "A"), fmt.Sprintf(properties, "B")), nil)
		if err != nil {
			t.Errorf("%s: %v", properties, err)
		} else if found := places[0].Code + " " + places[0].Name; found != expected {
			t.Errorf("%s: expected %s, found %s", properties, expected, found)
		}
	}
}

func TestAMapThatCannotBeTakenIsRefusedWithWhatItHas(t *testing.T) {
	for data, expected := range map[string]string{
		`{`:                   "expected GeoJSON",
		`{"type":"Topology"}`: `expected a FeatureCollection of 2 to 200 places, found "Topology" with 0`,
		string(wavy(`{"kind":"x","name":"A"}`, `{"kind":"x","name":"A"}`)):                    "such as code or name that tells the places apart, found kind, name",
		strings.ReplaceAll(string(wavy(`{"code":"W"}`, `{"code":"E"}`)), "Polygon", "Point"):  "a Polygon or MultiPolygon in the shape of W",
		strings.ReplaceAll(string(wavy(`{"code":"W"}`, `{"code":"E"}`)), "[2.0", "[428912.0"): "expected degrees in the shape of E",
	} {
		if _, _, err := Take([]byte(data), nil); err == nil || !strings.Contains(err.Error(), expected) {
			t.Errorf("expected %s, found %v", expected, err)
		}
	}
}

func TestAMapThatIsSmallAlreadyKeepsItsPoints(t *testing.T) {
	data, err := os.ReadFile("../../data/codebook/geography/province.geojson")
	if err != nil {
		t.Fatal(err)
	}
	places, small, err := Take(data, nil)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, p := range places {
		codes = append(codes, p.Code)
	}
	before, _ := Read(data, codes)
	after, err := Read(small, codes)
	if err != nil || count(before) != count(after) {
		t.Errorf("expected %d points, found %d: %v", count(before), count(after), err)
	}
}
