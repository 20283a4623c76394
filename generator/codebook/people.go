package codebook

import (
	"regexp"
	"slices"
)

// Whole is the expression that a key must fit from end to end.
func (c *Column) Whole() (*regexp.Regexp, error) { return regexp.Compile(`^(?:` + c.Pattern + `)$`) }

// people checks what a dataset says about those whom its rows stand for: keys have a pattern, and the columns by which somebody
// might be recognised are codes of a register.
func (c checker) people(d *Dataset) {
	for _, col := range d.Columns {
		switch _, err := col.Whole(); {
		case col.Type == "key" && col.Pattern == "":
			c.diags.Errorf(col.At, "codebook/missing-key", "add  pattern: '[0-9a-f]{8}'  or what your keys look like", "expected a pattern for the column %q of type key", col.Name)
		case col.Type != "key" && col.Pattern != "":
			c.diags.Errorf(col.At, "codebook/type", "set  type: key, or leave out  pattern:", "expected no pattern for the column %q of type %s", col.Name, col.Type)
		case err != nil:
			c.diags.Errorf(col.At, "codebook/pattern", "write it like [0-9a-f]{8}", "expected a regular expression as the pattern of the column %q", col.Name)
		}
	}
	for i, r := range d.Quasi {
		if d.Count != nil {
			c.diags.Errorf(r.At, "codebook/type", "take out  quasi:, or  count:", "expected quasi only where each row is one case, found it beside a count")
			return
		}
		if slices.ContainsFunc(d.Quasi[:i], func(o Ref) bool { return o.ID == r.ID }) {
			c.diags.Errorf(r.At, "codebook/repeated-id", "delete one", "expected each column once in quasi, found %q again", r.ID)
		}
		c.column(d, r, "code")
	}
}
