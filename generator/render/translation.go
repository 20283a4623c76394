package render

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// checked is how much of a part of a language's texts a native reader has checked.
type checked struct {
	Part  string `json:"part"`  // the key of its name
	Share string `json:"share"` // per cent
}

// translation tells of every language, by its code, in the language of the view.
func (v view) translation() map[string][]checked {
	var codes []string
	for _, l := range v.Languages {
		codes = append(codes, l.Code)
	}
	var tree any
	_ = json.Unmarshal(v.Files[ledger.Descriptor], &tree) // the ledger has read it
	all := map[string][]checked{}
	for _, l := range v.Languages {
		share := func(part string, texts []string) checked {
			return checked{part, v.Int(l.Share(texts))}
		}
		all[l.Code] = []checked{
			share("translation-words", slices.Collect(maps.Values(l.Words))),
			share("translation-data", lang.Texts(tree, codes, l.Code)),
		}
	}
	return all
}
