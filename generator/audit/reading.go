package audit

import (
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// reading is one way to take what is published: one release, with what the rule says of how its values came to be; or several, as
// tellings of one truth. An attacker does not know which is right and tries each.
type reading struct {
	release *ledger.Release     // the newest that it takes: lists, identities and exceptions are read there
	tables  map[string][]*table // by indicator
	bounds  map[string]ledger.Bounds
	missing map[string]bool // cells that are not reported
	lists   [32]byte        // digest of the code lists and the rule
	clash   map[string]bool // cells that no single truth fits
}

// table is a table as the reading has it: its rows, and the periods that it has them for.
type table struct {
	ledger.Resource
	periods []string
	chosen  []ledger.Attribute // in another indicator's cube: by what its rows are chosen from that one's
}

// one reads a release by itself. only names the indicators that are read; without it all are.
func one(r *ledger.Release, only ...string) *reading {
	rd := &reading{release: r, tables: map[string][]*table{}, bounds: map[string]ledger.Bounds{}, missing: map[string]bool{}, lists: digestLists(r), clash: map[string]bool{}}
	rd.take(r, only)
	return rd
}

// together reads releases as one truth: what each of them says, all at once.
func together(releases []*ledger.Release, only ...string) *reading {
	newest := releases[len(releases)-1]
	rd := one(newest, only...)
	for _, r := range slices.Backward(releases[:len(releases)-1]) {
		rd.take(r, only)
	}
	return rd
}

func (rd *reading) take(r *ledger.Release, only []string) {
	for _, t := range r.Tables {
		if rd.release.Indicator(t.Indicator) == nil {
			continue // the indicator is gone, and nothing says any more what it was tied to
		}
		if len(only) > 0 && !slices.Contains(only, t.Indicator) {
			continue
		}
		rd.add(t)
		for _, c := range t.Cells {
			b := r.Bounds(c.ID)
			before, told := rd.bounds[c.ID]
			switch both := b.Meet(before); {
			case !told:
				rd.bounds[c.ID], rd.missing[c.ID] = b, c.Value.Status() == ledger.Missing
			case both.Empty():
				rd.clash[c.ID] = true
			default:
				rd.bounds[c.ID], rd.missing[c.ID] = both, rd.missing[c.ID] && c.Value.Status() == ledger.Missing
			}
		}
	}
}

func (rd *reading) add(t *ledger.Table) {
	own := rd.tables[t.Indicator]
	i := slices.IndexFunc(own, func(o *table) bool { return o.Name == t.Name })
	if i < 0 {
		rd.tables[t.Indicator] = append(own, &table{t.Resource, t.Periods(), nil})
		return
	}
	for _, p := range t.Periods() {
		if !slices.Contains(own[i].periods, p) {
			own[i].periods = append(own[i].periods, p)
		}
	}
	for k, a := range t.Attributes { // a code that only one of the releases has
		for _, code := range a.Codes {
			if have := &own[i].Attributes[k]; !slices.Contains(have.Codes, code) {
				have.Codes = append(slices.Clone(have.Codes), code)
			}
		}
	}
}

// each calls f for every cell of a table in a period that the reading has.
func (rd *reading) each(t *table, period string, f func(id string, codes []string)) {
	for _, codes := range t.Rows() {
		id := cell.ID(t.Indicator, period, t.Names(), codes)
		if _, ok := rd.bounds[id]; ok {
			f(id, codes)
		}
	}
}

// exempt says whether the organisation says of an indicator's figures of a period that they do not add up.
func (rd *reading) exempt(indicator, period string) bool {
	_, ok := rd.release.Indicator(indicator).Except[period]
	return ok
}

// digest identifies what the reading says of some tables in some periods, so that nothing is attacked twice.
func (rd *reading) digest(kind string, tables []*table, periods []string) string {
	h := sha256.New()
	fmt.Fprintln(h, kind, periods)
	h.Write(rd.lists[:])
	var line []byte
	for _, t := range tables {
		fmt.Fprintln(h, t.Name, t.Additive, t.OverTime, t.Attributes, t.chosen)
		for _, p := range t.periods {
			if slices.Contains(periods, p) {
				rd.each(t, p, func(id string, _ []string) {
					b := rd.bounds[id]
					line = append(append(line[:0], id...), ' ')
					line = append(strconv.AppendInt(line, b.Lo, 10), ' ')
					line = append(strconv.AppendInt(line, b.Hi, 10), ' ')
					h.Write(append(strconv.AppendBool(line, rd.missing[id]), '\n'))
				})
			}
		}
		fmt.Fprintln(h, rd.release.Indicator(t.Indicator).Except)
	}
	return string(h.Sum(nil))
}

func digestLists(r *ledger.Release) (sum [32]byte) {
	h := sha256.New()
	fmt.Fprintln(h, r.Rule)
	for _, l := range r.Lists {
		_, _ = io.WriteString(h, l.ID+"\n")
		for _, c := range l.Codes {
			_, _ = io.WriteString(h, c.ID+" "+c.Parent+"\n")
		}
	}
	h.Sum(sum[:0])
	return sum
}
