package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ccpcr/impact/generator/diag"
)

// recorder remembers the bytes of the present record, so that a byte column can be turned into characters when, and only
// when, something is wrong with the record.
type recorder struct {
	from io.Reader
	kept []byte
	at   int64 // offset of kept[0] in the file
	base int64 // bytes before the first that the CSV reader sees: a byte order mark

	lines int // line ends before kept[0]
}

func (r *recorder) Read(p []byte) (int, error) {
	if len(r.kept) > maxRecord {
		return 0, errLongRecord
	}
	n, err := r.from.Read(p)
	r.kept = append(r.kept, p[:n]...)
	return n, err
}

// maxRecord is the longest record read, in bytes: a quote that is never closed would take the whole file for one cell.
const maxRecord = 4 * maxLine

var errLongRecord = errors.New("record too long")

// forget drops what lies before an offset of the CSV reader.
func (r *recorder) forget(offset int64) {
	drop := offset + r.base - r.at
	r.lines += bytes.Count(r.kept[:drop], []byte("\n"))
	r.kept = r.kept[drop:]
	r.at += drop
}

// since gives what was read from the last forgotten offset on; the record that stands there begins after blank lines.
func (r *recorder) since() []byte {
	kept := r.kept
	if r.at == 0 {
		kept = kept[r.base:]
	}
	return bytes.TrimLeft(kept, "\r\n")
}

// column turns a byte column in a line of the present record, counted from 0, into characters.
func (r *recorder) column(line, inBytes int) int {
	lines := bytes.Split(r.since(), []byte("\n"))
	if line < 0 || line >= len(lines) {
		return inBytes
	}
	return diag.Column(string(lines[line]), inBytes)
}

// lineLimit refuses lines longer than maxLine.
type lineLimit struct {
	from io.Reader
	line int
	size int
}

type lineTooLong struct{ line int }

func (e *lineTooLong) Error() string { return fmt.Sprintf("line %d is too long", e.line) }

func (l *lineLimit) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	rest := p[:n]
	for {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			l.size += len(rest)
			break
		}
		if l.size+i > maxLine {
			return 0, &lineTooLong{l.line}
		}
		l.line++
		l.size, rest = 0, rest[i+1:]
	}
	if l.size > maxLine {
		return 0, &lineTooLong{l.line}
	}
	return n, err
}
