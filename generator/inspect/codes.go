package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// code reads one code of a coded column, or an alias of it. A label or another near spelling is suggested, never taken.
func (in *Inspector) code(at int, cell string) (string, *refusal) {
	if in.coded[at].Total && cell == codebook.Total {
		return codebook.Total, nil
	}
	if id := in.codeOf[at][cell]; id != "" {
		return id, nil // the list's own string: a row's is not kept alive
	}
	return "", unknown(in.lists[at], cell)
}

func unknown(list *codebook.List, cell string) *refusal {
	hint := diag.Suggest(cell, list.IDs())
	switch label, near := labelled(list, cell), nearby(list, cell); {
	case label != "":
		hint = fmt.Sprintf("write the code %q instead of its label, or add this spelling to the column aliases of lists/%s.csv", label, list.ID)
	case diag.Nearest(cell, list.IDs()) != "":
	case near != "":
		hint = fmt.Sprintf("did you mean %q? Write its code %q, or add this spelling to the column aliases of lists/%s.csv", near, labelled(list, near), list.ID)
	default:
		hint += fmt.Sprintf("; what your system writes in place of a code goes into the column aliases of lists/%s.csv", list.ID)
	}
	return refuse("code/unknown", hint, "a code of the list "+list.ID).because(fmt.Sprintf("a value of %d characters", utf8.RuneCountInString(cell)))
}

// labelled finds the code whose label in any language, or another spelling of it, was written instead.
func labelled(list *codebook.List, cell string) string {
	cell = visible(cell)
	for _, c := range list.Codes {
		for _, other := range spellings(c) {
			if strings.EqualFold(visible(other), cell) {
				return c.ID
			}
		}
	}
	return ""
}

// nearby finds the label, alias or known spelling most like what was written, if one is near enough to be a slip of the pen.
func nearby(list *codebook.List, cell string) string {
	var all []string
	for _, c := range list.Codes {
		all = append(all, spellings(c)...)
	}
	return diag.Nearest(visible(cell), all)
}

// spellings are the ways in which people may have written a code.
func spellings(c codebook.Code) []string {
	return slices.Concat(slices.Sorted(maps.Values(c.Label)), c.Aliases, c.Variants)
}

func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, s)
}

// codes reads any number of codes: one alone, several between ; or | or commas or line ends, several between spaces where each
// word is a code, or the text of an array as JSON, Ruby and Python write it.
func (in *Inspector) codes(list *codebook.List, cell string) ([]string, *refusal) {
	names := in.names[list.ID]
	var items []string
	switch {
	case names[cell] != "":
		items = []string{cell}
	case strings.HasPrefix(cell, "["):
		var ok bool
		if items, ok = array(cell); !ok {
			return nil, refuse("code/array", "export the column again, or write the codes with a semicolon between them", "a list of codes that ends with ]")
		}
	case strings.ContainsAny(cell, ";|\n"):
		items = strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";|\n", r) })
	case strings.Contains(cell, ","):
		items = strings.Split(cell, ",")
	default:
		items = strings.Fields(cell)
		if slices.ContainsFunc(items, func(s string) bool { return names[s] == "" }) {
			items = []string{cell}
		}
	}
	var chosen []string
	for _, item := range items {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		id := names[item]
		if id == "" {
			return nil, unknown(list, item)
		}
		chosen = append(chosen, id)
	}
	if len(chosen) == 0 && !strings.HasPrefix(cell, "[") {
		return nil, unknown(list, cell)
	}
	return inOrder(list, chosen), nil
}

// inOrder gives codes each once, in the order of their list.
func inOrder(list *codebook.List, chosen []string) []string {
	return slices.DeleteFunc(list.IDs(), func(id string) bool { return !slices.Contains(chosen, id) })
}

// array takes the text of an array apart: items with a comma between them, bare, with a colon before, or in single or double
// quotes. An item nil, null or None is none.
func array(text string) (items []string, ok bool) {
	rest := strings.TrimSpace(text[1:])
	if rest == "]" {
		return nil, true
	}
	for {
		var item string
		if quote := strings.IndexAny(rest, `"'`); quote == 0 {
			end := strings.IndexByte(rest[1:], rest[0])
			if end < 0 {
				return nil, false
			}
			item, rest = rest[1:end+1], strings.TrimSpace(rest[end+2:])
		} else {
			end := strings.IndexAny(rest, ",]")
			if end < 0 {
				return nil, false
			}
			item, rest = strings.TrimPrefix(strings.TrimSpace(rest[:end]), ":"), rest[end:]
			if item == "nil" || item == "null" || item == "None" {
				item = ""
			}
		}
		items = append(items, item)
		switch {
		case rest == "]":
			return items, true
		case !strings.HasPrefix(rest, ","):
			return nil, false
		}
		rest = strings.TrimSpace(rest[1:])
	}
}

// ticked reads one of the yes-or-no columns that stand for a column of several codes.
func ticked(cell string) (bool, *refusal) {
	switch strings.ToLower(cell) {
	case "1", "1.0", "true":
		return true, nil
	case "0", "0.0", "false":
		return false, nil
	}
	return false, refuse("value/choice", "write 1 or 0", "1 or 0 (TRUE or FALSE)")
}
