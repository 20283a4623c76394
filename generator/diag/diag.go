// Package diag holds what can be wrong with an input, and where.
//
// In: positions and findings from every stage. Out: one sorted list, printed in one pass. It holds no cell's content unless it
// is told to, never exits and never decides whether a run goes on: that is main's business.
package diag

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Pos is a place in a file as an editor shows it. Line and Col start at 1 and Col counts characters, not bytes; 0 means
// that the finding is about the whole line, or the whole file. In a sheet of a workbook Line is the row and Col the column. Cell
// counts the cells of a row of an export, from 1, where a cell is meant.
type Pos struct {
	File  string `json:"file"`
	Sheet string `json:"sheet,omitempty"`
	Line  int    `json:"line,omitempty"`
	Col   int    `json:"column,omitempty"`
	Cell  int    `json:"cell,omitempty"`
}

func (p Pos) String() string {
	switch {
	case p.Sheet != "" && p.Line == 0:
		return p.File + ":" + p.Sheet
	case p.Sheet != "":
		return fmt.Sprintf("%s:%s!%s%d", p.File, p.Sheet, letters(p.Col), p.Line)
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Letter is the letter that a spreadsheet gives to the cell's column, or "" where no cell is meant.
func (p Pos) Letter() string { return letters(p.Cell) }

// letters names a column as spreadsheets do: A for 1, AA for 27.
func letters(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

// Severity says whether a run may go on. An error cannot be turned down.
type Severity int

const (
	Error Severity = iota
	Warning
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// MarshalText lets JSON reports say "error" and "warning".
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Diagnostic is one finding. Msg says what was expected, in lower case without a full stop; Hint says what to do.
type Diagnostic struct {
	Pos
	Severity Severity `json:"severity"`
	Code     string   `json:"code"` // area/what, such as code/unknown
	Msg      string   `json:"message"`
	Hint     string   `json:"hint,omitempty"`
	Value    string   `json:"value,omitempty"` // the cell's content: only where the list is told to keep it
}

func (d Diagnostic) Error() string {
	return fmt.Sprintf("%s: %s: %s [%s]", d.Pos, d.Severity, d.Msg, d.Code)
}

// List collects the findings of a run. The zero value is empty and ready.
type List struct {
	KeepValues bool // set by --show-values alone: until then the content of a cell never enters the list
	all        []Diagnostic
}

// Errorf adds an error. The message is made with fmt.Sprintf; the hint is taken as it stands.
func (l *List) Errorf(pos Pos, code, hint, format string, args ...any) {
	l.Cell("").Errorf(pos, code, hint, format, args...)
}

// Warnf adds a warning.
func (l *List) Warnf(pos Pos, code, hint, format string, args ...any) {
	l.Cell("").Warnf(pos, code, hint, format, args...)
}

// Cell names the content that the next finding is about: diags.Cell(cell).Errorf(…). It goes no further than here unless the
// list keeps values.
func (l *List) Cell(content string) About {
	if !l.KeepValues {
		content = ""
	}
	return About{l, content}
}

// About adds findings about one cell.
type About struct {
	list  *List
	value string
}

func (a About) Errorf(pos Pos, code, hint, format string, args ...any) {
	a.list.Add(Diagnostic{pos, Error, code, fmt.Sprintf(format, args...), hint, a.value})
}

func (a About) Warnf(pos Pos, code, hint, format string, args ...any) {
	a.list.Add(Diagnostic{pos, Warning, code, fmt.Sprintf(format, args...), hint, a.value})
}

func (l *List) Add(d ...Diagnostic) { l.all = append(l.all, d...) }

// Failed reports whether there is an error among the findings.
func (l *List) Failed() bool {
	return slices.ContainsFunc(l.all, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sorted gives the findings by file, line, column, code and message, each once.
func (l *List) Sorted() []Diagnostic {
	s := slices.Clone(l.all)
	slices.SortFunc(s, func(a, b Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Sheet, b.Sheet), a.Line-b.Line, a.Col-b.Col,
			strings.Compare(a.Code, b.Code), strings.Compare(a.Msg, b.Msg))
	})
	return slices.Compact(s)
}

// perCode is how many errors, and how many warnings, of one code are printed before the rest is only counted: no error shall be lost
// among warnings.
var perCode = map[Severity]int{Error: 20, Warning: 5}

// Print writes the findings, each with its hint on a line of its own, the first ones of a code, and a last line that counts them all.
func (l *List) Print(w io.Writer) {
	seen, more := map[string]int{}, map[string]int{}
	errors, warnings := 0, 0
	for _, d := range l.Sorted() {
		if d.Severity == Error {
			errors++
		} else {
			warnings++
		}
		if seen[d.Code]++; seen[d.Code] > perCode[d.Severity] {
			more[d.Code]++
			continue
		}
		fmt.Fprintln(w, d.Error())
		if d.Value != "" {
			fmt.Fprintf(w, "    found: %q\n", d.Value) // quoted, so that no terminal obeys it
		}
		if d.Hint != "" {
			fmt.Fprintln(w, "    hint: "+d.Hint)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(more)) {
		fmt.Fprintf(w, "… and %d more of [%s]\n", more[code], code)
	}
	if errors+warnings > 0 {
		fmt.Fprintf(w, "%s, %s\n", plural(errors, "error"), plural(warnings, "warning"))
	}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Nearest gives the candidate most like what was written, if one is near enough to be a slip of the pen (at most a third
// of its characters differ), and "" otherwise. Use it in hints only: a suggestion is never taken silently.
func Nearest(written string, candidates []string) string {
	best, bestAt := "", 0
	for _, c := range candidates {
		d := distance([]rune(strings.ToLower(written)), []rune(strings.ToLower(c)))
		if limit := max(1, len([]rune(c))/3); d <= limit && (best == "" || d < bestAt) {
			best, bestAt = c, d
		}
	}
	return best
}

// distance is the Levenshtein distance of two words.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		prev := row[0]
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			prev, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, prev+cost)
		}
	}
	return row[len(b)]
}

// Suggest turns a near candidate into a hint; without one it lists what may stand there (at most eight).
func Suggest(written string, candidates []string) string {
	if near := Nearest(written, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	shown := candidates
	more := ""
	if len(shown) > 8 {
		shown, more = shown[:8], ", …"
	}
	return "one of: " + strings.Join(shown, ", ") + more
}

// Column turns a column in bytes, as Go's readers count, into one in characters, as editors show. Both start at 1; what lies
// behind the line is its end.
func Column(line string, inBytes int) int {
	if inBytes < 1 {
		return inBytes
	}
	inBytes = min(inBytes, len(line)+1)
	return utf8.RuneCountInString(line[:inBytes-1]) + 1
}
