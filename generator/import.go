package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
	"github.com/ccpcr/impact/generator/inspect"
)

const importHelp = `usage: impact import PROFILE FILE [--out FILE] [flags]

Reads another system's export and writes the dataset's own CSV: its columns under their own names, in codes, days and numbers
of one form. PROFILE is the id of a dataset in datasets.yaml, whose aliases, sheet and ignored headings say what is called how.
Says what it dropped: columns that are ignored, and rows with a mistake in them. Personal data is refused as by check: then
nothing is written. Exports need no import; check reads them as they are. It is for keeping less than a system exports.

    --out FILE     where to write (default: beside FILE, such as export.cases.csv). It must not be there yet

Example:
    impact import movements export.csv --out data/exports/2026-Q1/movements.csv
`

func importFile(e *env) error {
	if len(e.args) != 2 {
		return usageError{"expected a dataset and a file, such as: impact import cases export.xlsx"}
	}
	fsys, name := e.folder("codebook")
	cb := codebook.Load(fsys, name, &e.diags)
	if e.diags.Failed() {
		return errBadInput
	}
	d := cb.Dataset(e.args[0])
	if d == nil {
		var ids []string
		for _, x := range cb.Datasets {
			ids = append(ids, x.ID)
		}
		return usageError{fmt.Sprintf("unknown dataset %q: %s", e.args[0], diag.Suggest(e.args[0], ids))}
	}
	source := e.args[1]
	if e.out == "" {
		e.out = strings.TrimSuffix(source, filepath.Ext(source)) + "." + d.ID + ".csv"
	}
	// The file is read twice, so that neither memory nor the disk holds a row before it is known that all may be kept.
	open := func() *ingest.File {
		return ingest.Open(os.DirFS(filepath.Dir(source)), filepath.Base(source), filepath.ToSlash(source), cb, d)
	}
	f, rows := open(), 0
	for range inspect.New(cb, d, &e.diags).Records(f) {
		rows++
	}
	faulty, secret := e.refusedRows()
	switch {
	case secret:
		e.say("nothing written: the file holds what could name a person")
		return errBadInput
	case rows == 0:
		e.say("nothing written: no row could be read")
		return errBadInput
	}
	if err := writeRows(e.out, cb, open()); errors.Is(err, fs.ErrExist) {
		return usageError{fmt.Sprintf("%s is there already: delete or rename it", typed(e.out))}
	} else if err != nil {
		return err
	}
	e.say("wrote %s: %d rows of the dataset %s", typed(e.out), rows, d.ID)
	if dropped := f.Dropped(); len(dropped) > 0 {
		e.say("  dropped columns: %s", strings.Join(dropped, ", "))
	}
	if faulty > 0 {
		e.say("  dropped %d rows that have a mistake: mend %s, delete %s and import again", faulty, typed(source), typed(e.out))
		return errBadInput
	}
	e.next("put it below %s, if it is not there, under a name that fits %s", typed(filepath.Join(e.data, "exports")), d.Files)
	return nil
}

// refusedRows counts the rows of one file that have an error, and says whether one of its findings is about a person.
func (e *env) refusedRows() (rows int, secret bool) {
	var last diag.Pos
	for _, d := range e.diags.Sorted() {
		secret = secret || strings.HasPrefix(d.Code, "personal/")
		place := diag.Pos{File: d.File, Sheet: d.Sheet, Line: d.Line}
		if d.Severity == diag.Error && place != last {
			rows, last = rows+1, place
		}
	}
	return rows, secret
}

// writeRows writes the sound rows of a file as CSV: the columns of its dataset, without the yes-or-no columns that stand for one of them.
func writeRows(name string, cb *codebook.Codebook, f *ingest.File) (err error) {
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, out.Close()); err != nil {
			err = errors.Join(err, os.Remove(name))
		}
	}()
	columns := slices.DeleteFunc(ingest.Columns(f.Dataset), func(c *codebook.Column) bool { return c.Choice != nil })
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = c.Name
	}
	w := csv.NewWriter(out)
	_ = w.Write(cells) // an error stays with the writer
	in := inspect.New(cb, f.Dataset, &diag.List{})
	for range in.Records(f) {
		copy(cells, in.Values()) // the columns that are left out stand last
		for i, c := range columns {
			if c.Type == "text" && strings.HasPrefix(cells[i], "=") {
				cells[i] = "'" + cells[i] // no formula, to whatever opens the file; the reader takes it off again
			}
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return w.Error()
}
