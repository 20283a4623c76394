package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/mojibake"
)

const fixEncodingHelp = `usage: impact fix-encoding FILE

Mends text that was decoded wrongly once, such as Khmer that shows as αž€αž˜. Writes a copy beside the file and leaves the file
alone. Where a letter cannot be told any more, the copy holds the mark � (U+FFFD): type the letter in its place.

Example:
    impact fix-encoding data/exports/2026-Q1/movements.csv
`

func fixEncoding(e *env) error {
	if len(e.args) != 1 {
		return usageError{"expected one file, such as: impact fix-encoding data/exports/2026-Q1/movements.csv"}
	}
	name := e.args[0]
	at := diag.Pos{File: filepath.ToSlash(name)}
	data, err := os.ReadFile(name)
	if err != nil {
		return usageError{fmt.Sprintf("expected a readable file: %v", err)}
	}
	text, bare := bytes.CutPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(text) {
		e.diags.Errorf(at, "csv/encoding", "open it in the program that wrote it and save it as 'CSV UTF-8'", "expected UTF-8 text, found the bytes of another encoding")
		return errBadInput
	}
	mended, restored, lost := mojibake.Mend(string(text))
	if restored+lost == 0 {
		e.say("nothing to mend: no text in %s was decoded wrongly", typed(name))
		return nil
	}
	if bare {
		mended = "\ufeff" + mended
	}
	ext := filepath.Ext(name)
	copied := strings.TrimSuffix(name, ext) + ".mended" + ext
	file, err := os.OpenFile(copied, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return usageError{fmt.Sprintf("%s is there already: look at it, then delete or rename it", typed(copied))}
	}
	if err != nil {
		return err
	}
	if _, err := file.WriteString(mended); err != nil {
		return errors.Join(err, file.Close(), os.Remove(copied))
	}
	if err := file.Close(); err != nil {
		return err
	}
	e.say("wrote %s: %d letters mended, %d lost and marked with �", typed(copied), restored, lost)
	if lost > 0 {
		e.next("type the lost letters, then put the copy in the place of %s", typed(name))
	} else {
		e.next("look at it, then put it in the place of %s", typed(name))
	}
	return nil
}
