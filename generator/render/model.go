package render

// site is what Hugo's templates know: data/impact/<language>.json. Every string in it is finished.
type site struct {
	Language     language     `json:"language"`
	Organisation organisation `json:"organisation"`
	Release      releaseInfo  `json:"release"`
	Sample       bool         `json:"sample"`
	Rounding     string       `json:"rounding"`
	Signs        []sign       `json:"signs"`
	Audit        []string     `json:"audit"`
	Kinds        []kind       `json:"kinds"`
	Periods      []period     `json:"periods"` // newest first
	Programmes   []programme  `json:"programmes"`
	Indicators   []indicator  `json:"indicators"`
	Statements   []statement  `json:"statements"`
	Donors       donors       `json:"donors"`
	Files        []file       `json:"files"`
	Package      string       `json:"package"`
	Objectives   []objective  `json:"objectives"`
	Exceptions   []exception  `json:"exceptions"`
	Editions     []edition    `json:"editions"`
	Frozen       []frozen     `json:"frozen"`
	Feeds        feeds        `json:"feeds"`
	Linked       linked       `json:"linked"`
	Places       *places      `json:"places,omitempty"` // of the list that has a map

	Cards       map[string]picture   `json:"cards"` // by the path of the page
	Accent      string               `json:"accent"`
	Translation map[string][]checked `json:"translation"` // by language
}

// feeds are addresses, empty before the first release.
type feeds struct {
	Releases    string `json:"releases"`
	Corrections string `json:"corrections"`
}

// linked is what pages say of themselves in words of schema.org: whole script elements that hold data.
type linked struct {
	Home       string            `json:"home"`
	Data       string            `json:"data"`
	Results    map[string]string `json:"results"` // by period
	Indicators map[string]string `json:"indicators"`
}

// edition is a release and what it changed.
type edition struct {
	ID        string   `json:"id"`
	Date      string   `json:"date"` // empty until it is published
	First     bool     `json:"first"`
	Reason    string   `json:"reason"`
	Withdrawn string   `json:"withdrawn"` // that it was withdrawn, and when
	Changes   []change `json:"changes"`

	sequence                   int
	published, updated, period string // days as the ledger has them, and the period
}

// change is a figure that an edition shows differently from the one before.
type change struct {
	Indicator string `json:"indicator"`
	Period    string `json:"period"`
	Title     string `json:"title"`
	Before    string `json:"before"`
	After     string `json:"after"`
	WasIn     string `json:"wasIn"` // the release and the cell that said so
	IsIn      string `json:"isIn"`
}

// objective is what the organisation set out to do, with the indicators that tell of it.
type objective struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Strategy   string   `json:"strategy"`
	Indicators []string `json:"indicators"`
}

// exception is a contradiction that the organisation explains.
type exception struct {
	ID          string   `json:"id"`
	Period      string   `json:"period"`
	PeriodTitle string   `json:"periodTitle"`
	Title       string   `json:"title"`
	Text        string   `json:"text"`
	Indicators  []string `json:"indicators"`
}

// target is a plan, and what can be said of it.
type target struct {
	Period      string `json:"period"`
	PeriodTitle string `json:"periodTitle"`
	Where       string `json:"where"` // what the plan is for, if not for the whole
	Cell        string `json:"cell"`  // what it is the plan for
	Planned     string `json:"planned"`
	Actual      string `json:"actual"` // empty where the release has no such figure
	Status      string `json:"status"` // of the figure
	Spoken      string `json:"spoken"`
	Verdict     string `json:"verdict"` // met, not-met, unclear, or open where nothing is reported
	Said        string `json:"said"`    // the verdict in a word or two
	Detail      string `json:"detail"`  // HTML: the share of the plan, or why nothing can be said
	Reason      string `json:"reason"`
	Sentence    string `json:"sentence"` // HTML
}

// verdictCount is how many plans of a period have one verdict.
type verdictCount struct {
	ID    string `json:"id"`
	Said  string `json:"said"`
	Count string `json:"count"`
	None  bool   `json:"none"`
}

// since is how a figure differs from that of an earlier period.
type since struct {
	Way  string `json:"way"`  // up, down or same
	Text string `json:"text"` // HTML
}

type language struct {
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	Direction string   `json:"direction"`
	Reviewed  bool     `json:"reviewed"`
	Alike     []string `json:"alike"`
	Preload   string   `json:"preload,omitempty"` // part of the name of the font file that the first view needs
}

