package download

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/ledger"
)

// Workbook is the file of an indicator's workbook in a language, or of the whole release's where no indicator is named.
func Workbook(indicator, language string) string {
	if indicator == "" {
		return "figures." + language + ".xlsx"
	}
	return "xlsx/" + indicator + "." + language + ".xlsx"
}

// workbooks writes for each language one workbook of the whole release, and one for each indicator that has figures.
func workbooks(r *ledger.Release, files Files, kept cache.Folder) error {
	once := each(r.Tables...)
	for id := range once {
		once[id] = 1
	}
	for _, v := range views(r) {
		if err := v.workbook(files, kept, "", v.Organisation.Name[v.Code]+": "+v.Word("data"), []sheet{v.about(), v.figures(), v.meanings(), v.plans()}, once); err != nil {
			return err
		}
		for i := range r.Indicators {
			ind := &r.Indicators[i]
			all := tables(r, ind.ID)
			if len(all) == 0 {
				continue
			}
			sheets := []sheet{v.aboutOne(ind)}
			for _, t := range all {
				sheets = append(sheets, v.table(t))
			}
			if err := v.workbook(files, kept, ind.ID, line(ind.Title[v.Code]), sheets, each(all...)); err != nil {
				return err
			}
		}
	}
	return nil
}

// workbook writes a workbook, reads it back, and keeps it: for the same sheets this program writes the same bytes.
func (v view) workbook(files Files, kept cache.Folder, indicator, title string, sheets []sheet, want map[string]int) error {
	day := cmp.Or(v.Release.Release.Date, "1980-01-01") + "T00:00:00Z" // of no release, the first that the zip can name
	name, author := Workbook(indicator, v.Code), v.Organisation.Name[v.Code]
	about := excelize.DocProperties{Title: title, Creator: author, LastModifiedBy: author, Language: v.Locale, Created: day, Modified: day}
	var parts []any
	for _, s := range sheets {
		parts = append(parts, s.key())
	}
	data, _, err := kept.Make([]any{cache.Program(), name, about, v.Direction, parts}, func() ([]byte, error) {
		data, err := workbook(about, v.Direction == "rtl", sheets)
		if err != nil {
			return nil, err
		}
		said, err := v.readWorkbook(data, sheets)
		return data, compare(v.Release, name, said, err, want)
	})
	files[name] = data
	return err
}

// text is a text that reads well whatever it begins with.
func text(s string, as style) box {
	if as != heading && guard(s) != s {
		as = quoted
	}
	return box{s, as}
}

func heads(titles ...string) []box {
	var row []box
	for _, t := range titles {
		row = append(row, text(t, heading))
	}
	return row
}

// value is a figure: a number as a number, or the sign in its place.
func (v view) value(c ledger.Cell) box {
	if n, ok := c.Value.Number(); ok {
		return box{n, figure}
	}
	return box{v.sign(c.Value.Status()), sign}
}

// notes is a sheet of words: what each row is about, and what is said of it.
func (v view) notes(title string, rows [][2]string) sheet {
	s := sheet{name: v.Word("about"), head: -1, figure: -1, widths: []int{26, 90}, rows: [][]box{{text("", ordinary), text(title, largest)}}}
	for _, row := range rows {
		s.rows = append(s.rows, []box{text(row[0], strong), text(row[1], wrapped)})
	}
	return s
}

// ending is what every sheet of notes says last: signs, rounding, licence and citation.
func (v view) ending(rounded bool, title, page string) [][2]string {
	licence := v.Licenses[0]
	rows := [][2]string{
		{v.Word("release"), v.Release.Release.ID}, {v.Word("licence"), licence.Title + ", " + licence.Path}, {"", v.Word("licence-text")},
		{v.Word("cite"), v.cite(title, page)}, {}, {v.Word("signs")},
	}
	rows = append(rows, v.signs()...)
	if rounded {
		rows = append(rows, [2]string{"", v.rounding()})
	}
	return rows
}

func (v view) about() sheet {
	o := v.Organisation
	return v.notes(o.Name[v.Code], append([][2]string{{v.Word("about"), line(o.Mission[v.Code])}, {v.Word("files"), v.Word("files-excel")}}, v.ending(true, v.Word("data"), "data/")...))
}

func (v view) aboutOne(ind *ledger.Indicator) sheet {
	title := line(ind.Title[v.Code])
	rows := [][2]string{
		{v.Word("definition"), line(ind.Definition[v.Code])}, {v.Word("how-counted"), v.how(ind)}, {line(v.List("unit").Title[v.Code]), v.unit(ind)},
		{v.Word("kind-of-figure"), v.Word("kind-"+ind.Kind) + v.Word("colon") + " " + v.Word("kind-"+ind.Kind+"-meaning")},
		{v.Word("programme"), v.programme(ind.Programme)}, {v.Word("source"), line(ind.Source[v.Code])}, {v.Word("code"), ind.Code},
	}
	for _, n := range ind.Notes {
		rows = append(rows, [2]string{v.Word("data-notes"), line(n[v.Code])})
	}
	rows = slices.DeleteFunc(rows, func(row [2]string) bool { return row[1] == "" })
	return v.notes(title, append(rows, v.ending(ind.Class == "children", title, "indicators/"+ind.ID+"/")...))
}

