package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"testing/fstest"
)

// Files is a folder in memory: contents by path, with / between folders.
type Files map[string][]byte

// FS gives the folder as a file system.
func (f Files) FS() fs.FS {
	m := fstest.MapFS{}
	for name, data := range f {
		m[name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	return m
}

// Load takes a folder into memory. A folder that does not exist is empty.
func Load(fsys fs.FS) (Files, error) {
	files := Files{}
	err := fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if p == "." && errors.Is(err, fs.ErrNotExist) {
			return fs.SkipAll
		}
		if err != nil || e.IsDir() {
			return err
		}
		if files[p], err = fs.ReadFile(fsys, p); err != nil {
			return fmt.Errorf("%v", err) // not wrapped: a file that cannot be followed does not make the folder absent
		}
		return nil
	})
	return files, err
}

// Columns of a table file: period, the attributes, value and status.
func (r Resource) Columns() []string {
	columns := []string{"period"}
	for _, a := range r.Attributes {
		columns = append(columns, a.Name)
	}
	return append(columns, "value", "status")
}

// Add puts a table into a release's folder: rows as they stand in the file, without the header. It completes the resource
// with its path, size, hash and Table Schema.
func (f Files) Add(p *Package, r Resource, rows [][]string) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(r.Columns())
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	r.Path = "tables/" + r.Name + ".csv"
	r.Format, r.Mediatype, r.Encoding = "csv", "text/csv", "utf-8"
	r.Bytes, r.Hash = b.Len(), hash(b.Bytes())
	r.Schema = r.tableSchema(p.Periods)
	p.Resources = append(p.Resources, r)
	f[r.Path] = b.Bytes()
	return nil
}

// Close writes the descriptor.
func (f Files) Close(p *Package) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(p); err != nil {
		return err
	}
	f[Descriptor] = b.Bytes()
	return nil
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

func (r Resource) tableSchema(periods []string) TableSchema {
	required := func(enum []string) *Constraints { return &Constraints{Required: true, Enum: enum} }
	s := TableSchema{MissingValues: []string{""}, PrimaryKey: []string{"period"}}
	s.Fields = append(s.Fields, Field{Name: "period", Type: "string", Description: "a year, or a quarter such as 2010-Q2", Constraints: required(periods)})
	for _, a := range r.Attributes {
		s.Fields = append(s.Fields, Field{Name: a.Name, Type: "string", Description: "a code of the list " + a.List + "; _T is the total",
			Constraints: required(append([]string{"_T"}, a.Codes...))})
		s.PrimaryKey = append(s.PrimaryKey, a.Name)
	}
	s.Fields = append(s.Fields, Field{Name: "value", Type: "integer", Description: "the figure, as it may be shown"},
		Field{Name: "status", Type: "string", Description: "why there is no value", Constraints: &Constraints{Enum: statuses}})
	return s
}

// With gives a copy of a ledger's files with one more release in it.
func (f Files) With(release string, files Files) Files {
	all := maps.Clone(f)
	for name, data := range files {
		all[release+"/"+name] = data
	}
	return all
}
