package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/begin"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/sample"
	"github.com/ccpcr/impact/generator/site"
	"github.com/ccpcr/impact/generator/worklist"
)

// Exit codes, as the README lists them.
const (
	exitGood       = 0
	exitBadInput   = 1
	exitUsage      = 2
	exitProtection = 3
	exitOther      = 4
)

const usage = `impact makes a public results website from an organisation's exports.

Usage:
    impact COMMAND [flags]

In the order of a quarter:
    status             where you stand, and what comes next
    check              read, check, measure and protect the exports; publish nothing
    build              make the site as it would be if the exports were published now
    serve              show that site on this machine, and build it again whenever a file is saved
    diff [A [B]]       what changed since the newest release, or between two
    publish            check and audit, then append a release to the ledger
    undo               take the last publish back, as long as nobody can have seen it
    audit              attack the ledger as an outsider would; --built DIR reads a built site as well
    withdraw RELEASE   take a release's figures out of the ledger, and leave a tombstone with the reason
    accept ID PERIOD   accept, with a public reason, that printed figures contradict one another
    explain INDICATOR  definition, rows and true values behind a figure (for staff)
    import PROFILE FILE
                       make the dataset's own CSV of another system's export
    sql DATASET        write the query by which a warehouse counts a register
    fix-encoding FILE  mend text that was decoded wrongly once
    stick [FILE]       pack the built site as a zip that opens without a server
    sample             invent an organisation with its codebook and exports, to try all this with
    init DIR           begin another organisation: its codebook, invented exports, and a site folder

impact help COMMAND says more. Start with:
    impact status
`

const flagsHelp = `
Flags of every command:
    --data DIR     exports, codebook and ledger (default: data)
    --site DIR     the Hugo site: staff's texts (default: site)
    --out DIR      where the built site goes (default: public)
    --json         diagnostics, and what audit found, as JSON on standard output
    --today DATE   the day to record, and to which consent must reach, such as 2026-06-30 (default: today)
    --show-values  let diagnostics show what stands in a cell: personal data, so not where others see or keep it
`

// command is one thing that impact does. Its help begins with what it does and holds an example.
type command struct {
	name, help string
	run        func(e *env) error
	flags      func(e *env, fs *flag.FlagSet)
	takes      int // arguments at most
}

// env is what a command works with.
type env struct {
	data, site, out string
	json            bool
	today           string
	publishedOnly   bool
	correct         string
	anew            bool // what was found before counts for nothing
	built           string
	published       string
	witnesses       string
	reason          string
	why             lang.Text
	neverPublic     bool
	html            string
	query           query
	port            int
	cache           string // finished drawings; "" for a folder beside out
	sample          sample.Options
	begin           begin.Options
	geography       string // of init: GeoJSON
	args            []string
	stdout, stderr  io.Writer
	diags           diag.List
	read            []worklist.File // exports, and how many of their rows were counted
	said            []string        // by say
	leave           []string        // pages below the site's content that must not be built
	report          *audit.Report   // of the command audit
	changes         []ledger.Change // of the command diff
}

