package download

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

// A workbook is written here by hand: a library that keeps every cell in a tree needs ten times as long (docs/decisions.md). A text is
// never a formula, since each cell says that it holds a text.

// sheet of a workbook. The id of a cell stands last in a row that shows one; figure is the column of its number or sign.
type sheet struct {
	name   string
	head   int // the row of heads, which stays in view; 0 is the first row, -1 none
	figure int
	filter bool
	widths []int // in characters; those that are not given fit their texts
	rows   [][]box
}

// box is what a cell of a sheet holds.
type box struct {
	text   string
	number string // digits; the text is then empty
	style  style
}

// style is a place among cellXfs in the styles of a workbook.
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

const styles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<fonts count="4"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>` +
	`<font><sz val="9"/><color rgb="FF6B6B6B"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="15"/><name val="Calibri"/><family val="2"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill></fills>` +
	`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FF6B6B6B"/></bottom><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="9">` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>` +
	`<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>` +
	`<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="right" vertical="top"/></xf>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1"><alignment horizontal="right" vertical="top"/></xf>` +
	`<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
	`<xf numFmtId="0" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const (
	declaration   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	spreadsheet   = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	rootRels      = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relationships + `/officeDocument" Target="xl/workbook.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
)

// workbook writes a workbook. rtl puts the first column on the right.
func workbook(title, author string, rtl bool, sheets []sheet) ([]byte, error) {
	var types, book, rels strings.Builder
	types.WriteString(declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + spreadsheet + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + spreadsheet + `styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	book.WriteString(declaration + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + relationships + `"><sheets>`)
	rels.WriteString(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="styles" Type="` + relationships + `/styles" Target="styles.xml"/>`)
	parts := Files{"_rels/.rels": []byte(rootRels), "xl/styles.xml": []byte(styles)}
	names := []string{"[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
	taken := map[string]bool{}
	for i, s := range sheets {
		n := strconv.Itoa(i + 1)
		part := "xl/worksheets/sheet" + n + ".xml"
		types.WriteString(`<Override PartName="/` + part + `" ContentType="` + spreadsheet + `worksheet+xml"/>`)
		book.WriteString(`<sheet name="` + escape(sheetName(s.name, taken)) + `" sheetId="` + n + `" r:id="rId` + n + `"/>`)
		rels.WriteString(`<Relationship Id="rId` + n + `" Type="` + relationships + `/worksheet" Target="worksheets/sheet` + n + `.xml"/>`)
		parts[part] = s.xml(rtl)
		names = append(names, part)
	}
	parts["[Content_Types].xml"] = []byte(types.String() + `</Types>`)
	parts["xl/workbook.xml"] = []byte(book.String() + `</sheets></workbook>`)
	parts["xl/_rels/workbook.xml.rels"] = []byte(rels.String() + `</Relationships>`)
	parts["docProps/core.xml"] = []byte(declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		escape(title) + `</dc:title><dc:creator>` + escape(author) + `</dc:creator></cp:coreProperties>`)
	return zipped(parts, names)
}

// xml writes a sheet.
func (s sheet) xml(rtl bool) []byte {
	var b strings.Builder
	b.WriteString(declaration + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0" showGridLines="0"`)
	if rtl {
		b.WriteString(` rightToLeft="1"`)
	}
	b.WriteString(`>`)
	if s.head >= 0 {
		below := strconv.Itoa(s.head + 1)
		b.WriteString(`<pane ySplit="` + below + `" topLeftCell="A` + strconv.Itoa(s.head+2) + `" activePane="bottomLeft" state="frozen"/>`)
	}
	b.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`)
	for i, w := range s.fitted() {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<col min="` + n + `" max="` + n + `" width="` + strconv.Itoa(w) + `" customWidth="1"/>`)
	}
	b.WriteString(`</cols><sheetData>`)
	last := ""
	for i, row := range s.rows {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<row r="` + n + `">`)
		for j, c := range row {
			last = letters(j) + n
			at := ` r="` + last + `" s="` + strconv.Itoa(int(c.style)) + `"`
			switch {
			case c.number != "":
				b.WriteString(`<c` + at + `><v>` + c.number + `</v></c>`)
			case c.text != "":
				b.WriteString(`<c` + at + ` t="inlineStr"><is><t xml:space="preserve">` + escape(c.text) + `</t></is></c>`)
			default:
				b.WriteString(`<c` + at + `/>`)
			}
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData>`)
	if s.filter {
		b.WriteString(`<autoFilter ref="A` + strconv.Itoa(s.head+1) + `:` + last + `"/>`)
	}
	b.WriteString(`<pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`)
	return []byte(b.String())
}

// fitted gives the width of each column.
func (s sheet) fitted() []int {
	var widths []int
	for _, row := range s.rows {
		for j, c := range row {
			if j == len(widths) {
				widths = append(widths, 8)
			}
			widths[j] = max(widths[j], min(48, 3+length(c.text+c.number)))
		}
	}
	for j, w := range s.widths {
		widths[j] = w
	}
	return widths
}

// length counts what takes space: no marks above and below, no signs that nobody sees.
func length(text string) int {
	n := 0
	for _, r := range text {
		if !unicode.In(r, unicode.Mn, unicode.Cf) {
			n++
		}
	}
	return n
}

// letters names a column: A to Z, AA and so on.
func letters(column int) string {
	if column < 26 {
		return string(rune('A' + column))
	}
	return letters(column/26-1) + letters(column%26)
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

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes all
	return b.String()
}
