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
	Part     string `json:"part"` // the key of its name
	Reviewed string `json:"reviewed"`
	All      string `json:"all"`
}

func (v view) translation() []checked {
	share := func(part string, texts []string) checked {
		n, all := v.Share(texts)
		return checked{part, v.Int(n), v.Int(all)}
	}
	var codes []string
	for _, l := range v.Languages {
		codes = append(codes, l.Code)
	}
	var tree any
	_ = json.Unmarshal(v.Files[ledger.Descriptor], &tree) // the ledger has read it
	return []checked{
		share("translation-words", slices.Collect(maps.Values(v.Words))),
		share("translation-data", lang.Texts(tree, codes, v.Code)),
	}
}
