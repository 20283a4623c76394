package codebook

import (
	"encoding/json"
	"reflect"
)

// Schemas gives the JSON Schema of every YAML file of a codebook, by file name. They come from the same struct tags that the
// reader obeys, so that an editor says what the reader will say.
func Schemas() map[string][]byte {
	out := map[string][]byte{}
	for _, d := range documents {
		schema := schemaOf(d.entry)
		if d.list {
			schema = map[string]any{"type": "array", "items": schema}
		}
		schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
		data, err := json.MarshalIndent(schema, "", "  ")
		if err != nil {
			panic(err) // the schema is made of maps and texts only
		}
		out[d.schema] = append(data, '\n')
	}
	return out
}

// schemaOf describes a type as decoder reads it.
func schemaOf(t reflect.Type) map[string]any {
	switch t {
	case typeRef:
		return map[string]any{"type": []string{"string", "integer"}} // a year may stand without quotes
	case typeText:
		return map[string]any{"type": "object", "description": "the text in every language of the organisation",
			"minProperties": 1, "additionalProperties": map[string]any{"type": "string", "minLength": 1}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Struct:
		return structSchema(t)
	}
	return map[string]any{"type": "string"}
}

func structSchema(t reflect.Type) map[string]any {
	properties := map[string]any{}
	required := []string{}
	for _, f := range fieldsOf(t) {
		p := schemaOf(t.Field(f.index).Type)
		p["description"] = f.doc
		if f.enum != nil {
			target := p
			if items, ok := p["items"].(map[string]any); ok {
				target = items
			}
			target["enum"] = f.enum
		}
		properties[f.name] = p
		if f.required {
			required = append(required, f.name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}
