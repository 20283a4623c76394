package prose

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

func TestASentenceOfAPageIsNamedWithItsPlaceAndWhatIsNoSentenceIsPassedOver(t *testing.T) {
	english := &lang.Language{Code: "en", Plain: lang.Longest{Words: 6}}
	khmer := &lang.Language{Code: "km", Plain: lang.Longest{Letters: 6}}
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"en/plain.md": "---\ntitle: a title of many words that nobody minds at all here\n---\n## A heading of many words that nobody minds at all\n" +
			"Short. See [this](/a/b/c).\n\n- one two three\n- four five six\n\n| one two three | four five six |\n\n```\ncode that goes on and on and on and on\n```\n" +
			"<!-- one two three four five six seven -->\n{{< value \"a\" \"b\" >}} of {{< value \"c. d\" \"e\" >}} came.\n",
		"en/long.md":      "---\ntitle: x\n---\nShort. Here are seven words, one\ntoo many.\n",
		"en/in/list.md":   "- good\n- {{< value \"a\" \"b\" >}} of them went home in the year.\n",
		"km/long.md":      "ក។ ក\u200bខ\u200bគ\u200bឃ\u200bង\u200bច\u200bឆ។\n",
		"fr/passed.md":    "one two three four five six seven eight",
		"en/figures.csv":  "one two three four five six seven eight",
		"en/a/nothing.md": "",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var diags diag.List
	if err := Check(files, "content", []*lang.Language{english, khmer, {Code: "pt"}}, &diags); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range diags.Sorted() {
		got = append(got, d.Pos.String()+" "+d.Code)
	}
	want := "content/en/in/list.md:2:3 page/long-sentence|content/en/long.md:4:8 page/long-sentence|content/km/long.md:1:4 page/long-sentence"
	if strings.Join(got, "|") != want {
		t.Error(fmt.Sprintf("found %q", got))
	}
}
