package svg

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

const namespace = "http://www.w3.org/2000/svg"

// What a drawing may be made of. A thing outside these lists is a fault of the option or a change in ECharts: it is
// reported, not dropped, so that somebody looks at it.
var (
	elements = []string{
		"svg", "g", "defs", "clipPath", "pattern",
		"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
	}
	attributes = []string{
		"id", "clip-path", "transform", "viewBox",
		"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2", "d", "points",
		"patternUnits", "patternTransform",
		"fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-dashoffset",
		"stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "paint-order", "opacity",
		"text-anchor", "dominant-baseline", "font-size", "font-style", "font-weight",
	}
	dropped = []string{"version", "baseProfile", "space", "xlink", "pointer-events"}
)

// Clean makes an SVG of [Renderer.Draw] fit to stand on a page beside others under a strict Content-Security-Policy:
//
//   - style attributes become presentation attributes; the font family goes, the page's style sheet gives it
//   - ids are numbered in the order they appear and begin with prefix, which is the chart's own, and references follow
//   - the root scales: it keeps its viewBox, loses width and height, and gets the class "chart"
//   - a fill found in classes (hex colour -> class, "#0270B5" -> "service", in either case) adds that class to its
//     element, and a stroke adds the class with "-line" behind it, so that one rule of the style sheet recolours each; the
//     colour stays as attribute, so a drawing taken away from the page stays whole
//   - what paints nothing, and what serves only old readers or ECharts itself, goes
//
// Anything else than shapes and text is an error. The same input gives the same bytes.
func Clean(svg, prefix string, classes map[string]string) (string, error) {
	c := cleaner{prefix: prefix, ids: map[string]string{}, classes: map[string]string{}}
	for hex, class := range classes {
		c.classes[strings.ToLower(hex)] = class
	}
	if err := c.run(xml.NewDecoder(strings.NewReader(svg))); err != nil {
		return "", fmt.Errorf("svg: clean: %w", err)
	}
	return c.out.String(), nil
}

type cleaner struct {
	prefix  string
	ids     map[string]string // ECharts' id -> ours
	classes map[string]string // colour in lower case -> class
	open    []string          // names of the open elements
	pending bool              // the last start tag still lacks its ">"
	out     strings.Builder
}

func (c *cleaner) run(d *xml.Decoder) error {
	for {
		token, err := d.Token()
		if err == io.EOF {
			if c.out.Len() == 0 {
				return errors.New("no drawing")
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = c.start(d, t)
		case xml.EndElement:
			c.end()
		case xml.CharData:
			err = c.text(string(t))
		default:
			err = fmt.Errorf("unexpected %T", token)
		}
		if err != nil {
			return err
		}
	}
}

func (c *cleaner) start(d *xml.Decoder, t xml.StartElement) error {
	name := t.Name.Local
	if t.Name.Space != namespace || !slices.Contains(elements, name) {
		return fmt.Errorf("unexpected element <%s>", name)
	}
	if (name == "svg") != (len(c.open) == 0) {
		return fmt.Errorf("unexpected place of <%s>", name)
	}
	attrs, err := c.attrs(t)
	if err != nil {
		return fmt.Errorf("<%s>: %w", name, err)
	}
	if (name == "rect" || name == "path") && !slices.Contains(c.open, "defs") && unpainted(attrs) {
		return d.Skip()
	}
	c.close()
	c.out.WriteString("<" + name)
	for _, a := range attrs {
		c.out.WriteString(" " + a.Name.Local + `="` + escape.Replace(a.Value) + `"`)
	}
	c.open = append(c.open, name)
	c.pending = true
	return nil
}

// attrs gives the attributes that t keeps, in their order, and the class last.
func (c *cleaner) attrs(t xml.StartElement) ([]xml.Attr, error) {
	var kept []xml.Attr
	root := t.Name.Local == "svg"
	add := func(name, value string) { kept = append(kept, xml.Attr{Name: xml.Name{Local: name}, Value: value}) }
	if root {
		add("xmlns", namespace)
		add("class", "chart")
	}
	var class []string
	for _, a := range t.Attr {
		name, value := a.Name.Local, a.Value
		switch {
		case name == "xmlns", slices.Contains(dropped, name), strings.HasPrefix(name, "ecmeta_"),
			root && (name == "width" || name == "height"):
		case name == "style":
			font, err := fontAttrs(value)
			if err != nil {
				return nil, err
			}
			kept = append(kept, font...)
		case a.Name.Space != "" || !slices.Contains(attributes, name):
			return nil, fmt.Errorf("unexpected attribute %s", name)
		case name == "id":
			add(name, c.id(value))
		case strings.Contains(value, "url("):
			id, ok := strings.CutPrefix(value, "url(#")
			if id, ok2 := strings.CutSuffix(id, ")"); ok && ok2 {
				add(name, "url(#"+c.id(id)+")")
				continue
			}
			return nil, fmt.Errorf("unexpected reference in %s", name)
		default:
			add(name, value)
			if paint := c.classes[strings.ToLower(value)]; paint != "" && name == "fill" {
				class = append(class, paint)
			} else if paint != "" && name == "stroke" {
				class = append(class, paint+"-line")
			}
		}
	}
	if class != nil {
		add("class", strings.Join(class, " "))
	}
	return kept, nil
}

// id gives our name for one of ECharts' ids. ECharts counts charts since its start, which says nothing about this one.
func (c *cleaner) id(theirs string) string {
	ours, ok := c.ids[theirs]
	if !ok {
		ours = c.prefix + "-" + strconv.Itoa(len(c.ids)+1)
		c.ids[theirs] = ours
	}
	return ours
}

func (c *cleaner) text(s string) error {
	if len(c.open) == 0 || c.open[len(c.open)-1] != "text" {
		if strings.TrimSpace(s) != "" {
			return errors.New("unexpected text outside <text>")
		}
		return nil
	}
	c.close()
	c.out.WriteString(escape.Replace(s))
	return nil
}

func (c *cleaner) end() {
	name := c.open[len(c.open)-1]
	c.open = c.open[:len(c.open)-1]
	if c.pending {
		c.out.WriteString("/>")
		c.pending = false
		return
	}
	c.out.WriteString("</" + name + ">")
}

// close ends the start tag that was written last.
func (c *cleaner) close() {
	if c.pending {
		c.out.WriteString(">")
		c.pending = false
	}
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

// unpainted tells whether attrs say that a shape has neither fill nor line, as ECharts' background and the places that only
// answer to a pointer.
func unpainted(attrs []xml.Attr) bool {
	fill, stroke, width := "", "none", ""
	for _, a := range attrs {
		switch a.Name.Local {
		case "fill":
			fill = a.Value
		case "stroke":
			stroke = a.Value
		case "stroke-width":
			width = a.Value
		}
	}
	return (fill == "none" || fill == "transparent") && (stroke == "none" || stroke == "transparent" || width == "0")
}

// fontAttrs turns the style that ECharts gives to text into attributes without the family.
func fontAttrs(style string) ([]xml.Attr, error) {
	var attrs []xml.Attr
	for declaration := range strings.SplitSeq(style, ";") {
		if strings.TrimSpace(declaration) == "" {
			continue
		}
		property, value, _ := strings.Cut(declaration, ":")
		property, value = strings.TrimSpace(property), strings.TrimSpace(value)
		switch property {
		case "font-family":
		case "font-size", "font-style", "font-weight":
			attrs = append(attrs, xml.Attr{Name: xml.Name{Local: property}, Value: strings.TrimSuffix(value, "px")})
		default:
			return nil, fmt.Errorf("unexpected style %s", property)
		}
	}
	return attrs, nil
}
