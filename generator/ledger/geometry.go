package ledger

import (
	"path"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/geography"
)

// AddMap puts the map of a list into a release's folder and completes what the descriptor says of it.
func (f Files) AddMap(list string, g *Geometry, data []byte) {
	g.Path, g.Bytes, g.Hash = mapPath(list), len(data), hash(data)
	f[g.Path] = data
}

func mapPath(list string) string { return "geography/" + list + ".geojson" }

// Places gives the list that has a map, with the outline of each of its codes in their order; nil where none has.
func (r *Release) Places() (*List, []geography.Shape) {
	if r.shapes == nil {
		return nil, nil
	}
	for i := range r.Lists {
		if r.Lists[i].Geometry != nil {
			return &r.Lists[i], r.shapes
		}
	}
	return nil, nil
}

// readMap reads the map of the list that has one, and gives its path.
func (r *Release) readMap(folder string, diags *diag.List) (described []string) {
	for _, list := range r.Lists {
		g := list.Geometry
		if g == nil {
			continue
		}
		fail := func(code, format string, args ...any) {
			diags.Errorf(diag.Pos{File: path.Join(folder, mapPath(list.ID))}, code, "restore it from version control", format, args...)
		}
		data, ok := r.Files[g.Path]
		if !ok || g.Path != mapPath(list.ID) || len(described) > 0 {
			fail("ledger/no-map", "expected one list with a map, and the map that the descriptor names")
			continue
		}
		described = append(described, g.Path)
		if len(data) != g.Bytes || hash(data) != g.Hash {
			fail("ledger/hash", "expected the file that the descriptor describes: size or hash differ")
			continue
		}
		codes := make([]string, len(list.Codes))
		for i, c := range list.Codes {
			codes[i] = c.ID
		}
		var err error
		if r.shapes, err = geography.Read(data, codes); err != nil {
			fail("ledger/map", "expected %v", err)
		}
	}
	return described
}
