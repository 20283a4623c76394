package geography

import (
	"os"
	"strings"
	"testing"
)

const square = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"a"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,1],[2,2],[1,2],[1,1]]]}}]}`

func TestAShapeKnowsItsMiddleAndItsHoles(t *testing.T) {
	shapes, err := Read([]byte(square), []string{"a"})
	if err != nil {
		t.Fatal(err)
	}
	s := shapes[0]
	if s.Middle() != (Point{2, 2}) || s.Label != s.Middle() {
		t.Errorf("the middle is %v, the label stands at %v", s.Middle(), s.Label)
	}
	if !s.Holds(Point{3, 3}) || s.Holds(Point{1.5, 1.5}) || s.Holds(Point{5, 3}) {
		t.Error("what lies in the shape is told wrongly")
	}
}

func TestWhatIsNoMapOfTheListIsRefused(t *testing.T) {
	for what, change := range map[string][2]string{
		"codes of the list": {`"code":"a"`, `"code":"b"`},
		"a shape of a":      {`"features":[`, `"features":[],"others":[`},
		"one shape of a":    {`"features":[`, `"features":[` + square[strings.Index(square, `{"type":"Feature"`):len(square)-2] + ","},
		"closed rings":      {`[0,4],[0,0]]`, `[0,4],[0,1]]`},
		"degrees":           {`[4,4]`, `[400,4]`},
		"a Polygon":         {`"Polygon"`, `"Point"`},
		"coordinates":       {`[[[0,0]`, `[[["0",0]`},
		"GeoJSON":           {`{"type"`, `{type`},
		"FeatureCollection": {`FeatureCollection`, `Topology`},
		"at most 4000":      {`[4,0]`, strings.Repeat(`[4,0],`, 4000) + `[4,0]`},
	} {
		_, err := Read([]byte(strings.Replace(square, change[0], change[1], 1)), []string{"a"})
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(square))
	f.Fuzz(func(t *testing.T, data []byte) {
		shapes, err := Read(data, []string{"a"})
		if err == nil && (len(shapes) != 1 || !shapes[0].Middle().onEarth() && shapes[0].Rings[0][0].onEarth()) {
			t.Errorf("%v", shapes)
		}
	})
}

// The neighbours and places of Cambodia's provinces, as any atlas has them, say that each outline bears the right code.
func TestTheProvincesOfCambodiaLieWhereTheyAre(t *testing.T) {
	data, err := os.ReadFile("../../data/codebook/geography/province.geojson")
	if err != nil {
		t.Fatal(err)
	}
	towns := map[string]Point{ // the seat of each province, from north-west to south-east
		"KH-1": {102.97, 13.59}, "KH-2": {103.20, 13.10}, "KH-3": {105.46, 11.99}, "KH-4": {104.67, 12.25}, "KH-5": {104.52, 11.45},
		"KH-6": {104.89, 12.71}, "KH-7": {104.18, 10.61}, "KH-8": {104.95, 11.48}, "KH-9": {102.98, 11.61}, "KH-10": {106.02, 12.49},
		"KH-11": {107.19, 12.46}, "KH-12": {104.92, 11.56}, "KH-13": {104.98, 13.81}, "KH-14": {105.33, 11.49}, "KH-15": {103.92, 12.54},
		"KH-16": {106.99, 13.74}, "KH-17": {103.86, 13.36}, "KH-18": {103.52, 10.63}, "KH-19": {105.97, 13.53}, "KH-20": {105.80, 11.09},
		"KH-21": {104.78, 10.99}, "KH-22": {103.52, 14.18}, "KH-23": {104.32, 10.48}, "KH-24": {102.61, 12.85}, "KH-25": {105.66, 11.91},
	}
	var codes []string
	for code := range towns {
		codes = append(codes, code)
	}
	shapes, err := Read(data, codes)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range shapes {
		at := towns[s.Code]
		near := false
		for _, dx := range []float64{0, -0.05, 0.05} { // the outlines are simplified
			for _, dy := range []float64{0, -0.05, 0.05} {
				near = near || s.Holds(Point{at[0] + dx, at[1] + dy})
			}
		}
		if !near {
			t.Errorf("%s does not hold its seat at %v", s.Code, at)
		}
	}
}
