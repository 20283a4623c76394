package codebook

import (
	"fmt"
	"path"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/geography"
	"github.com/ccpcr/impact/generator/lang"
)

// Geometry is the map of a code list: an outline for each code.
type Geometry struct {
	File    Ref       `yaml:"file,required" doc:"GeoJSON in the codebook, such as geography/province.geojson: a polygon for each code, in degrees, with the code under properties"`
	Credit  lang.Text `yaml:"credit,required" doc:"whom the map names, as its licence asks"`
	Licence Licence   `yaml:"licence,required" doc:"licence of the outlines"`
	Note    lang.Text `yaml:"note" doc:"what a reader of the map must know, such as borders that changed"`
	Data    []byte    `yaml:"-"`
}

// geometries reads the map of the list that has one.
func (l *loader) geometries(lists []*List) {
	var first *List
	for _, list := range lists {
		g := list.Geometry
		if g == nil {
			continue
		}
		if first != nil {
			l.diags.Errorf(g.File.At, "codebook/two-maps", "keep the one whose places get pages of their own", "expected one list with a map, found %s and %s", first.ID, list.ID)
			continue
		}
		first = list
		if strings.HasPrefix(g.Licence.Name, toDo) {
			l.diags.Warnf(g.File.At, "text/todo", "ask whoever made the map, and write id, name and url of its licence", "expected the licence of the map, found a note that it is still to be written")
		}
		data, ok := l.read(path.Clean(g.File.ID), true)
		if !ok {
			continue
		}
		g.Data = data
		if l.diags.Failed() {
			continue // the codes may not be what was meant
		}
		if _, err := geography.Read(data, list.IDs()); err != nil {
			l.diags.Errorf(diag.Pos{File: l.file(g.File.ID)}, "codebook/map", fmt.Sprintf("give each code of lists/%s.csv one feature, with the code under properties", list.ID), "expected %v", err)
		}
	}
}
