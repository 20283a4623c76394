package codebook

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

func (c checker) dataset(d *Dataset) {
	c.headings(d)
	names := make([]string, 0, len(d.Columns))
	for _, col := range d.Columns {
		if slices.Contains(names, col.Name) {
			c.diags.Errorf(col.At, "codebook/repeated-id", "rename one", "expected each column once, found %q again", col.Name)
		}
		if col.Name == "-" || strings.Contains(col.Name, ",") || strings.TrimSpace(col.Name) != col.Name {
			c.diags.Errorf(col.At, "code/form", "rename it, in the exports as well", "expected a column name without commas and outer spaces, found %q", col.Name)
		}
		names = append(names, col.Name)
	}
	for _, col := range d.Columns {
		switch {
		case col.Coded() && col.List == nil:
			c.diags.Errorf(col.At, "codebook/missing-key", "add  list: …", "expected a code list for the column %q of type %s", col.Name, col.Type)
		case !col.Coded() && (col.List != nil || col.From != nil):
			c.diags.Errorf(col.At, "codebook/type", "set  type: code, or leave out  list: and  from:", "expected neither a code list nor a source for the column %q of type %s", col.Name, col.Type)
		case col.Type != "date" && col.Format != "" || col.Type == "codes" && col.Total:
			c.diags.Errorf(col.At, "codebook/type", "leave out  format: (for dates only) and  total: (for single codes only)", "expected no such key for the column %q of type %s", col.Name, col.Type)
		case col.Coded() && !codeForm.MatchString(col.Name):
			c.diags.Errorf(col.At, "code/form", "use letters, digits, - and _: it becomes part of file names", "expected a column of codes to have a name of letters and digits, found %q", col.Name)
		case resolve(c, col.List, c.Lists, aList) && col.From != nil:
			c.derived(d, col)
		}
	}
	c.people(d)
	c.register(d)
	c.column(d, d.Period, "period", "date")
	for _, r := range d.Key {
		if col := c.column(d, r, "code", "period", "date", "text", "key"); col != nil && col.From != nil {
			c.diags.Errorf(r.At, "codebook/unknown-id", fmt.Sprintf("name the column it is made from, %s", col.From.ID), "expected a column of the file in the key, found %q", r.ID)
		}
	}
	if d.Count != nil {
		c.column(d, *d.Count, "integer")
	}
	if d.Percent != nil {
		c.column(d, *d.Percent, "integer")
	}
	if d.Class == Children && d.Count == nil && d.Absent != "zero" {
		c.diags.Errorf(d.At, "protection/absent", "set  absent: zero", "expected a register of children to count what it does not hold as none")
	}
	c.accepted(d.Accepts)
}

// derived checks a column made from another: its list must be the parent of the other's list.
func (c checker) derived(d *Dataset, col *Column) {
	from := d.Column(col.From.ID)
	if from == nil || from.List == nil {
		c.diags.Errorf(col.From.At, "codebook/unknown-id", "name a column of type code", "expected a column of the dataset, found %q", col.From.ID)
		return
	}
	if from.Type != col.Type {
		c.diags.Errorf(col.At, "codebook/type", "give both the same type", "expected the type %s for the column %q, as of the one it is made from", from.Type, col.Name)
	}
	list := c.List(from.List.ID)
	if list != nil && (list.Parent == nil || list.Parent.ID != col.List.ID) {
		c.diags.Errorf(col.From.At, "codebook/not-parent", fmt.Sprintf("give the list %s  parent: %s", list.ID, col.List.ID),
			"expected %s to be the parent list of %s", col.List.ID, list.ID)
	}
}

// tagForm is how HXL writes a tag with its attributes.
var tagForm = regexp.MustCompile(`^#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*$`)

// headings checks what leads from the files of a dataset to its columns: patterns, and that each heading means one column.
func (c checker) headings(d *Dataset) {
	patterns := append([]string{d.Files, d.Sheet, d.Tally}, d.Ignored...)
	if d.Repeat != nil {
		patterns = append(patterns, d.Repeat.Of)
	}
	for _, pattern := range patterns {
		if _, err := path.Match(pattern, ""); err != nil {
			c.diags.Errorf(d.At, "codebook/pattern", "write it like */shelters.csv", "expected a file pattern, found %q", pattern)
		}
	}
	of := map[string]string{}
	for _, col := range d.Columns {
		if col.From != nil && (len(col.Aliases) > 0 || col.HXL != "") {
			c.diags.Errorf(col.At, "codebook/type", "take out  aliases: and  hxl:", "expected no heading for the column %q, which is made from another", col.Name)
		}
		if col.From != nil {
			continue // no file has it, so a heading may be called so
		}
		if col.HXL != "" && !tagForm.MatchString(col.Tag()) {
			c.diags.Errorf(col.At, "code/form", "write it like #adm1+code", "expected an HXL tag, found %q", col.HXL)
		}
		for _, column := range append(c.choices(col), col) {
			for _, heading := range append(slices.Clone(column.Aliases), column.Name, column.HXL) {
				folded := Fold(heading)
				if other, taken := of[folded]; taken && other != column.Name && folded != "" {
					c.diags.Errorf(col.At, "codebook/repeated-id", "take it out of one of them", "expected each heading for one column, found %q for %q and %q", heading, other, column.Name)
				}
				of[folded] = column.Name
			}
		}
	}
}

// choices makes the yes-or-no columns that may stand for a column of type codes: name/code or name.code, under any name of the column
// and any spelling of the code.
func (cb *Codebook) choices(c *Column) []*Column {
	if c.Type != "codes" || c.From != nil || c.List == nil || cb.List(c.List.ID) == nil {
		return nil
	}
	var all []*Column
	for _, code := range cb.List(c.List.ID).Codes {
		choice := &Column{At: c.At, Name: c.Name + "/" + code.ID, Type: "choice", Choice: &Choice{c.Name, code.ID}}
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			for _, spelling := range append([]string{code.ID}, code.Aliases...) {
				choice.Aliases = append(choice.Aliases, name+"/"+spelling, name+"."+spelling)
			}
		}
		all = append(all, choice)
	}
	return all
}
