package codebook

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "rewrite the committed schemas and the reference")

const codebookDir = "../../data/codebook"

// The schemas that editors read are made from the reader's own types; -update writes them anew.
func TestCommittedSchemasSayWhatTheReaderObeys(t *testing.T) {
	for name, want := range Schemas() {
		file := filepath.Join(codebookDir, "schema", name)
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is out of step (%v): run go test ./generator/codebook -update", file, err)
		}
	}
}

// docs/codebook.md is made from the same types; -update writes it anew.
func TestTheReferenceSaysWhatTheReaderObeys(t *testing.T) {
	const file = "../../docs/codebook.md"
	if *update {
		if err := os.WriteFile(file, []byte(Reference()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != Reference() {
		t.Errorf("%s is out of step (%v): run go test ./generator/codebook -update", file, err)
	}
}

// What the reader accepts an editor must not underline, and the other way round.
func TestRealCodebookFilesMeetTheirSchemas(t *testing.T) {
	files := map[string]string{"languages/en/language.yaml": "language.json", "languages/km/language.yaml": "language.json"}
	for _, name := range []string{"organisation", "lists", "datasets", "programmes", "indicators", "statements", "expectations"} {
		files[name+".yaml"] = name + ".json"
	}
	for file, schema := range files {
		data, err := os.ReadFile(filepath.Join(codebookDir, file))
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := yaml.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		compiled := compile(t, schema)
		if err := compiled.Validate(doc); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if object, ok := doc.(map[string]any); ok {
			object["surprise"] = true
			if compiled.Validate(object) == nil {
				t.Errorf("%s: an unknown key passes its schema", file)
			}
		}
	}
}

func compile(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schemas()[name]))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
