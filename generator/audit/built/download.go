package built

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// download looks at a file below data/<release>/ or data/latest/. Those that the ledger has must be the ledger's; the folder of its tables
// holds no other. Whatever else stands there is read with the eyes of its release. It says false where the folder is that of no release
// but a page's, or the file stands in none.
func (s *scan) download(p, rest string, data []byte) (done bool) {
	id, rest, inside := strings.Cut(rest, "/")
	if !inside {
		return false
	}
	for _, w := range s.ledger.Withdrawn {
		if id == w.Release.ID && rest == ledger.Tomb && bytes.Equal(data, w.File) {
			return true
		}
	}
	r := s.release
	if id != "latest" {
		i := slices.IndexFunc(s.ledger.Releases, func(r *ledger.Release) bool { return r.Release.ID == id })
		if i < 0 {
			s.found(p, "built-download", nil, "the file belongs to no release of the ledger")
			return true
		}
		r = s.ledger.Releases[i]
	}
	mine, ok := r.Files[rest]
	switch {
	case ok && bytes.Equal(data, mine):
	case ok:
		s.found(p, "built-download", nil, "the file differs from the ledger's %s/%s", r.Release.ID, rest)
	case strings.HasPrefix(rest, "tables/"):
		s.found(p, "built-download", nil, "the ledger's %s has no such file", r.Release.ID)
	default:
		s.through(s.asOf(p), func(then *scan) {
			then.name(then.words, p, data)
			then.content(p, data)
		})
	}
	return true
}

// sizes allows what a page may say of the size of a download, behind its format.
func (s *scan) sizes() {
	for p, data := range s.files {
		if !strings.HasPrefix(p, "data/") || path.Ext(p) == ".html" {
			continue
		}
		formats := []string{strings.ToUpper(strings.TrimPrefix(path.Ext(p), "."))}
		if path.Base(path.Dir(p)) == "hxl" {
			formats[0] = "HXL"
		}
		word, n := "size-b", len(data)
		if n >= 1000 {
			word, n = "size-kb", (n+999)/1000
		}
		for _, l := range s.release.Languages {
			s.words.add(formats[0] + " " + lang.Fill(l.Word(word), map[string]string{"n": l.Int(int64(n))}))
		}
	}
}

// describes looks at an object that names a file beside its own, with size and hash: they must be the file's. It gives what else the
// object says.
func (s *scan) describes(p string, x map[string]any) map[string]any {
	name, _ := x["path"].(string)
	hash, hashed := x["hash"].(string)
	size, sized := x["bytes"].(json.Number)
	data, ok := s.files[path.Join(path.Dir(p), name)]
	if !ok || !hashed || !sized {
		return x
	}
	sum := sha256.Sum256(data)
	if size.String() != strconv.Itoa(len(data)) || hash != "sha256:"+hex.EncodeToString(sum[:]) {
		s.found(p, "built-download", nil, "the size or hash of %s is another", name)
	}
	rest := map[string]any{}
	for key, item := range x {
		if key != "hash" && key != "bytes" {
			rest[key] = item
		}
	}
	return rest
}

// coded says whether something is a code of the release with what it is called, or a row of such codes and nothing else.
func (s *scan) coded(x any) bool {
	switch x := x.(type) {
	case []any:
		for _, item := range x {
			text, isText := item.(string)
			if isText && text != cell.Total && !s.isCode(text, nil) || !isText && !s.coded(item) {
				return false
			}
		}
		return true
	case map[string]any:
		id, _ := x["id"].(string)
		if value, ok := x["value"].(string); ok && id == "" {
			id = value
		}
		labels, _ := x["labels"].(map[string]any)
		if labels == nil {
			labels, _ = x["label"].(map[string]any)
		}
		for key, item := range x {
			switch key {
			case "id", "value":
				if item != id {
					return false
				}
			case "labels":
			case "label":
				if _, all := item.(map[string]any); !all && item != labels[s.release.Languages[0].Code] || all && x["labels"] != nil {
					return false
				}
			default:
				return false
			}
		}
		return labels != nil && (id == cell.Total || s.isCode(id, labels))
	}
	return false
}

// isCode says whether a list of the release has a code, called so in every language where labels are given.
func (s *scan) isCode(id string, labels map[string]any) bool {
	for i := range s.release.Lists {
		code := s.release.Lists[i].Code(id)
		if code == nil {
			continue
		}
		same := true
		for language, label := range labels {
			text, isText := label.(string)
			want, has := code.Label[language]
			same = same && isText && has && plain(text) == plain(want)
		}
		if same {
			return true
		}
	}
	return false
}
