package svg

import (
	"strconv"
	"strings"
	"unicode"
)

// Literal gives s such that ECharts shows it unchanged as a label or tooltip formatter: there "{" would begin a template
// ("{b}", "{@name}", "{style|text}") and has no escape, so an invisible space follows it. It is not for names of
// categories or series, which ECharts takes as they are.
func Literal(s string) string { return strings.ReplaceAll(s, "{", "{\u200b") }

// asciiWidths are the advances of U+0020 to U+007E in DejaVu Sans, in thousandths of the font size. It is among the widest
// fonts that "system-ui" may mean, so no reader's text needs more room than was left for it.
var asciiWidths = [...]float64{
	318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
	636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
	1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
	603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
	500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
	635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
}

// boldFactor is how much wider the bold cut of the same font runs.
const boldFactor = 1.1

// coeng is the Khmer sign that puts the next consonant below the one before, where it takes no width.
const coeng = '\u17d2'

// Width gives the room that one line of text takes in a CSS font such as "600 14px sans-serif", in units of the drawing. The
// drawing is laid out by the same measure.
func Width(text, font string) float64 {
	var sum float64
	var previous rune
	for _, r := range text {
		if previous != coeng {
			sum += advance(r)
		}
		previous = r
	}
	size, weight := fontSize(font)
	if weight >= 600 {
		sum *= boldFactor
	}
	return sum * size / 1000
}

// advance gives the width of one character in thousandths of the font size. Scripts other than Latin and Khmer get an
// upper guess.
func advance(r rune) float64 {
	switch {
	case r >= ' ' && int(r-' ') < len(asciiWidths):
		return asciiWidths[r-' ']
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc):
		return 0
	case r == '\u00a0', r == '\u202f', r == '·':
		return 318
	case unicode.Is(unicode.Khmer, r) && unicode.Is(unicode.Mc, r):
		return 400
	case unicode.Is(unicode.Khmer, r):
		return 750
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana):
		return 1000 // ECharts takes a line to be as high as such a character is wide
	case unicode.IsUpper(r):
		return 790
	default:
		return 640
	}
}

// fontSize reads size (px) and weight out of a CSS font; ECharts' own default is 12px, 400.
func fontSize(font string) (size, weight float64) {
	size, weight = 12, 400
	for _, word := range strings.Fields(font) {
		if px, ok := strings.CutSuffix(word, "px"); ok {
			if n, err := strconv.ParseFloat(px, 64); err == nil {
				return n, weight
			}
		}
		if n, err := strconv.ParseFloat(word, 64); err == nil {
			weight = n
		} else if strings.HasPrefix(word, "bold") {
			weight = 700
		}
	}
	return size, weight
}
