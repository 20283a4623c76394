// Package ledger is the public side's memory: data/published, one folder a release.
//
// In: release folders (Data Packages). Out: releases whose every value was read from a file that its own descriptor
// describes; or diagnostics, for a ledger is input and may be hostile. Nothing on this side knows a true figure.
package ledger

import (
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/lang"
)

// FormatVersion of the descriptor. A change of meaning makes it larger, and this reader then reads both.
const FormatVersion = 1

// Descriptor is the name of the file that describes a release.
const Descriptor = "datapackage.json"

// Package is a release's descriptor, datapackage.json: a Data Package (version 2) that carries all that the site needs.
type Package struct {
	Schema        string            `json:"$schema"`
	Name          string            `json:"name"`
	Title         string            `json:"title"`
	FormatVersion int               `json:"formatVersion"`
	Release       ReleaseInfo       `json:"release"`
	Licenses      []License         `json:"licenses"`
	Organisation  Organisation      `json:"organisation"`
	Calendar      calendar.Calendar `json:"calendar"`
	Languages     []*lang.Language  `json:"languages"`
	Periods       []string          `json:"periods"`
	Lists         []List            `json:"lists"`
	Programmes    []Programme       `json:"programmes"`
	Indicators    []Indicator       `json:"indicators"`
	Statements    []Statement       `json:"statements"`
	Identities    []Identity        `json:"identities"`
	Exceptions    []Exception       `json:"exceptions"`
	Targets       []Target          `json:"targets"`
	Rule          Rule              `json:"rule"`
	Plan          []Planned         `json:"plan"`
	Corrections   []Note            `json:"corrections"`
	Certificate   *Certificate      `json:"certificate"`
	Resources     []Resource        `json:"resources"`
}

// ReleaseInfo says which release this is. Date is empty until it is published.
type ReleaseInfo struct {
	ID       string `json:"id"`
	Sequence int    `json:"sequence"` // 1 for the first of the ledger
	Period   string `json:"period"`
	Date     string `json:"date"`
	// Correction is the reason why figures of the release before changed, one of the package's corrections.
	Correction string `json:"correction,omitempty"`
}

// License of the figures.
type License struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Path  string `json:"path"`
}

// Organisation is who speaks.
type Organisation struct {
	ID       string    `json:"id"`
	Name     lang.Text `json:"name"`
	Short    lang.Text `json:"short"`
	Mission  lang.Text `json:"mission"`
	Address  string    `json:"address"`
	Exit     string    `json:"exit"`
	Contacts []Contact `json:"contacts"`
	Brand    Brand     `json:"brand"`
	Sample   bool      `json:"sample"`

	Area *Area  `json:"area,omitempty"`
	IATI *IATI  `json:"iati,omitempty"`
	Next string `json:"next,omitempty"` // a day, or the period that the next release will tell of
}

// Contact is a way to reach help; Value is empty until it is confirmed.
type Contact struct {
	ID    string    `json:"id"`
	Title lang.Text `json:"title"`
	Value string    `json:"value"`
}

// Brand is what the stylesheet needs.
type Brand struct {
	Accent     string `json:"accent"`
	AccentDark string `json:"accentDark"`
}

// List is a code list. Those that may never be shown stay on the private side.
type List struct {
	ID       string    `json:"id"`
	Title    lang.Text `json:"title"`
	Parent   string    `json:"parent,omitempty"`
	Ordered  bool      `json:"ordered"`            // the order of the codes means something; other tables are sorted by value
	OpenOnly bool      `json:"openOnly,omitempty"` // too fine for tables of class children
	Codes    []Code    `json:"codes"`
	Geometry *Geometry `json:"geometry,omitempty"` // the map of the places that the codes stand for
}

// Geometry is a map: a file of GeoJSON with an outline for each code of a list.
type Geometry struct {
	Path    string    `json:"path"`
	Bytes   int       `json:"bytes"`
	Hash    string    `json:"hash"`
	Credit  lang.Text `json:"credit"`
	Licence License   `json:"licence"`
	Note    lang.Text `json:"note,omitempty"` // what a reader of the map must know
}

// Code is a category with its label.
type Code struct {
	ID     string    `json:"id"`
	Label  lang.Text `json:"label"`
	Parent string    `json:"parent,omitempty"`
	Note   lang.Text `json:"note,omitempty"`
}

