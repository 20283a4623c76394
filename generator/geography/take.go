package geography

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Place is a place of a map that somebody brings along.
type Place struct {
	Code   string            // made fit for addresses
	Name   string            // as the map has it
	Names  map[string]string // by language, where the map has it so
	Region string            // the name of the larger area around it, or ""
}

// How maps call what is needed, in small letters: what we ask for first, then what the common sources write.
var (
	codeNames   = []string{"code", "iso_3166_2", "shapeiso", "iso", "adm1_pcode", "admin1pcod", "gid_1", "hasc_1", "id"}
	nameNames   = []string{"name", "shapename", "name_1", "adm1_name", "admin1name", "adm1_en", "nombre", "nom", "nome"}
	regionNames = []string{"region", "parent"}
)

// most is how many places a first site can do with; finer maps are of districts, which say too much about children.
const most = 200

// enough is how many points a map needs to be recognised. Pages stay small.
const enough = 1600

// Take reads a map as others make it: it finds out what its places are called and draws their outlines with fewer points. The map that
// it gives is one that Read takes. languages are those in which names are looked for.
func Take(data []byte, languages []string) (places []Place, small []byte, err error) {
	var f collection
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, nil, fmt.Errorf("expected GeoJSON: %w", err)
	}
	if f.Type != "FeatureCollection" || len(f.Features) < 2 || len(f.Features) > most {
		return nil, nil, fmt.Errorf("expected a FeatureCollection of 2 to %d places, found %q with %d", most, f.Type, len(f.Features))
	}
	if places, err = f.places(languages); err != nil {
		return nil, nil, err
	}
	shapes := make([]Shape, len(places))
	for i, feature := range f.Features {
		rings, err := rings(feature.Geometry.Type, feature.Geometry.Coordinates)
		if err != nil {
			return nil, nil, fmt.Errorf("expected %w in the shape of %s", err, places[i].Name)
		}
		shapes[i] = Shape{Code: places[i].Code, Rings: rings}
	}
	small = write(simplify(shapes, enough))
	codes := make([]string, len(places))
	for i, p := range places {
		codes[i] = p.Code
	}
	if _, err := Read(small, codes); err != nil {
		return nil, nil, fmt.Errorf("expected %w", err)
	}
	return places, small, nil
}

// collection is a map of whoever made it.
type collection struct {
	Type     string
	Features []struct {
		Properties map[string]any
		Geometry   struct {
			Type        string
			Coordinates json.RawMessage
		}
	}
}

// places finds codes and names among the properties.
func (f collection) places(languages []string) ([]Place, error) {
	name := f.texts(nameNames...)
	code := f.distinct(codeNames...)
	if code == nil {
		code = f.distinct(nameNames...)
	}
	if name == nil {
		name = f.texts(codeNames...)
	}
	if code == nil {
		return nil, fmt.Errorf("expected a property such as code or name that tells the places apart, found %s", strings.Join(f.properties(), ", "))
	}
	region := f.texts(regionNames...)
	places := make([]Place, len(code))
	for i := range places {
		places[i] = Place{Code: Slug(code[i]), Name: name[i], Names: map[string]string{}}
		if region != nil {
			places[i].Region = region[i]
		}
	}
	for _, l := range languages {
		for i, text := range f.texts("name_"+l, "adm1_"+l, "name:"+l) {
			places[i].Names[l] = text
		}
	}
	return places, nil
}

// texts gives the first of some properties that every feature has, or nil. Their capitals do not matter.
func (f collection) texts(properties ...string) []string {
	for _, property := range properties {
		var all []string
		for _, feature := range f.Features {
			for key, value := range feature.Properties {
				text := strings.TrimSpace(fmt.Sprint(value))
				if strings.ToLower(key) == property && value != nil && text != "" {
					all = append(all, text)
				}
			}
		}
		if len(all) == len(f.Features) {
			return all
		}
	}
	return nil
}

// distinct gives the first of some properties whose slugs tell the features apart, or nil.
func (f collection) distinct(properties ...string) []string {
	for _, property := range properties {
		seen := map[string]bool{}
		texts := f.texts(property)
		for _, text := range texts {
			if slug := strings.ToLower(Slug(text)); slug != "" {
				seen[slug] = true
			}
		}
		if texts != nil && len(seen) == len(texts) {
			return texts
		}
	}
	return nil
}

// properties lists what the first feature says.
func (f collection) properties() []string {
	var all []string
	for key := range f.Features[0].Properties {
		all = append(all, key)
	}
	if slices.Sort(all); len(all) == 0 {
		return []string{"none"}
	}
	return all
}

// Slug makes a code of a text: letters without accents, digits and - alone, since codes become parts of addresses.
func Slug(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'):
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r) && b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-_")
}

// South says of each place whether it lies in the southern half of them.
func South(data []byte, codes []string) (map[string]bool, error) {
	shapes, err := Read(data, codes)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(shapes, func(a, b Shape) int { return cmp.Compare(a.Middle()[1], b.Middle()[1]) })
	south := map[string]bool{}
	for _, s := range shapes[:len(shapes)/2] {
		south[s.Code] = true
	}
	return south, nil
}

// write makes GeoJSON, with as many decimals as the size of the map needs.
func write(shapes []Shape) []byte {
	low, high := Bounds(shapes...)
	decimals := max(0, int(math.Ceil(-math.Log10(max(high[0]-low[0], high[1]-low[1], 1e-6)/3000))))
	var b strings.Builder
	b.WriteString(`{"type":"FeatureCollection","features":[`)
	for i, s := range shapes {
		if i > 0 {
			b.WriteString(",")
		}
		at := s.label()
		fmt.Fprintf(&b, "\n{\"type\":\"Feature\",\"properties\":{\"code\":%q,\"label\":[%.*f,%.*f]},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[",
			s.Code, decimals, at[0], decimals, at[1])
		for j, ring := range s.Rings { // a hole is drawn as well as a part: what lies in two rings is outside
			if j > 0 {
				b.WriteString(",")
			}
			b.WriteString("[[")
			for k, p := range ring {
				if k > 0 {
					b.WriteString(",")
				}
				fmt.Fprintf(&b, "[%.*f,%.*f]", decimals, p[0], decimals, p[1])
			}
			b.WriteString("]]")
		}
		b.WriteString("]}}")
	}
	b.WriteString("\n]}\n")
	return []byte(b.String())
}
