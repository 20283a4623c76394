package render

import (
	"bytes"
	"encoding/json"
	"html/template"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// fragment is a figure of a page: in order of importance a sentence, a table, a drawing, and the drawing's data.
type fragment struct {
	ID       string // of the element
	Finding  template.HTML
	Subtitle string
	Heads    []string // of the table's columns
	Rows     []tableRow
	Notes    []string
	Source   string
	Links    []link
	Words    struct{ Source, Colon string }
	Key      []keyed
	Sketches []*sketch     // of the drawings: one, two sizes of the same, or none
	Map      template.HTML // in place of drawings: a map with its key, or empty
}

// keyed is a colour and what it stands for, where a drawing cannot say so itself.
type keyed struct{ Class, Text string }

// Over cuts the colour of a key as the patterns of bars do. Those of the first categories and of services have none.
func (k keyed) Over() string {
	switch k.Class {
	case "c2", "outcome":
		return "M0 2h12v2H0ZM0 8h12v2H0Z"
	case "c3", "reach":
		return "M2 0h2v12h-2ZM8 0h2v12h-2Z"
	case "c4", "money":
		return "M1 1h3v3h-3ZM8 1h3v3h-3ZM1 8h3v3h-3ZM8 8h3v3h-3Z"
	case "context":
		return "M0 4 4 0h3L0 7ZM5 12 12 5v3L8 12Z"
	}
	return ""
}

// sketch is a chart that becomes a drawing.
type sketch struct {
	Chart   chart
	Drawing template.HTML // clean SVG, once it is drawn
}

// sketch adds a drawing to a figure.
func (f *fragment) sketch(c chart) { f.Sketches = append(f.Sketches, &sketch{Chart: c}) }

// Class says which container shows the drawing.
func (s *sketch) Class() string { return strings.TrimSpace("drawing " + s.Chart.class) }

// Data is the chart as inert JSON. It escapes <, > and &: a label cannot end the script element.
func (s *sketch) Data() (template.JS, error) {
	data, err := json.Marshal(s.Chart)
	return template.JS(data), err
}

// Wide says whether the table stands below the drawings, not beside them.
func (f fragment) Wide() bool {
	return len(f.Sketches) == 0 || len(f.Heads) > 2 || f.Sketches[len(f.Sketches)-1].Chart.class == wide.class
}

type tableRow struct {
	Head  string
	Path  string // of the page about what the row is of, or empty
	Total bool
	Cells []tableCell
}

type tableCell struct {
	ID, Text, Spoken, Status string

	Plan    string // the cell that the text is the plan for, or the verdict on
	Verdict string
	Empty   bool   // nothing is said
	Step    string // the class of its number, where a heat map has no room
}

type link struct {
	Text string `json:"text"`
	Path string `json:"path"`
}

// The finding of a figure names it; its subtitle describes it. A sign is hidden from screen readers, which get words instead.
var fragmentTemplate = template.Must(template.New("fragment").Parse(`<figure class="figure" id="{{.ID}}">
<figcaption><p class="finding" id="{{.ID}}-t">{{.Finding}}</p><p class="subtitle" id="{{.ID}}-s">{{.Subtitle}}</p></figcaption>
{{with .Key}}<ul class="key">{{range .}}<li class="{{.Class}}"><svg viewBox="0 0 12 12" aria-hidden="true"><path d="M0 0h12v12H0Z"/>{{with .Over}}<path class="over" d="{{.}}"/>{{end}}</svg>{{.Text}}</li>{{end}}</ul>
{{end}}<div class="figure-body{{if .Map}} mapped{{else if .Wide}} wide{{end}}">
{{- range .Sketches}}<div class="{{.Class}}"><div role="img" aria-labelledby="{{$.ID}}-t" aria-describedby="{{$.ID}}-s">{{.Drawing}}</div>
<script type="application/json" class="chart-data">{{.Data}}</script></div>{{end -}}
{{- with .Map}}<div class="map-box">{{.}}</div>{{end -}}
<div class="table-scroll" tabindex="0" role="region" aria-labelledby="{{.ID}}-t"><table><thead><tr>
{{- range $i, $head := .Heads}}<th scope="col"{{if $i}} class="n"{{end}}>{{$head}}</th>{{end}}</tr></thead><tbody>
{{- range .Rows}}<tr{{if .Total}} class="total"{{end}}><th scope="row">{{if .Path}}<a href="{{.Path}}">{{.Head}}</a>{{else}}{{.Head}}{{end}}</th>
{{- range .Cells}}{{if .Empty}}<td class="n"></td>{{else if .Verdict}}<td class="n" data-verdict="{{.Plan}}">{{.Text}}</td>{{else if .Plan}}<td class="n" data-plan="{{.Plan}}">{{.Text}}</td>
{{- else if and .Status (ne .Status "missing")}}<td class="n {{.Status}}"><span{{with .ID}} data-cell="{{.}}"{{end}} aria-hidden="true">{{.Text}}</span><span class="vh">{{.Spoken}}</span></td>
{{- else}}<td class="n{{with .Status}} {{.}}{{end}}{{with .Step}} {{.}}{{end}}" data-cell="{{.ID}}">{{.Text}}</td>{{end}}{{end}}</tr>{{end}}</tbody></table></div></div>
{{- with .Notes}}
<ul class="notes">{{range .}}<li>{{.}}</li>{{end}}</ul>{{end}}
<p class="source">{{.Words.Source}}{{.Words.Colon}} {{.Source}}{{range .Links}} · {{if .Path}}<a href="{{.Path}}">{{.Text}}</a>{{else}}{{.Text}}{{end}}{{end}}</p>
</figure>
`))

func (f fragment) html() ([]byte, error) {
	var b bytes.Buffer
	err := fragmentTemplate.Execute(&b, f)
	return b.Bytes(), err
}

// elementID turns a fragment's name into an id that no other element of a page has.
func elementID(name string) string {
	return "f-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, name)
}

// tableFragment shows a table of one period, and draws it if it is to be drawn.
func (v view) tableFragment(t *ledger.Table, period string, drawn bool) (fragment, error) {
	ind := v.Indicator(t.Indicator)
	f := fragment{ID: elementID(t.Name + "." + period), Subtitle: v.subtitle(ind, period)}
	rows := v.rowsOf(t, period)
	var values []ledger.Value
	var own []string // what the code list says of single rows, where a row has no number
	for _, r := range rows {
		if note := v.noteOf(t, r); note != "" && r.Value.Status() != ledger.IsNumber {
			own = append(own, v.text(r.Value)+" "+r.labels[0]+v.Word("colon")+" "+note)
		} else {
			values = append(values, r.Value)
		}
	}
	if len(t.Attributes) == 1 {
		f.Heads, f.Rows = v.list(t, ind, rows)
	} else {
		f.Heads, f.Rows = v.crossTable(t, ind, rows)
	}
	f.Finding = v.finding(ind, period, rows)
	f.Notes = append(v.notes(ind, period, values), own...)
	f.Source, f.Words.Source, f.Words.Colon = ind.Source[v.Code], v.Word("source"), v.Word("colon")
	f.Links = []link{
		{v.Word("release") + " " + v.Release.Release.ID, ""},
		{v.Word("definition"), v.prefix + "indicators/" + ind.ID + "/"},
		{v.Word("table-csv"), v.base + "data/" + v.Release.Release.ID + "/csv/" + t.Name + ".csv"},
	}
	if !drawn {
		return f, nil
	}
	switch len(t.Attributes) {
	case 1:
		if a := v.mapOf(t); a != nil {
			v.drawMap(&f, a, ind, rows[1:])
			return f, nil
		}
		one, err := v.barChart(ind, rows[1:])
		f.sketch(one)
		return f, err
	case 2:
		c := v.crossOf(t, rows)
		all, err := v.crossCharts(c)
		if len(all) == 1 && all[0].Kind == "heat" {
			v.swatches(&f, c)
		}
		for _, one := range all {
			f.sketch(one)
			if f.Key = nil; one.Kind == "grouped" || one.Kind == "stacked" {
				for j, name := range c.column {
					f.Key = append(f.Key, keyed{categories[j], name})
				}
			}
		}
		return f, err
	}
	return f, nil
}

func (v view) cell(c ledger.Cell, class string) tableCell {
	return tableCell{ID: c.ID, Text: v.text(c.Value), Spoken: v.spoken(c.Value, class), Status: string(c.Value.Status())}
}

// subtitle says what is counted, in what unit, when and how exactly.
func (v view) subtitle(ind *ledger.Indicator, period string) string {
	return strings.Join([]string{ind.Title[v.Code], v.unit(ind), v.period(period) + v.rounded(ind)}, " · ")
}

// rounded adds to a period how its figures are rounded, if they are.
func (v view) rounded(ind *ledger.Indicator) string {
	if ind.Class == "derived" && ind.Measure == "percent" {
		return ", " + v.Word("rounded-share")
	}
	if ind.Class != "children" {
		return ""
	}
	return ", " + v.say("rounded-to", "base", v.Int(v.Rule.Base))
}

// finding says what the figures say. It knows their shown values only.
func (v view) finding(ind *ledger.Indicator, period string, rows []row) template.HTML {
	total, parts := rows[0], rows[1:]
	totalText := v.figure(total.ID, total.Value)
	numbers := slices.DeleteFunc(slices.Clone(parts), func(r row) bool { return r.Value.Status() != ledger.IsNumber || len(r.Codes) > 1 })
	slices.SortStableFunc(numbers, func(a, b row) int {
		x, _ := a.Value.Number()
		y, _ := b.Value.Number()
		return int(min(1, max(-1, y-x)))
	})
	switch {
	case total.Value.Status() == ledger.Missing:
		return v.sentence(ind, total.ID, total.Value, period)
	case total.Value.Status() == ledger.IsNumber && (ind.Measure == "percent" || ind.Measure == "median"):
		return v.sentence(ind, total.ID, total.Value, period)
	case total.Value.Status() == ledger.IsNumber && len(numbers) > 0 && numbers[0].Value != total.Value && (len(numbers) == 1 || numbers[0].Value != numbers[1].Value):
		return markup(v.Word("finding-most"), map[string]template.HTML{
			"category": template.HTML("<b>" + template.HTMLEscapeString(strings.Join(numbers[0].labels, " · ")) + "</b>"),
			"value":    v.figure(numbers[0].ID, numbers[0].Value), "total": totalText,
		})
	case total.Value.Status() == ledger.IsNumber:
		return v.sentence(ind, total.ID, total.Value, period)
	}
	return markup(v.Word("finding-too-small"), nil)
}

// notes explains every sign that occurs, and the rounding.
func (v view) notes(ind *ledger.Indicator, period string, values []ledger.Value) []string {
	var notes []string
	has := func(s ledger.Status) bool {
		return slices.ContainsFunc(values, func(x ledger.Value) bool { return x.Status() == s })
	}
	if ind.Class == "children" && has(ledger.IsNumber) {
		notes = append(notes, v.say("note-rounding", "base", v.Int(v.Rule.Base)))
	}
	for _, s := range v.signs(v.period(period)) {
		if has(s.status) {
			notes = append(notes, s.Sign+v.Word("colon")+" "+s.Meaning)
		}
	}
	for _, n := range ind.Notes {
		notes = append(notes, n[v.Code])
	}
	return notes
}

// sign is a mark in place of a number, and what it means.
type sign struct {
	Sign    string `json:"sign"`
	Meaning string `json:"meaning"`
	status  ledger.Status
}

// signsOf gives the signs that occur in an indicator's figures.
func (v view) signsOf(ind *ledger.Indicator) []sign {
	used := []sign{}
	for _, s := range v.signs(v.period(v.Release.Release.Period)) {
		if slices.ContainsFunc(v.Tables, func(t *ledger.Table) bool {
			return t.Indicator == ind.ID && slices.ContainsFunc(t.Cells, func(c ledger.Cell) bool { return c.Value.Status() == s.status })
		}) {
			used = append(used, s)
		}
	}
	return used
}

func (v view) signs(period string) []sign {
	threshold := v.Int(v.Rule.Threshold)
	return []sign{
		{"<" + threshold, v.say("note-small", "threshold", threshold), ledger.Small},
		{"..", v.Word("note-withheld"), ledger.Withheld},
		{"-", v.Word("note-impossible"), ledger.Impossible},
		{v.Word("not-reported"), v.say("note-missing", "period", period), ledger.Missing},
	}
}

// statementFragment shows several indicators of one period side by side.
func (v view) statementFragment(s ledger.Statement, period string) (fragment, error) {
	f := fragment{ID: elementID("statement." + s.ID + "." + period)}
	said := map[string]template.HTML{"period": escaped(v.period(period))}
	f.Heads = []string{v.period(period), v.Word("total")}
	var columns *ledger.Attribute
	var values []ledger.Value
	var members []member
	for _, id := range s.Indicators {
		ind := v.Indicator(id)
		r := tableRow{Head: ind.Title[v.Code]}
		totalID, total, ok := v.total(id, period)
		if !ok {
			continue
		}
		said[id] = v.figure(totalID, total)
		cells := []ledger.Cell{{ID: totalID, Value: total}}
		if t := v.Table(id, s.By); s.By != "" && t != nil {
			if columns == nil {
				columns = &t.Attributes[0]
				for _, code := range columns.Codes {
					f.Heads = append(f.Heads, v.label(*columns, code))
				}
			}
		}
		if columns != nil {
			for _, code := range columns.Codes {
				at := cell.ID(id, period, []string{columns.Name}, []string{code})
				value, ok := v.Value(at)
				if !ok {
					at = "" // its table became coarser: the sign stands for no cell
				}
				cells = append(cells, ledger.Cell{ID: at, Value: value})
			}
		}
		for _, c := range cells {
			r.Cells = append(r.Cells, v.cell(c, ind.Class))
			values = append(values, c.Value)
		}
		f.Rows = append(f.Rows, r)
		members = append(members, member{row{Cell: ledger.Cell{ID: totalID, Period: period, Value: total}, labels: []string{r.Head}}, ind})
	}
	f.Finding = markup(s.Sentence[v.Code], said)
	if slices.ContainsFunc(lang.Placeholders(s.Sentence[v.Code]), func(name string) bool { return said[name] == "" }) {
		f.Finding = escaped(s.Title[v.Code]) // a figure that it speaks of is not told for the period
	}
	if len(members) == 0 {
		return f, nil
	}
	first := members[0].ind
	f.Subtitle = strings.Join([]string{s.Title[v.Code], v.unit(first), v.period(period) + v.rounded(first)}, " · ")
	f.Notes = v.notes(&ledger.Indicator{Class: first.Class}, period, values)
	f.Source, f.Words.Source, f.Words.Colon = first.Source[v.Code], v.Word("source"), v.Word("colon")
	f.Links = []link{{v.Word("release") + " " + v.Release.Release.ID, ""}}
	if s.Flow == nil {
		one, key, ok, err := v.groupChart(members, narrow)
		if ok {
			f.Key = key
			f.sketch(one)
		}
		return f, err
	}
	for _, size := range []size{narrow, wide} {
		one, ok, err := v.flowChart(s.Flow, period, size)
		if err != nil {
			return f, err
		}
		if ok {
			f.sketch(one)
		}
	}
	without := func(id string) bool {
		_, value, _ := v.total(id, period)
		n, _ := value.Number()
		return n == 0
	}
	if len(f.Sketches) > 0 && slices.ContainsFunc(slices.Concat(s.Flow.In, s.Flow.Out), without) {
		f.Notes = append(f.Notes, v.Word("note-stub"))
	}
	return f, nil
}
