package download

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// descriptor is csv/datapackage.json: a Data Package (version 2) of the tables with labels and of the code lists.
type descriptor struct {
	Schema    string           `json:"$schema"`
	Name      string           `json:"name"`
	Title     string           `json:"title"`
	Homepage  string           `json:"homepage"`
	Version   string           `json:"version"`
	Created   string           `json:"created,omitempty"`
	Licenses  []ledger.License `json:"licenses"`
	Resources []resource       `json:"resources"`
}

type resource struct {
	Name      string `json:"name"`
	Path      string `json:"path"`
	Type      string `json:"type"`
	Title     string `json:"title"`
	Format    string `json:"format"`
	Mediatype string `json:"mediatype"`
	Encoding  string `json:"encoding"`
	Bytes     int    `json:"bytes"`
	Hash      string `json:"hash"`
	Schema    schema `json:"schema"`
}

// schema is a Table Schema (version 2).
type schema struct {
	Fields        []field      `json:"fields"`
	PrimaryKey    []string     `json:"primaryKey"`
	ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
	MissingValues []string     `json:"missingValues"`
}

type field struct {
	Name        string              `json:"name"`
	Type        string              `json:"type"`
	Title       string              `json:"title"`
	Constraints *ledger.Constraints `json:"constraints,omitempty"`
	Categories  []category          `json:"categories,omitempty"`
	Ordered     bool                `json:"categoriesOrdered,omitempty"`
}

// category is a code with its label in the default language, and in every language.
type category struct {
	Value  string    `json:"value"`
	Label  string    `json:"label"`
	Labels lang.Text `json:"labels"`
}

type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

// describe writes the code lists, the Data Package, and for each table its meaning as CSV on the Web has it.
func describe(r *ledger.Release, files Files) error {
	first := r.Languages[0]
	d := descriptor{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: r.Name, Title: r.Title, Homepage: r.Organisation.Address,
		Version: r.Release.ID, Licenses: r.Licenses,
	}
	if r.Release.Date != "" {
		d.Created = r.Release.Date + "T00:00:00Z"
	}
	add := func(name, path, title string, s schema) {
		s.MissingValues = []string{""}
		sum := sha256.Sum256(files["csv/"+path])
		d.Resources = append(d.Resources, resource{name, path, "table", title, "csv", "text/csv", "utf-8", len(files["csv/"+path]), "sha256:" + hex.EncodeToString(sum[:]), s})
	}
	needed := map[string]bool{}
	for _, t := range r.Tables {
		title := line(r.Indicator(t.Indicator).Title[first.Code])
		cols := columns(r, t)
		add(t.Name, t.Name+".csv", title, tableSchema(r, cols, t))
		var err error
		if files["csv/"+t.Name+".csv-metadata.json"], err = encode(onTheWeb(r, cols, t, title)); err != nil {
			return err
		}
		for _, a := range t.Attributes {
			for list := r.List(a.List); list != nil && !needed[list.ID]; list = r.List(list.Parent) {
				needed[list.ID] = true
			}
		}
	}
	for i := range r.Lists {
		if list := &r.Lists[i]; needed[list.ID] {
			files["csv/lists/"+list.ID+".csv"] = listFile(r, list)
			add(list.ID, "lists/"+list.ID+".csv", line(list.Title[first.Code]), listSchema(r, list))
		}
	}
	var err error
	files["csv/"+ledger.Descriptor], err = encode(d)
	return err
}

