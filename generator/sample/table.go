package sample

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
)

// table writes one CSV file. Cells are written as they come: what needs quotes has them already.
type table struct {
	folder *folder
	file   *os.File
	w      *bufio.Writer
	name   string // below the folder
	line   int    // the one that was written last
	plants []plant
}

// export begins the export of a quarter.
func (f *folder) export(q calendar.Period, file string, header ...string) *table {
	var plants []plant
	for _, p := range f.plants {
		if p.period == q && p.file == file {
			plants = append(plants, p)
		}
	}
	return f.table("exports/"+q.String()+"/"+file+".csv", plants, header...)
}

// table begins a CSV file with its header.
func (f *folder) table(name string, plants []plant, header ...string) *table {
	t := &table{folder: f, name: name, plants: plants}
	if f.err != nil {
		return t
	}
	target := filepath.Join(f.dir, filepath.FromSlash(name))
	if f.err = os.MkdirAll(filepath.Dir(target), 0o755); f.err != nil {
		return t
	}
	if t.file, f.err = os.Create(target); f.err != nil {
		return t
	}
	t.w = bufio.NewWriterSize(t.file, 1<<16)
	t.row(header...)
	return t
}

// row writes one row, or what is planted in its place.
func (t *table) row(cells ...string) {
	if t.folder.err != nil {
		return
	}
	t.line++
	if len(t.plants) > 0 {
		for _, p := range t.plants {
			if p.at(t.line, cells) {
				t.plant(p, cells)
				return
			}
		}
	}
	for i, c := range cells {
		if i > 0 {
			_ = t.w.WriteByte(',')
		}
		_, _ = t.w.WriteString(c)
	}
	if err := t.w.WriteByte('\n'); err != nil {
		t.folder.err = err
	}
}

// plant writes a row with its fault and notes what check will say of it.
func (t *table) plant(p plant, cells []string) {
	if p.twice {
		_, _ = t.w.WriteString(strings.Join(cells, ",") + "\n")
		t.line++
	}
	cells = p.alter(append([]string{}, cells...))
	_, _ = t.w.WriteString(strings.Join(cells, ",") + "\n")
	t.folder.note(p, t.name, t.line, cells)
}

// close ends the export.
func (t *table) close() {
	if t.file == nil {
		return
	}
	err := t.w.Flush()
	if closed := t.file.Close(); err == nil {
		err = closed
	}
	if t.folder.err == nil {
		t.folder.err = err
	}
	if strings.HasPrefix(t.name, "exports/") {
		t.folder.rows += max(0, t.line-1)
	}
}
