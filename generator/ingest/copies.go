package ingest

import (
	"io/fs"
	"path"

	"github.com/ccpcr/impact/generator/diag"
)

// Once reports each file that holds byte for byte what another one of its dataset holds, and leaves it out: its rows would count twice.
// Of exports that replace one another two may say the same; within one of them no two files may. A file without rows counts nothing.
func Once(files []*File, diags *diag.List) (once []*File) {
	type size struct {
		dataset, export string
		bytes           int64
	}
	known := map[size][]*File{}
	for _, f := range files {
		at := size{dataset: f.Dataset.ID}
		if f.Dataset.Replaces() {
			at.export = path.Dir(f.Path)
		}
		if info, err := fs.Stat(f.fsys, f.Path); err == nil {
			at.bytes = info.Size()
		}
		if first := f.among(known[at]); first != nil && f.hasRows() {
			diags.Errorf(diag.Pos{File: f.name}, "export/copy", "take one of the two out of exports; if both are true, put the rows of both into one file",
				"expected a file of its own, found a copy of %s, whose rows would count twice", first.name)
			continue
		}
		known[at], once = append(known[at], f), append(once, f)
	}
	return once
}

// among finds the file that holds the same bytes.
func (f *File) among(others []*File) *File {
	if len(others) == 0 {
		return nil
	}
	mine, _, err := f.Digest()
	for _, o := range others {
		if digest, _, failed := o.Digest(); err == nil && failed == nil && digest == mine {
			return o
		}
	}
	return nil
}

func (f *File) hasRows() bool {
	for range f.Rows(&diag.List{}) {
		return true
	}
	return false
}
