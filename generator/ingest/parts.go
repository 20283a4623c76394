package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// wellFormed reads the parts of a workbook to their ends. excelize passes over much: it takes a part that breaks off for one that ends,
// puts cells out of order into wrong columns, and shows the number of a text that is not there.
func wellFormed(z *zip.Reader) error {
	texts, highest := 0, -1
	for _, entry := range z.File {
		p := &part{name: entry.Name, highest: -1}
		if err := p.read(entry); errors.Is(err, errTooLarge) {
			return err
		} else if err != nil {
			return fmt.Errorf("its part %s is not as it should be", entry.Name)
		}
		texts, highest = texts+p.texts, max(highest, p.highest)
	}
	if highest >= texts {
		return errBroken
	}
	return nil
}

// part is one XML file of a workbook while it is looked through.
type part struct {
	name    string
	root    string
	open    []string // elements that are open
	row     int
	col     int
	shared  bool // the present cell holds the number of a shared text
	highest int  // such number
	texts   int  // shared texts
}

var errPart = errors.New("not as it should be")

func (p *part) read(entry *zip.File) error {
	file, err := unpack(entry)
	if err != nil {
		return err
	}
	defer file.Close()
	if path.Ext(entry.Name) != ".xml" {
		_, err := io.Copy(io.Discard, file)
		return err
	}
	decoder := xml.NewDecoder(&shortText{from: file})
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) && len(p.open) == 0 && p.root != "" {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			err = p.begin(token)
		case xml.EndElement:
			if len(p.open) == 0 || p.open[len(p.open)-1] != token.Name.Local {
				return errPart
			}
			p.open = p.open[:len(p.open)-1]
		case xml.CharData:
			err = p.text(string(token))
		}
		if err != nil {
			return err
		}
	}
}

func (p *part) begin(e xml.StartElement) error {
	name := e.Name.Local
	if p.root == "" {
		p.root = name
	}
	if p.open = append(p.open, name); len(p.open) > 100 {
		return errPart
	}
	sheet := path.Dir(p.name) == "xl/worksheets"
	switch {
	case sheet && p.root != "worksheet":
		return errPart
	case p.root == "sst" && name == "si":
		p.texts++
	case sheet && name == "row":
		p.row, p.col = p.row+1, 0
		for _, a := range e.Attr {
			if a.Name.Local == "r" {
				n, err := strconv.Atoi(a.Value)
				if err != nil || n < p.row {
					return errPart
				}
				p.row = n
			}
		}
	case sheet && name == "c":
		p.col, p.shared = p.col+1, false
		for _, a := range e.Attr {
			switch a.Name.Local {
			case "r":
				col, row, err := excelize.CellNameToCoordinates(a.Value)
				if err != nil || row != p.row || col < p.col {
					return errPart
				}
				p.col = col
			case "s":
				if _, err := strconv.ParseUint(a.Value, 10, 31); err != nil {
					return errPart
				}
			case "t":
				p.shared = a.Value == "s"
			}
		}
	}
	return nil
}

// text remembers the number of a shared text.
func (p *part) text(s string) error {
	if !p.shared || len(p.open) == 0 || p.open[len(p.open)-1] != "v" {
		return nil
	}
	n, err := strconv.ParseUint(s, 10, 31)
	p.highest = max(p.highest, int(n))
	return err
}

// shortText refuses text that runs on for long without a tag: a cell holds at most 32767 characters.
type shortText struct {
	from io.Reader
	run  int
}

func (s *shortText) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	if last := bytes.LastIndexByte(p[:n], '<'); last >= 0 {
		s.run = n - last
	} else if s.run += n; s.run > maxLine {
		return 0, errTooLarge
	}
	return n, err
}
