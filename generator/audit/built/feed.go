package built

import (
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// namespaces of a feed, a sheet or a sitemap, whose names have numbers.
var namespaces = []string{"http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml", "http://purl.org/dc/elements/1.1/", "http://www.sitemaps.org/schemas/sitemap/0.9"}

// feed reads an Atom feed. Its days are the ledger's: those of the release that an entry's id ends with. A value names the release and
// the cell that say so, and stands behind what that cell is called.
func (s *scan) feed(p string, root *node) {
	i := slices.IndexFunc(s.release.Languages, func(l *lang.Language) bool { return l.Locale == root.attr("lang") || root.attr("lang") == "" })
	if i < 0 {
		s.found(p, "built-language", nil, "the feed is in no language of the release")
		return
	}
	language := s.release.Languages[i]
	root.each(func(n *node) {
		text := strings.TrimSpace(n.text)
		switch {
		case n.name == "updated" || n.name == "published":
			days := s.daysOf("")
			if n.parent.name == "entry" {
				days = s.daysOf(path.Base(n.parent.one("id").textOf()))
			}
			if !slices.Contains(days, strings.TrimSuffix(text, "T00:00:00Z")) {
				s.found(p, "built-number", nil, "%s is %q, the ledger has %q", n.name, text, days)
			}
		case n.attr("data-shown") != "":
			s.once(p, language, n.attr("data-shown"), text)
			if name := strings.TrimSpace(n.parent.one("b").textOf()); !slices.Contains(s.called(n.attr("data-shown"), language), name) {
				s.found(p, "built-cell", nil, "what %s shows is called %q", n.attr("data-shown"), name)
			}
		default:
			s.plainly(p, "the text", text)
		}
		for _, a := range n.attrs {
			if a.Name.Local != "data-shown" && !slices.Contains(namespaces, a.Value) {
				s.plainly(p, "the attribute "+a.Name.Local, a.Value)
			}
		}
	})
}

// daysOf are the days on which a release, or any of them, was published or withdrawn.
func (s *scan) daysOf(release string) []string {
	var all []string
	for _, r := range s.ledger.Releases {
		if release == "" || r.Release.ID == release {
			all = append(all, r.Release.Date)
		}
	}
	for _, w := range s.ledger.Withdrawn {
		if release == "" || w.Release.ID == release {
			all = append(all, w.Release.Date, w.Withdrawn)
		}
	}
	return all
}

// called is what a cell of a release is called there, and what its successor calls it.
func (s *scan) called(name string, l *lang.Language) []string {
	id, cell, _ := strings.Cut(name, " ")
	i := slices.IndexFunc(s.ledger.Releases, func(r *ledger.Release) bool { return r.Release.ID == id })
	if i < 0 {
		return nil
	}
	var names []string
	for _, r := range s.ledger.Releases[max(0, i-1):min(len(s.ledger.Releases), i+2)] {
		names = append(names, r.InWords(cell, l.Code))
	}
	return names
}

// plainly looks at a text of a file in which no number stands alone: what a release holds as a code is no word of such a file.
func (s *scan) plainly(p, where, text string) {
	if number := plain(text); wholeNumber.MatchString(number) && !year(number, 0, len(number)) {
		s.found(p, "built-number", nil, "%s is %s, and no cell is named", where, number)
		return
	}
	s.says(p, where, s.withoutAddress(text))
}
