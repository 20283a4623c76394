package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"

	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v3"
)

// translate gives every text of a codebook that lacks a language the text of another one, as somebody does who translates later.
func translate(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) == 3, "usage: translate CODEBOOK FROM TO")
	dir, from, to := ts.MkAbs(args[0]), args[1], args[2]
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	ts.Check(err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		ts.Check(err)
		var doc yaml.Node
		ts.Check(yaml.Unmarshal(data, &doc))
		inBoth(&doc, from, to)
		data, err = yaml.Marshal(&doc)
		ts.Check(err)
		ts.Check(os.WriteFile(file, data, 0o644))
	}
	lists, err := filepath.Glob(filepath.Join(dir, "lists", "*.csv"))
	ts.Check(err)
	for _, file := range lists {
		data, err := os.ReadFile(file)
		ts.Check(err)
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		ts.Check(err)
		at := slices.Index(rows[0], from)
		for i, row := range rows {
			cell := row[at]
			if i == 0 {
				cell = to
			}
			rows[i] = append(row, cell)
		}
		var out bytes.Buffer
		ts.Check(csv.NewWriter(&out).WriteAll(rows))
		ts.Check(os.WriteFile(file, out.Bytes(), 0o644))
	}
}

func inBoth(n *yaml.Node, from, to string) {
	if n.Kind == yaml.MappingNode {
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == from && n.Content[i+1].Kind == yaml.ScalarNode {
				n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: to}, n.Content[i+1])
				return
			}
		}
	}
	for _, c := range n.Content {
		inBoth(c, from, to)
	}
}