// Programme groups indicators.
type Programme struct {
	ID      string    `json:"id"`
	Title   lang.Text `json:"title"`
	Summary lang.Text `json:"summary"`
	Donors  []string  `json:"donors,omitempty"` // codes of the list donor: who supports it
	IATI    *Activity `json:"iati,omitempty"`
}

// Indicator is what a figure means.
type Indicator struct {
	ID         string      `json:"id"`
	Code       string      `json:"code,omitempty"`
	Title      lang.Text   `json:"title"`
	Definition lang.Text   `json:"definition"`
	Sentence   lang.Text   `json:"sentence,omitempty"`
	Programme  string      `json:"programme,omitempty"`
	Kind       string      `json:"kind"`
	Flow       string      `json:"flow,omitempty"`   // of money: income or spending
	Better     string      `json:"better,omitempty"` // lower: less of it is good
	Unit       string      `json:"unit"`
	Class      string      `json:"class,omitempty"`
	Measure    string      `json:"measure,omitempty"`
	Part       string      `json:"part,omitempty"`  // of a percentage: the indicator whose share it is
	Whole      string      `json:"whole,omitempty"` // and the one that it is a share of
	Also       lang.Text   `json:"also,omitempty"`  // of distinct people: the other dataset that tells of them in the same period
	Of         string      `json:"of,omitempty"`    // of a median: the indicator that counts what it is of
	Dataset    lang.Text   `json:"dataset,omitempty"`
	Rows       string      `json:"rows,omitempty"`   // name of the rows that it counts some of
	Filter     []Attribute `json:"filter,omitempty"` // which of its rows count: columns and the codes that they have
	Source     lang.Text   `json:"source,omitempty"`
	Notes      []lang.Text `json:"notes"`
	Objective  string      `json:"objective,omitempty"` // code of the list objective
	Baseline   string      `json:"baseline,omitempty"`  // period whose figure later ones are compared with
	Tally      bool        `json:"tally,omitempty"`     // copied from counts of others, not counted from cases
	Headline   bool        `json:"headline,omitempty"`  // one of the few results that matter most
	Needs      lang.Text   `json:"needs,omitempty"`     // what would have to be recorded; such an indicator has no tables

	Except map[string]Note   `json:"except,omitempty"` // by period: the printed parts do not add up to the total
	Charts map[string]string `json:"charts,omitempty"` // by the columns of a breakdown, joined by "-": the kind of drawing that is wanted
}

// Statement is a table of several indicators side by side.
type Statement struct {
	ID         string    `json:"id"`
	Title      lang.Text `json:"title"`
	Sentence   lang.Text `json:"sentence"` // with {<indicator>} for a figure and {period}
	Programme  string    `json:"programme"`
	Indicators []string  `json:"indicators"`
	By         string    `json:"by,omitempty"`
	Flow       *Flow     `json:"flow,omitempty"`
}

// Flow says which indicators of a statement are drawn as a movement: what came in, where it was, what went out.
type Flow struct {
	In      []string `json:"in"`
	Through string   `json:"through"`
	Out     []string `json:"out"`
}

// Identity ties indicators together: plus - minus is equal to the right side or, where AtMost is set, no larger; where Next is
// set, the right side is that of the following period. It does not hold in the periods named under Except.
type Identity struct {
	ID     string          `json:"id"`
	Title  lang.Text       `json:"title"`
	Plus   []string        `json:"plus"`
	Minus  []string        `json:"minus"`
	Right  string          `json:"right"`
	AtMost bool            `json:"atMost,omitempty"`
	Next   bool            `json:"next,omitempty"`
	Except map[string]Note `json:"except,omitempty"` // by period
}

// Indicators lists all that an identity ties together.
func (x Identity) Indicators() []string {
	return append(append(slices.Clone(x.Plus), x.Minus...), x.Right)
}

// Exception is a contradiction that the organisation knows of and explains: what the data-quality page is made of.
type Exception struct {
	ID         string    `json:"id"`
	Period     string    `json:"period"`
	Title      lang.Text `json:"title"` // what was expected
	Text       lang.Text `json:"text"`  // why it does not hold
	Indicators []string  `json:"indicators"`
}

