package main

import (
	"regexp"
	"strings"
	"testing"
)

// mapChanges make a map, or the page of a place, say something else than shown values do.
var mapChanges = map[string]change{
	"another class":                with(`(<a href="[^"]*" class="q)\d(" data-cell)`, `${1}1$2`),
	"a class where none is":        with(`(<a href="[^"]*places/[^"]*" class=")empty`, `${1}q5`),
	"a sign where a number is":     with(`(<a href="[^"]*" class=")q\d(" data-cell)`, `${1}small$2`),
	"another value in a name":      with(`(data-cell="[^"]*"><title>[^<]*?)\d+`, `${1}7`),
	"a value where none is":        with(`(class="empty"><title>[^<]*)</title>`, `$1 7</title>`),
	"another label":                with(`(<text (?:class="on-q\d" )?x="[^"]*" y="[^"]*">)\d+`, `${1}7`),
	"a label somewhere else":       with(`(<text (?:class="on-q\d" )?x=")`, `${1}1`),
	"a line from somewhere else":   with(`(<g class="labels" aria-hidden="true"><path d="M)\d+`, `${1}7`),
	"another cell":                 with(`(<a href="[^"]*places/[^"]*" class="[^"]*" data-cell="[^"]*=)[^"]*`, `${1}nobody`),
	"another limit of a class":     with(`(<rect class="q3"[^>]*/></svg>)\d+`, `${1}7`),
	"a class in the key":           with(`(<ul class="map-key">)`, `$1<li>7</li>`),
	"a second map in a figure":     with(`(<ul class="map-key">)`, `<svg class="map"><path d="M7 7h7"/></svg>$1`),
	"a key without a map":          with(`(<figure class="figure"[^>]*>)`, `$1<ul class="map-key"><li>7</li></ul>`),
	"a drawing beside a map":       with(`(<ul class="map-key">)`, `<svg class="other"><path d="M7 7h7"/></svg>$1`),
	"a key's box of another class": with(`(<rect class=")q2(")`, `${1}q3$2`),
	"another pattern":              grow(`(<pattern id="[^"]*-q\d" width=")(\d+)`),
	"a pattern more":               with(`(<pattern id="([^"]*-)q\d"[^>]*>)`, `<pattern id="${2}q1" width="10" height="10" patternUnits="userSpaceOnUse"></pattern>$1`),
	"another edge":                 with(`(<g class="edges" aria-hidden="true"><path d="M)\d+`, `${1}7`),
	"a shape more on a map":        with(`(<svg [^>]*class="map"[^>]*>)`, `$1<path d="M1 1l7 0l0 7z"/>`),
	"a remark on a map":            with(`(<svg [^>]*class="map"[^>]*>)`, `$1<!-- 7 -->`),
	"a larger map":                 with(`(class="map" viewBox="0 0 )\d+`, `${1}700`),
	"another outline":              with(`(<path d="M\d+ \d+l)-?\d+`, `${1}77`),
	"another way":                  with(`(<a href="[^"]*places/)[^"]*(/" class="(?:empty|here))`, `${1}nowhere$2`),
	"another place marked":         with(`class="here"`, `class="empty"`),
	"two places marked":            with(`(<a href="[^"]*places/[^"]*") class="empty">`, `$1 aria-current="page" class="here">`),
	"two places that change sides": {`(<path d=")([^"]*)("[^>]*/></a><a [^>]*><title>[^<]*</title><path d=")([^"]*)`, swapped, false},
	"a figure of another place":    with(`(<table class="figures-list">(?s:.*?)data-cell="[^"]*">)\d+`, `${1}7`),
}

func swapped(page string, m []int) string {
	return page[:m[4]] + page[m[8]:m[9]] + page[m[5]:m[8]] + page[m[4]:m[5]] + page[m[9]:]
}

func TestEachChangeOfAMapIsFound(t *testing.T) {
	for name, f := range map[string]finished{"ccpcr": realFinished(t), "second": secondFinished(t)} {
		for what, c := range mapChanges {
			if n := f.missed(t, what, c, 0); n == 0 && name == "ccpcr" {
				t.Errorf("%s: no place found", what)
			}
		}
	}
}

// A page says nothing by being there: every code of the list with a map has one, in every language, with the same parts.
func TestEveryPlaceHasAPageWithTheSameParts(t *testing.T) {
	parts := regexp.MustCompile(`<(h1|h2|nav|section|main|svg [^>]*class="map")\b`)
	for name, f := range map[string]finished{"ccpcr": realFinished(t), "second": secondFinished(t)} {
		r := f.ledger.Newest()
		list, shapes := r.Places()
		if list == nil || len(shapes) != len(list.Codes) {
			t.Fatalf("%s: the release has no map", name)
		}
		want := map[string]string{}
		for i, l := range r.Languages {
			folder := ""
			if i > 0 {
				folder = l.Code + "/"
			}
			for _, c := range list.Codes {
				p := folder + "places/" + strings.ToLower(c.ID) + "/index.html"
				if f.files[p] == nil {
					t.Errorf("%s: there is no page %s", name, p)
					continue
				}
				picture := "cards/" + l.Code + "/places/" + strings.ToLower(c.ID) + ".png"
				if f.files[picture] == nil || !strings.Contains(string(f.files[p].Data), "/"+picture+`"`) {
					t.Errorf("%s: %s has no picture of its own for links", name, p)
				}
				got := strings.Join(parts.FindAllString(string(f.files[p].Data), -1), " ")
				if want[l.Code] == "" {
					want[l.Code] = got
				} else if got != want[l.Code] {
					t.Errorf("%s: %s has other parts: %s", name, p, got)
				}
			}
		}
	}
}

// What a place's page says of a wider or a narrower place is called by its name.
func TestAPlaceWithoutAFigureSaysSoAndAPartIsNamed(t *testing.T) {
	f := realFinished(t)
	for p, words := range map[string]string{
		"places/kh-21/index.html": "No figure is published for Takeo.",
		"places/kh-6/index.html":  "Stoung district",
		"places/kh-20/index.html": `data-cell="admitted/2010/province=KH-20"`,
	} {
		if !strings.Contains(string(f.files[p].Data), words) {
			t.Errorf("%s does not say %q", p, words)
		}
	}
	if strings.Contains(string(f.files["places/kh-21/index.html"].Data), "data-cell") {
		t.Error("the page of a place without figures names a cell")
	}
}
