package render

import (
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// view is a release as readers of one language see it.
type view struct {
	*ledger.Release
	*lang.Language
	base   string // path of the site: "/", or the folder that it stands in
	prefix string // path of the language's pages: base for the default language, base and its code for others
}

// newView is the view of a release's i-th language, on a site that stands at base.
func newView(r *ledger.Release, language *lang.Language, base string, i int) view {
	v := view{r, language, base, base}
	if i > 0 {
		v.prefix += language.Code + "/"
	}
	return v
}

// text is what stands for a value: its number, or the sign for why there is none.
func (v view) text(value ledger.Value) string {
	if n, ok := value.Number(); ok {
		return v.Int(n)
	}
	switch value.Status() {
	case ledger.Small:
		return "<" + v.Int(v.Rule.Threshold)
	case ledger.Impossible:
		return "-"
	case ledger.Missing:
		return v.Word("not-reported")
	}
	return ".."
}

// spoken is the same for those who listen.
func (v view) spoken(value ledger.Value, class string) string {
	if n, ok := value.Number(); ok {
		if class == "children" {
			return v.say("spoken-rounded", "value", v.Int(n))
		}
		return v.Int(n)
	}
	switch value.Status() {
	case ledger.Small:
		return v.say("small", "threshold", v.Int(v.Rule.Threshold))
	case ledger.Missing:
		return v.Word("not-reported")
	}
	return v.Word(string(value.Status()))
}

// say fills a word's blanks: name and value in turn.
func (v view) say(key string, pairs ...string) string {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return lang.Fill(v.Word(key), values)
}

// markup fills a sentence whose blanks may hold markup; everything else in it is escaped.
func markup(sentence string, values map[string]template.HTML) template.HTML {
	escaped := map[string]string{}
	for name, html := range values {
		escaped[name] = string(html)
	}
	return template.HTML(lang.Fill(template.HTMLEscapeString(sentence), escaped))
}

// figure is a value in a sentence, tied to its cell.
func (v view) figure(id string, value ledger.Value) template.HTML {
	return template.HTML(`<span data-cell="` + template.HTMLEscapeString(id) + `">` + template.HTMLEscapeString(v.text(value)) + `</span>`)
}

// period is a period's name.
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

// unit is the name of an indicator's unit.
func (v view) unit(ind *ledger.Indicator) string { return v.List("unit").Label(ind.Unit, v.Code) }

// total finds the whole of an indicator in a period.
func (v view) total(indicator, period string) (string, ledger.Value, bool) {
	id := cell.ID(indicator, period, nil, nil)
	value, ok := v.Value(id)
	return id, value, ok
}

// tables lists the tables of an indicator that are broken down by something.
func (v view) tables(indicator string) []*ledger.Table {
	var all []*ledger.Table
	for _, t := range v.Tables {
		if t.Indicator == indicator && len(t.Attributes) > 0 {
			all = append(all, t)
		}
	}
	return all
}

// periodsOf lists the periods of an indicator, newest first.
func (v view) periodsOf(indicator string) []string {
	var ids []string
	for _, t := range v.Tables {
		if t.Indicator == indicator {
			for _, p := range t.Periods() {
				if !slices.Contains(ids, p) {
					ids = append(ids, p)
				}
			}
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return ledger.ComparePeriods(b, a) })
	return ids
}

// titleOf names the breakdown of a table, such as "Province" or "Province, sex".
func (v view) titleOf(t *ledger.Table) string {
	var titles []string
	for _, a := range t.Attributes {
		titles = append(titles, v.attribute(a))
	}
	return strings.Join(titles, ", ")
}

// label is what a code of an attribute is called.
func (v view) label(a ledger.Attribute, code string) string {
	if code == cell.Total {
		return v.Word("total")
	}
	return strings.Join(strings.Fields(v.List(a.List).Label(code, v.Code)), " ") // on one line, whatever was typed
}

func (v view) attribute(a ledger.Attribute) string {
	if l := v.List(a.List); l != nil {
		return l.Title[v.Code]
	}
	return a.Name
}

// byValue orders rows of a table as readers want them: by shown value, largest first, then small, withheld, missing and
// impossible; ties and lists whose order means something stay as the code list has them. It looks at shown values only.
func byValue(values []ledger.Value) []int {
	rank := func(v ledger.Value) int {
		return slices.Index([]ledger.Status{ledger.IsNumber, ledger.Small, ledger.Withheld, ledger.Missing, ledger.Impossible}, v.Status())
	}
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if d := rank(values[a]) - rank(values[b]); d != 0 {
			return d
		}
		x, _ := values[a].Number()
		y, _ := values[b].Number()
		return int(min(1, max(-1, y-x)))
	})
	return order
}

// next says when the next release is expected. It is a day, or the period that it will tell of.
func (v view) next() string {
	id := v.Organisation.Next
	if id == "" {
		return v.Word("next-unknown")
	}
	called := v.day(id)
	if _, err := calendar.Parse(id); err == nil {
		called = v.period(id)
	}
	return v.say("next-update", "date", called)
}
