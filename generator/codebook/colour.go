package codebook

import (
	"math"
	"regexp"
	"strconv"
)

// The grounds that links stand on, as themes/impact/assets/css/tokens.css has them, and the least contrast of a link.
const (
	paper, paperDark = "#FFFFFF", "#10171D"
	leastContrast    = 7
)

var colour = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// colours finds colours that the pages cannot use, or that readers could hardly see.
func (c checker) colours() {
	brand := c.Organisation.Brand
	for _, b := range []struct{ key, value, ground, name string }{
		{"accent", brand.Accent, paper, "white"}, {"accentDark", brand.AccentDark, paperDark, "the dark ground"},
	} {
		if !colour.MatchString(b.value) {
			c.diags.Errorf(c.Organisation.At, "codebook/colour", "write it as #0B5078", "expected a colour for brand.%s", b.key)
		} else if found := contrast(b.value, b.ground); found < leastContrast {
			hint := "take a darker colour"
			if b.ground == paperDark {
				hint = "take a lighter colour"
			}
			c.diags.Errorf(c.Organisation.At, "codebook/colour", hint,
				"expected a contrast of 7:1 or more on %s for brand.%s, found %.1f:1", b.name, b.key, math.Floor(found*10)/10)
		}
	}
}

// contrast is the contrast ratio of WCAG between two colours written as #RRGGBB.
func contrast(a, b string) float64 {
	light, dark := luminance(a), luminance(b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

func luminance(hex string) float64 {
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		return 0 // colour matches no such text
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		part := float64(n>>(16-8*i)&0xFF) / 255
		if part <= 0.04045 {
			part /= 12.92
		} else {
			part = math.Pow((part+0.055)/1.055, 2.4)
		}
		sum += weight * part
	}
	return sum
}
