package begin

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/geography"
	"github.com/ccpcr/impact/generator/sample"
)

// Map is a map that somebody brings along: the places of the organisation, and their outlines.
type Map struct {
	places []geography.Place
	small  []byte          // GeoJSON as the codebook has it
	south  map[string]bool // by code
	file   string
}

// NewMap reads GeoJSON as others make it. file is what it was called.
func NewMap(data []byte, file string, languages []string) (*Map, error) {
	m := &Map{file: filepath.Base(file)}
	var err error
	if m.places, m.small, err = geography.Take(data, languages); err != nil {
		return nil, err
	}
	m.south, err = geography.South(m.small, m.codes())
	return m, err
}

// Len is how many places there are.
func (m *Map) Len() int { return len(m.places) }

func (m *Map) codes() []string {
	codes := make([]string, len(m.places))
	for i, p := range m.places {
		codes[i] = p.Code
	}
	return codes
}

// region is the larger area around a place. A map that does not tell has a north and a south.
func (m *Map) region(p geography.Place) (code, name string) {
	switch {
	case p.Region != "" && geography.Slug(p.Region) != "":
		return strings.ToLower(geography.Slug(p.Region)), p.Region
	case m.south[p.Code]:
		return "south", "South"
	}
	return "north", "North"
}

// alias is the name of a place, as exports may have it in place of the code, where it is that of no other.
func (m *Map) alias(p geography.Place) string {
	same := slices.ContainsFunc(m.places, func(q geography.Place) bool { return q.Code != p.Code && q.Name == p.Name })
	if same || p.Name == p.Code || strings.Contains(p.Name, ";") {
		return ""
	}
	return p.Name
}

// places puts those of the map in place of the sample's: the lists of provinces and regions, where the shelters stand, and the map.
func (f *folder) places(m *Map) {
	if m == nil {
		return
	}
	provinces := [][]string{{"code", sample.Language, "parent", "aliases"}}
	regions := [][]string{{"code", sample.Language}}
	for _, p := range m.places {
		code, name := m.region(p)
		provinces = append(provinces, []string{p.Code, p.Name, code, m.alias(p)})
		if !slices.ContainsFunc(regions, func(row []string) bool { return row[0] == code }) {
			regions = append(regions, []string{code, name})
		}
	}
	f.table("data/codebook/lists/province.csv", provinces)
	f.table("data/codebook/lists/region.csv", regions)
	shelters, err := csv.NewReader(bytes.NewReader(f.read("data/codebook/lists/shelter.csv"))).ReadAll()
	if f.err = errors.Join(f.err, err); f.err != nil {
		return
	}
	for i, row := range shelters[1:] {
		row[slices.Index(shelters[0], "parent")] = m.places[i%len(m.places)].Code
	}
	f.table("data/codebook/lists/shelter.csv", shelters)
	f.write("data/codebook/geography/province.geojson", m.small)
	lists := string(f.read("data/codebook/lists.yaml"))
	const head = "- id: province\n"
	f.write("data/codebook/lists.yaml", []byte(strings.Replace(lists, head, fmt.Sprintf(head+mapped, "TODO: who drew "+m.file), 1)))
}

// mapped names the map in lists.yaml. check warns until somebody has said whose it is.
const mapped = `  # The map. The site names beside it who drew the outlines, and under which licence.
  geometry:
    file: geography/province.geojson
    credit: {` + sample.Language + `: %q}
    licence: {id: TODO, name: "TODO: its licence", url: https://example.org/}
`

// named gives the places the names that the map has in each language.
func (m *Map) named(table []byte, languages []string) ([]byte, error) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, err
	}
	for i, p := range m.places {
		for _, l := range languages {
			if name := p.Names[l]; name != "" {
				rows[i+1][slices.Index(rows[0], l)] = name
			}
		}
	}
	return written(rows), nil
}

func (f *folder) table(name string, rows [][]string) { f.write(name, written(rows)) }

func written(rows [][]string) []byte {
	var b bytes.Buffer
	_ = csv.NewWriter(&b).WriteAll(rows) // a buffer takes all
	return b.Bytes()
}
