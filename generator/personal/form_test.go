package personal

import (
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/codebook"
)

func TestAKeyFitsWhereItsPatternSaysSo(t *testing.T) {
	patterns := map[string]bool{ // whether each byte tells
		"C[0-9]{8}": true, "[0-9a-f]{8}": true, "K-(19|20)[0-9]{2}": false, `[A-Z]{2}\d{3}-x`: true, "": false, "[^0-9]{3}": false, "(?i)c[0-9]{2}": false,
		"C[0-9]{2}|D": false, "C[0-9]{2,3}": false, "ក[0-9]{2}": false, `\d`: true, "(C)([0-9]{2})": true, `C\.[0-9]`: true, "[0-9]{300}": false, "^C[0-9]$": false, "[ C][0-9]": false, `\s\d`: false,
	}
	cells := []string{"", "C", "C00000001", " C00000001\t", "C0000000x", "c00", "C00", "C000", "D", "0a1b2c3d", "K-1999", "AB123-x", "AB123-X", "7", "ក12", "abc", "ក្ក", "C.1", "Cx1", "C1", " C1 ", " 1", strings.Repeat("1", 300)}
	for pattern, plain := range patterns {
		f := formOf(&codebook.Column{Name: "case", Type: "key", Pattern: pattern})
		if (f.bytes != nil) != plain {
			t.Errorf("%q is told byte by byte: %t", pattern, f.bytes != nil)
		}
		for _, cell := range cells {
			if got, want := f.fits(cell), f.whole.MatchString(strings.TrimSpace(cell)); got != want {
				t.Errorf("%q fits %q: %t, expected %t", cell, pattern, got, want)
			}
		}
	}
}
