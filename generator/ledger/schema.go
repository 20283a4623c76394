package ledger

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// SchemaV1 is the JSON Schema of a release's descriptor.
//
//go:embed schema/datapackage-v1.json
var SchemaV1 []byte

var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemaV1))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaName, doc); err != nil {
		return nil, err
	}
	return c.Compile(schemaName)
})

// schemaName is no path: one would be looked for from the folder that the program runs in, whose name may hold anything.
const schemaName = "embedded:///datapackage-v1.json"

// validate checks a descriptor against its JSON Schema.
func validate(data []byte) error {
	schema, err := compiled()
	if err != nil {
		return fmt.Errorf("the tool's own schema: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	var bad *jsonschema.ValidationError
	if err := schema.Validate(doc); !errors.As(err, &bad) {
		return err
	}
	_, causes, _ := strings.Cut(bad.Error(), "\n") // the first line names the schema by a path of this machine
	return errors.New(strings.ReplaceAll(strings.TrimPrefix(causes, "- "), "\n- ", "; "))
}
