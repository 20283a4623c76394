package personal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/personal"
)

const today = "2026-05-01"

// read gives what Pages finds in the pages of a site, as line, column and code, and what it leaves out.
func read(t *testing.T, files map[string]string) (found, leave []string) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var diags diag.List
	leave, err := personal.Pages(fsys, "content", today, personal.New(theCodebook(t)), &diags)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags.Sorted() {
		found = append(found, fmt.Sprintf("%s:%d:%d %s", strings.TrimPrefix(d.File, "content/"), d.Line, d.Col, d.Code))
	}
	return found, leave
}

func TestAFindingInAPageHasThePlaceThatAnEditorShows(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"Khmer before it":       {"ទូរសព្ទ​៖ ០១២ ៣៤៥ ៦៧៨\n", "en/a.md:1:11 personal/phone"},
		"no front matter":       {"a\n\nDV 009 went home", "en/a.md:3:1 personal/case"},
		"carriage returns":      {"---\r\ntitle: A\r\n---\r\nA\r\nthe DV 009\r\n", "en/a.md:5:5 personal/case"},
		"byte order mark":       {"\ufeff---\ntitle: A\n---\nmail a@example.org\n", "en/a.md:4:6 personal/email"},
		"in the front matter":   {"---\ntitle: A\ndescription: DV 009\n---\n", "en/a.md:3:14 personal/case"},
		"in a comment of HTML":  {"<!-- Sok Dara -->\n", "en/a.md:1:6 personal/name"},
		"across two lines":      {"met Sok\nDara there\n", "en/a.md:1:5 personal/name"},
		"behind another":        {"DV 009, DV 010\n", "en/a.md:1:1 personal/case en/a.md:1:9 personal/case"},
		"digits of Khmer codes": {"DV ០០៩\n", "en/a.md:1:1 personal/case"},
	} {
		t.Run(name, func(t *testing.T) {
			if found, _ := read(t, map[string]string{"en/a.md": c.text}); strings.Join(found, " ") != c.want {
				t.Errorf("got %q, want %s", found, c.want)
			}
		})
	}
}

func TestWhatIsOursInTheFrontMatterIsNotReadAsPersonal(t *testing.T) {
	found, leave := read(t, map[string]string{
		"en/stories/_index.md": "---\ntitle: Stories\n---\n",
		"en/stories/a.md":      "---\ntitle: A\nconsent: DV-2026-014\nconsent_expires: 2026-05-01\nreviewer: Sok Dara\n---\nA bridge.\n",
	})
	if len(found)+len(leave) > 0 {
		t.Errorf("found %q, left out %q", found, leave)
	}
}

func TestOnlyStoriesWithLastingConsentAreBuilt(t *testing.T) {
	story := func(until string) string {
		return "---\ntitle: A\nconsent: C1\nconsent_expires: " + until + "\nreviewer: AG\n---\nA bridge.\n"
	}
	const index = "---\ntitle: Stories\n---\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"none":           {map[string]string{"en/about/a.md": "A"}, nil},
		"one of two":     {map[string]string{"en/stories/_index.md": index, "en/stories/a.md": story("2026-05-01"), "en/stories/b.md": story("2026-04-30")}, []string{"en/stories/b.md"}},
		"a folder":       {map[string]string{"en/stories/_index.md": index, "en/stories/a.md": story("2026-05-01"), "en/stories/b/index.md": story("2020-01-01")}, []string{"en/stories/b/**"}},
		"the last":       {map[string]string{"en/stories/_index.md": index, "en/stories/b.md": story("2026-04-30")}, []string{"en/stories/**"}},
		"only an index":  {map[string]string{"km/stories/_index.md": index}, []string{"km/stories/**"}},
		"each language":  {map[string]string{"en/stories/_index.md": index, "en/stories/a.md": story("2027-01-01"), "km/stories/_index.md": index, "km/stories/a.md": story("2026-01-01")}, []string{"km/stories/**"}},
		"another folder": {map[string]string{"en/about/stories/a.md": "A"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			found, leave := read(t, c.files)
			if !slices.Equal(leave, c.want) {
				t.Errorf("left out %q, want %q; found %q", leave, c.want, found)
			}
		})
	}
}
