package download

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
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

// readSheet gives the texts and numbers of a sheet by row and column. It knows the few forms of XML that a sheet of ours has, and refuses
// others: a general reader takes as long for a sheet as it takes to write one.
func readSheet(part []byte) (rows [][]string, err error) {
	var row []string
	said := ""
	rest := bytes.TrimSpace(part)
	for len(rest) > 0 {
		before, after, _ := bytes.Cut(rest, []byte("<"))
		tag, after, ended := bytes.Cut(after, []byte(">"))
		if !ended || len(tag) == 0 || tag[0] == '!' {
			return nil, errors.New("a tag is broken")
		}
		rest = after
		tag, empty := bytes.CutSuffix(tag, []byte("/"))
		name, _, _ := bytes.Cut(tag, []byte(" "))
		switch string(name) {
		case "row":
			if row = make([]string, 0, cap(row)); empty {
				rows = append(rows, row)
			}
		case "/v", "/t":
			said += html.UnescapeString(string(before))
		case "/c":
			row, said = append(row, said), ""
		case "/row":
			rows = append(rows, row)
		case "c":
			if empty {
				row = append(row, "")
			}
		case "/worksheet":
			if len(rest) == 0 {
				return rows, nil
			}
		}
	}
	return nil, errors.New("it does not end")
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
