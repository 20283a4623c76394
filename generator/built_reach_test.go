package main

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/card"
	"github.com/ccpcr/impact/generator/geography"
)

// redrawn is a card whose words are others, drawn as the build draws it.
func redrawn(t *testing.T, png []byte, places []geography.Shape, change func(*card.Words)) string {
	t.Helper()
	w, err := card.Read(png)
	if err != nil {
		t.Fatal(err)
	}
	change(&w)
	var face card.Face
	for name, to := range map[string]*[]byte{"400": &face.Regular, "700": &face.Bold} {
		if *to, err = os.ReadFile("../site/assets/fonts/noto-sans-khmer-" + name + ".woff2"); err != nil {
			t.Fatal(err)
		}
	}
	artist, err := card.NewArtist(face)
	if err != nil {
		t.Fatal(err)
	}
	artist.Map = places
	again, ok, err := artist.Draw(w)
	if err != nil || !ok {
		t.Fatal(err)
	}
	return string(again)
}

// retold is a card that is drawn as it was and says other words, with a chunk that is whole.
func retold(t *testing.T, png []byte, from, to string) string {
	t.Helper()
	at := bytes.Index(png, []byte("iTXt"))
	length := int(binary.BigEndian.Uint32(png[at-4:]))
	chunk := bytes.Replace(png[at:at+4+length], []byte(from), []byte(to), 1)
	if bytes.Equal(chunk, png[at:at+4+length]) {
		t.Fatalf("the card does not say %q", from)
	}
	out := binary.BigEndian.AppendUint32(slices.Clone(png[:at-4]), uint32(len(chunk)-4))
	out = binary.BigEndian.AppendUint32(append(out, chunk...), crc32.ChecksumIEEE(chunk))
	return string(append(out, png[at+8+length:]...))
}

// TestWhatIsMadeForFindingAndSharingIsRead changes pictures for links, indexes, frames and what stands about translations.
func TestWhatIsMadeForFindingAndSharingIsRead(t *testing.T) {
	f := realFinished(t)
	text := func(p string) string {
		if f.files[p] == nil {
			t.Fatalf("no file %s", p)
		}
		return string(f.files[p].Data)
	}
	replaced := func(p, from, to string) [2]string {
		if !strings.Contains(text(p), from) {
			t.Fatalf("%s does not say %q", p, from)
		}
		return [2]string{p, strings.Replace(text(p), from, to, 1)}
	}
	const picture, aPlace, index, page, other = "cards/en/indicators/admitted.png", "cards/en/places/kh-20.png", "km/search/index.json", "indicators/admitted/index.html", "about/translation/index.html"
	drawn := func(change func(*card.Words)) [2]string {
		return [2]string{picture, redrawn(t, f.files[picture].Data, nil, change)}
	}
	_, places := f.ledger.Newest().Places()
	place := func(change func(*card.Words)) [2]string {
		return [2]string{aPlace, redrawn(t, f.files[aPlace].Data, places, change)}
	}
	for what, c := range map[string][2]string{
		"another value in a picture":          drawn(func(w *card.Words) { w.Figure = "211" }),
		"another value in its sentence":       drawn(func(w *card.Words) { w.Text = strings.Replace(w.Text, "210", "211", 1) }),
		"a value in its title":                drawn(func(w *card.Words) { w.Title += " 7" }),
		"a value in its foot":                 drawn(func(w *card.Words) { w.Foot += " · 7" }),
		"the value of another cell":           drawn(func(w *card.Words) { w.Cell = "opening/2010" }),
		"a value of no cell":                  drawn(func(w *card.Words) { w.Cell = "" }),
		"a picture in another colour":         drawn(func(w *card.Words) { w.Accent = "#0B5079" }),
		"another place on a map":              place(func(w *card.Words) { w.Place = "KH-12" }),
		"a value beside a map":                place(func(w *card.Words) { w.Text += " · 7" }),
		"a map that is not its words":         {aPlace, retold(t, []byte(place(func(w *card.Words) { w.Place = "KH-12" })[1]), "KH-12", "KH-20")},
		"a picture in no language":            drawn(func(w *card.Words) { w.Language = "fr" }),
		"words that are not the picture's":    {picture, retold(t, f.files[picture].Data, "New admissions", "New arrivals")},
		"a picture that is not its words":     {picture, retold(t, []byte(drawn(func(w *card.Words) { w.Title = "Old admissions" })[1]), "Old admissions", "New admissions")},
		"a picture without words":             {picture, strings.Replace(text(picture), "iTXt", "iTXu", 1)},
		"a word in an index":                  replaced(index, `"texts":["`, `"texts":["7 `),
		"a title in an index":                 replaced(index, `"title":"`, `"title":"7 `),
		"a kind in an index":                  replaced(index, `"kind":"`, `"kind":"7 `),
		"a page that is not there":            replaced(index, `"path":"km/about/`, `"path":"km/above/`),
		"one more key in an index":            replaced(index, `{"path":`, `{"boys":7,"path":`),
		"part of a number in an index":        replaced("search/index.json", `"210 people were admitted`, `"10 people were admitted`),
		"an index behind an index":            {index, text(index) + text(index)},
		"another height of a frame":           replaced(page, `height=&#34;480&#34;`, `height=&#34;485&#34;`),
		"another width of a frame":            replaced(page, `width=&#34;100%&#34;`, `width=&#34;57%&#34;`),
		"a value in the title of a frame":     replaced(page, `title=&#34;New admissions`, `title=&#34;New admissions 7`),
		"a value in the address of a frame":   replaced(page, `/embed/admitted-sex-year/&#34;`, `/embed/admitted-sex-year/?n=7&#34;`),
		"a frame with something in it":        replaced(page, `&gt;&lt;/iframe`, `&gt;7&lt;/iframe`),
		"one more attribute of a frame":       replaced(page, `loading=&#34;lazy`, `data-n=&#34;7`),
		"a frame's page of another value":     replaced("embed/admitted-province-year/index.html", `data-cell="admitted/2010">210<`, `data-cell="admitted/2010">211<`),
		"another share that is checked":       replaced(other, `Checked: 0 per cent`, `Checked: 7 per cent`),
		"another size of pictures":            replaced(page, `property="og:image:width" content="1200"`, `property="og:image:width" content="1207"`),
		"the size of pictures somewhere else": replaced(page, `property="og:image:width" content="1200"`, `property="og:image" content="1200"`),
		"a number in a manifest":              replaced("manifest.webmanifest", `"name": "`, `"name": "7 `),
		"a number in the worker":              {"worker.js", text("worker.js") + `;"7 boys"`},
		"a number in a sitemap":               replaced("km/sitemap.xml", `<url>`, `<url><priority>7</priority>`),
	} {
		found := f.audit(t, map[string]string{c[0]: c[1]})
		if !slices.ContainsFunc(found, func(x audit.Finding) bool { return strings.HasPrefix(x.Table, c[0]) }) {
			t.Errorf("%s: not found in %s: %v", what, c[0], found)
		}
	}
}
