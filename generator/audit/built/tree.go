package built

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/ledger"
)

// node is an element of an XML file of a standard that is known here.
type node struct {
	name     string // without its namespace
	attrs    []xml.Attr
	text     string
	children []*node
	parent   *node
	comments []string
}

// tree reads a file as nodes below one without a name. What is neither element, text nor comment is an error.
func tree(data []byte) (*node, error) {
	top := &node{}
	at := top
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return top, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			child := &node{name: t.Name.Local, attrs: t.Copy().Attr, parent: at}
			at.children = append(at.children, child)
			at = child
		case xml.EndElement:
			at = at.parent
		case xml.CharData:
			at.text += string(t)
		case xml.Comment:
			top.comments = append(top.comments, string(t))
		case xml.ProcInst:
			if t.Target != "xml" || string(t.Inst) != `version="1.0" encoding="UTF-8"` {
				return nil, errors.New("it holds an instruction")
			}
		default:
			return nil, errors.New("it holds a declaration")
		}
	}
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all gives the children of a name.
func (n *node) all(name string) []*node {
	var found []*node
	if n != nil {
		for _, c := range n.children {
			if c.name == name {
				found = append(found, c)
			}
		}
	}
	return found
}

// one gives the first child of a name, or nil.
func (n *node) one(name string) *node {
	if found := n.all(name); len(found) > 0 {
		return found[0]
	}
	return nil
}

// each visits a node and everything below it.
func (n *node) each(visit func(n *node)) {
	visit(n)
	for _, c := range n.children {
		c.each(visit)
	}
}

// standard reads a file that begins as one of a standard that is known here, against the release that its folder names. It says
// false of any other file.
func (s *scan) standard(p string, data []byte) bool {
	top, err := tree(data)
	if err != nil || len(top.children) != 1 {
		return false // what is no XML is found where any file is read
	}
	var read func(o *scan, p string, root *node)
	switch top.children[0].name {
	case "iati-activities":
		read = (*scan).iati
	case "feed":
		read = (*scan).feed
	default:
		return false
	}
	s.through(s.asOf(p), func(then *scan) {
		for _, c := range top.comments {
			then.says(p, "a comment", c)
		}
		then.says(p, "the text", top.text)
		top.each(func(n *node) {
			then.says(p, "an element's name", n.name)
			for _, a := range n.attrs {
				then.says(p, "an attribute's name", a.Name.Local)
			}
		})
		read(then, p, top.children[0])
	})
	return true
}

// asOf is the scan as it was when the release that a path names was the newest.
func (s *scan) asOf(p string) *scan {
	rest, _ := strings.CutPrefix(p, "data/")
	id, _, _ := strings.Cut(rest, "/")
	return s.when(id)
}

// frozenIn gives the release that a page for a frame stands frozen in, if its path names one; pages have paths in small letters.
func (s *scan) frozenIn(p string) string {
	parts := strings.Split(p, "/")
	at := slices.Index(parts, "embed")
	if at < 0 || at > 1 || len(parts) != at+4 {
		return ""
	}
	for _, r := range s.ledger.Releases {
		if strings.ToLower(r.Release.ID) == parts[at+1] {
			return r.Release.ID
		}
	}
	return ""
}

// when is the scan as it was when a release was the newest; it is this one where there is no such release.
func (s *scan) when(id string) *scan {
	i := slices.IndexFunc(s.ledger.Releases, func(r *ledger.Release) bool { return r.Release.ID == id })
	if i < 0 || s.ledger.Releases[i] == s.release {
		return s
	}
	if s.earlier[id] == nil {
		then := &ledger.Ledger{Releases: s.ledger.Releases[:i+1], Withdrawn: s.ledger.Withdrawn}
		o := newScan(then, newVocabulary(then))
		o.own, o.files, o.integrity, o.classes, o.alike = s.own, s.files, s.integrity, s.classes, s.alike
		s.earlier[id] = o
	}
	return s.earlier[id]
}

// through looks at something with the eyes of an earlier release, whose findings become this scan's.
func (s *scan) through(then *scan, look func(then *scan)) {
	before := len(then.findings)
	look(then)
	if then != s {
		s.findings = append(s.findings, then.findings[before:]...)
	}
}
