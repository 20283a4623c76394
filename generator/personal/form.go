package personal

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
)

// form is what the keys of a column look like. Most patterns say of each character what it may be, and nothing else: such keys are looked at
// byte by byte, since a register has one in every row.
type form struct {
	whole *regexp.Regexp
	bytes []set // of each byte those that it may be; nil where only the expression tells
}

// set is some bytes of ASCII.
type set [256]bool

func formOf(c *codebook.Column) *form {
	whole, err := c.Whole()
	if err != nil {
		return nil // the codebook was checked
	}
	f := &form{whole: whole}
	if parsed, err := syntax.Parse(c.Pattern, syntax.Perl); err == nil {
		f.bytes, _ = setsOf(parsed.Simplify(), nil)
	}
	if slices.ContainsFunc(f.bytes, func(s set) bool { return s[' '] || s['\t'] || s['\n'] || s['\v'] || s['\f'] || s['\r'] }) {
		f.bytes = nil // space is taken off a cell first
	}
	return f
}

// setsOf adds what each byte may be by an expression, if it says nothing else.
func setsOf(x *syntax.Regexp, all []set) (more []set, ok bool) {
	const most = 64 // longer ones are not worth it
	switch {
	case len(all) > most || x.Flags&syntax.FoldCase != 0:
		return nil, false
	case x.Op == syntax.OpConcat || x.Op == syntax.OpCapture:
		for _, sub := range x.Sub {
			if all, ok = setsOf(sub, all); !ok {
				return nil, false
			}
		}
		return all, true
	case x.Op == syntax.OpLiteral:
		for _, r := range x.Rune {
			if r >= 0x80 {
				return nil, false
			}
			var s set
			s[r] = true
			all = append(all, s)
		}
		return all, true
	case x.Op == syntax.OpCharClass:
		var s set
		for i := 0; i < len(x.Rune); i += 2 {
			if x.Rune[i+1] >= 0x80 {
				return nil, false
			}
			for r := x.Rune[i]; r <= x.Rune[i+1]; r++ {
				s[r] = true
			}
		}
		return append(all, s), true
	}
	return nil, false
}

// fits says whether a cell is such a key. Space around it does not matter.
func (f *form) fits(cell string) bool {
	if f.bytes == nil {
		return f.whole.MatchString(strings.TrimSpace(cell))
	}
	if len(cell) != len(f.bytes) {
		cell = strings.TrimSpace(cell)
	}
	if len(cell) != len(f.bytes) {
		return false
	}
	for i := range len(cell) {
		if !f.bytes[i][cell[i]] {
			return f.whole.MatchString(strings.TrimSpace(cell))
		}
	}
	return true
}
