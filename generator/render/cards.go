package render

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/card"
	"github.com/ccpcr/impact/generator/geography"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// Easel draws cards. It reads the fonts only for a card that the cache does not have.
type Easel struct {
	faces   []card.Face
	shapes  []geography.Shape
	version string // of the fonts, of the map and of the way cards are drawn, part of every cache key
	kept    cache.Folder

	artist *card.Artist
	Drawn  int // cards drawn
	Cached int // cards taken from the cache
}

// NewEasel makes an easel with the fonts of the languages' scripts and the map of the release, and keeps finished cards in a folder.
func NewEasel(faces []card.Face, shapes []geography.Shape, kept cache.Folder) *Easel {
	h := sha256.New()
	fmt.Fprintln(h, card.Version, shapes)
	for _, f := range faces {
		fmt.Fprintf(h, "%x %x\n", sha256.Sum256(f.Regular), sha256.Sum256(f.Bold))
	}
	return &Easel{faces: faces, shapes: shapes, version: hex.EncodeToString(h.Sum(nil)), kept: kept}
}

// draw gives the picture of a card, or nothing where the fonts lack a character of it.
func (e *Easel) draw(w card.Words) ([]byte, error) {
	png, kept, err := e.kept.Make([]any{e.version, w}, func() (png []byte, err error) {
		if e.artist == nil {
			if e.artist, err = card.NewArtist(e.faces...); err != nil {
				return nil, err
			}
			e.artist.Map = e.shapes
		}
		png, _, err = e.artist.Draw(w)
		return png, err
	})
	if kept {
		e.Cached++
	} else if png != nil {
		e.Drawn++
	}
	return png, err
}

// picture is a card as pages name it.
type picture struct {
	File string `json:"file"` // below the folder of the site
	Alt  string `json:"alt"`
}

// cards draws the pictures of the main pages: home, results, programmes, places and indicators, by the path of the page. Every
// place has one, whatever the figures say.
func (v view) cards(s *site, files Files, easel *Easel) (map[string]picture, error) {
	made := map[string]picture{}
	if easel == nil || !s.Release.Published {
		return made, nil // nobody shares a draft
	}
	release := v.Word("release") + " " + s.Release.ID
	put := func(path string, w card.Words) error {
		w.Language, w.Name, w.Accent = v.Locale, s.Organisation.Short, v.Organisation.Brand.Accent
		if w.Foot == "" {
			w.Foot = release
		}
		png, err := easel.draw(w)
		if err != nil || png == nil {
			return err
		}
		file := "cards/" + v.Code + path + ".png"
		files["static/"+file] = png
		made[path] = picture{file, w.Alt()}
		return nil
	}
	if err := put("/home", card.Words{Title: s.Organisation.Mission}); err != nil {
		return nil, err
	}
	for _, p := range s.Periods {
		if err := put("/results/"+p.ID, card.Words{Kind: v.Word("results"), Title: v.say("results-of", "period", p.Title)}); err != nil {
			return nil, err
		}
	}
	for _, p := range s.Programmes {
		if err := put("/programmes/"+p.ID, card.Words{Kind: v.Word("programmes"), Title: p.Title, Text: p.Summary}); err != nil {
			return nil, err
		}
	}
	if s.Places != nil {
		for _, p := range s.Places.All {
			if err := put("/"+p.Path, card.Words{Kind: s.Places.Title, Title: p.Title, Text: p.Part, Place: p.ID}); err != nil {
				return nil, err
			}
		}
	}
	for i := range v.Indicators {
		ind := &v.Indicators[i]
		w := card.Words{Kind: v.Word("kind-" + ind.Kind), Title: ind.Title[v.Code], Text: ind.Definition[v.Code]}
		if period, id, value, ok := v.newest(ind.ID); ok {
			w.Cell, w.Figure = id, v.text(value)
			w.Text = lang.Fill(ind.Sentence[v.Code], map[string]string{"value": w.Figure, "period": v.period(period)})
			w.Foot = v.period(period) + " · " + release
		}
		if err := put("/indicators/"+ind.ID, w); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// newest is the newest total of an indicator that is a number or a small one.
func (v view) newest(indicator string) (period, id string, value ledger.Value, ok bool) {
	for _, p := range v.periodsOf(indicator) {
		id, value, ok := v.total(indicator, p)
		if ok && (value.Status() == ledger.IsNumber || value.Status() == ledger.Small) {
			return p, id, value, true
		}
	}
	return "", "", ledger.Value{}, false
}
