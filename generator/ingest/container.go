package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
)

// maxPacked is the largest workbook or zip read, in bytes. Both are read as a whole.
const maxPacked = 256 << 20

// errTooLarge says that a packed file holds far more than its size can mean.
var errTooLarge = errors.New("too large when unpacked")

// tables opens the file and lists the tables in it: a CSV file is one, a zip holds CSV files, a workbook sheets.
func (f *File) tables() (tables []*table, close func(), err error) {
	whole := diag.Pos{File: f.name}
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".zip":
		return f.zipped()
	case ".xlsx", ".xlsm":
		return f.sheets()
	}
	t := &table{file: f, at: whole, commas: commas}
	t.open = func(comma rune) (*records, error) {
		file, err := f.fsys.Open(f.Path)
		if err != nil {
			return nil, err
		}
		return openText(file, comma, whole.File)
	}
	return []*table{t}, func() {}, nil
}

// commas are the separators that a CSV file may have, the usual one first.
var commas = []rune{',', ';', '\t', '|'}

func openText(file io.ReadCloser, comma rune, name string) (*records, error) {
	in, err := newText(file)
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	r := newRecords(in, comma, name)
	r.close = file.Close
	return r, nil
}

// packed reads a zip, or a workbook, which is one.
func (f *File) packed() (*zip.Reader, []byte, error) {
	file, err := f.fsys.Open(f.Path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxPacked+1))
	if err != nil {
		return nil, nil, err
	}
	if len(data) > maxPacked {
		return nil, nil, errTooLarge
	}
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return nil, nil, errNoText // a workbook with a password, or an old one
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	return z, data, err
}

func (f *File) zipped() ([]*table, func(), error) {
	z, _, err := f.packed()
	if err != nil {
		return nil, nil, err
	}
	var tables []*table
	for _, entry := range z.File {
		ext := strings.ToLower(path.Ext(entry.Name))
		if !slices.Contains([]string{".csv", ".tsv", ".txt"}, ext) || strings.HasPrefix(path.Base(entry.Name), ".") || strings.HasPrefix(entry.Name, "__MACOSX/") {
			continue
		}
		t := &table{file: f, name: path.Base(entry.Name), at: diag.Pos{File: f.name + "/" + entry.Name}, commas: commas}
		t.open = func(comma rune) (*records, error) {
			file, err := unpack(entry)
			if err != nil {
				return nil, err
			}
			return openText(file, comma, t.at.File)
		}
		tables = append(tables, t)
	}
	return tables, func() {}, nil
}

// unpack opens a file of a zip. Text packs to a tenth or a twentieth; what packs to a two-hundredth is a bomb.
func unpack(entry *zip.File) (io.ReadCloser, error) {
	file, err := entry.Open()
	if err != nil {
		return nil, err
	}
	return &bounded{file, max(16<<20, 200*int64(entry.CompressedSize64))}, nil
}

type bounded struct {
	io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// pick finds the one table whose name fits a pattern; a CSV file has none and needs none. Without a pattern there must be one only.
func (f *File) pick(tables []*table, pattern string, diags *diag.List) *table {
	var fit []*table
	for _, t := range tables {
		if ok, _ := path.Match(pattern, t.name); ok || pattern == "" || t.name == "" {
			fit = append(fit, t)
		}
	}
	if len(fit) == 1 {
		return fit[0]
	}
	var names []string
	for _, t := range tables {
		names = append(names, fmt.Sprintf("%q", t.name))
	}
	hint, expected := "it holds: "+strings.Join(names, ", "), fmt.Sprintf("a sheet or file like %q", pattern)
	if len(names) == 0 {
		hint = "look whether the export is complete"
	}
	if pattern == "" {
		expected = "one sheet or file with rows"
		if len(names) > 0 {
			hint += "; name one under  sheet: in datasets.yaml"
		}
	}
	diags.Errorf(diag.Pos{File: f.name}, "export/sheet", hint, "expected %s, found %d", expected, len(fit))
	return nil
}

// unreadable reports a file that could not be opened.
func (f *File) unreadable(err error, diags *diag.List) {
	if errors.Is(err, zip.ErrFormat) {
		err = errors.New("it is no zip, which a workbook is as well, or broken off")
	}
	var named *fs.PathError
	if errors.As(err, &named) {
		err = named.Err
	}
	(&table{at: diag.Pos{File: f.name}}).report(err, nil, diags)
}
