package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/begin"
)

const initHelp = `usage: impact init DIR [--name NAME] [--languages CODES] [--calendar MONTH] [--geography FILE] [flags]

Begins another organisation in DIR, which must be empty or absent: a codebook with every key explained, two years of invented exports
that fit it, and a site folder. It builds at once. Change one file at a time; impact check names what does not fit yet.

    --name NAME        of the organisation
    --languages CODES  the default first (default: en). Words of %s come along; another language begins with
                       English words, and check asks for their translation
    --calendar MONTH   in which a year begins, 1 to 12 (default: 1). From 2 on a year is named after the one in which it ends;
                       write 7:start where it is named after the one in which it starts
    --geography FILE   a map of the places where you work: GeoJSON with an outline for each and a property such as code or
                       name. The site then has a map and a page for each place; without it there is none, and all else works

Example:
    impact init lighthouse --name "Lighthouse for Children" --languages "en,km" --calendar 7
    impact init valley --geography provinces.geojson
`

// initFlags are those of init alone.
func initFlags(e *env, fs *flag.FlagSet) {
	e.begin = begin.Options{Languages: []string{"en"}, Starts: 1}
	fs.StringVar(&e.begin.Name, "name", "", "")
	fs.StringVar(&e.geography, "geography", "", "")
	fs.Func("languages", "", func(codes string) error {
		e.begin.Languages = strings.Split(codes, ",")
		return nil
	})
	fs.Func("calendar", "", func(text string) error {
		month, named, told := strings.Cut(text, ":")
		n, err := strconv.Atoi(month)
		if err != nil || n < 1 || n > 12 || told && named != "start" && named != "end" {
			return errors.New("expected a month, 1 to 12, such as 7, or 7:start")
		}
		e.begin.Starts, e.begin.NamedEnd = n, n > 1 && named != "start" || named == "end"
		return nil
	})
}

func initialise(e *env) error {
	if len(e.args) != 1 {
		return usageError{"expected a folder, such as: impact init lighthouse"}
	}
	if err := e.begin.Check(); err != nil {
		return usageError{err.Error()}
	}
	dir := e.args[0]
	e.begin.ID = strings.Trim(odd.ReplaceAllString(strings.ToLower(filepath.Base(dir)), "-"), "-")
	if err := unused(dir); err != nil {
		return err
	}
	if e.geography != "" {
		data, err := os.ReadFile(e.geography)
		if err != nil {
			return usageError{"--geography: " + err.Error()}
		}
		if e.begin.Map, err = begin.NewMap(data, e.geography, e.begin.Languages); err != nil {
			return usageError{"--geography: " + err.Error()}
		}
	}
	if err := begin.Write(dir, e.begin); err != nil {
		return err
	}
	e.say("began an organisation in %s: every figure in it is invented, until you put your own exports there", typed(dir))
	if borrowed := e.begin.Borrowed(); len(borrowed) > 0 {
		e.say("  %s did not come along: pages and texts begin in another language; translate data/codebook/languages/%s first",
			strings.Join(borrowed, ", "), borrowed[0])
	}
	if e.begin.Map != nil {
		e.say("  %d places and their map come from %s: data/codebook/lists/province.csv names them; say in lists.yaml whose map it is", e.begin.Map.Len(), typed(e.geography))
	}
	e.next("cd %s, then impact serve to look at it; README.md there says what to change first", typed(dir))
	return nil
}

// odd is what an id may not hold.
var odd = regexp.MustCompile(`[^a-z0-9]+`)

// unused refuses a folder that holds something.
func unused(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usageError{err.Error()}
	}
	if len(entries) > 0 {
		return usageError{fmt.Sprintf("expected %s to be empty or absent: name another folder", typed(dir))}
	}
	return nil
}