type organisation struct {
	Name     string    `json:"name"`
	Short    string    `json:"short"`
	Mission  string    `json:"mission"`
	Address  string    `json:"address"`
	Exit     string    `json:"exit"`
	Contacts []contact `json:"contacts"`
	Licence  licence   `json:"licence"`
}

type contact struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Value string `json:"value"`
}

type licence struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type releaseInfo struct {
	ID          string `json:"id"`
	Period      string `json:"period"`
	PeriodTitle string `json:"periodTitle"`
	Date        string `json:"date"`
	ISO         string `json:"iso"`
	Published   bool   `json:"published"`
	Next        string `json:"next"` // when the next one is expected, in a sentence
}

type kind struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Meaning string `json:"meaning"`
}

type period struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Kind     string         `json:"kind"`
	Sentence string         `json:"sentence"` // HTML: what mattered most
	Verdicts []verdictCount `json:"verdicts"` // empty where no plan can be judged
	Quarters []ref          `json:"quarters"` // of the year that it is or lies in, newest first
	Plans    string         `json:"plans"`    // the fragment with plans for it and what was done, or empty
}

type programme struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Summary    string   `json:"summary"`
	Indicators []string `json:"indicators"`
	Statements []string `json:"statements"`
	Donors     []string `json:"donors"`
}

type indicator struct {
	ID         string      `json:"id"`
	Code       string      `json:"code"`
	Title      string      `json:"title"`
	Definition string      `json:"definition"`
	Programme  string      `json:"programme"`
	Kind       string      `json:"kind"`
	Unit       string      `json:"unit"`
	Class      string      `json:"class"`
	How        string      `json:"how"`
	Source     string      `json:"source"`
	Notes      []string    `json:"notes"`
	Baseline   string      `json:"baseline"`  // HTML: the figure and its period, or empty
	Needs      string      `json:"needs"`     // of an indicator without figures: what it would take
	Signs      []sign      `json:"signs"`     // that occur in its figures
	Headline   bool        `json:"headline"`  // one of the few results that matter most
	Headlines  []headline  `json:"headlines"` // newest period first
	Targets    []target    `json:"targets"`
	Fragments  []ref       `json:"fragments"`
	Views      []breakdown `json:"views"`
	Trends     []ref       `json:"trends"` // the same over time
	Files      []file      `json:"files"`

	ByPeriod map[string]headline `json:"byPeriod"` // the same headlines
}

// breakdown is one way to split an indicator: the newest figures of each kind of period, and the earlier ones, which have no drawings. Its
// id stands in addresses.
type breakdown struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Fragments []ref  `json:"fragments"`
	Earlier   string `json:"earlier,omitempty"` // one fragment with all of them
}

type headline struct {
	Period      string `json:"period"`
	PeriodTitle string `json:"periodTitle"`
	Cell        string `json:"cell"`
	Text        string `json:"text"`
	Spoken      string `json:"spoken"`
	Status      string `json:"status"`
	Sentence    string `json:"sentence"` // HTML
	About       string `json:"about"`    // unit, period, rounding

	Change *since `json:"change,omitempty"` // since the period before, where there is one
}

// ref names a fragment.
type ref struct {
	ID     string `json:"id"`
	Period string `json:"period"`
	Title  string `json:"title"`
	Frame  string `json:"frame,omitempty"` // name of the page that other sites may show in a frame

	Frozen   string `json:"frozen,omitempty"`   // below the folder of frames, where it stands as it is now whatever comes
	FrozenAt string `json:"frozenAt,omitempty"` // what is said of that
}

type statement struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Programme  string   `json:"programme"`
	Indicators []string `json:"indicators"`
	Fragments  []ref    `json:"fragments"`
}

type donors struct {
	Indicator string   `json:"indicator"`
	Fragments []string `json:"fragments"`
	List      []donor  `json:"list"`
}

type donor struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Note       string     `json:"note"`
	Sentence   string     `json:"sentence"`   // HTML: what it gave last
	Gives      []headline `json:"gives"`      // newest period first
	Programmes []string   `json:"programmes"` // that it supports
}

// file is one that readers may take away.
type file struct {
	Title  string `json:"title"`
	Path   string `json:"path"`
	Save   string `json:"save,omitempty"` // the name that it is saved under
	Format string `json:"format"`
	Size   string `json:"size"`
}
