package download_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dlclark/regexp2/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/download"
)

func schemaOf(t *testing.T, name string, doc any) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.UseRegexpEngine(func(pattern string) (jsonschema.Regexp, error) { // the standard looks ahead, which Go's own does not
		re, err := regexp2.Compile(pattern, regexp2.ECMAScript)
		return expression{re}, err
	})
	if err := c.AddResource("test:"+name, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("test:" + name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// expression is a regular expression as JSON Schema means it.
type expression struct{ *regexp2.Regexp }

func (e expression) MatchString(s string) bool {
	ok, err := e.Regexp.MatchString(s)
	return ok && err == nil
}

func standard(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("testdata/frictionless/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return schemaOf(t, name, parse(t, data))
}

func parse(t *testing.T, data []byte) any {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// packages are the two Data Packages of a release, each with its folder.
var packages = map[string]string{"datapackage.json": "", "csv/datapackage.json": "csv/"}

func TestDescriptorsFitTheSchemasOfTheirStandard(t *testing.T) {
	files := latest(t)
	whole, table := standard(t, "datapackage-2.0.json"), standard(t, "tableschema-2.0.json")
	for name := range packages {
		doc := parse(t, files[name])
		if err := whole.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		resources := doc.(map[string]any)["resources"].([]any)
		for _, r := range resources {
			if err := table.Validate(r.(map[string]any)["schema"]); err != nil {
				t.Errorf("%s, %v: %v", name, r.(map[string]any)["name"], err)
			}
		}
		if len(resources) < 80 {
			t.Errorf("%s has only %d resources", name, len(resources))
		}
	}
}

type tableSchema struct {
	Fields []struct {
		Name, Type  string
		Constraints struct {
			Required bool
			Enum     []string
		}
		Categories []struct {
			Value, Label string
			Labels       map[string]string
		}
	}
	PrimaryKey    []string
	MissingValues []string
	ForeignKeys   []struct {
		Fields    []string
		Reference struct {
			Resource string
			Fields   []string
		}
	}
}

// TestEveryCSVFitsItsOwnTableSchema holds each file against what its descriptor says: size, hash, columns, types, lists of what may
// stand, keys, and codes that another table has.
func TestEveryCSVFitsItsOwnTableSchema(t *testing.T) {
	files := latest(t)
	for name, folder := range packages {
		var p struct {
			Resources []struct {
				Name, Path, Hash string
				Bytes            int
				Schema           tableSchema
			}
		}
		if err := json.Unmarshal(files[name], &p); err != nil {
			t.Fatal(err)
		}
		columns, described := map[string][]string{}, map[string]bool{}
		for round := range 2 {
			for _, r := range p.Resources {
				data := files[folder+r.Path]
				described[folder+r.Path] = true
				if sum := sha256.Sum256(data); len(data) != r.Bytes || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
					t.Errorf("%s: size or hash differ", r.Path)
				}
				head, rows := rowsOf(t, data)
				if round == 0 {
					for i, column := range head {
						for _, row := range rows {
							columns[r.Name+"/"+column] = append(columns[r.Name+"/"+column], row[i])
						}
					}
					continue
				}
				for _, fault := range r.Schema.faults(head, rows, columns) {
					t.Errorf("%s%s: %s", folder, r.Path, fault)
				}
			}
		}
		for path := range files {
			if strings.HasSuffix(path, ".csv") && strings.HasPrefix(path, folder) && (folder != "" || strings.HasPrefix(path, "tables/")) && !described[path] {
				t.Errorf("%s does not describe %s", name, path)
			}
		}
	}
}

// faults lists what rows have that their schema does not allow. columns are those of all tables, by table and name.
func (s tableSchema) faults(head []string, rows [][]string, columns map[string][]string) (all []string) {
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if len(head) != len(s.Fields) {
		return []string{"other columns"}
	}
	keys := map[string]bool{}
	for _, row := range rows {
		var key []string
		for i, f := range s.Fields {
			value := row[i]
			missing := slices.Contains(s.MissingValues, value)
			switch _, err := strconv.Atoi(value); {
			case head[i] != f.Name:
				add("column %s is called %s", f.Name, head[i])
			case missing && f.Constraints.Required:
				add("%s is required", f.Name)
			case !missing && f.Type == "integer" && err != nil:
				add("%q is no integer", value)
			case !missing && f.Constraints.Enum != nil && !slices.Contains(f.Constraints.Enum, value):
				add("%s may not be %q", f.Name, value)
			}
			for _, c := range f.Categories {
				for language, label := range c.Labels {
					at := slices.Index(head, f.Name+"."+language)
					if c.Value == value && (at < 0 || row[at] != label) {
						add("the label of %s in %s is another", value, language)
					}
				}
			}
			if slices.Contains(s.PrimaryKey, f.Name) {
				key = append(key, value)
			}
		}
		if k := strings.Join(key, "\x00"); keys[k] || len(key) == 0 {
			add("the key %q stands twice", key)
		} else {
			keys[k] = true
		}
		for _, f := range s.ForeignKeys {
			value := row[slices.Index(head, f.Fields[0])]
			if value != "" && !slices.Contains(columns[f.Reference.Resource+"/"+f.Reference.Fields[0]], value) {
				add("%s %q is not in %s", f.Fields[0], value, f.Reference.Resource)
			}
		}
	}
	return all
}

func rowsOf(t *testing.T, data []byte) (head []string, rows [][]string) {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatal(len(all), err)
	}
	return all[0], all[1:]
}

// TestTheMeaningOnTheWebNamesTheColumnsOfItsFile holds each metadata file against the table that it stands beside.
func TestTheMeaningOnTheWebNamesTheColumnsOfItsFile(t *testing.T) {
	files := latest(t)
	variable := regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.]*$`)
	n := 0
	for name, data := range files {
		table, ok := strings.CutSuffix(name, "-metadata.json")
		if !ok {
			continue
		}
		n++
		var m struct {
			Context []any `json:"@context"`
			URL     string
			Schema  struct {
				Columns []struct {
					Name, Titles, Datatype, Lang string
					Required                     bool
				}
				PrimaryKey []string
			} `json:"tableSchema"`
		}
		if err := json.Unmarshal(data, &m); err != nil || m.Context[0] != "http://www.w3.org/ns/csvw" || "csv/"+m.URL != table {
			t.Fatalf("%s: %v %s", name, err, m.URL)
		}
		head, rows := rowsOf(t, files[table])
		var names []string
		for i, c := range m.Schema.Columns {
			names = append(names, c.Name)
			if c.Titles != head[i] || !variable.MatchString(c.Name) {
				t.Errorf("%s: column %s is %s", name, c.Name, head[i])
			}
			for _, row := range rows {
				if _, err := strconv.Atoi(row[i]); c.Datatype == "integer" && row[i] != "" && err != nil || c.Required && row[i] == "" {
					t.Errorf("%s: %q does not fit %+v", name, row[i], c)
				}
			}
		}
		for _, key := range m.Schema.PrimaryKey {
			if !slices.Contains(names, key) {
				t.Errorf("%s: the key %s is no column", name, key)
			}
		}
	}
	if n < 80 {
		t.Errorf("only %d files", n)
	}
}

// TestTheDescriptionOfAddressesFitsTheFiles fills each address of openapi.json, and holds each file against its schema.
func TestTheDescriptionOfAddressesFitsTheFiles(t *testing.T) {
	all, err := download.All(published(t), cache.Folder{})
	if err != nil {
		t.Fatal(err)
	}
	doc := parse(t, all["openapi.json"]).(map[string]any)
	blank := regexp.MustCompile(`\\\{[a-z]+\\\}`)
	described := map[string]bool{"openapi.json": true}
	for address, item := range doc["paths"].(map[string]any) {
		form := regexp.MustCompile("^" + blank.ReplaceAllString(regexp.QuoteMeta(strings.TrimPrefix(address, "/")), "([^/]+)") + "$")
		var schema *jsonschema.Schema
		content := item.(map[string]any)["get"].(map[string]any)["responses"].(map[string]any)["200"].(map[string]any)["content"].(map[string]any)
		if body, ok := content["application/json"].(map[string]any); ok && body["schema"] != nil {
			name := strings.TrimPrefix(body["schema"].(map[string]any)["$ref"].(string), "#/components/schemas/")
			schema = schemaOf(t, name+".json", map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "#/components/schemas/" + name, "components": doc["components"]})
		}
		found := 0
		for name, data := range all {
			if !form.MatchString(name) {
				continue
			}
			found++
			described[name] = true
			if schema != nil && !strings.HasSuffix(name, "/json/index.json") == !strings.Contains(address, "index.json") {
				if err := schema.Validate(parse(t, data)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		if found == 0 && !strings.Contains(address, "tombstone") {
			t.Errorf("%s is the address of nothing", address)
		}
	}
	for name := range all {
		if !described[name] {
			t.Errorf("%s has no address in openapi.json", name)
		}
	}
}
