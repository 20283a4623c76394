package site

import (
	"os"
	"path/filepath"

	"github.com/ccpcr/impact/generator/card"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/search"
)

// Faces are the fonts of the languages' scripts, for cards. One that is not there is told by Build.
func Faces(languages []*lang.Language, site string) (all []card.Face) {
	for _, l := range languages {
		if l.Font == nil {
			continue
		}
		regular, err := os.ReadFile(filepath.Join(site, "assets", "fonts", l.Font.Regular))
		bold, err2 := os.ReadFile(filepath.Join(site, "assets", "fonts", l.Font.Bold))
		if err == nil && err2 == nil {
			all = append(all, card.Face{Regular: regular, Bold: bold})
		}
	}
	return all
}

// addSearch writes the index of each search page beside it.
func addSearch(folder string) error {
	indexes, err := search.Index(os.DirFS(folder))
	if err != nil {
		return err
	}
	for name, data := range indexes {
		if err := write(filepath.Join(folder, filepath.FromSlash(name)), data); err != nil {
			return err
		}
	}
	return nil
}
