package built

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// isKey says whether an element is the key of a map, which is looked at with it.
func isKey(n *html.Node) bool {
	class, _ := attr(n, "class")
	return n.Data == "ul" && class == "map-key" && inFigure(n)
}

// entry is a line of a map's key: a class and what it stands for.
type entry struct{ class, text string }

// entries are the lines that shown values give: the classes from the lowest to the highest that occurs, then the signs that occur.
func (c chorus) entries() []entry {
	var all []entry
	used := map[string]bool{}
	lowest, highest := "r", ""
	for _, s := range c.shapes {
		class := c.look(s.Code)
		used[class] = true
		if strings.HasPrefix(class, "q") {
			lowest, highest = min(lowest, class), max(highest, class)
		}
	}
	rule := c.release.Rule
	for i := range int64(5) {
		from, to := i*c.step+1, (i+1)*c.step
		if c.class == "children" {
			from = max(rule.Threshold, i*c.step+rule.Base)
		}
		if class := "q" + strconv.FormatInt(i+1, 10); lowest <= class && class <= highest {
			limits := map[string]string{"from": c.language.Int(from), "to": c.language.Int(to)}
			all = append(all, entry{class, lang.Fill(c.language.Word("map-class"), limits)})
		}
	}
	for _, e := range []entry{
		{"zero", c.language.Int(0)}, {string(ledger.Small), "<" + c.language.Int(rule.Threshold)}, {string(ledger.Withheld), ".."},
		{string(ledger.Impossible), "-"}, {string(ledger.Missing), c.language.Word("not-reported")}, {"empty", c.language.Word("no-figure")},
	} {
		if used[e.class] {
			all = append(all, e)
		}
	}
	return all
}

// key looks at the key beside a map.
func (c chorus) key(figure *html.Node) {
	var keys []*html.Node
	for n := range figure.Descendants() {
		if n.Type == html.ElementNode && isKey(n) {
			keys = append(keys, n)
		}
	}
	want := c.entries()
	if len(keys) != 1 || !only(keys[0], "class") || len(children(keys[0])) != len(want) {
		c.wrong("the map's key is not that of its shown values")
		return
	}
	for i, li := range children(keys[0]) {
		box := li.FirstChild
		if li.Data != "li" || len(li.Attr) > 0 || box == nil || box.Data != "svg" || box.NextSibling == nil || box.NextSibling != li.LastChild ||
			box.NextSibling.Type != html.TextNode || box.NextSibling.Data != want[i].text {
			c.wrong("the map's key says %q where shown values give %q", text(li), want[i].text)
			continue
		}
		inside := children(box)
		if len(inside) != 1 {
			c.wrong("the map's key has something else beside %q", want[i].text)
			continue
		}
		class, _ := attr(inside[0], "class")
		fill, _ := attr(inside[0], "fill")
		if class != want[i].class || fill != c.filled(class) {
			c.wrong("the map's key draws %q as %q", want[i].text, class)
		}
		inside[0].Attr = slices.DeleteFunc(inside[0].Attr, func(a html.Attribute) bool { return a.Key == "fill" })
		var b bytes.Buffer
		_ = html.Render(&b, box)
		c.same(c.path, "the box of "+class+" in keys", b.String())
	}
}
