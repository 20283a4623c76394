package inspect

import (
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// memory is what an inspector keeps of the rows that it has read: a few tens of bytes for each, and no cell.
type memory struct {
	files     []file
	rows      keys // by key
	lines     lines
	people    *keys
	back      marks        // the people who stand in several rows
	stays     column[stay] // of rows, by their numbers
	uncounted []stay       // those of rows that are not counted
	come      []stay       // those of people who stand in several rows, in order, once all are read
	prints    []uint32     // of each row a fingerprint of every cell; 0 for an empty one
	print     bool         // prints are kept, since two exports are compared
}

// file is one that was read, and what diagnostics call it.
type file struct {
	*ingest.File
	name  string
	first uint32 // number of its first row
}

// spot is where a row stands: a file, by its number, and a line.
type spot struct{ file, line uint32 }

// spot is the place of a row that has a number.
func (m *memory) spot(row uint32) spot {
	behind, _ := slices.BinarySearchFunc(m.files, row, func(f file, row uint32) int {
		if f.first <= row {
			return -1
		}
		return 1
	})
	return spot{uint32(behind - 1), m.lines.at(row)}
}

// source names the place of a row, for people.
func (m *memory) source(s spot) string { return fmt.Sprintf("%s:%d", m.files[s.file].name, s.line) }

// unique remembers a row by its key, and reports one whose key stood before.
func (in *Inspector) unique(row ingest.Row) bool {
	if len(in.key) == 0 {
		return true
	}
	if before, seen := in.rows.number(in.text(in.key)); seen {
		in.diags.Errorf(row.Pos(in.key[0]), "row/repeated", in.source(in.spot(before))+" has the same key: keep one, or add their counts", "expected each combination of key columns once")
		return false
	}
	in.lines.add(uint32(row.Line))
	if !in.print {
		return true
	}
	for _, value := range in.values {
		print := uint32(0)
		if value != "" {
			h := fnv.New32a()
			_, _ = h.Write([]byte(value))
			print = max(1, h.Sum32())
		}
		in.prints = append(in.prints, print)
	}
	return true
}

// cells finds the places of one column's cells, and what stands in them, by reading their rows again.
func (m *memory) cells(spots []spot, column int) (places []diag.Pos, contents []string) {
	places, contents = make([]diag.Pos, len(spots)), make([]string, len(spots))
	for number, f := range m.files {
		wanted := map[int][]int{} // by line
		for i, s := range spots {
			if int(s.file) == number {
				wanted[int(s.line)] = append(wanted[int(s.line)], i)
			}
		}
		if len(wanted) == 0 {
			continue
		}
		for row := range f.Rows(&diag.List{}) {
			for _, i := range wanted[row.Line] {
				places[i], contents[i] = row.Pos(column), row.Cells[column]
			}
			if delete(wanted, row.Line); len(wanted) == 0 {
				break
			}
		}
	}
	return places, contents
}
