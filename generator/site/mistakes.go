package site

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
)

// mistake is a line in which Hugo names a file, a line and a column: of a page or a layout that fails, or of a layout that it cannot
// even read.
var (
	mistake = regexp.MustCompile(`(?m)^ERROR (?:.*?)"([^"\n]+):([0-9]+):([0-9]+)": (.*)$`)
	unread  = regexp.MustCompile(`(?m)^(?:Error: )?error building site: (?:.*?)"([^"\n]+):([0-9]+):([0-9]+)": (.*)$`)
	within  = regexp.MustCompile(`template: ([^:\s]+):([0-9]+)(?::([0-9]+))?: (.*)$`)
)

// mistakes reports what Hugo says about files and says whether it said anything.
func (o Options) mistakes(text string, diags *diag.List) bool {
	found := mistake.FindAllStringSubmatch(text, -1)
	if found == nil {
		found = unread.FindAllStringSubmatch(text, -1)
	}
	for _, m := range found {
		file, line, col, msg := m[1], number(m[2]), number(m[3]), m[4]
		if in := within.FindStringSubmatch(msg); in != nil && filepath.Ext(file) == ".html" { // Hugo names the layout around it
			if layout := o.layout(in[1]); layout != "" {
				file, line, col, msg = layout, number(in[2]), number(in[3]), in[4]
			}
		}
		if data, err := os.ReadFile(file); err == nil {
			if lines := strings.Split(string(data), "\n"); line >= 1 && line <= len(lines) {
				col = diag.Column(lines[line-1], col)
			}
		}
		at := diag.Pos{File: o.asNamed(file), Line: line, Col: col}
		if o.ofTheme(file) {
			diags.Errorf(at, "theme/mistake", "mend the layout and build again", "expected a layout that can be run: %s", msg)
		} else {
			diags.Errorf(at, "page/mistake", "mend the page and build again", "expected a page that can be made: %s", msg)
		}
	}
	return len(found) > 0
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// layout finds the file of a layout that Hugo names by the end of its path, or "".
func (o Options) layout(name string) (file string) {
	root := filepath.Join(themeDir(o.Site), "layouts")
	_ = filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasSuffix(filepath.ToSlash(p), "/"+name) && (file == "" || len(p) < len(file)) {
			file = p
		}
		return nil
	})
	return file
}

// asNamed gives a file of the site folder, or of the theme beside it, the name that the caller knows it by.
func (o Options) asNamed(file string) string {
	for _, dir := range []string{o.Site, themeDir(o.Site)} {
		abs, err := filepath.Abs(dir)
		if rel, ok := strings.CutPrefix(file, abs); err == nil && ok && dir != "" {
			return filepath.ToSlash(filepath.Join(dir, rel))
		}
	}
	return filepath.ToSlash(file)
}

// ofTheme says whether a file is one of the theme's, the embedded one included.
func (o Options) ofTheme(file string) bool {
	abs, err := filepath.Abs(o.Site)
	return err == nil && !strings.HasPrefix(file, abs)
}
