package built

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"path"
	"regexp"
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
			s.says(p, "an element's name", t.Name.Local)
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
					if !slices.Contains(namespaces, a.Value) && (!sheet || !vocabularyOfSheets.MatchString(a.Value)) {
						s.says(p, "a namespace", a.Value)
					}
					if !sheet {
						s.says(p, "an attribute's name", a.Name.Local)
					}
					continue
				}
				s.says(p, "an attribute's name", a.Name.Local)
				switch {
				case !sheet || t.Name.Local == "sheet" && a.Name.Local == "name":
					s.datum(rec, a.Value)
				case slices.Contains(signedBy[a.Name.Local], a.Value):
				case !slices.Contains(laidOut, a.Name.Local) && !partForm.MatchString(strings.TrimPrefix("xl/"+a.Value, "xl//")):
					s.says(p, "the attribute "+a.Name.Local, a.Value)
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
		case xml.ProcInst:
			if t.Target != "xml" || !declaration.MatchString(string(t.Inst)) {
				s.found(p, "built-unknown", nil, "the file holds an instruction")
			}
		case xml.Directive:
			s.found(p, "built-unknown", nil, "the file holds a declaration")
		case xml.CharData:
			text := strings.TrimSpace(string(t))
			if text == "" {
				continue
			}
			if sheet && index(open) {
				if at, err := strconv.Atoi(text); err != nil || at < 0 || at >= len(shared) {
					s.found(p, "built-number", nil, "a box of the sheet names the text %q, which the workbook does not have", text)
				} else if shared[at] != "" {
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

// laidOut are attributes of a workbook that lay its sheets out, or number its parts.
var laidOut = strings.Fields("r s t ref min max width height ht ySplit xSplit topLeftCell count uniqueCount sheetId Id id rgb indexed val sz " +
	"numFmtId fontId fillId borderId xfId builtinId workbookViewId fitToHeight fitToWidth paperSize top bottom left right header footer " +
	"applyAlignment applyBorder applyFill applyFont applyNumberFormat defaultRowHeight showGridLines customWidth customHeight fitToPage quotePrefix wrapText patternType")

// signedBy are what the program that writes workbooks says of itself, the same in all of them.
var signedBy = map[string][]string{
	"Ignorable": {"c14 cdr14 a14 pic14 x14 xdr14 x14ac dsp mso14 dgm14 x15 x12ac x15ac xr xr2 xr3 xr4 xr5 xr6 xr7 xr8 xr9 xr10 xr11 xr12 xr13 xr14 xr15 x15 x16 x16r2 mo mx mv o v", "x15"},
	"uid":       {"{00000000-0001-0000-0000-000000000000}"}, "type": {"dcterms:W3CDTF"}, "theme": {"1"}, "indent": {"1"},
	"defaultPivotStyle": {"PivotStyleLight16"}, "defaultTableStyle": {"TableStyleMedium2"}, "lastEdited": {"6"}, "lowestEdited": {"6"}, "rupBuild": {"14420"},
	"defaultThemeVersion": {"164011"}, "xWindow": {"0"}, "yWindow": {"0"}, "windowWidth": {"14805"}, "windowHeight": {"8010"}, "calcId": {"122211"},
}

// partForm is how the parts of a workbook are called.
var partForm = regexp.MustCompile(`^(?:\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app)\.xml|xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet[1-9]\.xml|xl/theme/theme1\.xml)$`)

// vocabularyOfSheets is a namespace of the standard for workbooks, as its makers number them.
var vocabularyOfSheets = regexp.MustCompile(`^http://(?:schemas\.(?:microsoft|openxmlformats)\.(?:com|org)/|purl\.org/dc/|www\.w3\.org/2001/XMLSchema-instance$)`)

// declaration is how an XML file begins.
var declaration = regexp.MustCompile(`^version="1\.0" encoding="(?i:utf-8)"(?: standalone="(?:yes|no)")?$`)

// tight says whether a zip is its parts and nothing else: nothing before, between or behind them, no extra fields, no times.
func tight(z *zip.Reader, data []byte) bool {
	all := 22 + len(z.Comment)
	for _, f := range z.File {
		newYear := f.ModifiedDate == 0 || f.ModifiedDate == 1<<5|1
		if len(f.Extra) > 0 || f.ModifiedTime != 0 || !newYear || f.ExternalAttrs != 0 {
			return false
		}
		all += 30 + 46 + 2*len(f.Name) + len(f.Comment) + int(f.CompressedSize64)
		if f.Flags&8 != 0 {
			all += 16 // sum and sizes behind the part
		}
	}
	return all == len(data)
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
	if !tight(z, data) {
		s.found(p, "built-unknown", nil, "the zip holds more than its parts")
	}
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
	for name := range parts {
		if workbook && !partForm.MatchString(name) {
			s.found(p, "built-unknown", nil, "the workbook has the part %q", name)
		}
	}
	shared := sharedTexts(parts["xl/sharedStrings.xml"])
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		at, part := p+"/"+name, parts[name]
		switch {
		case strings.HasSuffix(name, "/"), s.fromLedger(part):
			s.says(at, "the name", name)
		case !workbook && s.besideIt(p, name, part):
			s.says(at, "the name", name)
		case workbook && name == "xl/theme/theme1.xml":
			s.same(p, "the theme of workbooks", string(part))
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