// table is a sheet for a table: period, codes in words, figure.
func (v view) table(t *ledger.Table) sheet {
	titles := []string{v.Word("period")}
	for _, a := range t.Attributes {
		titles = append(titles, v.attribute(a))
	}
	s := sheet{name: v.title(t), head: 0, figure: len(titles), filter: true, rows: [][]box{heads(append(titles, v.Word("value"), v.Word("cell-id"))...)}}
	for _, c := range t.Cells {
		row := []box{text(v.period(c.Period), ordinary)}
		for i, a := range t.Attributes {
			row = append(row, text(v.label(a, c.Codes[i]), ordinary))
		}
		s.rows = append(s.rows, append(row, v.value(c), box{c.ID, quiet}))
	}
	return s
}

// figures is the sheet of all cells of a release, each once.
func (v view) figures() sheet {
	s := sheet{name: v.Word("figures"), head: 0, figure: 5, filter: true, rows: [][]box{heads(
		v.Word("programme"), v.Word("indicator"), v.Word("period"), v.Word("breakdowns"), v.Word("category"), v.Word("value"),
		line(v.List("unit").Title[v.Code]), v.Word("kind-of-figure"), v.Word("cell-id"))}}
	seen := map[string]bool{}
	for i := range v.Indicators {
		ind := &v.Indicators[i]
		for _, t := range tables(v.Release, ind.ID) {
			for _, c := range t.Cells {
				if seen[c.ID] {
					continue
				}
				seen[c.ID] = true
				var labels []string
				for i, a := range t.Attributes {
					labels = append(labels, v.label(a, c.Codes[i]))
				}
				if len(labels) == 0 {
					labels = []string{v.Word("total")}
				}
				s.rows = append(s.rows, []box{
					text(v.programme(ind.Programme), ordinary), text(line(ind.Title[v.Code]), ordinary), text(v.period(c.Period), ordinary), text(v.title(t), ordinary),
					text(strings.Join(labels, " · "), ordinary), v.value(c), text(v.unit(ind), ordinary), text(v.Word("kind-"+ind.Kind), ordinary), {c.ID, quiet},
				})
			}
		}
	}
	return s
}

// meanings is the sheet of what each indicator means.
func (v view) meanings() sheet {
	s := sheet{name: v.Word("indicators"), head: 0, figure: -1, widths: []int{34, 70, 14, 44, 44}, rows: [][]box{heads(
		v.Word("indicator"), v.Word("definition"), line(v.List("unit").Title[v.Code]), v.Word("how-counted"), v.Word("source"))}}
	for i := range v.Indicators {
		ind := &v.Indicators[i]
		how := v.how(ind)
		if ind.Needs != nil {
			how = v.Word("not-reported-yet") + " " + v.Word("needs") + " " + line(ind.Needs[v.Code])
		}
		s.rows = append(s.rows, []box{text(line(ind.Title[v.Code]), strong), text(line(ind.Definition[v.Code]), wrapped), text(v.unit(ind), wrapped), text(how, wrapped), text(line(ind.Source[v.Code]), wrapped)})
	}
	return s
}

// plans is the sheet of what was planned.
func (v view) plans() sheet {
	s := sheet{name: v.Word("plan-and-actual"), head: 0, figure: -1, rows: [][]box{heads(v.Word("indicator"), v.Word("period"), v.Word("category"), v.Word("planned"))}}
	for _, t := range v.Targets {
		s.rows = append(s.rows, []box{text(line(v.Indicator(t.Indicator).Title[v.Code]), ordinary), text(v.period(t.Period), ordinary), text(v.part(t.Cell), ordinary), {t.Value, figure}})
	}
	return s
}

// part names the codes of a cell by the lists of the release; the whole is the total.
func (v view) part(cell string) string {
	var labels []string
	codes := codesOf(cell)
	for _, name := range slices.Sorted(maps.Keys(codes)) {
		label := codes[name]
		for i := range v.Lists {
			if code := v.Lists[i].Code(label); code != nil {
				label = line(code.Label[v.Code])
				break
			}
		}
		labels = append(labels, label)
	}
	if len(labels) == 0 {
		return v.Word("total")
	}
	return strings.Join(labels, " · ")
}

// readWorkbook gives what the sheets of a workbook say of cells.
func (v view) readWorkbook(data []byte, sheets []sheet) ([]told, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	statuses := map[string]string{}
	for _, s := range []ledger.Status{ledger.Small, ledger.Withheld, ledger.Impossible, ledger.Missing} {
		statuses[v.sign(s)] = string(s)
	}
	var said []told
	for i, s := range sheets {
		if s.figure < 0 {
			continue
		}
		part, err := fs.ReadFile(z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err != nil {
			return nil, err
		}
		rows, err := readSheet(part)
		if err != nil {
			return nil, err
		}
		for _, row := range rows[s.head+1:] {
			if len(row) <= s.figure {
				return nil, fmt.Errorf("a row has %d columns", len(row))
			}
			t := told{cell: row[len(row)-1]}
			if at := row[s.figure]; statuses[at] != "" {
				t.status = statuses[at]
			} else {
				t.number = at
			}
			said = append(said, t)
		}
	}
	return said, nil
}
