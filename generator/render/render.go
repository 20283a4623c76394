// Package render turns a release into what Hugo assembles.
//
// In: the ledger. Out: files for Hugo's work folder: finished strings for every language, HTML fragments with tables and
// drawings, the words of the interface, the stylesheet of scripts and brand, and the downloads. It reads shown values only;
// every sentence, order, length and axis is a function of them.
package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/download"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// Files of Hugo's work folder, by path.
type Files map[string][]byte

// Site is all that is needed to assemble a website.
type Site struct {
	Release   string // its id
	Published bool
	Address   string
	Title     string           // in the default language
	Languages []*lang.Language // the default first
	Files     Files
}

// All renders the newest release of a ledger, with the files to take away of every release, of which those that are dear are kept.
func All(l *ledger.Ledger, pencil *Pencil, kept cache.Folder) (*Site, error) {
	r := l.Newest()
	address, err := url.Parse(r.Organisation.Address)
	if err != nil {
		return nil, err
	}
	base := address.Path // "/", or the folder that the site stands in
	taken, err := download.All(l, kept)
	if err != nil {
		return nil, err
	}
	pages := &figures{}
	files := Files{"assets/impact/script.css": []byte(stylesheet(r))}
	for i, language := range r.Languages {
		v := newView(r, language, base, i)
		site, err := v.site(pages)
		if err != nil {
			return nil, fmt.Errorf("render %s: %w", language.Code, err)
		}
		site.Editions = v.editions(l)
		if err := v.freeze(l, site, pages); err != nil {
			return nil, fmt.Errorf("render frozen figures %s: %w", language.Code, err)
		}
		v.files(site, taken)
		if site.Feeds, err = v.feeds(site.Editions, files); err != nil {
			return nil, fmt.Errorf("render %s: %w", language.Code, err)
		}
		if site.Linked, err = v.linked(site); err != nil {
			return nil, fmt.Errorf("render %s: %w", language.Code, err)
		}
		if err := v.citations(site, files); err != nil {
			return nil, fmt.Errorf("render %s: %w", language.Code, err)
		}
		site.Accent, site.Translation, site.Language.Alike = r.Organisation.Brand.Accent, v.translation(), language.Alike
		if site.Cards, err = v.cards(site, files, pencil.Easel); err != nil {
			return nil, fmt.Errorf("render cards %s: %w", language.Code, err)
		}
		if files["data/impact/"+language.Code+".json"], err = encode(site); err != nil {
			return nil, err
		}
		if files["i18n/"+language.Code+".json"], err = encode(language.Words); err != nil {
			return nil, err
		}
	}
	if err := pages.finish(files, pencil); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	for name, data := range taken {
		files["static/data/"+name] = data
	}
	return &Site{
		Release: r.Release.ID, Published: r.Release.Date != "", Address: r.Organisation.Address,
		Title: r.Organisation.Name[r.Languages[0].Code], Languages: r.Languages, Files: files,
	}, nil
}

func encode(x any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(x)
	return b.Bytes(), err
}
