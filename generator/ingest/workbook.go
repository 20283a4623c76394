package ingest

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/ccpcr/impact/generator/diag"
)

// errBroken stands for what excelize says: that could repeat a cell.
var errBroken = errors.New("it is not as a workbook should be")

// sheets lists the sheets of a workbook that hold anything.
func (f *File) sheets() ([]*table, func(), error) {
	z, data, err := f.packed()
	if err != nil {
		return nil, nil, err
	}
	if err := wellFormed(z); err != nil {
		return nil, nil, err
	}
	// A part that is larger than the second limit would be written to the disk for a while, where exports have no business.
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 4 * maxPacked, UnzipXMLSizeLimit: 4 * maxPacked, ShortDatePattern: "yyyy-mm-dd"})
	if err != nil {
		return nil, nil, errBroken
	}
	plainNumbers(book)
	var tables []*table
	for _, name := range book.GetSheetList() {
		t := &table{file: f, name: name, at: diag.Pos{File: f.name, Sheet: name}, commas: commas[:1], loose: true}
		t.open = func(rune) (*records, error) { return openSheet(book, t.at) }
		if !t.blank() {
			tables = append(tables, t)
		}
	}
	return tables, func() { _ = book.Close() }, nil
}

// blank says whether the first rows of a table are all blank.
func (t *table) blank() bool {
	r, err := t.open(',')
	if err != nil {
		return false
	}
	defer r.close()
	rows, err := head(r)
	for _, row := range rows {
		for _, cell := range row {
			if filled(cell) {
				return false
			}
		}
	}
	return err == nil
}

// excelize's own numbers of formats: 14 is a date and 22 a date with its time, and one it does not know leaves a number as it stands.
const (
	formatDate, formatTime = 14, 22
	formatNone             = 9999
)

// plainNumbers makes dates come as 2010-01-31 and numbers as they are, however the sheet shows them.
func plainNumbers(book *excelize.File) {
	if book.Styles == nil || book.Styles.CellXfs == nil {
		return
	}
	custom := map[int]string{}
	if book.Styles.NumFmts != nil {
		for _, f := range book.Styles.NumFmts.NumFmt {
			custom[f.NumFmtID] = f.FormatCode
		}
		book.Styles.NumFmts = nil
	}
	for i := range book.Styles.CellXfs.Xf {
		style := &book.Styles.CellXfs.Xf[i]
		if style.NumFmtID != nil {
			kind := kindOf(*style.NumFmtID, custom)
			style.NumFmtID = &kind
		}
	}
}

// kindOf tells a date from what is none by the letters of its format: y and d stand in dates only, h and s in times.
func kindOf(id int, custom map[int]string) int {
	code, ok := custom[id]
	if !ok {
		switch {
		case id == formatTime:
			return formatTime
		case id >= 14 && id <= 17, id >= 27 && id <= 31, id >= 34 && id <= 36, id >= 50 && id <= 58:
			return formatDate
		}
		return formatNone
	}
	var letters strings.Builder
	for i, quoted := 0, rune(0); i < len(code); i++ {
		switch c := code[i]; {
		case quoted != 0:
			if rune(c) == quoted {
				quoted = 0
			}
		case c == '"':
			quoted = '"'
		case c == '[':
			quoted = ']'
		case c == '\\' || c == '_' || c == '*':
			i++
		default:
			letters.WriteByte(c)
		}
	}
	plain := strings.ToLower(letters.String())
	switch {
	case strings.Contains(plain, "general") || !strings.ContainsAny(plain, "yd"):
		return formatNone
	case strings.ContainsAny(plain, "hs"):
		return formatTime
	}
	return formatDate
}

// openSheet reads a sheet row by row, as the CSV text that gocsv knows: each row of the sheet is one record.
func openSheet(book *excelize.File, at diag.Pos) (*records, error) {
	rows, err := book.Rows(at.Sheet)
	if err != nil {
		return nil, errBroken
	}
	sheet := &sheetText{rows: rows}
	r := newRecords(sheet, ',', at.File)
	r.close = rows.Close
	r.line = func() int { return r.read }
	r.at = func(row int, _ []byte, cell int) diag.Pos {
		return diag.Pos{File: at.File, Sheet: at.Sheet, Line: row, Col: cell + 1, Cell: cell + 1}
	}
	return r, nil
}

// sheetText writes the rows of a sheet as CSV.
type sheetText struct {
	rows *excelize.Rows
	row  int
	buf  bytes.Buffer
}

func (s *sheetText) Read(p []byte) (int, error) {
	for s.buf.Len() == 0 {
		if !s.rows.Next() {
			if s.rows.Error() != nil {
				return 0, errBroken
			}
			return 0, io.EOF
		}
		s.row++
		cells, err := s.rows.Columns()
		if err != nil {
			return 0, errBroken
		}
		if len(cells) == 0 {
			cells = []string{""} // a blank row is a record as well
		}
		for i, cell := range cells {
			if at, fault := firstFault([]byte(cell)); at >= 0 {
				return 0, &textError{fault, s.row, i + 1}
			}
			if i > 0 {
				s.buf.WriteByte(',')
			}
			s.buf.WriteByte('"')
			s.buf.WriteString(strings.ReplaceAll(isoTime(cell), `"`, `""`))
			s.buf.WriteByte('"')
		}
		s.buf.WriteByte('\n')
	}
	return s.buf.Read(p)
}

// isoTime writes a date with its time, 2010-01-31 08:30, as ISO 8601 has it, and without the time if that is midnight.
func isoTime(cell string) string {
	if len(cell) != 16 || cell[4] != '-' || cell[10] != ' ' || cell[13] != ':' {
		return cell
	}
	if cell[11:] == "00:00" {
		return cell[:10]
	}
	return cell[:10] + "T" + cell[11:]
}
