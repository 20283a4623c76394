package render

import (
	"strconv"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/ledger"
)

// reference is an item of CSL-JSON, which reference managers read.
type reference struct {
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

// citations adds files for reference managers: beside each results page, and for the release as a whole.
func (v view) citations(s *site, files Files) error {
	for _, p := range s.Periods {
		page := "results/" + strings.ToLower(p.ID) + "/"
		title := v.say("results-of", "period", p.Title)
		if err := v.citation(files, "static/"+strings.TrimPrefix(v.prefix, v.base)+page+"cite", title, v.absolute(v.prefix+page), "results-"+p.ID); err != nil {
			return err
		}
	}
	return nil
}

// cited adds the files that a release is cited by, in one language.
func (v view) cited(files Files, folder string) error {
	return v.citation(files, folder+"cite."+v.Code, v.Organisation.Short[v.Code]+" · "+v.Word("data"), v.absolute(v.prefix+"data/"), "data")
}

// citation writes name.bib and name.json.
func (v view) citation(files Files, name, title, address, what string) error {
	o, info := v.Organisation, v.Release.Release
	ref := reference{
		ID: strings.Join([]string{o.ID, info.ID, what, v.Code}, "-"), Type: "dataset", Author: []literal{{o.Name[v.Code]}}, Title: title,
		Version: info.ID, Publisher: o.Name[v.Code], Language: v.Locale, URL: address,
	}
	day, err := time.Parse(time.DateOnly, info.Date)
	if err == nil {
		ref.Issued = &dateParts{[][3]int{{day.Year(), int(day.Month()), day.Day()}}}
	}
	data, err := encode([]reference{ref})
	if err != nil {
		return err
	}
	files[name+".json"], files[name+".bib"] = data, []byte(bibtex(ref, info))
	return nil
}

// inBraces are the signs that mean something to BibTeX and TeX.
var inBraces = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "#", `\#`, "_", `\_`, "$", `\$`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "\n", " ", "\r", " ", "\t", " ")

func bibtex(r reference, info ledger.ReleaseInfo) string {
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