func tableSchema(r *ledger.Release, cols []column, t *ledger.Table) schema {
	s := schema{PrimaryKey: append([]string{"period"}, t.Names()...)}
	for _, c := range cols {
		f := field{Name: c.name, Type: "string", Title: c.title}
		switch {
		case c.name == "value":
			f.Type = "integer"
		case c.name == "status":
			f.Constraints = &ledger.Constraints{Enum: c.codes}
		case c.codes != nil:
			f.Constraints = &ledger.Constraints{Required: true, Enum: c.codes}
		}
		if c.list != "" {
			f.Ordered = r.List(c.list).Ordered
			for _, code := range c.codes {
				f.Categories = append(f.Categories, categoryOf(r, r.List(c.list), code))
			}
			s.ForeignKeys = append(s.ForeignKeys, foreignKey{[]string{c.name}, reference{c.list, []string{"code"}}})
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}

func categoryOf(r *ledger.Release, list *ledger.List, code string) category {
	c := category{Value: code, Labels: lang.Text{}}
	for _, v := range views(r) {
		c.Labels[v.Code] = v.label(ledger.Attribute{List: list.ID}, code)
	}
	c.Label = c.Labels[r.Languages[0].Code]
	return c
}

// listFile is a code list with the total, which tables have as well.
func listFile(r *ledger.Release, list *ledger.List) []byte {
	head := []string{"code", "parent"}
	for _, l := range r.Languages {
		head = append(head, l.Code)
	}
	rows := [][]string{head}
	for _, code := range append([]ledger.Code{{ID: cell.Total}}, list.Codes...) {
		row := []string{code.ID, code.Parent}
		for _, v := range views(r) {
			row = append(row, guard(v.label(ledger.Attribute{List: list.ID}, code.ID)))
		}
		rows = append(rows, row)
	}
	return write(mark, rows)
}

func listSchema(r *ledger.Release, list *ledger.List) schema {
	first := views(r)[0]
	s := schema{PrimaryKey: []string{"code"}, Fields: []field{
		{Name: "code", Type: "string", Title: first.Word("code"), Constraints: &ledger.Constraints{Required: true}}, {Name: "parent", Type: "string", Title: "parent"},
	}}
	if r.List(list.Parent) != nil {
		s.ForeignKeys = []foreignKey{{[]string{"parent"}, reference{list.Parent, []string{"code"}}}}
	}
	for _, l := range r.Languages {
		s.Fields = append(s.Fields, field{Name: l.Code, Type: "string", Title: l.Name, Constraints: &ledger.Constraints{Required: true}})
	}
	return s
}

// webTable is <table>.csv-metadata.json, where CSV on the Web looks for the meaning of a file.
type webTable struct {
	Context []any     `json:"@context"`
	URL     string    `json:"url"`
	Title   lang.Text `json:"dc:title"`
	License webLink   `json:"dc:license"`
	Schema  webSchema `json:"tableSchema"`
}

type webLink struct {
	ID string `json:"@id"`
}

type webSchema struct {
	Columns    []webColumn `json:"columns"`
	PrimaryKey []string    `json:"primaryKey"`
}

type webColumn struct {
	Name     string `json:"name"`
	Titles   string `json:"titles"`
	Datatype string `json:"datatype"`
	Required bool   `json:"required,omitempty"`
	Lang     string `json:"lang,omitempty"`
}

func onTheWeb(r *ledger.Release, cols []column, t *ledger.Table, title string) webTable {
	name := strings.NewReplacer("-", "_").Replace // names are variables of URI templates
	w := webTable{
		Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": r.Languages[0].Code}}, URL: t.Name + ".csv",
		License: webLink{r.Licenses[0].Path}, Title: lang.Text{r.Languages[0].Code: title}, Schema: webSchema{PrimaryKey: []string{"period"}},
	}
	for _, l := range r.Languages {
		w.Title[l.Code] = line(r.Indicator(t.Indicator).Title[l.Code])
	}
	for _, n := range t.Names() {
		w.Schema.PrimaryKey = append(w.Schema.PrimaryKey, name(n))
	}
	for _, c := range cols {
		col := webColumn{Name: name(c.name), Titles: c.name, Datatype: "string", Required: c.codes != nil && c.name != "status", Lang: c.language}
		if c.name == "value" {
			col.Datatype = "integer"
		}
		w.Schema.Columns = append(w.Schema.Columns, col)
	}
	return w
}
