package codebook

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/lang"
)

// document is a YAML file of a codebook.
type document struct {
	file   string // below the codebook's folder
	schema string // below schema/
	says   string
	entry  reflect.Type
	list   bool // of entries
}

// documents are all of them, in the order in which somebody writes them.
var documents = []document{
	{"organisation.yaml", "organisation.json", "Who you are: names, languages, calendar, contacts, colours, and the rule of protection.", reflect.TypeFor[Organisation](), false},
	{"languages/<code>/language.yaml", "language.json", "How a language writes numbers, dates and periods. Beside it, `words.yaml` holds the words of the pages.", reflect.TypeFor[lang.Language](), false},
	{"lists.yaml", "lists.json", "The code lists. The codes of each stand in `lists/<id>.csv`: the columns `code`, one for each language, and where wanted `parent` (a code of the parent list), `note.<language>`, `aliases` (spellings that count as the code) and `variants` (spellings for suggestions), several parted by `;`.", reflect.TypeFor[List](), true},
	{"datasets.yaml", "datasets.json", "What the files of one kind of export hold.", reflect.TypeFor[Dataset](), true},
	{"programmes.yaml", "programmes.json", "What you do. Each has a page.", reflect.TypeFor[Programme](), true},
	{"indicators.yaml", "indicators.json", "What is counted, from which rows, and the tables that may be published.", reflect.TypeFor[Indicator](), true},
	{"statements.yaml", "statements.json", "Tables of several indicators side by side. The file may be left out.", reflect.TypeFor[Statement](), true},
	{"expectations.yaml", "expectations.json", "What must hold between figures. The file may be left out.", reflect.TypeFor[Expectation](), true},
	{"corrections.yaml", "corrections.json", "Reasons that are published: of corrections and of releases that were taken back. The file may be left out.", reflect.TypeFor[Correction](), true},
}

// Head is what stands at the head of a new file of a codebook, as comments: where editors find its schema, what the file holds and
// every key that an entry may have. A file without a schema has none.
func Head(file string) string {
	parts := strings.Split(file, "/")
	if len(parts) == 3 {
		file = parts[0] + "/<code>/" + parts[2]
	}
	i := slices.IndexFunc(documents, func(d document) bool { return d.file == file })
	if i < 0 {
		return ""
	}
	d := documents[i]
	var b strings.Builder
	up := strings.Repeat("../", len(parts)-1)
	fmt.Fprintf(&b, "# yaml-language-server: $schema=%sschema/%s\n# %s\n# Keys, * where needed; %sREADME.md says what stands below them:\n", up, d.schema, strings.ReplaceAll(d.says, "`", ""), up)
	for _, f := range fieldsOf(d.entry) {
		name := f.name
		if f.required {
			name += "*"
		}
		for i, line := range wrapped(f.meaning(), 100) {
			if i > 0 {
				name = ""
			}
			fmt.Fprintf(&b, "#   %-14s %s\n", name, line)
		}
	}
	return b.String()
}

// wrapped breaks a text into lines of so many bytes at most, if its words allow.
func wrapped(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}

// Reference is the whole codebook as a page in Markdown, from the tags that the reader obeys.
func Reference() string {
	var b strings.Builder
	b.WriteString("# The codebook\n\nEvery file of a codebook and every key that may stand in it. This page is made from the reader's own types; the files below `schema/` say\nthe same to editors. A text is written in every language of the organisation: `{en: Shelter, fr: Refuge}`.\n")
	for _, d := range documents {
		fmt.Fprintf(&b, "\n## %s\n\n%s", d.file, d.says)
		if d.list {
			b.WriteString(" A list: each entry begins with `-`.")
		}
		b.WriteString("\n")
		describeType(&b, d.entry, "")
	}
	b.WriteString(tables)
	return b.String()
}

const tables = `
## targets.csv and known.csv

Figures of the codebook itself, with the columns ` + "`indicator`, `period`, `where` and `value`" + `. ` + "`where`" + ` is empty for the total, or names columns and
codes such as ` + "`sex=F`" + `. targets.csv holds plans, which stand exact. known.csv holds exact figures about protected people that
you printed elsewhere: they are never shown, and the audit takes it that an attacker has them. Both may be left out.
`

// describeType writes the table of one type, and then those of the types that stand in it.
func describeType(b *strings.Builder, t reflect.Type, under string) {
	if under != "" {
		fmt.Fprintf(b, "\n**%s**\n", under)
	}
	b.WriteString("\n| key | needed | holds | meaning |\n| --- | --- | --- | --- |\n")
	for _, f := range fieldsOf(t) {
		needed := ""
		if f.required {
			needed = "yes"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", f.name, needed, holds(t.Field(f.index).Type), strings.ReplaceAll(f.meaning(), "|", `\|`))
	}
	for _, f := range fieldsOf(t) {
		if inner := entryOf(t.Field(f.index).Type); inner != nil {
			name := f.name
			if under != "" {
				name = under + "." + name
			}
			describeType(b, inner, name)
		}
	}
}

// meaning is what a field means, with the words that may stand there.
func (f field) meaning() string {
	if f.enum == nil {
		return f.doc
	}
	return f.doc + " (one of: " + strings.Join(f.enum, ", ") + ")"
}

// holds says in a word what may stand behind a key.
func holds(t reflect.Type) string {
	switch t {
	case typeRef:
		return "id"
	case typeText:
		return "text in each language"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return holds(t.Elem())
	case reflect.Slice:
		return "list of " + holds(t.Elem())
	case reflect.Map:
		return "keys, each with " + holds(t.Elem())
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "number"
	case reflect.Struct:
		return "keys"
	}
	return "text"
}

// entryOf is the type whose keys stand below a key, or nil.
func entryOf(t reflect.Type) reflect.Type {
	switch {
	case t == typeRef || t == typeText:
		return nil
	case t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map:
		return entryOf(t.Elem())
	case t.Kind() == reflect.Struct && len(fieldsOf(t)) > 0:
		return t
	}
	return nil
}
