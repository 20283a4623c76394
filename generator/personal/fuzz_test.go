package personal_test

import (
	"testing"
	"unicode/utf8"

	"github.com/ccpcr/impact/generator/personal"
)

// Whatever a cell or a page holds, each finding lies within it, and looking again finds the same.
func FuzzFindingsLieWithinTheText(f *testing.F) {
	for _, seed := range []string{"", "Sok Dara", "សុខ\u200b ដារ៉ា ០១២ ៣៤៥ ៦៧៨", "DV 009, 11.55637, 104.92821", "House 12, Street 271", "a@b.cd", "\xff\xfe+855 12 345 678", "İ St. 63 born 1/1/2001"} {
		f.Add(seed)
	}
	d := personal.New(nil)
	f.Fuzz(func(t *testing.T, text string) {
		if _, first := d.Cell(text); first {
			if _, second := d.Cell(text); !second {
				t.Errorf("found once only in %q", text)
			}
		}
		for _, x := range d.Text(text) {
			if x.Start < 0 || x.End > len(text) || x.Start >= x.End || utf8.ValidString(text) && !utf8.ValidString(text[x.Start:x.End]) {
				t.Errorf("%+v in %q", x, text)
			}
		}
		d.Heading(text)
	})
}
