package codebook_test

import (
	"maps"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// fuzzed are the files that FuzzLoad replaces, one at a time.
var fuzzed = []string{
	"organisation.yaml", "lists.yaml", "datasets.yaml", "programmes.yaml", "indicators.yaml", "statements.yaml", "expectations.yaml",
	"corrections.yaml", "known.csv", "lists/regiao.csv", "languages/pt/language.yaml", "languages/fr/words.yaml",
}

// FuzzLoad reads a sound codebook with one file replaced. A codebook without diagnostics must hold what it refers to.
func FuzzLoad(f *testing.F) {
	sound := files(f)
	for i, name := range fuzzed {
		f.Add(uint8(i), sound[name].Data)
	}
	f.Add(uint8(2), []byte("- {id: casos, columns: [{name: a, type: text, from: a}, {name: b, type: code, from: b}]}\n"))
	f.Add(uint8(1), []byte("- &a {id: unit, parent: unit}\n- *a\n- *b\n-\n- []\n"))
	f.Add(uint8(0), []byte("# nothing but a comment\n"))
	f.Add(uint8(8), []byte("\ufeffindicator,period,where,value\nacolhidas,2025,\"sexo=F\n\",1\n"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		files := maps.Clone(sound)
		files[fuzzed[int(which)%len(fuzzed)]] = &fstest.MapFile{Data: data}
		var diags diag.List
		cb := codebook.Load(files, "codebook", &diags)
		if diags.Failed() {
			return
		}
		for _, ind := range cb.Indicators {
			for _, b := range ind.Breakdowns {
				for _, r := range b {
					if cb.ListOf(ind, r.ID) == nil {
						t.Errorf("the indicator %s is broken down by %s, which has no list", ind.ID, r.ID)
					}
				}
			}
		}
	})
}
