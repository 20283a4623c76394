package download

import (
	"encoding/json"
	"strings"

	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// object is an indicator with its meaning and all its figures: json/<indicator>.json.
type object struct {
	ID         string        `json:"id"`
	Code       string        `json:"code,omitempty"`
	Release    string        `json:"release"`
	Date       string        `json:"date,omitempty"`
	Title      lang.Text     `json:"title"`
	Definition lang.Text     `json:"definition"`
	Kind       string        `json:"kind"`
	Unit       named         `json:"unit"`
	Programme  string        `json:"programme,omitempty"`
	Measure    string        `json:"measure,omitempty"`
	Class      string        `json:"class,omitempty"`
	Source     lang.Text     `json:"source,omitempty"`
	Notes      []lang.Text   `json:"notes,omitempty"`
	Needs      lang.Text     `json:"needs,omitempty"`
	Rounding   lang.Text     `json:"rounding,omitempty"`
	Statuses   []meaning     `json:"statuses,omitempty"`
	Baseline   string        `json:"baseline,omitempty"`
	Plans      []plan        `json:"plans,omitempty"`
	Tables     []objectTable `json:"tables"`
	Page       lang.Text     `json:"page"`
	Citation   lang.Text     `json:"citation"`
	License    string        `json:"license"`
}

// named is an id with what it is called.
type named struct {
	ID    string    `json:"id"`
	Label lang.Text `json:"label"`
}

// meaning is a status and what it says.
type meaning struct {
	Status  string    `json:"status"`
	Sign    lang.Text `json:"sign"`
	Meaning lang.Text `json:"meaning"`
}

// plan is a target: of the whole, or of some codes.
type plan struct {
	Period  string            `json:"period"`
	Codes   map[string]string `json:"codes,omitempty"`
	Planned int64             `json:"planned"`
}

type objectTable struct {
	Name       string            `json:"name"`
	CSV        string            `json:"csv"`
	Additive   bool              `json:"additive"`
	Attributes []objectAttribute `json:"attributes"`
	Cells      []objectCell      `json:"cells"`
}

type objectAttribute struct {
	Name  string    `json:"name"`
	Title lang.Text `json:"title"`
	Codes []named   `json:"codes"`
}

// objectCell is a figure. Value is null where there is no number, and Status then says why.
type objectCell struct {
	Cell   string            `json:"cell"`
	Period string            `json:"period"`
	Codes  map[string]string `json:"codes,omitempty"`
	Value  *int64            `json:"value"`
	Status string            `json:"status,omitempty"`
}

// entry is a row of json/index.json.
type entry struct {
	ID    string    `json:"id"`
	Title lang.Text `json:"title"`
	JSON  string    `json:"json"`
	XLSX  lang.Text `json:"xlsx,omitempty"` // by language
	CSV   []string  `json:"csv,omitempty"`
}

// objects writes an object for each indicator and their index.
func objects(r *ledger.Release, files Files) error {
	index := struct {
		Release    string    `json:"release"`
		Date       string    `json:"date,omitempty"`
		Title      lang.Text `json:"title"`
		Languages  []string  `json:"languages"`
		Indicators []entry   `json:"indicators"`
	}{Release: r.Release.ID, Date: r.Release.Date, Title: r.Organisation.Name}
	for _, l := range r.Languages {
		index.Languages = append(index.Languages, l.Code)
	}
	for i := range r.Indicators {
		ind := &r.Indicators[i]
		name := "json/" + ind.ID + ".json"
		data, err := encode(newObject(r, ind))
		if err != nil {
			return err
		}
		files[name] = data
		var back object
		err = json.Unmarshal(data, &back)
		if err := compare(r, name, readObject(back.Tables), err, each(tables(r, ind.ID)...)); err != nil {
			return err
		}
		e := entry{ID: ind.ID, Title: ind.Title, JSON: ind.ID + ".json"}
		for _, t := range tables(r, ind.ID) {
			e.CSV = append(e.CSV, "../csv/"+t.Name+".csv")
		}
		if e.CSV != nil {
			e.XLSX = lang.Text{}
			for _, l := range r.Languages {
				e.XLSX[l.Code] = "../" + Workbook(ind.ID, l.Code)
			}
		}
		index.Indicators = append(index.Indicators, e)
	}
	data, err := encode(index)
	files["json/index.json"] = data
	return err
}

func newObject(r *ledger.Release, ind *ledger.Indicator) object {
	all := views(r)
	each := func(of func(view) string) lang.Text {
		text := lang.Text{}
		for _, v := range all {
			text[v.Code] = of(v)
		}
		return text
	}
	o := object{
		ID: ind.ID, Code: ind.Code, Release: r.Release.ID, Date: r.Release.Date, Title: ind.Title, Definition: ind.Definition, Kind: ind.Kind,
		Unit: named{ind.Unit, each(func(v view) string { return v.unit(ind) })}, Programme: ind.Programme, Measure: ind.Measure, Class: ind.Class,
		Source: ind.Source, Notes: ind.Notes, Needs: ind.Needs, Baseline: ind.Baseline, Tables: []objectTable{}, License: r.Licenses[0].Path,
		Page:     each(func(v view) string { return v.pages + "indicators/" + ind.ID + "/" }),
		Citation: each(func(v view) string { return v.cite(ind.Title[v.Code], "indicators/"+ind.ID+"/") }),
	}
	if ind.Class == "children" {
		o.Rounding = each(view.rounding)
	}
	statuses := []ledger.Status{ledger.Small, ledger.Withheld, ledger.Impossible, ledger.Missing}
	if len(tables(r, ind.ID)) > 0 {
		for i, s := range statuses {
			o.Statuses = append(o.Statuses, meaning{string(s), each(func(v view) string { return v.sign(s) }), each(func(v view) string { return v.signs()[i][1] })})
		}
	}
	for _, t := range r.Targets {
		if t.Indicator == ind.ID {
			o.Plans = append(o.Plans, plan{t.Period, codesOf(t.Cell), t.Value})
		}
	}
	for _, t := range tables(r, ind.ID) {
		out := objectTable{Name: t.Name, CSV: "../csv/" + t.Name + ".csv", Additive: t.Additive, Attributes: []objectAttribute{}, Cells: []objectCell{}}
		for _, a := range t.Attributes {
			list := r.List(a.List)
			attribute := objectAttribute{Name: a.Name, Title: list.Title}
			for _, code := range a.Codes {
				attribute.Codes = append(attribute.Codes, named{code, list.Code(code).Label})
			}
			out.Attributes = append(out.Attributes, attribute)
		}
		for _, c := range t.Cells {
			cell := objectCell{Cell: c.ID, Period: c.Period, Codes: codesOf(c.ID), Status: string(c.Value.Status())}
			if n, ok := c.Value.Number(); ok {
				cell.Value = &n
			}
			out.Cells = append(out.Cells, cell)
		}
		o.Tables = append(o.Tables, out)
	}
	return o
}

// codesOf takes the columns and codes out of a cell's id. The whole has none.
func codesOf(id string) map[string]string {
	parts := strings.SplitN(id, "/", 3)
	if len(parts) < 3 {
		return nil
	}
	codes := map[string]string{}
	for pair := range strings.SplitSeq(parts[2], ",") {
		name, code, _ := strings.Cut(pair, "=")
		codes[name] = code
	}
	return codes
}
