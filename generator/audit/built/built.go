// Package built reads a finished site and finds whatever says more than the ledger does.
//
// In: every file of the site, and the ledger. Out: findings. It knows no true figure and nothing of how pages are made: its rule is
// one that an outsider can follow. A number stands in an element that names its cell and says what the release shows for it, or
// in words that the release itself holds (words.go). Tables stand in the order that shown values give (order.go), drawings are
// measured (figure.go, drawing.go), and files other than pages are read by their kind (files.go, data.go, packed.go), downloads with the
// eyes of their release (download.go).
package built

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/card"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
)

// Audit reads a built site. name is the folder as diagnostics shall call it. own are folders of files that the theme and staff put
// there: a font or a picture, which cannot be read, must be one of them.
func Audit(site fs.FS, name string, l *ledger.Ledger, own []fs.FS, diags *diag.List) []audit.Finding {
	if l.Newest() == nil {
		return nil
	}
	s := newScan(l, newVocabulary(l))
	err := walk(site, func(p string, data []byte) {
		sum := sha256.Sum256(data)
		s.files[p] = data
		s.integrity["sha256-"+base64.StdEncoding.EncodeToString(sum[:])] = true
	})
	if err != nil {
		diags.Errorf(diag.Pos{File: name}, "built/unreadable", "build it again", "expected a built site: %v", err)
		return nil
	}
	if id := s.unpublished(); id != "" {
		s.found("data/"+id+"/"+ledger.Descriptor, "built-unpublished", nil, "the site shows a release that the ledger does not hold")
		return s.findings // every page would be one
	}
	for _, folder := range own {
		_ = walk(folder, func(p string, data []byte) { // a folder that cannot be read vouches for nothing
			sum := sha256.Sum256(data)
			s.own[sum] = append(s.own[sum], path.Base(p))
			if e := path.Ext(p); (e == ".css" || e == ".js") && !s.integrity["sha256-"+base64.StdEncoding.EncodeToString(sum[:])] {
				for _, part := range spokenCode.FindAllString(string(data), -1) {
					s.code.add(strings.Trim(part, "\"'`"))
				}
			}
		})
	}
	for _, p := range s.paths() {
		if path.Ext(p) == ".css" {
			s.classes = append(s.classes, classForm.FindAllString(string(s.files[p]), -1)...)
		}
	}
	s.sizes()
	for _, p := range s.paths() {
		s.file(p, s.files[p])
	}
	s.unlike()
	if s.pages == 0 {
		diags.Errorf(diag.Pos{File: name}, "built/empty", "name the folder that build made", "expected a built site, found no page")
	}
	return s.findings
}

// unpublished finds a release that the site has files of and the ledger has not: what build makes before publish. "" if there is none.
func (s *scan) unpublished() string {
	held := map[string]bool{"latest": true}
	for _, r := range s.ledger.Releases {
		held[r.Release.ID] = true
	}
	for _, w := range s.ledger.Withdrawn {
		held[w.Release.ID] = true
	}
	for _, p := range s.paths() {
		id, below := strings.CutPrefix(path.Dir(p), "data/")
		if below && path.Base(p) == "datapackage.json" && !strings.Contains(id, "/") && !held[id] {
			return id
		}
	}
	return ""
}

// walk gives every file of a folder.
func walk(fsys fs.FS, each func(p string, data []byte)) error {
	return fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, p)
		if err == nil {
			each(p, data)
		}
		return err
	})
}

// scan collects what a site says too much.
type scan struct {
	ledger       *ledger.Ledger
	release      *ledger.Release
	words        *vocabulary
	code         *vocabulary                       // and those of the theme's own stylesheets and scripts
	own          map[[32]byte][]string             // by hash, the names of what theme and staff put there
	files        map[string][]byte                 // the site, by path
	integrity    map[string]bool                   // what the pages may say of the bytes of a file
	classes      []string                          // of the stylesheets, each behind its dot
	placed       map[string]placed                 // filled by places
	shownNumbers map[string]map[string]bool        // filled by shownOf
	signsOf      map[string]map[ledger.Status]bool // filled by signs
	earlier      map[string]*scan                  // filled by asOf
	pages        int
	artist       *card.Artist // filled by picture
	findings     []audit.Finding

	// alike holds what must be the same wherever it stands: by what it is and by what it says, the places.
	alike map[string]map[string][]string
}

func newScan(l *ledger.Ledger, words *vocabulary) *scan {
	return &scan{
		ledger: l, release: l.Newest(), words: words, code: &vocabulary{map[string][]context{}, words}, own: map[[32]byte][]string{},
		files: map[string][]byte{}, integrity: map[string]bool{}, alike: map[string]map[string][]string{}, earlier: map[string]*scan{},
	}
}

func (s *scan) paths() []string { return slices.Sorted(maps.Keys(s.files)) }

func (s *scan) found(page, rule string, cells []string, format string, args ...any) {
	s.findings = append(s.findings, audit.Finding{Release: s.release.Release.ID, Table: page, Rule: rule, Cells: cells, Proof: fmt.Sprintf(format, args...)})
}

// says finds a number in a text that no words of the release give.
func (s *scan) says(p, where, text string) { s.saysIn(s.words, p, where, text) }

func (s *scan) saysIn(words *vocabulary, p, where, text string) {
	if run, around := words.unexplained(text); run != "" {
		s.found(p, "built-number", nil, "%s says %q in %q: no cell is named, and no words of the release say so", where, run, around)
	}
}

// same notes what something that has nothing to say about a figure says all the same.
func (s *scan) same(p, what, said string) {
	if s.alike[what] == nil {
		s.alike[what] = map[string][]string{}
	}
	s.alike[what][said] = append(s.alike[what][said], p)
}

// unlike finds what differs from its like. The most frequent is taken as what the theme means; where two are, neither.
func (s *scan) unlike() {
	for _, what := range slices.Sorted(maps.Keys(s.alike)) {
		places := s.alike[what]
		all := slices.Sorted(maps.Keys(places))
		slices.SortStableFunc(all, func(a, b string) int { return len(places[b]) - len(places[a]) })
		for i, said := range all {
			if len(all) == 1 || i == 0 && len(places[all[0]]) > len(places[all[1]]) {
				continue
			}
			other := all[0]
			if i == 0 {
				other = all[1]
			}
			for _, p := range slices.Compact(places[said]) {
				s.found(p, "built-unlike", nil, "%s is %q here and %q elsewhere: what differs may tell a figure", what, said, other)
			}
		}
	}
}

// name looks at a path: its numbers must be words of the release, or the hash of the file's own bytes.
func (s *scan) name(words *vocabulary, p string, data []byte) {
	sum := sha256.Sum256(data)
	rest := strings.ReplaceAll(p, hex.EncodeToString(sum[:]), "")
	if rest == "404.html" || strings.HasSuffix(rest, "/404.html") {
		return
	}
	if run, _ := words.unexplained(rest); run != "" {
		s.found(p, "built-name", nil, "the path says %q: no words of the release say so, and it is not the hash of the file", run)
	}
}
