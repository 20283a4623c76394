package download

import (
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/ledger"
)

func TestASignThatMeansSomethingToBibTeXStaysText(t *testing.T) {
	r := item{ID: "x", Author: []literal{{"A & B"}}, Title: "50 % of {all}\n\\input{x}_^~#$", URL: "https://example.org/"}
	got := bibtex(r, ledger.ReleaseInfo{})
	for _, want := range []string{`{A \& B}`, `50 \% of \{all\} \textbackslash{}input\{x\}\_\textasciicircum{}\textasciitilde{}\#\$`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s does not hold %s", got, want)
		}
	}
}
