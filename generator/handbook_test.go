package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var updateHandbook = flag.Bool("update-handbook", false, "write what the commands of the handbook print today into both handbooks")

// A handbook is Markdown. In a block of console, what stands behind "$ " is typed and the lines below it are the answer; a line "…" is
// any number of lines; a block without a command quotes the answer before. What staff do by hand in between stands in comments:
// edit FILE OLD NEW, write FILE TEXT; git begins version control, and a place to push to.
var (
	codeBlock    = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")
	byStaff      = regexp.MustCompile(`(?m)^<!-- (edit|write|git)\b ?(.*) -->$`)
	prompt       = regexp.MustCompile(`(?m)^\$ (.*)\n`)
	place        = regexp.MustCompile(`(?m)^[^ ].*?: error: `)
	anyLines     = regexp.MustCompile(`(?m)^…\n`)
	argument     = regexp.MustCompile(`(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+`)
	headingLevel = regexp.MustCompile(`(?m)^(#+) `)
)

func handbook(t *testing.T, language string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "docs", "handbook."+language+".md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestEveryCommandOfTheHandbookAnswersAsItSays(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("staff commit with git, which is not here")
	}
	text := handbook(t, "en")
	steps := slices.Concat(codeBlock.FindAllStringSubmatchIndex(text, -1), byStaff.FindAllStringSubmatchIndex(text, -1))
	slices.SortFunc(steps, func(a, b []int) int { return a[0] - b[0] })
	d := desk{T: t, dir: t.TempDir()}
	now := map[string]string{}
	for _, at := range steps {
		kind, body := text[at[2]:at[3]], text[at[4]:at[5]]
		switch kind {
		case "edit", "write", "git":
			d.byHand(kind, body)
		case "console":
			now[body] = d.typed(body)
			if !*updateHandbook && now[body] != body {
				t.Errorf("the handbook says\n%s\nand it is\n%s\n(go test ./generator -run Handbook -update-handbook)", body, now[body])
			}
		}
	}
	if !*updateHandbook {
		return
	}
	for _, language := range []string{"en", "km"} {
		text := codeBlock.ReplaceAllStringFunc(handbook(t, language), func(b string) string {
			m := codeBlock.FindStringSubmatch(b)
			if answer, ok := now[m[2]]; ok {
				return "```" + m[1] + "\n" + answer + "```"
			}
			return b
		})
		if err := os.WriteFile(filepath.Join("..", "docs", "handbook."+language+".md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Both say the same: the same headings in the same order, the same commands, answers and examples.
func TestTheHandbooksStayInStep(t *testing.T) {
	en, km := handbook(t, "en"), handbook(t, "km")
	for _, part := range []struct {
		name string
		of   *regexp.Regexp
	}{{"level of heading", headingLevel}, {"block", codeBlock}, {"step of staff", byStaff}, {"command or path", regexp.MustCompile("`[^`\n]+`")}} {
		a, b := part.of.FindAllString(en, -1), part.of.FindAllString(km, -1)
		if part.name == "command or path" { // sentences may name them in another order
			slices.Sort(a)
			slices.Sort(b)
			a, b = slices.Compact(a), slices.Compact(b)
		}
		for i := range max(len(a), len(b)) {
			if i >= len(a) || i >= len(b) || a[i] != b[i] {
				t.Errorf("%s %d differs: en has %d, km has %d; en: %q, km: %q", part.name, i+1, len(a), len(b), nth(a, i), nth(b, i))
				break
			}
		}
	}
	if intro, _, _ := strings.Cut(km, "\n## "); !strings.Contains(intro, "Not yet reviewed by a native speaker") {
		t.Error("the Khmer handbook does not say on top that nobody has reviewed it yet")
	}
}

func nth(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return ""
}

// desk is where somebody works through the handbook: a folder, and what the last command answered.
type desk struct {
	*testing.T
	dir, answer string
}

// typed runs the commands of a block and gives the block with the answers of today; an answer that still fits stays as it is told.
func (d *desk) typed(body string) string {
	said := prompt.Split(body, -1)
	commands := prompt.FindAllStringSubmatch(body, -1)
	out := said[0]
	if out != "" && !strings.Contains(d.answer, out) {
		out = d.quotes(out)
	}
	for i, c := range commands {
		d.answer = d.run(c[1])
		out += c[0]
		if tells(said[i+1]).FindString(d.answer) == d.answer {
			out += said[i+1]
		} else {
			out += d.answer
		}
	}
	return out
}

// quotes gives the messages of the last answer that stand at the same places as those of a block.
func (d *desk) quotes(block string) string {
	var out strings.Builder
	for _, at := range place.FindAllString(block, -1) {
		message := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(at) + `.*\n(?:    .*\n)*`)
		out.WriteString(message.FindString(d.answer))
	}
	return out.String()
}

// tells gives the answers that a text of the handbook stands for.
func tells(text string) *regexp.Regexp {
	return regexp.MustCompile(anyLines.ReplaceAllString(regexp.QuoteMeta(text), `(?:.*\n)*`))
}

func (d *desk) run(line string) string {
	args := argument.FindAllString(line, -1)
	for i, arg := range args {
		args[i] = strings.NewReplacer("'", "", `"`, "").Replace(arg)
	}
	program, env := args[0], os.Environ()
	switch {
	case line == "impact serve": // it ends when it is told to: serve_test.go does
		return "the site is at http://localhost:8808 until you press Ctrl-C\n"
	case program == "cd":
		d.dir = filepath.Join(d.dir, args[1])
		return ""
	case program == "impact":
		self, err := os.Executable()
		if err != nil {
			d.Fatal(err)
		}
		program, env = self, append(env, "IMPACT_AS_COMMAND=1")
	}
	cmd := exec.Command(program, args[1:]...)
	cmd.Dir, cmd.Env = d.dir, env
	answer, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		d.Fatal(err)
	}
	return string(answer)
}

// byHand does what staff do without a command.
func (d *desk) byHand(kind, rest string) {
	args := argument.FindAllString(rest, -1)
	if kind == "git" {
		for _, line := range []string{
			"init -q -b main", "config user.name Staff", "config user.email staff@example.org",
			"init -q --bare -b main ../remote.git", "remote add origin ../remote.git", "config push.default current",
		} {
			d.run("git " + line)
		}
		return
	}
	file := filepath.Join(d.dir, args[0])
	var now string
	var err error
	if kind == "write" {
		now, err = strconv.Unquote(args[1])
	} else {
		var data []byte
		data, err = os.ReadFile(file)
		old := strings.Trim(args[1], "'")
		if strings.Count(string(data), old) != 1 {
			d.Fatalf("expected %q once in %s", old, file)
		}
		now = strings.Replace(string(data), old, strings.Trim(args[2], "'"), 1)
	}
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o755)
	}
	if err == nil {
		err = os.WriteFile(file, []byte(now), 0o644)
	}
	if err != nil {
		d.Fatal(err)
	}
}
