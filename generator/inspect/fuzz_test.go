package inspect

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ccpcr/impact/generator/lang"
)

// FuzzNumber reads any cell as a number. What is read is what the digits say, in their order and with nothing added, and written
// plainly it is read again as the same.
func FuzzNumber(f *testing.F) {
	for _, row := range table(f) {
		f.Add(row.cell)
	}
	g := newGrammar(smallCodebook(f, "en", "pt", "km"))
	f.Fuzz(func(t *testing.T, cell string) {
		n, bad := g.integer(cell)
		if bad != nil {
			if bad.code == "" || bad.hint == "" || bad.expected == "" {
				t.Errorf("%q is refused without saying why: %v", cell, bad)
			}
			return
		}
		if again, bad := g.integer(strconv.FormatInt(n, 10)); bad != nil || again != n {
			t.Errorf("%q is %d, which is then %d (%v)", cell, n, again, bad)
		}
		plain, _ := lang.Digits(cell)
		kept := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, plain)
		if !strings.HasPrefix(kept, strings.TrimPrefix(strconv.FormatInt(n, 10), "-")) || strings.Trim(kept[len(strings.TrimPrefix(strconv.FormatInt(n, 10), "-")):], "0") != "" {
			t.Errorf("%q, digits %s, is read as %d", cell, kept, n)
		}
	})
}

// FuzzDate reads any cell as a day. What is read exists, lies in the years that are allowed, and is read again as the same.
func FuzzDate(f *testing.F) {
	formats := []string{"", "dmy", "mdy", "ymd", "serial"}
	for _, row := range table(f) {
		f.Add(row.cell, uint8(max(0, slices.Index(formats, row.column))))
	}
	g := newGrammar(smallCodebook(f, "en", "km"))
	f.Fuzz(func(t *testing.T, cell string, which uint8) {
		format := formats[int(which)%len(formats)]
		day, bad := g.date(cell, format)
		if bad != nil {
			if bad.code == "" || bad.hint == "" || bad.expected == "" {
				t.Errorf("%q is refused without saying why: %v", cell, bad)
			}
			return
		}
		if day.Year() < 1900 || day.Year() > 2100 {
			t.Errorf("%q as %q is %v", cell, format, day)
		}
		if again, bad := g.date(day.Format(time.DateOnly), format); bad != nil || !again.Equal(day) {
			t.Errorf("%q as %q is %v, which is then %v (%v)", cell, format, day, again, bad)
		}
	})
}

// FuzzCodes reads any cell as several codes. What is read are codes of the list, each once, and they are read again as the same.
func FuzzCodes(f *testing.F) {
	for _, row := range table(f) {
		f.Add(row.cell)
	}
	cb := smallCodebook(f, "en", "km")
	in := New(cb, cb.Dataset("codes"), nil)
	list := cb.List("service")
	f.Fuzz(func(t *testing.T, cell string) {
		got, bad := in.codes(list, cell)
		if bad != nil || len(got) == 0 {
			return
		}
		if again, bad := in.codes(list, strings.Join(got, " ")); bad != nil || strings.Join(again, " ") != strings.Join(got, " ") {
			t.Errorf("%q is %q, which is then %q (%v)", cell, got, again, bad)
		}
	})
}