var commands = []command{
	{"check", checkHelp, check, func(e *env, fs *flag.FlagSet) { fs.StringVar(&e.html, "html", "", "") }, 0},
	{"build", buildHelp, build, func(e *env, fs *flag.FlagSet) { fs.BoolVar(&e.publishedOnly, "published-only", false, "") }, 0},
	{"serve", fmt.Sprintf(serveHelp, usualPort), serveSite, serveFlags, 0},
	{"publish", publishHelp, publish, func(e *env, fs *flag.FlagSet) {
		fs.StringVar(&e.correct, "correct", "", "")
		e.whyFlag(fs)
	}, 0},
	{"undo", undoHelp, undo, func(e *env, fs *flag.FlagSet) { fs.BoolVar(&e.neverPublic, "never-public", false, "") }, 0},
	{"diff", diffHelp, diff, nil, 2},
	{"audit", auditHelp, auditLedger, func(e *env, fs *flag.FlagSet) {
		fs.StringVar(&e.published, "published", "", "")
		fs.StringVar(&e.built, "built", "", "")
		fs.StringVar(&e.witnesses, "witnesses", "", "")
	}, 0},
	{"withdraw", withdrawHelp, withdraw, func(e *env, fs *flag.FlagSet) {
		fs.StringVar(&e.reason, "reason", "", "")
		e.whyFlag(fs)
	}, 1},
	{"accept", acceptHelp, accept, func(e *env, fs *flag.FlagSet) { e.whyFlag(fs) }, 2},
	{"status", statusHelp, status, nil, 0},
	{"explain", explainHelp, explain, nil, 1},
	{"import", importHelp, importFile, func(e *env, _ *flag.FlagSet) { e.out = "" }, 2},
	{"sql", sqlHelp, writeSQL, sqlFlags, 1},
	{"fix-encoding", fixEncodingHelp, fixEncoding, nil, 1},
	{"stick", stickHelp, packStick, nil, 1},
	{"sample", sampleHelp, invent, sampleFlags, 0},
	{"init", fmt.Sprintf(initHelp, strings.Join(begin.Languages(), ", ")), initialise, initFlags, 1},
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == site.Subcommand {
		os.Exit(site.Hugo(os.Args[2:])) // the child process of a build
	}
	pace()
	if len(os.Args) == 1 && ownWindow() {
		stay(os.Stdin, os.Stdout)
		return
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// stay greets whoever started the program by a double click, in a window that would be gone at once.
func stay(in io.Reader, out io.Writer) {
	fmt.Fprint(out, `impact is used from a terminal. Open PowerShell in the folder of this file: a right click there, with Shift held down,
offers it. Then type

    .\impact init practice

and press Enter. It begins an organisation to practise with, and each answer says what comes next.

Press Enter to close this window.
`)
	_, _ = in.Read(make([]byte, 1))
}

// errBadInput stands for diagnostics that are printed already or are about to be.
var errBadInput = errors.New("bad input")

// usageError is a wrong call.
type usageError struct{ msg string }

func (e usageError) Error() string { return e.msg }

// protectionError is a release that would give a child away.
type protectionError struct{ msg string }

func (e protectionError) Error() string { return e.msg }

// run is the program: it prints diagnostics and errors to stderr and gives the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	if len(args) == 2 && args[0] == "help" {
		args = []string{args[1], "--help"}
	}
	if len(args) == 0 || slices.Contains([]string{"help", "-h", "--help"}, args[0]) {
		fmt.Fprint(stdout, usage, flagsHelp)
		return exitGood
	}
	i := slices.IndexFunc(commands, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		var names []string
		for _, c := range commands {
			names = append(names, c.name)
		}
		fmt.Fprintf(stderr, "impact: unknown command %q: %s\n", args[0], diag.Suggest(args[0], names))
		return exitUsage
	}
	c := commands[i]
	e := &env{stdout: stdout, stderr: stderr}
	if err := e.parse(c, args[1:]); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, c.help, flagsHelp)
		return exitGood
	} else if err != nil {
		fmt.Fprintf(stderr, "impact %s: %v\nrun 'impact %s --help' to see its flags\n", c.name, err, c.name)
		return exitUsage
	}
	return e.finish(c, c.run(e))
}

// parse reads flags before and behind other arguments.
func (e *env) parse(c command, args []string) error {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&e.data, "data", "data", "")
	fs.StringVar(&e.site, "site", "site", "")
	fs.StringVar(&e.out, "out", "public", "")
	fs.BoolVar(&e.json, "json", false, "")
	fs.BoolVar(&e.diags.KeepValues, "show-values", false, "")
	fs.StringVar(&e.today, "today", time.Now().Format(time.DateOnly), "")
	if c.flags != nil {
		c.flags(e, fs)
	}
	for {
		if err := fs.Parse(args); err != nil {
			return err
		}
		if fs.NArg() == 0 {
			break
		}
		e.args, args = append(e.args, fs.Arg(0)), fs.Args()[1:]
	}
	if len(e.args) > c.takes {
		// The command prompt of Windows takes ' as a letter; PowerShell makes two arguments of en,km.
		return fmt.Errorf(`unexpected argument %q: a text with spaces or commas stands in double quotes, such as "Two words"`, e.args[c.takes])
	}
	if _, err := time.Parse(time.DateOnly, e.today); err != nil {
		return fmt.Errorf("--today: expected a day such as 2026-06-30, found %q", e.today)
	}
	return nil
}

// day is today; zero where no command line was read.
func (e *env) day() time.Time {
	day, _ := time.Parse(time.DateOnly, e.today) // parse has looked at it
	return day
}

// finish prints what was found and turns an error into an exit code.
func (e *env) finish(c command, err error) int {
	if e.json {
		e.printJSON()
	} else {
		e.diags.Print(e.stderr)
	}
	var wrongCall usageError
	var refused protectionError
	switch {
	case err == nil && !e.diags.Failed():
		return exitGood
	case err == nil || errors.Is(err, errBadInput):
		return exitBadInput
	case errors.As(err, &wrongCall):
		fmt.Fprintf(e.stderr, "impact %s: %v\n", c.name, err)
		return exitUsage
	case errors.As(err, &refused):
		fmt.Fprintf(e.stderr, "impact %s: %v\n", c.name, err)
		return exitProtection
	}
	fmt.Fprintf(e.stderr, "impact %s: %v\n", c.name, err)
	return exitOther
}

// say tells whoever waits what is being done.
func (e *env) say(format string, args ...any) {
	line := strings.TrimRight(fmt.Sprintf(format, args...), "\n")
	e.said = append(e.said, line)
	fmt.Fprintln(e.stderr, line)
}
