package built

import (
	"encoding/json"
	"strconv"
	"strings"
)

// linked reads what a page says of itself in words of schema.org. A number is the value of a property that names its cell; there it is
// what the release shows, called as the release calls the cell, or the words for those who listen where no number is shown.
func (g *page) linked(data string) {
	var tree any
	dec := json.NewDecoder(strings.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&tree); err != nil {
		return // found where any JSON is read
	}
	g.property(tree)
}

func (g *page) property(x any) {
	switch x := x.(type) {
	case json.Number:
		g.found(g.path, "built-number", nil, "the page's data say %s, and no cell is named", x)
	case []any:
		for _, item := range x {
			g.property(item)
		}
	case map[string]any:
		id, named := x["propertyID"].(string)
		for key, item := range x {
			if !named || key != "value" {
				g.property(item)
			}
		}
		if named {
			g.measured(id, x)
		}
	}
}

func (g *page) measured(id string, x map[string]any) {
	v, ok := g.release.Value(id)
	n, isNumber := v.Number()
	said, has := x["value"]
	number, _ := said.(json.Number)
	switch {
	case !ok:
		g.found(g.path, "built-cell", []string{id}, "the page's data name the cell %s, which the release does not have", id)
	case has && (!isNumber || number.String() != strconv.FormatInt(n, 10)):
		g.found(g.path, "built-cell", []string{id}, "the page's data say %v for %s, the release does not", said, id)
	case !has && (isNumber || x["description"] != spoken(g.release, g.language, v)):
		g.found(g.path, "built-cell", []string{id}, "the page's data say %q for %s, the release says otherwise", x["description"], id)
	}
	if x["name"] != g.release.InWords(id, g.language.Code) {
		g.found(g.path, "built-cell", []string{id}, "the page's data call %s %q", id, x["name"])
	}
}
