// Package ingest reads what staff drop into data/exports.
//
// In: CSV files, zips of them and workbooks, and the codebook's datasets. Out: raw rows, each cell with its place in the file,
// its columns found by whatever heading the export has for them. It gives no meaning to a cell (that is inspect's business) and
// holds a few thousand rows at a time, however long the file.
//
//	container  a file is one table, a zip or a workbook several
//	text       bytes -> UTF-8, or what is wrong with them
//	reader     text -> records with the place of each cell; workbook makes the same of a sheet
//	header     the first records -> which column stands where
//	pivot      a row for each value -> a row for each case
//	table      records -> rows
//	lot        decodes rows by gocsv, many at once
//	total      takes out a last row that adds up the others
//	ahead      rows of many files, those of the next ones read meanwhile
//	repeat     joins the rows of a repeated group with what they belong to
package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/personal"
)

// File is an export and the dataset that claims it.
type File struct {
	Dataset *codebook.Dataset
	Path    string // below the exports folder
	fsys    fs.FS
	name    string // as diagnostics call it
	names   names
	dropped []string // headings that were passed over
	*shared
}

// shared is what all files of a codebook are read with.
type shared struct {
	totals []string // words for "total"
	digits [][]rune // of each language, from zero on
	door   *personal.Detector
}

func newShared(cb *codebook.Codebook) *shared {
	s := &shared{totals: []string{"total"}, door: personal.New(cb)}
	for _, l := range cb.Languages {
		s.totals = append(s.totals, codebook.Fold(l.Words["total"]))
		s.digits = append(s.digits, []rune(l.Digits))
	}
	return s
}

// Open takes one file for an export of a dataset, wherever it stands. name is what diagnostics shall call it.
func Open(fsys fs.FS, p, name string, cb *codebook.Codebook, d *codebook.Dataset) *File {
	return &File{Dataset: d, Path: p, fsys: fsys, name: name, names: newNames(cb, d), shared: newShared(cb)}
}

// Dropped lists the headings that the codebook told to pass over, once rows were read.
func (f *File) Dropped() []string { return f.dropped }

// Name is what diagnostics call the file. A file in a zip is called by it and its own name.
func (f *File) Name() string { return f.name }

// Digest gives the size of the file, and a fingerprint of its bytes.
func (f *File) Digest() (digest string, size int64, err error) {
	file, err := f.fsys.Open(f.Path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close()
	hash := sha256.New()
	size, err = io.Copy(hash, file)
	return hex.EncodeToString(hash.Sum(nil)), size, err
}

// Row is one raw row. It is good until the next one is asked for.
type Row struct {
	File   *File
	Line   int        // where the row begins; in a sheet the number of the row
	Cells  []string   // one for each column of Columns
	key    string     // what joins the row with that of another table
	text   []byte     // of the record
	places []diag.Pos // of its cells, where line and text do not tell
	at     func(row Row, i int) diag.Pos
}

// Pos is the place of a cell as an editor shows it.
func (r Row) Pos(i int) diag.Pos { return r.at(r, i) }

// kept gives a row that stays good.
func (r Row) kept() *Row {
	r.Cells, r.text = slices.Clone(r.Cells), slices.Clone(r.text)
	return &r
}

// Columns lists the columns of a dataset that may stand in its files, in the codebook's order, and behind them the yes-or-no columns
// that may stand for those of type codes.
func Columns(d *codebook.Dataset) []*codebook.Column {
	columns := slices.DeleteFunc(slices.Clone(d.Columns), func(c *codebook.Column) bool { return c.From != nil })
	return append(columns, d.Choices...)
}

// Find lists the files below fsys by path, each with its dataset. A file that no dataset claims, or that two claim, is an error:
// nothing that staff drop in is passed over in silence. Two may claim one file only if each names a sheet of it. name is the folder
// as diagnostics shall call it.
func Find(fsys fs.FS, name string, cb *codebook.Codebook, diags *diag.List) []*File {
	all, known, datasets := newShared(cb), map[*codebook.Dataset]names{}, slices.Concat(cb.Datasets, cb.Tallies)
	for _, d := range datasets {
		known[d] = newNames(cb, d)
	}
	var files []*File
	err := fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || leftover(e.Name()) {
			return err
		}
		at := diag.Pos{File: path.Join(name, p)}
		claims, sheets := []*codebook.Dataset{}, 0
		for _, d := range datasets {
			if ok, _ := path.Match(strings.ToLower(d.Files), strings.ToLower(p)); ok {
				claims = append(claims, d)
				if d.Sheet != "" {
					sheets++
				}
			}
		}
		switch {
		case len(claims) == 0:
			diags.Errorf(at, "export/unclaimed", unclaimed(p, datasets), "expected a file that a dataset claims")
			return nil
		case len(claims) > 1 && sheets < len(claims):
			diags.Errorf(at, "export/claimed-twice", "make the patterns under 'files' in datasets.yaml exclude each other, or give each its  sheet:",
				"expected one dataset for this file, found %s and %s", claims[0].ID, claims[1].ID)
			return nil
		}
		for _, d := range claims {
			files = append(files, &File{Dataset: d, Path: p, fsys: fsys, name: at.File, names: known[d], shared: all})
		}
		return nil
	})
	if err != nil {
		diags.Errorf(diag.Pos{File: name}, "export/unreadable", "create the folder, or look at its permissions", "expected a readable folder: %v", err)
	}
	return files
}

// leftover says whether a file is one that a system or an office program leaves beside those that people save.
func leftover(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// foreign are kinds of files that people drop in beside CSV and .xlsx, and that must be saved anew to be read.
var foreign = []string{".xls", ".xlsx", ".xlsb", ".ods", ".numbers", ".pdf", ".doc", ".docx", ".htm", ".html", ".sav", ".dta", ".accdb", ".mdb"}

// unclaimed is the remedy for a file that no dataset claims: whose patterns it might fit.
func unclaimed(p string, datasets []*codebook.Dataset) string {
	var patterns []string
	for _, d := range datasets {
		if !slices.Contains(patterns, d.Files) {
			patterns = append(patterns, d.Files)
		}
	}
	fits := diag.Suggest(p, patterns)
	if slices.Contains(foreign, strings.ToLower(path.Ext(p))) {
		return "open it, save the table as 'CSV UTF-8' or as .xlsx under a name that a dataset claims, and move this file out of exports; " + fits
	}
	return "rename it to fit a pattern under 'files' in datasets.yaml, or move it out of exports; " + fits
}

// Rows reads the file row by row. What is wrong with its form goes to diags; a row with the wrong number of cells is left out.
func (f *File) Rows(diags *diag.List) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		tables, done, err := f.tables()
		if err != nil {
			f.unreadable(err, diags)
			return
		}
		defer done()
		for _, t := range tables {
			f.widened(t)
		}
		rows := f.pick(tables, f.Dataset.Sheet, diags)
		if rows == nil {
			return
		}
		if f.Dataset.Repeat != nil {
			f.joined(rows, tables, diags)(yield)
			return
		}
		form, ok := rows.form(f.names, diags)
		if form != nil && f.names.missing(rows.top(form), diags, form) && ok {
			f.withoutTotal(rows.rows(form, diags), diags)(yield)
		}
	}
}
