package inspect

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ccpcr/impact/generator/codebook"
)

// grammar is what the languages of an organisation make of a cell: how thousands are parted, what months are called, which
// years may be counted from elsewhere.
type grammar struct {
	groups   string // what parts thousands in some language, each kind of space as a plain one
	decimals string // what parts the fraction in some language
	months   map[string][]time.Month
	fillers  []string // words around day, month and year in a written date
	eras     []int
	january  bool // years begin with the common ones, so that a quarter of one is the same in both
}

func newGrammar(cb *codebook.Codebook) *grammar {
	g := &grammar{months: map[string][]time.Month{}, january: cb.Organisation.Calendar.Starts == 1}
	for m := time.January; m <= time.December; m++ { // systems write their dates in English, whatever the organisation speaks
		g.months[strings.ToLower(m.String())] = []time.Month{m}
	}
	for _, l := range cb.Languages {
		group := plainSpaces(l.Group)
		g.groups += group
		switch group {
		case "":
		case ",":
			g.decimals += "."
		default:
			g.decimals += ","
		}
		for i, name := range l.Months {
			name = strings.ToLower(name)
			if m := time.Month(i + 1); !slices.Contains(g.months[name], m) {
				g.months[name] = append(g.months[name], m)
			}
		}
		date := strings.NewReplacer("{day}", " ", "{month}", " ", "{year}", " ").Replace(l.Date)
		g.fillers = append(g.fillers, words.FindAllString(strings.ToLower(date), -1)...)
		if l.Era != 0 {
			g.eras = append(g.eras, l.Era)
		}
	}
	return g
}

// refusal says why a cell cannot be read: what was expected in its place, what stands there if that helps, and what to do.
type refusal struct{ code, hint, expected, found string }

func refuse(code, hint, expected string) *refusal {
	return &refusal{code: code, hint: hint, expected: expected}
}

func (r *refusal) because(found string) *refusal {
	r.found = ", found " + found
	return r
}

// null says whether a cell says that nothing is known. A code of the column's list is never that.
func (in *Inspector) null(c *codebook.Column, cell string) bool {
	if cell == "" {
		return true
	}
	if in.dataset.Nulls == nil && !strings.HasPrefix(cell, "–") && !strings.HasPrefix(cell, "—") && strings.IndexByte("nN-", cell[0]) < 0 { // most cells end here
		return false
	}
	nulls, word := codebook.UsualNulls, strings.ToLower(cell)
	if in.dataset.Nulls != nil {
		nulls, word = in.dataset.Nulls, cell
	}
	if !slices.Contains(nulls, word) {
		return false
	}
	return c.List == nil || in.names[c.List.ID][cell] == ""
}

// clean takes off what cannot be seen at the ends of a cell, and the ' with which systems keep a spreadsheet from taking a cell
// for a formula.
func clean(cell string) string {
	if isPlain(cell) {
		return cell
	}
	cell = strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || invisible(r) })
	if rest, ok := strings.CutPrefix(cell, "'"); ok && rest != "" && (strings.ContainsRune("=+-@|%", rune(rest[0])) || unicode.IsDigit([]rune(rest)[0])) {
		return rest
	}
	return cell
}

// isPlain says whether a cell begins and ends with a Latin letter or digit, as most do: nothing is to be taken off.
func isPlain(cell string) bool {
	plain := func(b byte) bool { return '0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' }
	return cell != "" && plain(cell[0]) && plain(cell[len(cell)-1])
}

// invisible characters part words or turn the direction of writing; a cell that holds one looks like a cell without.
func invisible(r rune) bool {
	return r == 0x200b || r == 0x200e || r == 0x200f || r == 0x2060 || r == 0xfeff
}

// plainSpaces writes every kind of space as a plain one.
func plainSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
}
