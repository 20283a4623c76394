package codebook

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// sheet is a small CSV file of the codebook, whole in memory, with the place of every cell.
type sheet struct {
	header []string
	rows   []sheetRow
}

type sheetRow struct {
	cells []string
	at    []diag.Pos
}

// sheet reads a CSV file strictly: a repeated or unknown heading, a missing one and a ragged row are errors.
func (l *loader) sheet(name string, required, optional []string) (sheet, bool) {
	data, ok := l.read(name, len(required) > 0)
	if !ok {
		return sheet{}, false
	}
	lines := strings.Split(string(data), "\n")
	if i := slices.IndexFunc(lines, func(line string) bool { return !utf8.ValidString(line) }); i >= 0 {
		l.diags.Errorf(diag.Pos{File: l.file(name), Line: i + 1}, "csv/encoding", "save it again as 'CSV UTF-8'", "expected UTF-8 text")
		return sheet{}, false
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	r.Comma = separator(lines[0])
	pos := func(i int) diag.Pos {
		line, col := r.FieldPos(i)
		return diag.Pos{File: l.file(name), Line: line, Col: diag.Column(lines[line-1], col)}
	}
	var s sheet
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			l.diags.Errorf(diag.Pos{File: l.file(name), Line: bad.Line, Col: diag.Column(lines[bad.Line-1], bad.Column)}, "csv/quote",
				`put the whole cell in quotes and double each quote inside: "the ""word"""`, "expected a well-formed row: %v", bad.Err)
			return s, false
		}
		row := sheetRow{cells: cells}
		for i := range cells {
			row.at = append(row.at, pos(i))
		}
		if s.header == nil {
			s.header = cells
			if !l.header(row, required, optional) {
				return s, false
			}
			continue
		}
		if len(cells) != len(s.header) {
			l.diags.Errorf(diag.Pos{File: l.file(name), Line: row.at[0].Line, Col: 1}, "csv/ragged", "count the separators; put a cell that holds one in quotes",
				"expected %d cells as in the header, found %d", len(s.header), len(cells))
			continue
		}
		s.rows = append(s.rows, row)
	}
	if s.header == nil {
		l.diags.Errorf(diag.Pos{File: l.file(name), Line: 1, Col: 1}, "csv/empty", "the first line must hold: "+strings.Join(required, ","), "expected a header, found an empty file")
		return s, false
	}
	return s, true
}

// separator is what parts the cells of a header: spreadsheets write semicolons where numbers have a decimal comma.
func separator(header string) rune {
	for _, other := range ";\t" {
		if !strings.Contains(header, ",") && strings.ContainsRune(header, other) {
			return other
		}
	}
	return ','
}

func (l *loader) header(row sheetRow, required, optional []string) bool {
	ok := true
	allowed := slices.Concat(required, optional)
	for i, h := range row.cells {
		if slices.Contains(row.cells[:i], h) {
			l.diags.Errorf(row.at[i], "csv/repeated-header", "delete or rename one of the two", "expected each heading once, found %q again", h)
			ok = false
		} else if !slices.Contains(allowed, h) {
			l.diags.Errorf(row.at[i], "csv/unknown-header", diag.Suggest(h, allowed), "expected a heading that is known here, found %q", h)
			ok = false
		}
	}
	for _, h := range required {
		if !slices.Contains(row.cells, h) {
			l.diags.Errorf(diag.Pos{File: row.at[0].File, Line: 1, Col: 1}, "csv/missing-column", fmt.Sprintf("add a column headed %s", h), "expected a column %q", h)
			ok = false
		}
	}
	return ok
}

func (s sheet) cell(r sheetRow, column string) (string, diag.Pos) {
	if i := slices.Index(s.header, column); i >= 0 {
		return r.cells[i], r.at[i]
	}
	return "", r.at[0]
}

// codeForm is what a code may look like: it becomes part of addresses, file names and cell ids.
var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// device is what Windows keeps for devices, so that no file or folder there may be called so, whatever its capitals.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

const deviceHint = "choose another: Windows keeps this name for a device, and addresses and files are made of it"

