package codebook

import (
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// Total is the code of "all together" in exports, tables and the ledger.
const Total = cell.Total

// Class says how figures of a dataset may be shown.
type Class string

const (
	Children Class = "children" // counts of people served: protected
	Open     Class = "open"     // events, attendances, schools, money, staff: exact
	Derived  Class = "derived"  // worked out from shown values of class children
)

// Codebook is all that is true of one organisation and not of the tool.
type Codebook struct {
	Organisation Organisation
	Languages    []*lang.Language // in the organisation's order; the first is the default
	Lists        []*List
	Datasets     []*Dataset
	Programmes   []*Programme
	Indicators   []*Indicator
	Statements   []*Statement
	Expectations []*Expectation
	Known        []Figure
	Targets      []Figure
	Corrections  []*Correction
	Texts        []Placed   // every text in several languages, where it stands
	Tallies      []*Dataset // of registers, as a warehouse tells them
	figures      []*List    // of each of these
}

// Placed is a text of the codebook with its place.
type Placed struct {
	At   diag.Pos
	Text lang.Text
}

// Organisation is organisation.yaml.
type Organisation struct {
	At         diag.Pos   `yaml:"-"`
	ID         string     `yaml:"id,required" doc:"short name in lower case, part of file names"`
	Languages  []Ref      `yaml:"languages,required" doc:"language codes, each a folder under languages/; the first is the default"`
	Name       lang.Text  `yaml:"name,required" doc:"full name"`
	Short      lang.Text  `yaml:"short,required" doc:"short name, as in the page header"`
	Mission    lang.Text  `yaml:"mission,required" doc:"the mission in one sentence; the first thing a visitor reads"`
	Address    string     `yaml:"address,required" doc:"address of the public site, with https:// and a / at the end"`
	Calendar   Year       `yaml:"calendar,required" doc:"the fiscal year"`
	Licence    Licence    `yaml:"licence,required" doc:"licence of the published figures"`
	Contacts   []Contact  `yaml:"contacts,required" doc:"helpline, safeguarding, complaints"`
	Exit       string     `yaml:"exit,required" doc:"harmless page that 'leave this site' leads to"`
	Brand      Brand      `yaml:"brand,required" doc:"colours of the site"`
	Public     []string   `yaml:"publicExports" doc:"folders below exports/ that may stand in version control, since the organisation printed their figures itself; a pattern such as 2010-* may stand here"`
	Sample     bool       `yaml:"sample" doc:"true if the figures are invented; every page says so"`
	Protection Protection `yaml:"protection,required" doc:"the disclosure rule and its parameters"`
	Area       *Area      `yaml:"area" doc:"where the organisation works"`
	IATI       *IATI      `yaml:"iati" doc:"what the platforms of donors must know to take the figures over"`
	Next       Ref        `yaml:"next" doc:"when the next release is expected: a day such as 2011-06-30, or the period that it will tell of, such as 2011-Q1"`
}

// Year is the fiscal calendar.
type Year struct {
	At     diag.Pos `yaml:"-"`
	Starts int      `yaml:"starts,required" doc:"month that a year begins in, 1 to 12"`
	Named  string   `yaml:"named,required" enum:"start,end" doc:"whether a year is named after the calendar year it starts or ends in"`
}

// Licence of what is published.
type Licence struct {
	ID   string `yaml:"id,required" doc:"SPDX identifier, such as CC-BY-4.0"`
	Name string `yaml:"name,required" doc:"name as readers know it"`
	URL  string `yaml:"url,required" doc:"where its text stands"`
}

// Contact is a way to reach help. Without a value pages say that it is to be confirmed.
type Contact struct {
	ID    string    `yaml:"id,required" doc:"helpline, safeguarding, complaints or another short name"`
	Title lang.Text `yaml:"title,required" doc:"what it is called"`
	Value string    `yaml:"value" doc:"number or address; leave out until it is confirmed"`
}

// Brand is what a stylesheet needs of an organisation.
type Brand struct {
	Accent     string `yaml:"accent,required" doc:"colour of links on white, as #RRGGBB, contrast 7:1 or more"`
	AccentDark string `yaml:"accentDark,required" doc:"the same on a dark ground"`
}

// Protection holds the parameters of rule R5T10; each release carries them.
type Protection struct {
	At           diag.Pos `yaml:"-"`
	Threshold    int      `yaml:"threshold,required" doc:"numbers below this are shown as small (10)"`
	Base         int      `yaml:"base,required" doc:"other numbers are rounded to the nearest multiple of this (5)"`
	SplitFloor   int      `yaml:"splitFloor,required" doc:"a figure is split only where its own shown value reaches this (25)"`
	MaxByYear    int      `yaml:"maxByYear,required" doc:"most attributes of a table by year (3)"`
	MaxByQuarter int      `yaml:"maxByQuarter,required" doc:"most attributes of a table by quarter (2)"`
	Revision     int      `yaml:"revision" doc:"how much a correction changes a figure of children at most, as far as a reader may assume; 20 if left out"`
}

// List is a code list: lists.yaml names it, lists/<id>.csv holds its codes.
type List struct {
	At      diag.Pos  `yaml:"-"`
	ID      string    `yaml:"id,required" doc:"short name; also the name of the CSV file"`
	Title   lang.Text `yaml:"title,required" doc:"what a column of these codes is headed"`
	Parent  *Ref      `yaml:"parent" doc:"list that the column 'parent' of the CSV points into: the next coarser rung of the ladder"`
	Publish string    `yaml:"publish" enum:"all,open,never" doc:"which tables may show the codes: all (default), only those of class open (districts), or never (shelters)"`
	Ordered bool      `yaml:"ordered" doc:"true if the order of the codes means something, such as ages; other tables are sorted by value"`
	Codes   []Code    `yaml:"-"`

	Geometry *Geometry `yaml:"geometry" doc:"the map of the places that the codes stand for; one list may have one"`
}

// MayShow says whether tables of a class may be broken down by the list.
func (l *List) MayShow(class Class) bool {
	return l.Publish != "never" && (l.Publish != "open" || class == Open)
}

// Code is a row of a code list.
type Code struct {
	At     diag.Pos
	ID     string
	Label  lang.Text
	Parent string // code of the parent list, or ""
	Note   lang.Text

	Aliases  []string // other spellings that count as the code
	Variants []string // other spellings, for suggestions only

	parentAt diag.Pos
}

// Dataset says what the files of one kind hold.
type Dataset struct {
	At      diag.Pos  `yaml:"-"`
	ID      string    `yaml:"id,required" doc:"short name"`
	Title   lang.Text `yaml:"title,required" doc:"what the files are called on public pages"`
	Files   string    `yaml:"files,required" doc:"pattern of the files below exports/, such as */shelters.csv"`
	Class   Class     `yaml:"class,required" enum:"children,open" doc:"children: counts of people served, protected; open: shown exactly"`
	Period  Ref       `yaml:"period,required" doc:"column that dates a row"`
	Count   *Ref      `yaml:"count" doc:"column that holds how many a row stands for; without it each row is one case"`
	Absent  string    `yaml:"absent,required" enum:"zero,missing" doc:"what a combination without a row means"`
	Key     []Ref     `yaml:"key" doc:"columns that together may stand only once; a second row is an error"`
	Quasi   []Ref     `yaml:"quasi" doc:"columns of codes by which a person of a register might be recognised, taken together; check reports how many combinations few rows share"`
	Exports string    `yaml:"exports" enum:"add,replace" doc:"add (default): the files of all exports count together; replace: each export holds the whole register again, so the newest counts and is compared with the one before. The folder of such an export is called after the last period that it tells of, such as 2025-Q2"`
	Spell   *Spell    `yaml:"spell" doc:"the two dates of a register between which somebody is there"`
	Person  *Ref      `yaml:"person" doc:"column with the made-up id of a person, who may have several rows"`
	Percent *Ref      `yaml:"percent" doc:"column with the percentage that was printed beside the count; it is compared with the count's share of its total"`
	Nulls   []string  `yaml:"nulls" doc:"cells that mean that nothing is known, in place of the usual ones (n/a, null, none, - and the like)"`
	Accepts []Accept  `yaml:"accepted" doc:"periods whose printed percentages do not follow from the counts, each with a public explanation"`
	Sheet   string    `yaml:"sheet" doc:"sheet of a workbook, or file of a zip, that holds the rows, such as Cases*; needed only where there are several"`
	Repeat  *Repeat   `yaml:"repeat" doc:"for the rows of a repeated group: what they belong to"`
	Pivot   *Pivot    `yaml:"pivot" doc:"for exports in long form, which have a row for each value: where they say of what. An export without these headings is read as it is"`
	Ignored []string  `yaml:"ignored" doc:"patterns of headings that a system adds and nobody needs, such as _* or meta/*"`
	Columns []*Column `yaml:"columns,required" doc:"the columns, in any order"`
	Tally   string    `yaml:"tally" doc:"pattern of files with the figures of a register that stays in a warehouse, such as */cases-tally.csv, in place of its rows: impact sql writes the query that counts them"`
	Choices []*Column `yaml:"-"` // of the columns of type codes: one for each code, as some systems export them

	Register *Dataset `yaml:"-"` // of a dataset of tallies: what they tell of
}

// UsualNulls are cells that mean that nothing is known, in small letters, unless a dataset has its own.
var UsualNulls = []string{"null", "n/a", "na", "none", "nan", "nil", "-", "--", "---", "–", "—"}

// Repeat joins the rows of a repeated group with the rows they belong to, which stand in another sheet or file.
type Repeat struct {
	At     diag.Pos `yaml:"-"`
	Of     string   `yaml:"of,required" doc:"sheet of the workbook, or file of the zip, that holds what the rows belong to, such as Children"`
	Key    string   `yaml:"key,required" doc:"heading there that tells its rows apart, such as _index or KEY"`
	Parent string   `yaml:"parent,required" doc:"heading in the repeated rows that holds the same, such as _parent_index or PARENT_KEY"`
}

// Pivot makes one row of the rows of a long table that belong together. The names of their values become headings.
type Pivot struct {
	At    diag.Pos `yaml:"-"`
	Row   string   `yaml:"row,required" doc:"heading of what the rows of one case share, such as event"`
	Name  string   `yaml:"name,required" doc:"heading of the column that says what a value is of, such as dataElement"`
	Value string   `yaml:"value,required" doc:"heading of the values, such as value"`
}

// Spell names the two columns of type date that a stay is told by.
type Spell struct {
	From Ref `yaml:"from,required" doc:"the day on which it began"`
	To   Ref `yaml:"to,required" doc:"the day on which it ended; empty while it lasts"`
}

// Column of a dataset.
type Column struct {
	At       diag.Pos `yaml:"-"`
	Name     string   `yaml:"name,required" doc:"heading in the file"`
	Type     string   `yaml:"type,required" enum:"code,codes,integer,period,date,text,key" doc:"what its cells hold; codes: any number of codes of the list"`
	Pattern  string   `yaml:"pattern" doc:"of a column of type key, which holds made-up ids that tell cases apart: what a whole cell looks like, as a regular expression such as [0-9a-f]{8}"`
	Format   string   `yaml:"format" enum:"dmy,mdy,ymd,serial" doc:"order of day, month and year in a column of type date where cells alone do not tell, or serial for a spreadsheet's own numbers of days"`
	List     *Ref     `yaml:"list" doc:"code list of a column of type code or codes"`
	From     *Ref     `yaml:"from" doc:"column whose code's parent this one is; such a column is not in the file"`
	Required bool     `yaml:"required" doc:"true if no cell may be empty"`
	Total    bool     `yaml:"total" doc:"true if _T (all together) may stand for a code"`
	Aliases  []string `yaml:"aliases" doc:"other headings of the column, as other systems write them"`
	HXL      string   `yaml:"hxl" doc:"HXL tag of the column, such as #adm1+code: exports may have it in place of the heading, and files to take away have it. A list with a map has #adm1+code without being asked"`
	Choice   *Choice  `yaml:"-"`

	Sensitive bool `yaml:"sensitive" doc:"true if nobody may be shown to have one of its codes for certain: a table in which (nearly) all of a group share one is made coarser"`
	Existence bool `yaml:"existence" doc:"true if it must not be shown that a small count is at least one"`
}

// Coded says whether cells of the column hold codes of a list.
func (c *Column) Coded() bool { return c.Type == "code" || c.Type == "codes" }

// Tag is the HXL tag of the column, written in one way: #adm1 +Code is #adm1+code.
func (c *Column) Tag() string { return strings.ToLower(strings.Join(strings.Fields(c.HXL), "")) }

// Choice makes a column one of the yes-or-no columns that stand for a column of type codes: name/code or name.code.
type Choice struct {
	Of   string // name of the column of type codes
	Code string
}

// Programme groups indicators.
type Programme struct {
	At      diag.Pos  `yaml:"-"`
	ID      string    `yaml:"id,required" doc:"short name, part of the page's address"`
	Title   lang.Text `yaml:"title,required" doc:"name"`
	Summary lang.Text `yaml:"summary,required" doc:"what it does, in one sentence"`
	Donors  []Ref     `yaml:"donors" doc:"codes of the list donor: who supports it"`
	IATI    *Activity `yaml:"iati" doc:"what the platforms of donors must know of it"`
}

// Also says in which rows of another register people must stand.
type Also struct {
	At      diag.Pos         `yaml:"-"`
	Dataset Ref              `yaml:"dataset,required" doc:"the other register; its persons have the same made-up ids"`
	Dated   *Ref             `yaml:"dated" doc:"column of type date that dates its rows, if it is not the register's own"`
	Filter  map[string][]Ref `yaml:"filter" doc:"which of its rows: column, and the codes that count"`
}

// Indicator is one figure that the organisation reports.
type Indicator struct {
	At         diag.Pos         `yaml:"-"`
	ID         string           `yaml:"id,required" doc:"short name, part of the page's address and of every cell's id"`
	Code       string           `yaml:"code" doc:"code in the organisation's own catalogue"`
	Title      lang.Text        `yaml:"title,required" doc:"name"`
	Definition lang.Text        `yaml:"definition,required" doc:"what is counted, in plain words"`
	Needs      lang.Text        `yaml:"needs" doc:"what would have to be recorded; for an indicator that has no figures yet, in place of all below"`
	Sentence   lang.Text        `yaml:"sentence" doc:"the figure said in a sentence of 15 words at most, with {value} and {period}"`
	Programme  *Ref             `yaml:"programme" doc:"programme it belongs to"`
	Headline   bool             `yaml:"headline" doc:"true for the few results that matter most: they stand first on the home and results pages"`
	Baseline   *Ref             `yaml:"baseline" doc:"period whose figure later ones are compared with"`
	Objective  *Ref             `yaml:"objective" doc:"code of the list objective"`
	Kind       string           `yaml:"kind,required" enum:"reach,service,outcome,money,context" doc:"figures of different kinds are never added"`
	Flow       string           `yaml:"flow" enum:"income,spending" doc:"of money: whether it came in or was spent, for the platforms of donors"`
	Better     string           `yaml:"better" enum:"higher,lower" doc:"lower: less of it is good, and a plan is met by a figure that does not pass it; without it more is good"`
	Unit       Ref              `yaml:"unit,required" doc:"code of the list unit"`
	Dataset    Ref              `yaml:"dataset" doc:"where it is measured from; its class decides how it may be shown"`
	Measure    string           `yaml:"measure" enum:"count,distinct,sum,stock,percent,median" doc:"count of people or events in the period; distinct: people, each once however many rows tell of them; sum of amounts; stock at a date (never added over time); percent: the share of part in whole, worked out from their shown values; median of the days that the spells lasted which another indicator counts"`
	Dated      *Ref             `yaml:"dated" doc:"count or distinct: column of type date that dates a row, if it is not the dataset's own, such as the day of leaving"`
	On         string           `yaml:"on" enum:"first-day,last-day" doc:"stock, of a dataset with spells: who was there when the period began, or ended; nobody is told of who was there on the day on which the register begins"`
	Again      int              `yaml:"again" doc:"count, of a dataset with spells and persons: of the spells that ended in the period those after which the person came back within so many months; told when these are over"`
	Also       *Also            `yaml:"also" doc:"distinct: of these people only those whom rows of another register tell of in the same period as well. Their number is tied to those of either register, and the number in one or the other is never shown"`
	Of         *Ref             `yaml:"of" doc:"median: indicator that counts the spells that ended in the period"`
	Part       *Ref             `yaml:"part" doc:"percent: indicator whose share it is"`
	Whole      *Ref             `yaml:"whole" doc:"percent: indicator that it is a share of"`
	Filter     map[string][]Ref `yaml:"filter" doc:"which rows: column, and the codes that count"`
	Breakdowns [][]Ref          `yaml:"breakdowns" doc:"the table plan: each entry lists the columns of one table; the total needs no entry"`
	Periods    []string         `yaml:"periods" enum:"year,quarter,three-years,undated" doc:"for which periods it may be published"`
	Accepts    []Accept         `yaml:"accepted" doc:"periods whose printed parts do not add up to the printed total, each with a public explanation"`
	Parts      string           `yaml:"parts" enum:"add,overlap" doc:"add (default): the parts of a breakdown add up to the total; overlap: a person may stand in several"`
	Charts     map[string]Ref   `yaml:"charts" doc:"by breakdown, its columns joined by -, the drawing that it gets if its figures allow it: grouped, stacked, pyramid, heat or none; without it the data decide"`
	Impossible []map[string]Ref `yaml:"impossible" doc:"combinations that cannot occur: column and code"`
	Source     lang.Text        `yaml:"source" doc:"where the figures come from, for readers"`
	Notes      []lang.Text      `yaml:"notes" doc:"limits that a reader must know"`
}

// Statement is a table of several indicators side by side.
type Statement struct {
	At         diag.Pos  `yaml:"-"`
	ID         string    `yaml:"id,required" doc:"short name"`
	Title      lang.Text `yaml:"title,required" doc:"heading"`
	Sentence   lang.Text `yaml:"sentence,required" doc:"what the table says, in 15 words at most, with {<indicator>} for a figure and {period}"`
	Programme  Ref       `yaml:"programme,required" doc:"programme whose pages show it"`
	Indicators []Ref     `yaml:"indicators,required" doc:"the rows"`
	By         *Ref      `yaml:"by" doc:"the columns: a breakdown that the indicators share"`
	Flow       *Flow     `yaml:"flow" doc:"which of the indicators are drawn as a movement"`
}

// Flow names indicators of a statement: who came in, who was there, who went out or stayed.
type Flow struct {
	At      diag.Pos `yaml:"-"`
	In      []Ref    `yaml:"in,required" doc:"indicators that count who came in, those who were there at the start first"`
	Through Ref      `yaml:"through,required" doc:"indicator that counts all of them"`
	Out     []Ref    `yaml:"out,required" doc:"indicators that count who left, by way, and who was there at the end"`
}

// Figure is a figure that stands in the codebook itself. In known.csv: an exact figure about protected people that the
// organisation printed elsewhere; it is never shown, and the audit takes it for granted that an attacker has it. In
// targets.csv: a plan, which stands exact.
type Figure struct {
	At        diag.Pos
	Indicator string
	Period    calendar.Period
	Codes     map[string]string // by column; empty for the total
	Value     int64
	Reason    lang.Text // of a plan: why it was not reached, or why nothing can be said
}

// Correction is the reason for a change of a published figure.
type Correction struct {
	At  diag.Pos  `yaml:"-"`
	ID  string    `yaml:"id,required" doc:"name that publish --correct takes"`
	Why lang.Text `yaml:"why,required" doc:"public reason"`
}

// Fold writes a heading in one way: without outer, repeated and invisible spaces, in small letters.
func Fold(heading string) string {
	return strings.ToLower(strings.Join(strings.Fields(unseen.Replace(heading)), " "))
}

var unseen = strings.NewReplacer("\u200b", "", "\u200c", "", "\ufeff", "")
