package download

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/ccpcr/impact/generator/ledger"
)

// told is what a file says of one cell: a number, or the status or sign in its place.
type told struct {
	cell, number, status string
}

// each is how often a file shall say something of each cell: as often as its tables have it.
func each(tables ...*ledger.Table) map[string]int {
	want := map[string]int{}
	for _, t := range tables {
		for _, c := range t.Cells {
			want[c.ID]++
		}
	}
	return want
}

// compare holds what was read back from a file against the release: each cell as often as wanted, always with its very value, and no other.
func compare(r *ledger.Release, name string, said []told, err error, want map[string]int) error {
	if err != nil {
		return fmt.Errorf("%s cannot be read back: %w", name, err)
	}
	seen := map[string]int{}
	for _, t := range said {
		v, ok := r.Value(t.cell)
		if !ok || t.number != number(v) || t.status != string(v.Status()) {
			return fmt.Errorf("%s says otherwise than the release of %q", name, t.cell)
		}
		seen[t.cell]++
	}
	if !maps.Equal(seen, want) {
		return fmt.Errorf("%s says something of %d cells, not of %d, or of some too often", name, len(seen), len(want))
	}
	return nil
}

// readCSV gives what a table with labels says. The id of a cell stands last.
func readCSV(data []byte, heads int) ([]told, error) {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte(mark)))).ReadAll()
	if err != nil || len(rows) < heads {
		return nil, fmt.Errorf("no table: %w", err)
	}
	value, status := slices.Index(rows[0], "value"), slices.Index(rows[0], "status")
	if value < 0 || status < 0 {
		return nil, fmt.Errorf("no columns value and status")
	}
	var said []told
	for _, row := range rows[heads:] {
		said = append(said, told{row[len(row)-1], row[value], row[status]})
	}
	return said, nil
}

// readSheet gives the texts and numbers of a sheet by row and column. A library for workbooks would take most of a build for it.
func readSheet(part io.Reader) (rows [][]string, err error) {
	d := xml.NewDecoder(part)
	var row []string
	var text []byte
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				row = make([]string, 0, cap(row))
			case "v", "t":
				text = text[:0]
			}
		case xml.CharData:
			text = append(text, t...)
		case xml.EndElement:
			switch t.Name.Local {
			case "row":
				rows = append(rows, row)
			case "c":
				row = append(row, string(text))
				text = text[:0]
			}
		}
	}
}

// readObject gives what the object of an indicator says.
func readObject(tables []objectTable) []told {
	var said []told
	for _, t := range tables {
		for _, c := range t.Cells {
			x := told{cell: c.Cell, status: c.Status}
			if c.Value != nil {
				x.number = strconv.FormatInt(*c.Value, 10)
			}
			said = append(said, x)
		}
	}
	return said
}