// codes reads lists/<id>.csv: code, a label in each language, and, where the list has a parent, the parent's code. A column
// note.<language> may hold a line for readers, aliases other spellings that count as the code, and variants other spellings that are
// only suggested; both are separated by semicolons.
func (l *loader) codes(list *List) {
	required := slices.Concat([]string{"code"}, l.langs)
	optional := append(l.perLanguage("note."), "aliases", "variants")
	if list.Parent != nil {
		required = append(required, "parent")
	}
	s, ok := l.sheet("lists/"+list.ID+".csv", required, optional)
	if !ok {
		return
	}
	first := map[string]int{}
	var aliasAt []diag.Pos
	for _, row := range s.rows {
		id, at := s.cell(row, "code")
		code := Code{At: at, ID: id, Label: lang.Text{}, Note: lang.Text{}}
		if line, seen := first[strings.ToLower(id)]; seen {
			l.diags.Errorf(at, "code/repeated", fmt.Sprintf("it stands on line %d already: keep one", line), "expected each code once, found %q again", id)
			continue
		}
		if !codeForm.MatchString(id) {
			l.diags.Errorf(at, "code/form", "use letters, digits, - and _", "expected a code of letters and digits, found %q", id)
		}
		if device.MatchString(id) {
			l.diags.Errorf(at, "code/form", deviceHint, "expected a code that may be the name of a file, found %q", id)
		}
		first[strings.ToLower(id)] = at.Line
		for _, language := range l.langs {
			label, at := s.cell(row, language)
			l.printable(label, at)
			if strings.TrimSpace(label) == "" {
				l.diags.Errorf(at, "code/no-label", "write how readers shall see this code", "expected a label in %q", language)
			}
			l.breakable(label, at)
			code.Label[language] = label
			if note, _ := s.cell(row, "note."+language); note != "" {
				code.Note[language] = note
			}
		}
		l.texts = append(l.texts, Placed{at, code.Label}, Placed{at, code.Note})
		if list.Parent != nil {
			code.Parent, code.parentAt = s.cell(row, "parent")
		}
		variants, _ := s.cell(row, "variants")
		code.Variants = spellings(variants)
		aliases, at := s.cell(row, "aliases")
		code.Aliases = spellings(aliases)
		aliasAt = append(aliasAt, at)
		list.Codes = append(list.Codes, code)
	}
	for i, code := range list.Codes {
		for _, alias := range code.Aliases {
			if other := list.named(alias); other.ID != code.ID {
				l.diags.Errorf(aliasAt[i], "code/alias", "take it out of one of the two", "expected each alias to stand for one code, found one that stands for %s and %s", other.ID, code.ID)
			}
		}
	}
}

// perLanguage names the columns that hold a text in each language, such as note.en and note.km.
func (l *loader) perLanguage(prefix string) []string {
	var all []string
	for _, code := range l.langs {
		all = append(all, prefix+code)
	}
	return all
}

// spellings splits the cell of a code list that holds several, separated by semicolons.
func spellings(cell string) []string {
	var all []string
	for v := range strings.SplitSeq(cell, ";") {
		if v = strings.TrimSpace(v); v != "" {
			all = append(all, v)
		}
	}
	return all
}

// named finds the code that a text is, or is an alias of, or nil.
func (l *List) named(text string) *Code {
	if c := l.Code(text); c != nil {
		return c
	}
	for i := range l.Codes {
		if slices.Contains(l.Codes[i].Aliases, text) {
			return &l.Codes[i]
		}
	}
	return nil
}

// Code finds a code of the list, or nil.
func (l *List) Code(id string) *Code {
	for i := range l.Codes {
		if l.Codes[i].ID == id {
			return &l.Codes[i]
		}
	}
	return nil
}

// IDs lists the codes in their order.
func (l *List) IDs() []string {
	ids := make([]string, len(l.Codes))
	for i, c := range l.Codes {
		ids[i] = c.ID
	}
	return ids
}

// printable reports a control character in a cell.
func (l *loader) printable(text string, at diag.Pos) {
	if i := unprintable(text); i >= 0 {
		at.Col += i
		l.diags.Errorf(at, "codebook/control-character", "type the text anew", "expected a text without control characters")
	}
}
