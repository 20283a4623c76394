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

// plain warns of sentences of the codebook that are longer than a language calls plain.
func (c checker) plain() {
	for _, t := range c.Texts {
		for _, l := range c.Languages {
			if len(l.LongSentences(t.Text[l.Code])) > 0 {
				c.diags.Warnf(t.At, "text/long-sentence", "make two of it: one thought in each", "expected sentences in %q of at most %s", l.Code, l.Plain)
			}
		}
	}
}
