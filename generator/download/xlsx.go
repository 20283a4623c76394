package download

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// sheet of a workbook. The id of a cell stands last in a row that shows one; figure is the column of its number or sign.
type sheet struct {
	name   string
	head   int // the row of heads, which stays in view; 0 is the first row, -1 none
	figure int
	filter bool
	widths []int // in characters; those that are not given fit their texts
	rows   [][]box
}

// box is what a cell of a sheet holds: a string, which is never a formula, an int64, or nothing.
type box struct {
	value any
	style style
}

// key tells a sheet from every other.
func (s sheet) key() string {
	text := fmt.Appendf(nil, "%q %d %d %v %v", s.name, s.head, s.figure, s.filter, s.widths)
	for _, row := range s.rows {
		text = append(text, '\n')
		for _, c := range row {
			switch value := c.value.(type) {
			case string:
				text = strconv.AppendQuote(text, value)
			default:
				text = fmt.Append(text, value)
			}
			text = strconv.AppendInt(append(text, ' '), int64(c.style), 10)
		}
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// style is a place among the looks of a workbook.
type style int

const (
	ordinary style = iota
	heading
	figure
	sign    // stands where there is no number
	quiet   // for programs, not for readers
	largest // the title
	strong
	wrapped
	quoted // begins like a formula, and stays a text when somebody edits it
)

const (
	grey   = "6B6B6B"
	asText = 49 // the format of cells whose content is a text, whatever somebody types
)

var looks = []excelize.Style{
	ordinary: {Alignment: &excelize.Alignment{Vertical: "top"}},
	heading: {
		Font: font(11, true, ""), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}},
		Border: []excelize.Border{{Type: "bottom", Style: 1, Color: grey}}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	},
	figure:  {NumFmt: 3, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right", Indent: 1}},
	sign:    {NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right", Indent: 1}},
	quiet:   {Font: font(9, false, grey), Alignment: &excelize.Alignment{Vertical: "top"}},
	largest: {Font: font(15, true, ""), Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}},
	strong:  {Font: font(11, true, ""), Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}},
	wrapped: {Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}},
	quoted:  {NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}},
}

func font(size float64, bold bool, colour string) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: size, Bold: bold, Color: colour}
}

// workbook writes a workbook. rtl puts the first column on the right.
func workbook(about excelize.DocProperties, rtl bool, sheets []sheet) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	styles := make([]int, len(looks))
	for i := range looks {
		var err error
		if styles[i], err = book.NewStyle(&looks[i]); err != nil {
			return nil, err
		}
	}
	taken := map[string]bool{}
	for i, s := range sheets {
		s.name = sheetName(s.name, taken)
		var err error
		if i == 0 { // a new workbook has one sheet
			err = book.SetSheetName(book.GetSheetName(0), s.name)
		} else {
			_, err = book.NewSheet(s.name)
		}
		if err := errors.Join(err, s.write(book, rtl, styles)); err != nil {
			return nil, err
		}
	}
	book.WorkBook.DefinedNames = nil // a filter works without its name, which would hold numbers of rows
	var b bytes.Buffer
	book.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &archive{out: w, parts: map[string]*bytes.Buffer{}} })
	err := errors.Join(book.SetDocProps(&about), book.SetAppProps(&excelize.AppProperties{}), book.Write(&b)) // without the minutes that it took
	return b.Bytes(), err
}

// write fills a sheet of a workbook row by row: the library need not keep every cell in a tree.
func (s sheet) write(book *excelize.File, rtl bool, styles []int) error {
	widths := s.fitted()
	last, err := excelize.CoordinatesToCellName(len(widths), len(s.rows))
	yes, no, paper, across, pages, side, edge := true, false, 9, "landscape", 0, 0.5, 0.7
	if s.filter {
		err = errors.Join(err, book.AutoFilter(s.name, fmt.Sprintf("A%d:%s", s.head+1, last), nil))
	}
	err = errors.Join(err,
		book.SetSheetDimension(s.name, "A1:"+last),
		book.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}),
		book.SetSheetView(s.name, 0, &excelize.ViewOptions{RightToLeft: &rtl, ShowGridLines: &no}),
		book.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &across, FitToHeight: &pages}),
		book.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge}),
	)
	if err != nil {
		return err
	}
	w, err := book.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	if s.head >= 0 {
		err = w.SetPanes(&excelize.Panes{Freeze: true, YSplit: s.head + 1, TopLeftCell: fmt.Sprintf("A%d", s.head+2), ActivePane: "bottomLeft"})
	}
	for i, width := range slices.Backward(widths) { // the library puts each before the others, and programs expect them in order
		err = errors.Join(err, w.SetColWidth(i+1, i+1, float64(width)))
	}
	for i, row := range s.rows {
		cells := make([]any, len(row))
		for j, c := range row {
			cells[j] = excelize.Cell{StyleID: styles[c.style], Value: c.value}
		}
		err = errors.Join(err, w.SetRow(fmt.Sprintf("A%d", i+1), cells))
	}
	return errors.Join(err, w.Flush())
}

// archive takes the parts of a workbook in the order in which the library comes upon them, and writes them in their own.
type archive struct {
	excelize.ZipWriter // for the folders of a file system, which a workbook has not
	out                io.Writer
	parts              map[string]*bytes.Buffer
}

func (a *archive) Create(name string) (io.Writer, error) {
	a.parts[name] = &bytes.Buffer{}
	return a.parts[name], nil
}

func (a *archive) Close() error {
	files := Files{}
	for name, part := range a.parts {
		files[name] = part.Bytes()
	}
	data, err := zipped(files, slices.Sorted(maps.Keys(files)))
	if err != nil {
		return err
	}
	_, err = a.out.Write(data)
	return err
}

// fitted gives the width of each column.
func (s sheet) fitted() []int {
	var widths []int
	for _, row := range s.rows {
		for j, c := range row {
			if j == len(widths) {
				widths = append(widths, 8)
			}
			widths[j] = max(widths[j], min(48, 3+length(c.value)))
		}
	}
	for j, w := range s.widths {
		widths[j] = w
	}
	return widths
}

// length counts what takes space: no marks above and below, no signs that nobody sees.
func length(value any) int {
	n := 0
	for _, r := range fmt.Sprint(value) {
		if !unicode.In(r, unicode.Mn, unicode.Cf) {
			n++
		}
	}
	return n
}

// sheetName is a name as workbooks allow it: short, without some signs, and one of its own. One that is cut loses its digits, which would
// say nothing any more.
func sheetName(name string, taken map[string]bool) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, name), "' ")
	const most = 28 // leaves room to tell two apart
	if units := utf16.Encode([]rune(name)); len(units) > most {
		runes := []rune(string(utf16.Decode(units[:most])))
		name = strings.Map(func(r rune) rune {
			if unicode.IsNumber(r) || r == unicode.ReplacementChar {
				return -1
			}
			return r
		}, string(runes)) + "…"
	}
	for taken[strings.ToLower(name)] {
		name += "·"
	}
	taken[strings.ToLower(name)] = true
	return name
}
