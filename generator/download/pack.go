package download

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/ccpcr/impact/generator/ledger"
)

// Package is the file that holds a whole release.
const Package = "release.zip"

// pack puts everything but the workbooks of single indicators, whose figures the release's workbooks have, into one zip.
func pack(r *ledger.Release, files Files) error {
	all := Files{}
	for _, from := range []map[string][]byte{files, r.Files} {
		for name, data := range from {
			if !strings.HasPrefix(name, "xlsx/") {
				all[r.Name+"/"+name] = data
			}
		}
	}
	var err error
	if files[Package], err = zipped(all, slices.Sorted(maps.Keys(all))); err != nil {
		return err
	}
	return unpacks(files[Package], all)
}

// squeezers are kept: making one costs more than squeezing a small part.
var squeezers = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.DefaultCompression) // it fails only on an unknown level
	return w
}}

type squeezer struct{ *flate.Writer }

func (s squeezer) Close() error {
	err := s.Writer.Close()
	squeezers.Put(s.Writer)
	return err
}

// newYear is the first day that a zip can name: the files bear no other, so that they are the same on any day.
const newYear = 1<<5 | 1

// zipped writes a zip in the given order. What is small or a zip itself is stored as it is.
func zipped(files Files, names []string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		s := squeezers.Get().(*flate.Writer)
		s.Reset(w)
		return squeezer{s}, nil
	})
	for _, name := range names {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, ModifiedDate: newYear}
		if len(files[name]) < 200 || strings.HasSuffix(name, ".xlsx") {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(files[name]); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// unpacks reads a zip back and compares every part.
func unpacks(data []byte, files Files) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	if len(z.File) != len(files) {
		return fmt.Errorf("the zip holds %d files, not %d", len(z.File), len(files))
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		part, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(part, files[f.Name]) {
			return fmt.Errorf("%s does not come out of the zip as it went in: %w", f.Name, err)
		}
	}
	return nil
}
