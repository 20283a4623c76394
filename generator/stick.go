package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/stick"
)

const stickHelp = `usage: impact stick [FILE] [flags]

Packs the site in --out as a zip, FILE or impact-site.zip, for places without a connection: unpacked on a USB stick or any
folder, START.html opens it in a browser. Build the site first.

Example:
    impact build
    impact stick
`

// packStick writes the zip of a built site.
func packStick(e *env) error {
	descriptor, err := os.ReadFile(filepath.Join(e.out, "data", "latest", ledger.Descriptor))
	if err != nil {
		return usageError{"expected a built site in " + typed(e.out) + "; impact build makes it"}
	}
	var told ledger.Package
	if err := json.Unmarshal(descriptor, &told); err != nil {
		e.diags.Errorf(diag.Pos{File: filepath.ToSlash(filepath.Join(e.out, "data", "latest", ledger.Descriptor))}, "built/unreadable", "build it again",
			"expected a built site: %v", err)
		return errBadInput
	}
	name := "impact-site.zip"
	if len(e.args) > 0 {
		name = e.args[0]
	}
	var b bytes.Buffer
	if err := stick.Pack(os.DirFS(e.out), told.Organisation.Address, &b); err != nil {
		return err
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		return err
	}
	e.say("packed %s into %s, %d kB", typed(e.out), typed(name), b.Len()/1000)
	return nil
}
