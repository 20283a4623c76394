package codebook

import (
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// short warns of a sentence that is too long to head a page or a figure, with a quarter as its period and four digits for a value.
func (c checker) short(sentence lang.Text, at diag.Pos) {
	for _, l := range c.Languages {
		values := map[string]string{}
		for _, name := range lang.Placeholders(sentence[l.Code]) {
			values[name] = l.Int(1000)
		}
		values["period"] = lang.Fill(l.Quarter, map[string]string{"quarter": "4", "year": "2010", "start": "2010", "end": "2011"})
		if l.TooLong(lang.Fill(sentence[l.Code], values)) {
			c.diags.Warnf(at, "codebook/long-sentence", "say one thing, and leave the rest to the definition",
				"expected a sentence in %q of at most %s: it heads pages and figures", l.Code, l.Longest)
		}
	}
}
