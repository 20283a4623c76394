package search

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

func page(language, kind, title, text string) *fstest.MapFile {
	return &fstest.MapFile{Data: fmt.Appendf(nil, `<html lang="%s"><head><meta name="impact:kind" content="%s"></head><body><nav><p>Menu</p></nav>
		<main><h1>%s</h1><p>%s</p><table><tr><th scope="col">Place</th></tr><tr><th scope="row">Kampot</th><td>15</td></tr></table><p>Said everywhere</p>
		<svg><text>drawn</text></svg></main></body></html>`, language, kind, title, text)}
}

func site() fstest.MapFS {
	s := fstest.MapFS{
		"search/index.html":    {Data: []byte(`<html lang="en"><head><meta name="impact:search" content=""></head><main><h1>Search</h1></main></html>`)},
		"km/search/index.html": {Data: []byte(`<html lang="km"><head><meta name="impact:search" content=""></head><main><h1>X</h1></main></html>`)},
		"index.html":           page("en", "Home", "Welcome", "First"),
		"km/index.html":        page("km", "Y", "ទំព័រ", "អត្ថបទ"),
		"embed/x/index.html":   {Data: []byte(`<html lang="en"><main><h1>Frame</h1></main></html>`)},
		"404.html":             page("en", "None", "Lost", "Nothing"),
	}
	for i := range 9 {
		s[fmt.Sprintf("p/%d/index.html", i)] = page("en", "Pages", fmt.Sprint("Page ", string(rune('a'+i))), fmt.Sprint("Text ", string(rune('a'+i))))
	}
	return s
}

func readBack(t *testing.T, s fstest.MapFS, name string) map[string]Page {
	t.Helper()
	made, err := Index(s)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Pages []Page }
	if err := json.Unmarshal(made[name], &file); err != nil {
		t.Fatal(err)
	}
	all := map[string]Page{}
	for _, p := range file.Pages {
		all[p.Path] = p
	}
	return all
}

func TestAnIndexHoldsThePagesOfItsLanguageAndWhatTellsThemApart(t *testing.T) {
	s := site()
	all := readBack(t, s, "search/index.json")
	if len(all) != 10 {
		t.Errorf("%d pages: %v", len(all), all)
	}
	if p := all["p/2/"]; p.Title != "Page c" || p.Kind != "Pages" || strings.Join(p.Texts, "|") != "Text c" {
		t.Errorf("%+v", p)
	}
	if p := all[""]; p.Title != "Welcome" || strings.Join(p.Texts, "|") != "First" {
		t.Errorf("%+v", p)
	}
	if all := readBack(t, s, "km/search/index.json"); len(all) != 1 || all["km/"].Title != "ទំព័រ" {
		t.Errorf("%+v", all)
	}
}

func TestAPageThatIsGoneIsGoneFromTheIndex(t *testing.T) {
	s := site()
	delete(s, "p/2/index.html")
	made, err := Index(s)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(made["search/index.json"]), "Page c") || strings.Contains(string(made["search/index.json"]), "p/2") {
		t.Error("something of it is left")
	}
}
