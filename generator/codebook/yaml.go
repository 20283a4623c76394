package codebook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// Ref is a word of the codebook with its place: an id that names something else, checked once everything is read.
type Ref struct {
	ID string
	At diag.Pos
}

func (r Ref) String() string { return r.ID }

// decoder turns YAML into Go values, strictly: unknown, repeated and missing keys, wrong types and missing languages are
// errors with positions. Field names, whether they are required and what they may hold come from struct tags
// (`yaml:"name,required" enum:"a,b"`), from which the JSON Schema is made as well.
type decoder struct {
	file      string
	languages []string // every Text must have these; none while the organisation itself is read
	diags     *diag.List
	texts     *[]Placed // where to keep every Text with its place, or nil
}

var (
	typeRef  = reflect.TypeFor[Ref]()
	typePos  = reflect.TypeFor[diag.Pos]()
	typeText = reflect.TypeFor[lang.Text]()
)

// decode reads one document into out, a pointer. It reports what is wrong and fills what it can.
func (d decoder) decode(data []byte, out any) {
	var doc yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	err := decoder.Decode(&doc)
	if errors.Is(err, io.EOF) {
		d.diags.Errorf(diag.Pos{File: d.file}, "codebook/empty", "write its entries, or delete the file", "expected a document, found none")
		return
	}
	if err != nil {
		line, msg := yamlError(err)
		d.diags.Errorf(diag.Pos{File: d.file, Line: line}, "codebook/yaml",
			"check the indentation, and put texts with : or # in quotes", "expected valid YAML: %s", msg)
		return
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil && len(second.Content) > 0 {
		d.diags.Errorf(d.pos(second.Content[0]), "codebook/yaml", "delete the line --- and join what stands on both sides", "expected one document in the file, found a second")
	}
	d.value(doc.Content[0], reflect.ValueOf(out).Elem())
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?(.*)$`)

func yamlError(err error) (line int, msg string) {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return 1, err.Error()
	}
	line, _ = strconv.Atoi(m[1])
	return max(line, 1), m[2]
}

func (d decoder) pos(n *yaml.Node) diag.Pos {
	return diag.Pos{File: d.file, Line: n.Line, Col: n.Column}
}

func (d decoder) wrong(n *yaml.Node, expected string) {
	d.diags.Errorf(d.pos(n), "codebook/type", "compare it with the entries around it", "expected %s, found %s", expected, describe(n))
}

func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "keys and values"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.Tag {
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!null":
		return "nothing"
	}
	return "a text"
}

func (d decoder) value(n *yaml.Node, v reflect.Value) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias // yaml.v3 refuses an anchor that holds itself
	}
	switch v.Type() {
	case typeRef:
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			d.wrong(n, "an id")
			return
		}
		v.Set(reflect.ValueOf(Ref{n.Value, d.pos(n)}))
		return
	case typeText:
		d.text(n, v)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem())
	case reflect.Struct:
		d.structure(n, v)
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			d.wrong(n, "a list")
			return
		}
		list := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
		for i, item := range n.Content {
			d.value(item, list.Index(i))
		}
		v.Set(list)
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		d.pairs(n, func(key, val *yaml.Node) {
			item := reflect.New(v.Type().Elem()).Elem()
			d.value(val, item)
			m.SetMapIndex(reflect.ValueOf(key.Value), item)
		})
		v.Set(m)
	default:
		d.scalar(n, v)
	}
}

// scalar reads a text, a whole number, a fraction or a truth value.
func (d decoder) scalar(n *yaml.Node, v reflect.Value) {
	expected := map[reflect.Kind]string{
		reflect.String: "a text", reflect.Bool: "true or false", reflect.Int: "a whole number", reflect.Int64: "a whole number",
		reflect.Float64: "a number",
	}[v.Kind()]
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		d.wrong(n, expected)
		return
	}
	if v.Kind() == reflect.String {
		v.SetString(n.Value)
		return
	}
	if err := n.Decode(v.Addr().Interface()); err != nil || (n.Tag == "!!float" && v.CanInt()) {
		d.wrong(n, expected)
	}
}

// pairs walks the keys of a mapping in the order they stand and reports repeated ones.
func (d decoder) pairs(n *yaml.Node, each func(key, val *yaml.Node)) bool {
	if n.Kind != yaml.MappingNode {
		d.wrong(n, "keys and values")
		return false
	}
	first := map[string]int{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		if line, ok := first[key.Value]; ok {
			d.diags.Errorf(d.pos(key), "codebook/repeated-key", fmt.Sprintf("it stands on line %d already: keep one", line),
				"expected each key once, found %q again", key.Value)
			continue
		}
		first[key.Value] = key.Line
		each(key, n.Content[i+1])
	}
	return true
}

func (d decoder) text(n *yaml.Node, v reflect.Value) {
	text := lang.Text{}
	ok := d.pairs(n, func(key, val *yaml.Node) {
		if !slices.Contains(d.languages, key.Value) {
			d.diags.Errorf(d.pos(key), "codebook/unknown-language", diag.Suggest(key.Value, d.languages),
				"expected a language of the organisation, found %q", key.Value)
			return
		}
		if val.Kind != yaml.ScalarNode || strings.TrimSpace(val.Value) == "" {
			d.wrong(val, "a text")
			return
		}
		if i := unprintable(val.Value); i >= 0 {
			d.diags.Errorf(d.pos(val), "codebook/control-character", "type the text anew", "expected a text without control characters, found one as character %d", i+1)
		}
		text[key.Value] = val.Value
	})
	for _, l := range d.languages {
		if _, has := text[l]; ok && !has {
			d.diags.Errorf(d.pos(n), "codebook/missing-language", fmt.Sprintf("add a line  %s: …", l),
				"expected the text in %q as well", l)
		}
	}
	v.Set(reflect.ValueOf(text))
	if d.texts != nil {
		*d.texts = append(*d.texts, Placed{d.pos(n), text})
	}
}

// unprintable finds the first character that no page and no XML file may hold, or that turns the direction of what stands beside it, counted in characters from 0, or -1.
func unprintable(s string) int {
	for i, r := range []rune(s) {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f || r == 0xfffe || r == 0xffff || r == 0xfffd || lang.Steers(r) {
			return i
		}
	}
	return -1
}

// field is what the tags of a struct field say.
type field struct {
	name     string
	required bool
	index    int
	enum     []string
	doc      string
}

// fieldsOf lists the fields of a struct that stand in YAML, in order.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, opts, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" || name == "-" {
			continue
		}
		var enum []string
		if e := f.Tag.Get("enum"); e != "" {
			enum = strings.Split(e, ",")
		}
		fields = append(fields, field{name, opts == "required", i, enum, f.Tag.Get("doc")})
	}
	return fields
}

func (d decoder) structure(n *yaml.Node, v reflect.Value) {
	fields := fieldsOf(v.Type())
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	if at := v.FieldByName("At"); at.IsValid() && at.Type() == typePos {
		at.Set(reflect.ValueOf(d.pos(n)))
	}
	given := map[string]bool{}
	ok := d.pairs(n, func(key, val *yaml.Node) {
		i := slices.Index(names, key.Value)
		if i < 0 {
			d.diags.Errorf(d.pos(key), "codebook/unknown-key", diag.Suggest(key.Value, names), "expected a key that is known here, found %q", key.Value)
			return
		}
		given[key.Value] = true
		d.value(val, v.Field(fields[i].index))
		d.enum(val, fields[i])
	})
	for _, f := range fields {
		if ok && f.required && !given[f.name] {
			d.diags.Errorf(d.pos(n), "codebook/missing-key", fmt.Sprintf("add  %s: … (%s)", f.name, f.doc), "expected the key %q", f.name)
		}
	}
}

// enum checks a text, or each text of a list, against the words that the field allows.
func (d decoder) enum(n *yaml.Node, f field) {
	if f.enum == nil {
		return
	}
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	for _, item := range items {
		if item.Kind == yaml.ScalarNode && !slices.Contains(f.enum, item.Value) {
			d.diags.Errorf(d.pos(item), "codebook/unknown-word", diag.Suggest(item.Value, f.enum),
				"expected %s for %q, found %q", strings.Join(f.enum, ", "), f.name, item.Value)
		}
	}
}
