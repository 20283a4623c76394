package download

import (
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// view is a release in the words of one language.
type view struct {
	*ledger.Release
	*lang.Language
	pages string // address of the language's front page
}

// views are those of all languages. Programs read the files, so every number in them has the digits of ASCII.
func views(r *ledger.Release) []view {
	var all []view
	for i, l := range r.Languages {
		plain := *l
		plain.Digits = "0123456789"
		v := view{r, &plain, strings.TrimSuffix(r.Organisation.Address, "/") + "/"}
		if i > 0 {
			v.pages += l.Code + "/"
		}
		all = append(all, v)
	}
	return all
}

func (v view) say(key string, pairs ...string) string {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return lang.Fill(v.Word(key), values)
}

func (v view) period(id string) string {
	p, err := calendar.Parse(id)
	if err != nil {
		return id
	}
	return v.Period(p, v.Calendar)
}

// day is a date's name; an empty one stays empty.
func (v view) day(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return ""
	}
	return v.Day(t)
}

// label is what a code of a column is called, on one line.
func (v view) label(a ledger.Attribute, code string) string {
	if code == cell.Total {
		return v.Word("total")
	}
	return line(v.List(a.List).Label(code, v.Code))
}

func (v view) unit(ind *ledger.Indicator) string { return line(v.List("unit").Label(ind.Unit, v.Code)) }

// attribute is what a column is called.
func (v view) attribute(a ledger.Attribute) string { return line(v.List(a.List).Title[v.Code]) }

// title names the breakdown of a table.
func (v view) title(t *ledger.Table) string {
	if len(t.Attributes) == 0 {
		return v.Word("total")
	}
	var titles []string
	for _, a := range t.Attributes {
		titles = append(titles, v.attribute(a))
	}
	return strings.Join(titles, ", ")
}

// sign stands where there is no number.
func (v view) sign(s ledger.Status) string {
	switch s {
	case ledger.Small:
		return "<" + v.Int(v.Rule.Threshold)
	case ledger.Impossible:
		return "-"
	case ledger.Missing:
		return v.Word("not-reported")
	}
	return ".."
}

// status says in words why there is no number.
func (v view) status(s ledger.Status) string {
	switch s {
	case ledger.IsNumber:
		return ""
	case ledger.Small:
		return v.say("small", "threshold", v.Int(v.Rule.Threshold))
	case ledger.Missing:
		return v.Word("not-reported")
	}
	return v.Word(string(s))
}

// signs explains what may stand in place of a number: the sign and its meaning.
func (v view) signs() [][2]string {
	return [][2]string{
		{v.sign(ledger.Small), v.say("note-small", "threshold", v.Int(v.Rule.Threshold))},
		{v.sign(ledger.Withheld), v.Word("note-withheld")},
		{v.sign(ledger.Impossible), v.Word("note-impossible")},
		{v.sign(ledger.Missing), v.say("note-missing", "period", v.period(v.Release.Release.Period))},
	}
}

func (v view) rounding() string { return v.say("note-rounding", "base", v.Int(v.Rule.Base)) }

// cite is the citation of a page with a title.
func (v view) cite(title, page string) string {
	return v.say("cite-text", "organisation", v.Organisation.Name[v.Code], "title", title, "release", v.Release.Release.ID, "date", v.day(v.Release.Release.Date)) + " " + v.pages + page
}

// how says how an indicator is counted.
func (v view) how(ind *ledger.Indicator) string {
	switch {
	case ind.Tally:
		return v.Word("how-copied")
	case ind.Also != nil:
		return lang.Fill(v.Word("how-both"), map[string]string{"first": line(ind.Dataset[v.Code]), "second": line(ind.Also[v.Code])})
	case ind.Measure != "":
		return v.Word("how-" + ind.Measure)
	}
	return ""
}

func (v view) programme(id string) string {
	for _, p := range v.Programmes {
		if p.ID == id {
			return line(p.Title[v.Code])
		}
	}
	return ""
}

// line puts a text on one line.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }

// tables of an indicator.
func tables(r *ledger.Release, indicator string) []*ledger.Table {
	var all []*ledger.Table
	for _, t := range r.Tables {
		if t.Indicator == indicator {
			all = append(all, t)
		}
	}
	return all
}
