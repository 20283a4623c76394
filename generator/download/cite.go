package download

import (
	"strconv"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// item of CSL-JSON, which reference managers read.
type item struct {
	ID        string     `json:"id"`
	Type      string     `json:"type"`
	Author    []literal  `json:"author"`
	Title     string     `json:"title"`
	Issued    *dateParts `json:"issued,omitempty"`
	Version   string     `json:"version"`
	Publisher string     `json:"publisher"`
	Language  string     `json:"language"`
	URL       string     `json:"URL"`
}

type literal struct {
	Literal string `json:"literal"`
}

type dateParts struct {
	Parts [][3]int `json:"date-parts"`
}

// citations adds the files that a release is cited by, in each language.
func citations(r *ledger.Release, files Files) error {
	for _, v := range views(r) {
		cited, err := Citation(r, v.Language, v.Organisation.Short[v.Code]+" · "+v.Word("data"), v.pages+"data/", "data")
		if err != nil {
			return err
		}
		for end, data := range cited {
			files["cite."+v.Code+end] = data
		}
	}
	return nil
}

// Citation gives the files by which a page is cited, by the end of their names. what is the page's own part of the id.
func Citation(r *ledger.Release, l *lang.Language, title, address, what string) (Files, error) {
	o, info := r.Organisation, r.Release
	ref := item{
		ID: strings.Join([]string{o.ID, info.ID, what, l.Code}, "-"), Type: "dataset", Author: []literal{{o.Name[l.Code]}}, Title: title,
		Version: info.ID, Publisher: o.Name[l.Code], Language: l.Locale, URL: address,
	}
	day, err := time.Parse(time.DateOnly, info.Date)
	if err == nil {
		ref.Issued = &dateParts{[][3]int{{day.Year(), int(day.Month()), day.Day()}}}
	}
	data, err := encode([]item{ref})
	return Files{".json": data, ".bib": []byte(bibtex(ref, info))}, err
}

// inBraces are the signs that mean something to BibTeX and TeX.
var inBraces = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "#", `\#`, "_", `\_`, "$", `\$`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "\n", " ", "\r", " ", "\t", " ")

func bibtex(r item, info ledger.ReleaseInfo) string {
	var b strings.Builder
	field := func(name, value string) { b.WriteString("  " + name + " = {" + value + "},\n") }
	b.WriteString("@misc{" + r.ID + ",\n")
	field("author", "{"+inBraces.Replace(r.Author[0].Literal)+"}")
	field("title", "{"+inBraces.Replace(r.Title)+"}")
	if r.Issued != nil {
		field("year", strconv.Itoa(r.Issued.Parts[0][0]))
		field("date", info.Date)
	}
	field("version", r.Version)
	field("url", r.URL)
	b.WriteString("}\n")
	return b.String()
}