// Target is a plan. It stands exact, whatever the class of the indicator: it counts nobody.
type Target struct {
	Indicator string    `json:"indicator"`
	Period    string    `json:"period"`
	Cell      string    `json:"cell"` // cell.ID of the figure that it is the plan for
	Value     int64     `json:"value"`
	Reason    lang.Text `json:"reason,omitempty"` // why it was not reached, or why nothing can be said
}

// Note is a text with a name.
type Note struct {
	ID   string    `json:"id"`
	Text lang.Text `json:"text"`
}

// Rule is the disclosure rule and its parameters.
type Rule struct {
	Name         string `json:"name"`
	Threshold    int64  `json:"threshold"`
	Base         int64  `json:"base"`
	SplitFloor   int64  `json:"splitFloor"`
	MaxByYear    int    `json:"maxByYear"`
	MaxByQuarter int    `json:"maxByQuarter"`
	Revision     int64  `json:"revision"` // how much a correction may change a figure, as far as a reader may assume
}

// Planned is an entry of the table plan for one kind of period: which table was meant, and where it had to be coarser.
type Planned struct {
	ID         string           `json:"id"`
	Indicator  string           `json:"indicator"`
	Attributes []string         `json:"attributes"`
	Kind       string           `json:"kind"`
	Climbed    map[string]Climb `json:"climbed,omitempty"` // by period
}

// Climb says how far an entry of the plan climbed its ladder, and to which table; to none where it is not shown.
type Climb struct {
	Rung  int    `json:"rung"`
	Table string `json:"table,omitempty"`
}

// Certificate says what an audit did and did not look for.
type Certificate struct {
	Version    int      `json:"version"` // of the audit: what another one counts cannot be compared
	Audited    []string `json:"audited"`
	NotAudited []string `json:"notAudited"`
	Cells      int      `json:"cells"`      // cells of class children that are published
	Targets    int      `json:"targets"`    // counts that were attacked: cells, complements, unpublished cells of joint tables
	Systems    int      `json:"systems"`    // systems of constraints that were solved
	Statements int      `json:"statements"` // figures and ties that the systems are made of
	Partial    []string `json:"partial"`    // what was too large to be attacked as a whole, and how it was attacked instead
	Narrowest  int64    `json:"narrowest"`  // fewest values that an attacker is left with for a small count; 0 if there is none
}

// Resource is one table: a CSV file and what its columns mean.
type Resource struct {
	Name       string      `json:"name"`
	Path       string      `json:"path"`
	Format     string      `json:"format"`
	Mediatype  string      `json:"mediatype"`
	Encoding   string      `json:"encoding"`
	Bytes      int         `json:"bytes"`
	Hash       string      `json:"hash"`
	Schema     TableSchema `json:"schema"`
	Indicator  string      `json:"indicator"`
	Attributes []Attribute `json:"attributes"`
	Additive   bool        `json:"additive"`         // the parts of each attribute add up to its total
	OverTime   bool        `json:"additiveOverTime"` // the quarters of a year add up to it
}

// Attribute is a column that a table is broken down by.
type Attribute struct {
	Name  string   `json:"name"`
	List  string   `json:"list"`
	Codes []string `json:"codes"` // the rows it has, whatever the data

	Coarser   []string `json:"coarser,omitempty"`   // columns that its codes lead to by their parents, the nearest first
	Sensitive bool     `json:"sensitive,omitempty"` // nobody may be shown to have one of its codes for certain
	Existence bool     `json:"existence,omitempty"` // it must not be shown that a small count is at least one
	Several   bool     `json:"several,omitempty"`   // of parts that do not add up: one person, or record, may have several of its codes
	Partial   bool     `json:"partial,omitempty"`   // of parts that do not add up: it may have none of them, so they need not make up the whole
	HXL       string   `json:"hxl,omitempty"`       // tag of the column for humanitarian tools, such as #adm1+code
}

// TableSchema is a Table Schema (version 2).
type TableSchema struct {
	Fields        []Field  `json:"fields"`
	PrimaryKey    []string `json:"primaryKey"`
	MissingValues []string `json:"missingValues"`
}

// Field of a Table Schema.
type Field struct {
	Name        string       `json:"name"`
	Type        string       `json:"type"`
	Description string       `json:"description,omitempty"`
	Constraints *Constraints `json:"constraints,omitempty"`
}

// Constraints of a field.
type Constraints struct {
	Required bool     `json:"required,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}
