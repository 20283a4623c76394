package download

import (
	"strings"

	"github.com/ccpcr/impact/generator/iati"
	"github.com/ccpcr/impact/generator/ledger"
)

// readme says in every language what each folder holds, how to open the files, what the signs mean and how to cite.
func readme(r *ledger.Release) []byte {
	var parts []string
	for _, v := range views(r) {
		o := v.Organisation
		say := func(lines ...string) { parts = append(parts, strings.Join(lines, "\r\n")) }
		title := o.Name[v.Code] + ": " + v.Word("data")
		say(title, strings.Repeat("=", min(70, len([]rune(title)))), v.Word("release")+" "+v.Release.Release.ID+". "+v.day(v.Release.Release.Date))
		holds := []string{
			"figures." + v.Code + ".xlsx: " + v.Word("file-all"),
			"csv/: " + v.Word("file-labels"),
			"hxl/: " + v.Word("file-tags"),
			"json/: " + v.Word("file-object"),
			"tables/, " + ledger.Descriptor + ": " + v.Word("file-codes"),
			"cite." + v.Code + ".bib, cite." + v.Code + ".json: " + v.Word("cite-files"),
		}
		if o.IATI != nil {
			holds = append(holds, iati.Name+": "+v.Word("platforms-text"))
		}
		say(holds...)
		say(v.Word("files-excel"), v.Word("files-guard"))
		signs := []string{v.Word("signs") + ":"}
		for _, s := range v.signs() {
			signs = append(signs, "  "+s[0]+"  "+s[1])
		}
		say(append(signs, v.rounding())...)
		say(v.Word("licence")+": "+r.Licenses[0].Title+", "+r.Licenses[0].Path+". "+v.Word("licence-text"), v.Word("cite")+": "+v.cite(v.Word("data"), "data/"))
	}
	return []byte(mark + strings.Join(parts, "\r\n\r\n") + "\r\n")
}
