package begin

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ccpcr/impact/generator/sample"
)

// form is what a language code looks like, since it becomes a folder's name and part of addresses.
var form = regexp.MustCompile(`^[a-z]{2,3}(-[a-zA-Z0-9]{2,8})*$`)

// inEach gives every text of a YAML file in each language: the same words for now, which check reports until they are translated.
// Comments and blank lines stay, so the text is changed where it stands and not written anew.
func inEach(text string, codes []string) (string, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return "", err
	}
	lines := strings.Split(text, "\n")
	texts := single(&doc, nil)
	slices.Reverse(texts) // so that what is changed moves nothing that comes
	for _, n := range texts {
		value := n.Content[1]
		line := lines[n.Line-1]
		var parts []string
		for _, code := range codes {
			parts = append(parts, code+": "+strconv.Quote(value.Value))
		}
		start := byteAt(line, n.Column)
		start += strings.IndexByte(line[start:], '{') // behind an anchor
		rest := line[byteAt(line, value.Column):]
		end := strings.IndexByte(rest, '}')
		if value.Style == yaml.DoubleQuotedStyle {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return "", fmt.Errorf("line %d: %w", n.Line, err)
			}
			end = len(quoted) + strings.IndexByte(rest[len(quoted):], '}')
		}
		lines[n.Line-1] = line[:start] + "{" + strings.Join(parts, ", ") + rest[end:]
	}
	return strings.Join(lines, "\n"), nil
}

// single finds the texts that stand in one language alone, as {en: Shelter}.
func single(n *yaml.Node, found []*yaml.Node) []*yaml.Node {
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == sample.Language {
		return append(found, n)
	}
	for _, c := range n.Content {
		found = single(c, found)
	}
	return found
}

// byteAt turns a column in characters, from 1, into an index.
func byteAt(line string, column int) int {
	return len(string([]rune(line)[:column-1]))
}

// columnsFor gives a code list a column for each language.
func columnsFor(table []byte, codes []string) ([]byte, error) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, err
	}
	at := slices.Index(rows[0], sample.Language)
	if at < 0 {
		return nil, fmt.Errorf("expected a column %s", sample.Language)
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for i, row := range rows {
		cells := codes
		if i > 0 {
			cells = slices.Repeat([]string{row[at]}, len(codes))
		}
		if err := w.Write(slices.Concat(row[:at], cells, row[at+1:])); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// organisation gives organisation.yaml the languages, the calendar and the name.
func (o Options) organisation(text string) string {
	named := "start"
	if o.NamedEnd {
		named = "end"
	}
	if o.ID != "" {
		text = setKey(text, "id", o.ID)
	}
	text = setKey(text, "languages", "["+strings.Join(o.Languages, ", ")+"]")
	text = setKey(text, "calendar", fmt.Sprintf("{starts: %d, named: %s}", o.Starts, named))
	if o.Name != "" {
		name := fmt.Sprintf("{%s: %s}", sample.Language, strconv.Quote(o.Name))
		text = setKey(setKey(text, "name", name), "short", name)
	}
	return text
}

// about is a first page in a language: its word for such a page, and where to write.
func (o Options) about(words string) []byte {
	var all map[string]string
	_ = yaml.Unmarshal([]byte(words), &all) // the words are part of the program
	name := o.Name
	if name == "" {
		name = all["sample"]
	}
	return fmt.Appendf(nil, "---\ntitle: %s\n---\n%s\n", strconv.Quote(all["about"]), name)
}

// unknown is the language.yaml of a language that the program does not bring along.
func unknown(text, code string) string {
	text = setKey(text, "name", code)
	text = setKey(text, "locale", code)
	return setKey(text, "reviewed", "false")
}

// crossing writes years as two, where a fiscal year crosses from one to the next.
func crossing(text string) string {
	return regexp.MustCompile(`(?m)^(?:year|quarter):.*$`).ReplaceAllStringFunc(text, func(line string) string {
		return strings.ReplaceAll(line, "{year}", "{start}/{end}")
	})
}

// withoutHead drops the comment that tells editors where a schema is: the new head says it.
func withoutHead(text string) string {
	if first, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(first, "# yaml-language-server:") {
		return rest
	}
	return text
}

// setKey replaces what stands behind a key at the left edge, on one line.
func setKey(text, key, value string) string {
	return regexp.MustCompile(`(?m)^`+key+`:.*$`).ReplaceAllLiteralString(text, key+": "+value)
}
