package built

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// largestPacked is how much of one packed file is read: no download is nearly as large.
const largestPacked = 64 << 20

// xmlWords gathers texts and attributes.
func xmlWords(data []byte) map[string]bool {
	words := map[string]bool{}
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if err != nil {
			return words // what is no XML is found where it is read
		}
		switch t := token.(type) {
		case xml.StartElement:
			for _, a := range t.Attr {
				words[a.Value] = true
			}
		case xml.CharData:
			words[strings.TrimSpace(string(t))] = true
		}
	}
}

// xml reads texts, attributes and comments. Of a workbook it reads what cells hold, row by row, and the names of sheets, not how they are
// laid out. shared are the texts that its sheets have in common, which are read where they stand as well.
func (s *scan) xml(p string, data []byte, words map[string]bool, shared []string) {
	rec := s.newRecord(p, words)
	book, _, sheet := strings.Cut(p, ".xlsx/")
	if sheet {
		maps.Copy(rec.numbers, s.newRecord(book+".xlsx", nil).numbers)
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = true
	var open []xml.StartElement
	var boxes []sheetBox
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			s.found(p, "built-unknown", nil, "the file is no XML: %v", err)
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			open = append(open, t.Copy())
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" && (!sheet || t.Name.Local == "sheet" && a.Name.Local == "name") {
					s.datum(rec, a.Value)
				}
			}
		case xml.EndElement:
			if sheet && t.Name.Local == "row" {
				s.row(rec, boxes)
				boxes = nil
			}
			open = open[:len(open)-1]
		case xml.Comment:
			s.says(p, "a comment", string(t))
		case xml.CharData:
			text := strings.TrimSpace(string(t))
			if text == "" {
				continue
			}
			if sheet && index(open) {
				if at, err := strconv.Atoi(text); err == nil && at >= 0 && at < len(shared) && shared[at] != "" {
					boxes = append(boxes, sheetBox{shared[at], false})
				}
				continue
			}
			if sheet && len(open) > 0 && open[len(open)-1].Name.Local == "f" {
				s.found(p, "built-number", nil, "the sheet has a formula: what it gives cannot be read")
			}
			if sheet && withinRow(open) {
				boxes = append(boxes, sheetBox{text, open[len(open)-1].Name.Local == "v"})
				continue
			}
			s.datum(rec, text)
		}
	}
}

func withinRow(open []xml.StartElement) bool {
	return slices.ContainsFunc(open, func(e xml.StartElement) bool { return e.Name.Local == "row" })
}

// sharedTexts are those that the sheets of a workbook name by their place.
func sharedTexts(data []byte) []string {
	var read struct {
		Items []struct {
			Text string   `xml:"t"`
			Runs []string `xml:"r>t"`
		} `xml:"si"`
	}
	_ = xml.Unmarshal(data, &read) // what is no XML is found where it is read
	var texts []string
	for _, item := range read.Items {
		texts = append(texts, strings.TrimSpace(item.Text+strings.Join(item.Runs, "")))
	}
	return texts
}

// index says whether a sheet's cell holds the place of a text among all texts, which are read where they stand.
func index(open []xml.StartElement) bool {
	if len(open) < 2 || open[len(open)-1].Name.Local != "v" {
		return false
	}
	return slices.ContainsFunc(open[len(open)-2].Attr, func(a xml.Attr) bool { return a.Name.Local == "t" && a.Value == "s" })
}

// packed reads what a zip holds, a workbook among them: its sheets speak of whatever any part of it names.
func (s *scan) packed(p string, data []byte) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		s.found(p, "built-unknown", nil, "the file is no zip: %v", err)
		return
	}
	s.says(p, "a comment", z.Comment)
	parts, words := map[string][]byte{}, map[string]bool{}
	for _, f := range z.File {
		s.says(p, "a comment", f.Comment)
		part, err := unpack(f)
		if _, twice := parts[f.Name]; err != nil || twice {
			s.found(p, "built-unknown", nil, "a part is broken, too large, or there twice")
			continue
		}
		parts[f.Name] = part
		maps.Copy(words, xmlWords(part))
	}
	workbook := path.Ext(p) == ".xlsx"
	shared := sharedTexts(parts["xl/sharedStrings.xml"])
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		at, part := p+"/"+name, parts[name]
		switch {
		case strings.HasSuffix(name, "/"), s.fromLedger(part):
		case !workbook && s.besideIt(p, name, part):
			s.says(at, "the name", name)
		case workbook && (name == "xl/styles.xml" || strings.HasPrefix(name, "xl/theme/")):
		case workbook && path.Ext(name) == ".xml":
			s.xml(at, part, words, shared)
		case path.Ext(name) == ".html":
			s.page(at, part)
		default:
			if !workbook {
				s.says(at, "the name", name)
			}
			s.content(at, part)
		}
	}
}

// unpack reads one part of a zip.
func unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	part, err := io.ReadAll(io.LimitReader(r, largestPacked+1))
	if len(part) > largestPacked {
		err = errors.New("too large")
	}
	return part, err
}

// besideIt says whether a part of a zip is a file that stands beside the zip, byte for byte, and is read there. Zips have a folder of
// their own around all that they hold.
func (s *scan) besideIt(p, name string, part []byte) bool {
	_, name, _ = strings.Cut(name, "/")
	file, ok := s.files[path.Join(path.Dir(p), name)]
	return ok && bytes.Equal(file, part)
}

// fromLedger says whether a file is one of the ledger's, byte for byte.
func (s *scan) fromLedger(data []byte) bool {
	for _, r := range s.ledger.Releases {
		for _, file := range r.Files {
			if bytes.Equal(file, data) {
				return true
			}
		}
	}
	return false
}
