package personal

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/ccpcr/impact/generator/diag"
)

// page is a text that staff wrote, with what its front matter says.
type page struct {
	file     string // as diagnostics call it
	text     string
	keys     map[string]*yaml.Node // of the front matter
	lines    map[string][2]int     // of each key: its first line, and the first behind it
	allowed  []allowed
	reporter *diag.List
}

// allowed is a text that looks personal and may stand, such as the telephone number of the office.
type allowed struct {
	text string
	at   diag.Pos
	used bool
}

// unread are the keys of the front matter whose values are ours: the id of a consent looks like the code of a case.
var unread = []string{"consent", "consent_expires", "reviewer", "allowed", "date", "weight"}

// Pages reads every page below content/<language>, reports what looks personal, and says what must not be built: stories whose
// consent has ended by today, as paths below fsys, with /** behind a folder. Without a detector only stories are looked at, as
// when the site is built from the ledger alone: what pages may say was checked when they were written.
func Pages(fsys fs.FS, name, today string, d *Detector, diags *diag.List) (leave []string, err error) {
	s := stories{today: today, seen: map[string]*section{}}
	err = fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !slices.Contains([]string{".md", ".markdown", ".html", ".htm", ".txt", ".csv", ".json"}, strings.ToLower(path.Ext(p))) {
			return err
		}
		data, err := fs.ReadFile(fsys, p)
		if err != nil {
			return err
		}
		g := &page{file: path.Join(name, p), text: string(data), keys: map[string]*yaml.Node{}, lines: map[string][2]int{}, reporter: diags}
		if !g.frontMatter() {
			return nil
		}
		story := s.read(p, g)
		if d != nil {
			g.scan(d, story)
		}
		return nil
	})
	return s.leave(name, diags), err
}

// frontMatter reads what stands between two lines of --- and says whether it could be read.
func (g *page) frontMatter() bool {
	text := strings.TrimPrefix(strings.ReplaceAll(g.text, "\r\n", " \n"), "\ufeff")
	if strings.HasPrefix(text, "+++") || strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "{{") && path.Ext(g.file) != ".json" {
		g.bad(1, "in another form")
		return false
	}
	rest, ok := strings.CutPrefix(text, "---")
	if !ok {
		return true
	}
	head, _, ok := strings.Cut(rest, "\n---")
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(head), &doc); !ok || err != nil {
		g.bad(1, "none that ends or can be read")
		return false
	}
	if len(doc.Content) == 0 {
		return true
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		g.bad(top.Line, "no keys")
		return false
	}
	end := strings.Count(head, "\n") + 2
	for i := len(top.Content) - 2; i >= 0; i -= 2 {
		k := top.Content[i]
		g.keys[k.Value], g.lines[k.Value] = top.Content[i+1], [2]int{k.Line, end}
		end = k.Line
	}
	if n := g.keys["allowed"]; n != nil {
		g.allowances(n)
	}
	return true
}

func (g *page) bad(line int, found string) {
	g.reporter.Errorf(diag.Pos{File: g.file, Line: line}, "page/front-matter", "write keys and values in YAML between two lines of ---", "expected front matter in YAML, found %s", found)
}

func (g *page) pos(n *yaml.Node) diag.Pos { return diag.Pos{File: g.file, Line: n.Line, Col: n.Column} }

// allowances reads what may stand in the page although it looks personal, each with its reason.
func (g *page) allowances(n *yaml.Node) {
	var all []struct{ Text, Why string }
	if n.Decode(&all) != nil || len(all) != len(n.Content) || slices.ContainsFunc(all, func(a struct{ Text, Why string }) bool {
		return strings.TrimSpace(a.Text) == "" || strings.TrimSpace(a.Why) == ""
	}) {
		g.reporter.Errorf(g.pos(n), "page/allowed", "write each as  - {text: 012 345 678, why: telephone of the office}", "expected a list of texts under allowed, each with its reason")
		return
	}
	for i, a := range all {
		g.allowed = append(g.allowed, allowed{text: key(a.Text), at: g.pos(n.Content[i])})
	}
}

// scan reports what looks personal. In a story nothing makes the code of a case good.
func (g *page) scan(d *Detector, story bool) {
	for _, f := range d.Text(g.masked()) {
		if g.allows(f) && (!story || f.Code != "personal/case") {
			continue
		}
		hint := "take it out; what is meant for the public, such as a contact of staff, may stand under  allowed  in the front matter with its reason"
		if story && f.Code == "personal/case" {
			hint = "take it out, and give the person another name: beside a story it leads to the file"
		}
		g.reporter.Cell(strings.TrimSpace(g.text[f.Start:f.End])).Errorf(g.place(f), f.Code, hint, "expected no personal data: the text looks like %s", f.Looks)
	}
	for _, a := range g.allowed {
		if !a.used {
			g.reporter.Errorf(a.at, "page/allowed", "take it out of the list", "expected each text under allowed to stand in the page and to look personal")
		}
	}
}

func (g *page) allows(f Finding) bool {
	found := key(strings.Trim(g.text[f.Start:f.End], " \n\t.,;:()[]<>\"'"))
	good := false
	for i, a := range g.allowed {
		if strings.Contains(a.text, found) {
			g.allowed[i].used, good = true, true
		}
	}
	return good
}

// masked is the text with blanks for what is not to be read, byte for byte.
func (g *page) masked() string {
	b := []byte(g.text)
	line := 1
	for i, c := range b {
		if c == '\n' {
			line++
			continue
		}
		for _, k := range unread {
			if l, ok := g.lines[k]; ok && l[0] <= line && line < l[1] {
				b[i] = ' '
			}
		}
	}
	return string(b)
}

// place is where a finding begins as an editor shows it.
func (g *page) place(f Finding) diag.Pos {
	start := f.Start + len(g.text[f.Start:f.End]) - len(strings.TrimLeft(g.text[f.Start:f.End], " \n\t(,.;:"))
	before := g.text[:start]
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return diag.Pos{File: g.file, Line: strings.Count(before, "\n") + 1, Col: diag.Column(line, len(line)+1)}
}

// isDay says whether a text is a day as the front matter writes it.
func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
