package personal

import (
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ccpcr/impact/generator/diag"
)

// stories are the pages in a folder stories of a language. Each tells of somebody who agreed to it, for a time.
type stories struct {
	today string
	seen  map[string]*section // by language
}

// section is the stories of one language.
type section struct {
	first string   // a file of it
	index bool     // it has a page of its own
	live  int      // stories that may be built
	ended []string // the others
}

// asked are the keys that a story must have, with what each says.
var asked = []struct{ key, says string }{
	{"consent", "the id under which the consent is kept"},
	{"consent_expires", "the last day on which the story may be shown"},
	{"reviewer", "the initials or the role of whoever checked that nobody can be recognised"},
}

// read looks at a page below content and says whether it is a story.
func (s *stories) read(p string, g *page) bool {
	parts := strings.Split(p, "/")
	if len(parts) < 3 || parts[1] != "stories" {
		return false
	}
	in := s.seen[parts[0]]
	if in == nil {
		in = &section{first: p}
		s.seen[parts[0]] = in
	}
	if len(parts) == 3 && strings.HasPrefix(parts[2], "_index.") {
		in.index = true
		return false
	}
	if path.Base(p) != "index.md" && path.Ext(p) != ".md" {
		return true // it belongs to a story
	}
	for _, a := range asked {
		if n := g.keys[a.key]; n == nil || n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" || n.Tag == "!!null" {
			g.reporter.Errorf(diag.Pos{File: g.file, Line: 1}, "story/consent", "add  "+a.key+": …  ("+a.says+"); without it the story cannot be shown",
				"expected the key %q in the front matter of a story", a.key)
		}
	}
	until := g.keys["consent_expires"]
	switch {
	case until == nil:
	case !isDay(until.Value):
		g.reporter.Errorf(g.pos(until), "story/date", "write year-month-day, such as 2026-06-30", "expected a day")
	case until.Value < s.today:
		g.reporter.Warnf(g.pos(until), "story/expired", "ask for consent again and write the new day, or delete the story; already published copies must go as well",
			"expected consent that lasts: it has ended, so the story is not built")
		if path.Base(p) == "index.md" {
			p = path.Dir(p) + "/**"
		}
		in.ended = append(in.ended, p)
		return true
	}
	in.live++
	return true
}

// leave lists what must not be built. A section without a story that may be shown goes as a whole: it would be an empty page.
func (s *stories) leave(name string, diags *diag.List) []string {
	var all []string
	for language, in := range s.seen {
		if in.live == 0 {
			all = append(all, language+"/stories/**")
			continue
		}
		if all = append(all, in.ended...); !in.index {
			file := path.Join(name, language, "stories", "_index.md")
			diags.Errorf(diag.Pos{File: file}, "story/no-index", "write it, with a title in this language and a sentence on how stories come about", "expected a page that introduces the stories")
		}
	}
	slices.Sort(all)
	return all
}
