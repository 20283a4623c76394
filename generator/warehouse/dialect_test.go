package warehouse

import "testing"

func TestNothingInATextOrANameEndsIt(t *testing.T) {
	for i, want := range [][2]string{
		{`'it''s \` + "\n" + `'`, `"a""b"."c` + "`" + `\"`},
		{`E'it''s \\` + "\n" + `'`, `"a""b"."c` + "`" + `\"`},
		{`'it\'s \\\n'`, "`a\"b`.`c\\`\\\\`"},
	} {
		d := dialects[i]
		if got := [2]string{d.literal("it's \\\n"), d.table("a\"b.c`\\")}; got != want {
			t.Errorf("%s: got %q, want %q", d.name, got, want)
		}
	}
}
