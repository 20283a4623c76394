package render

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// stylesheet writes what the theme cannot know: the fonts and line heights of the languages' scripts, and the brand.
func stylesheet(r *ledger.Release) string {
	var b strings.Builder
	for _, l := range r.Languages {
		if l.Font != nil {
			script(&b, l)
		}
	}
	for _, l := range r.Languages { // running heads: no page knows another title of its own on paper
		fmt.Fprintf(&b, "@page %s { @top-left { content: %s; font: 8.5pt %s%s; } }\n", l.Code, cssString(r.Organisation.Short[l.Code]+" · "+r.Release.ID), family(l), systemFonts)
		fmt.Fprintf(&b, "[lang|=%s] body { page: %s; }\n", cssString(l.Locale), l.Code)
	}
	// Paper and forced colours keep the theme's own.
	fmt.Fprintf(&b, "@media screen and (forced-colors: none) { :root { --accent: %s; } }\n", r.Organisation.Brand.Accent)
	fmt.Fprintf(&b, "@media screen and (forced-colors: none) and (prefers-color-scheme: dark) { :root { --accent: %s; } }\n", r.Organisation.Brand.AccentDark)
	return b.String()
}

// systemFonts serve every script that needs no font of its own, and the digits of those that do.
const systemFonts = `system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif`

// cssString writes a text as a string of a stylesheet.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r < ' ' || strings.ContainsRune(`"\<`, r) {
			fmt.Fprintf(&b, "\\%x ", r)
		} else {
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// family is the language's own font, with a comma behind it, or nothing.
func family(l *lang.Language) string {
	if l.Font == nil {
		return ""
	}
	return cssString(l.Font.Family) + ", "
}

func script(b *strings.Builder, l *lang.Language) {
	f := l.Font
	for _, face := range [][2]string{{f.Regular, "400"}, {f.Bold, "600 700"}} {
		fmt.Fprintf(b, "@font-face {\n  font-family: %s; src: url(\"fonts/%s\") format(\"woff2\"); font-weight: %s; font-display: optional;\n  unicode-range: %s;\n}\n",
			strconv.Quote(f.Family), face[0], face[1], f.UnicodeRange)
	}
	fmt.Fprintf(b, "[lang|=%q] {\n  --font: %s, %s;\n", l.Locale, strconv.Quote(f.Family), systemFonts)
	fmt.Fprintf(b, "  --script-scale: %g;\n", f.Scale)
	for _, role := range []struct {
		name   string
		factor float64
	}{{"body", 1}, {"small", 0.95}, {"cell", 0.89}, {"head", 0.84}} { // tighter text in tables and headings, as visual practice for tall scripts has it
		fmt.Fprintf(b, "  --lh-%s: %.2f;\n", role.name, f.LineHeight*role.factor)
	}
	b.WriteString("  --fw-strong: 700;\n  --measure: 36rem;\n  font-family: var(--font);\n  letter-spacing: normal; font-style: normal; text-transform: none;\n}\n")
	fmt.Fprintf(b, "[lang|=%q]:not(:root) { font-size: %gem; line-height: var(--lh-body); }\n", l.Locale, f.Scale)
}
