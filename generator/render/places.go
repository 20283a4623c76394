package render

import (
	"html/template"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// places is what the pages of places know: the codes of the list that has a map, whatever the figures say.
type places struct {
	Title string   `json:"title"` // of the list
	Map   string   `json:"map"`   // fragment that shows where there are figures
	Plain string   `json:"plain"` // HTML: the map without figures
	Areas []area   `json:"areas"` // the places, by what they are part of
	All   []place  `json:"all"`
	Notes []string `json:"notes"` // of the map
	Links []link   `json:"links"`
}

type area struct {
	Title  string   `json:"title"` // empty where places are part of nothing
	Places []string `json:"places"`
}

// place is one page.
type place struct {
	ID       string      `json:"id"`
	Path     string      `json:"path"` // below the language's pages
	Title    string      `json:"title"`
	Part     string      `json:"part"` // what it is part of, such as "Region: Coast"
	Note     string      `json:"note"`
	Map      string      `json:"map"` // HTML: the map with this place marked
	Previous string      `json:"previous"`
	Next     string      `json:"next"`
	Figures  []placeKind `json:"figures"`
	None     string      `json:"none"` // said where no figure is published
}

type placeKind struct {
	Kind    string        `json:"kind"`
	Figures []placeFigure `json:"figures"`
}

// placeFigure is what an indicator says of a place, of a part of it or of what it is part of.
type placeFigure struct {
	Indicator string `json:"indicator"`
	Title     string `json:"title"`
	About     string `json:"about"` // unit, period, rounding
	Where     string `json:"where"` // empty for the place itself
	Cell      string `json:"cell"`
	Text      string `json:"text"`
	Spoken    string `json:"spoken"`
	Status    string `json:"status"`
}

// places lists every code of the list that has a map, in its order.
func (v view) places() *places {
	a := v.atlas()
	if a == nil {
		return nil
	}
	out := &places{Title: a.list.Title[v.Code], Map: v.leadMap(), Areas: []area{}, All: []place{}, Plain: v.locator(a, "")}
	out.Notes, out.Links = v.mapNotes([]string{}, []link{}, a)
	up := v.List(a.list.Parent)
	codes := a.list.Codes
	for i, c := range codes {
		p := place{ID: c.ID, Path: "places/" + strings.ToLower(c.ID), Title: c.Label[v.Code], Note: c.Note[v.Code], Figures: v.ofPlace(a.list, c)}
		p.Map = v.locator(a, c.ID)
		p.Previous, p.Next = codes[(i+len(codes)-1)%len(codes)].ID, codes[(i+1)%len(codes)].ID
		title := ""
		if up != nil {
			title = up.Label(c.Parent, v.Code)
			p.Part = up.Title[v.Code] + v.Word("colon") + " " + title
		}
		if len(p.Figures) == 0 {
			p.None = v.say("place-none", "place", p.Title)
		}
		j := slices.IndexFunc(out.Areas, func(x area) bool { return x.Title == title })
		if j < 0 {
			out.Areas, j = append(out.Areas, area{Title: title}), len(out.Areas)
		}
		out.Areas[j].Places = append(out.Areas[j].Places, c.ID)
		out.All = append(out.All, p)
	}
	return out
}

// locator is the map with one place marked, without figures.
func (v view) locator(a *atlas, here string) string {
	var b strings.Builder
	v.mapSVG(&b, a, "place-map", `aria-label="`+template.HTMLEscapeString(v.Word("map"))+`"`, func(code string) mark {
		return mark{title: a.list.Label(code, v.Code), here: code == here}
	})
	return b.String()
}

// ofPlace gathers what indicators say of a place, by kind: the newest that each has of the place itself, else of its parts, else of
// what it is part of.
func (v view) ofPlace(list *ledger.List, c ledger.Code) []placeKind {
	circles := v.circles(list, c)
	out := []placeKind{}
	for _, kind := range []string{"outcome", "service", "reach", "money", "context"} {
		k := placeKind{Kind: kind}
		for i := range v.Indicators {
			if ind := &v.Indicators[i]; ind.Kind == kind {
				k.Figures = append(k.Figures, v.nearest(ind, circles)...)
			}
		}
		if len(k.Figures) > 0 {
			out = append(out, k)
		}
	}
	return out
}

// circle is a list and its codes that tell of a place.
type circle struct {
	list  *ledger.List
	codes []string
	named bool // whether the codes are others than the place
	wider bool
}

// circles are the place, its parts, and what it is part of, the nearest first.
func (v view) circles(list *ledger.List, c ledger.Code) []circle {
	all := []circle{{list: list, codes: []string{c.ID}}}
	for below := []circle{all[0]}; len(below) > 0; below = below[1:] {
		for i := range v.Lists {
			finer := &v.Lists[i]
			if finer.Parent != below[0].list.ID || finer == list {
				continue
			}
			part := circle{list: finer, named: true}
			for _, x := range finer.Codes {
				if slices.Contains(below[0].codes, x.Parent) {
					part.codes = append(part.codes, x.ID)
				}
			}
			all, below = append(all, part), append(below, part)
		}
	}
	for up, code := v.List(list.Parent), c.Parent; up != nil && code != ""; {
		all = append(all, circle{up, []string{code}, true, true})
		next := up.Code(code)
		if up, code = v.List(up.Parent), ""; next != nil {
			code = next.Parent
		}
	}
	return all
}

// nearest is what an indicator tells of the first circle that it reports anything of; where it reports nothing, that it has nothing of the
// place itself.
func (v view) nearest(ind *ledger.Indicator, circles []circle) []placeFigure {
	var none []placeFigure
	for i, at := range circles {
		for _, p := range v.periodsOf(ind.ID) {
			figures := v.tellsOf(ind, p, at)
			if slices.ContainsFunc(figures, func(f placeFigure) bool { return f.Status != string(ledger.Missing) }) {
				return figures
			}
			if i == 0 && none == nil {
				none = figures
			}
		}
	}
	return none
}

// tellsOf gives the rows of an indicator's tables that are about a circle and nothing else.
func (v view) tellsOf(ind *ledger.Indicator, period string, at circle) []placeFigure {
	var figures []placeFigure
	for _, t := range v.tables(ind.ID) {
		i := slices.IndexFunc(t.Attributes, func(a ledger.Attribute) bool { return a.List == at.list.ID })
		if i < 0 || !slices.Contains(t.Periods(), period) {
			continue
		}
		for _, r := range v.rowsOf(t, period) {
			others := slices.Delete(slices.Clone(r.Codes), i, i+1)
			if !slices.Contains(at.codes, r.Codes[i]) || slices.ContainsFunc(others, func(code string) bool { return code != cell.Total }) ||
				slices.ContainsFunc(figures, func(f placeFigure) bool { return f.Cell == r.ID }) {
				continue
			}
			f := placeFigure{
				Indicator: ind.ID, Title: ind.Title[v.Code], About: v.unit(ind) + " · " + v.period(period), Cell: r.ID,
				Text: v.text(r.Value), Spoken: v.spoken(r.Value, ind.Class), Status: string(r.Value.Status()),
			}
			if r.Value.Status() == ledger.IsNumber {
				f.About += v.rounded(ind)
			}
			if at.named {
				f.Where = r.labels[i]
			}
			if at.wider {
				f.Where = at.list.Title[v.Code] + v.Word("colon") + " " + f.Where
			}
			figures = append(figures, f)
		}
	}
	return figures
}
