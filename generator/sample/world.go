package sample

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/ccpcr/impact/generator/calendar"
)

// world is the invented organisation as it stands at the end of a quarter.
type world struct {
	Options
	out  *folder
	rand *rand.Rand
	done int // quarters

	homes []share // the places

	shelters, provinces, caseTypes, sexes, ageBands, activities urn

	present []int  // how many of each of groups are in a shelter now
	cases   int    // admitted so far
	stays   *stays // of a register, which begins with nobody
	clinic  *clinic
	written int    // sheets so far
	year    totals // of the fiscal year so far
}

// alike are children whom no export tells apart, except by where they come from. Each field is the index of a share.
type alike struct{ shelter, caseType, sex, age int }

// groups lists all that can be alike.
var groups = func() (all []alike) {
	for shelter := range shelters {
		for caseType := range caseTypes {
			for sex := range sexes {
				for age := range ageBands {
					all = append(all, alike{shelter, caseType, sex, age})
				}
			}
		}
	}
	return all
}()

// index is the place of a group among groups.
func (a alike) index() int {
	return ((a.shelter*len(caseTypes)+a.caseType)*len(sexes)+a.sex)*len(ageBands) + a.age
}

// codes are what exports say of a group.
func (a alike) codes() (shelter, caseType, sex, age string) {
	return shelters[a.shelter].code, caseTypes[a.caseType].code, sexes[a.sex].code, ageBands[a.age].code
}

// counts are children by shelter and sex.
type counts [3][2]int

// totals are what the exports say of a year, and its quarters do not add up to.
type totals struct{ opening, admitted counts }

func newWorld(o Options, out *folder) *world {
	w := &world{
		Options: o, out: out, rand: rand.New(rand.NewPCG(o.Seed, 0)), homes: o.places(),
		shelters: newUrn(shelters), provinces: newUrn(o.places()), caseTypes: newUrn(caseTypes), sexes: newUrn(sexes),
		ageBands: newUrn(ageBands), activities: newUrn(activities),
	}
	w.present = make([]int, len(groups))
	if o.Register {
		w.stays, w.clinic = newStays(o, out), newClinic(o, out)
		return w
	}
	for range o.admissions() / o.Years * 3 / 10 { // who was there before the first quarter
		w.present[w.child().index()]++
	}
	return w
}

// child draws one who is admitted.
func (w *world) child() alike {
	return alike{w.shelters.draw(w.rand), w.caseTypes.draw(w.rand), w.sexes.draw(w.rand), w.ageBands.draw(w.rand)}
}

// quarter lives through a quarter and writes its exports.
func (w *world) quarter(q calendar.Period) {
	opening := w.counted()
	if q.Quarter == 1 {
		w.year = totals{opening: opening}
	}
	w.admit(q)
	left := w.leave(q)
	closing := w.counted()

	t := w.out.export(q, "movements", "period", "event", "shelter", "sex", "count")
	event := func(p calendar.Period, name string, n counts) {
		for i, shelter := range shelters {
			for j, sex := range sexes {
				t.row(p.String(), name, shelter.code, sex.code, strconv.Itoa(n[i][j]))
			}
		}
	}
	event(q, "opening", opening)
	event(q, "left", left)
	event(q, "closing", closing)
	if q.Quarter == 4 { // what cannot be added up from quarters stands for the year as well
		event(q.InYear(), "opening", w.year.opening)
		event(q.InYear(), "cared", plus(w.year.opening, w.year.admitted))
		event(q.InYear(), "closing", closing)
	}
	t.close()

	w.villages(q)
	if q.Quarter == 4 {
		w.money(q)
	}
	w.done++
}

// counted is who is present.
func (w *world) counted() (sums counts) {
	for i, g := range groups {
		sums[g.shelter][g.sex] += w.present[i]
	}
	return sums
}

func plus(a, b counts) counts {
	for i := range a {
		for j := range a[i] {
			a[i][j] += b[i][j]
		}
	}
	return a
}

// admit draws the children who come in a quarter and writes how many are alike. A register has a row for each stay.
func (w *world) admit(q calendar.Period) {
	n := w.share(w.admissions(), w.done)
	if w.Register {
		w.register(q, n)
		return
	}
	t := w.out.export(q, "admissions", "period", "shelter", "home", "case_type", "sex", "age_band", "count")
	defer t.close()
	tally := make([]int, len(groups)*len(w.homes))
	for range n {
		child, home := w.child(), w.provinces.draw(w.rand)
		w.come(child)
		tally[child.index()*len(w.homes)+home]++
	}
	for i, n := range tally {
		if n > 0 {
			shelter, caseType, sex, age := groups[i/len(w.homes)].codes()
			t.row(q.String(), shelter, w.homes[i%len(w.homes)].code, caseType, sex, age, strconv.Itoa(n))
		}
	}
}

// register draws the stays that begin in a quarter.
func (w *world) register(q calendar.Period, n int) {
	first, last := calendar.Calendar{Starts: 1}.Bounds(q)
	days := int(last.Sub(first).Hours())/24 + 1
	seen, drawn := min(n, w.share(w.Children*w.Years/2, w.done)), 0
	for i := range n {
		day := first.AddDate(0, 0, i*days/n)
		child, a := w.stays.who(day, w.child)
		w.come(a)
		w.cases++
		w.stays.begin(w.cases, child, a, w.homes[w.provinces.draw(w.rand)].code, day, q, w.done)
		if (i+1)*seen/n > drawn {
			drawn++
			w.clinic.see(child, a, day)
		}
	}
}

// come adds a child to those present.
func (w *world) come(a alike) {
	w.present[a.index()]++
	w.year.admitted[a.shelter][a.sex]++
}

// close ends what goes on from quarter to quarter.
func (w *world) close() {
	if w.Register {
		w.stays.table.close()
		w.clinic.table.close()
	}
}

// Of a hundred children who are present in a quarter so many go home, or leave otherwise; of those under 18 who go home so many
// go to school.
const (
	goHome, leaveOtherwise, goToSchool = 39, 7, 64
)

// adult is the first age band of people who are 18.
const adult = 2

// leave draws the children who leave in a quarter, writes who was reintegrated and gives who left otherwise.
func (w *world) leave(q calendar.Period) (left counts) {
	t := w.out.export(q, "reintegration", "period", "result", "shelter", "case_type", "sex", "age_band", "count")
	defer t.close()
	for i, g := range groups {
		gone, school := w.leavers(i)
		home := gone.home
		left[g.shelter][g.sex] += gone.otherwise
		w.present[i] -= home + gone.otherwise
		shelter, caseType, sex, age := g.codes()
		if home > 0 {
			t.row(q.String(), "reintegrated", shelter, caseType, sex, age, strconv.Itoa(home))
		}
		if school > 0 {
			t.row(q.String(), "in-school", shelter, caseType, sex, age, strconv.Itoa(school))
		}
	}
	return left
}

// leavers says how many of a group leave in a quarter and how many of them go to school: a register knows who leaves, otherwise it is
// drawn child by child.
func (w *world) leavers(group int) (gone leavers, school int) {
	toSchool := func() {
		if groups[group].age < adult && w.rand.IntN(100) < goToSchool {
			school++
		}
	}
	if w.Register {
		gone = w.stays.leaving[w.done][group]
		for range gone.home {
			toSchool()
		}
		return gone, school
	}
	for range w.present[group] {
		switch chance := w.rand.IntN(100); {
		case chance < goHome:
			gone.home++
			toSchool()
		case chance < goHome+leaveOtherwise:
			gone.otherwise++
		}
	}
	return gone, school
}

// villages writes the attendance sheets of a quarter, four rows each, and how many sessions they come from.
func (w *world) villages(q calendar.Period) {
	t := w.out.export(q, "attendance", "period", "sheet", "province", "activity", "sex", "adulthood", "attendances")
	held := make([][]int, len(activities))
	for i := range held {
		held[i] = make([]int, len(w.homes))
	}
	activity, province, sheet, period := 0, 0, "", q.String()
	for i := range w.share(w.sheets(), w.done) {
		if i%len(people) == 0 {
			w.written++
			activity, province, sheet = w.activities.draw(w.rand), w.provinces.draw(w.rand), numbered('S', w.written)
			held[activity][province]++
		}
		who := people[i%len(people)]
		t.row(period, sheet, w.homes[province].code, activities[activity].code, who[0], who[1], strconv.Itoa(w.rand.IntN(25)))
	}
	t.close()

	t = w.out.export(q, "sessions", "period", "activity", "province", "sessions")
	for activity := range held {
		for province, n := range held[activity] {
			if n > 0 {
				t.row(period, activities[activity].code, w.homes[province].code, strconv.Itoa(n))
			}
		}
	}
	t.close()
}

// money writes what donors gave in a year: the total first, then each donor with the share of it in percent.
func (w *world) money(q calendar.Period) {
	amounts, total := make([]int, len(donors)), 0
	for i, d := range donors {
		amounts[i] = d.weight * (4000 + 250*w.rand.IntN(9))
		total += amounts[i]
	}
	t := w.out.export(q, "funding", "year", "donor", "amount", "percent")
	year := q.InYear().String()
	t.row(year, "_T", strconv.Itoa(total), "100")
	for i, d := range donors {
		t.row(year, d.code, strconv.Itoa(amounts[i]), strconv.Itoa((200*amounts[i]+total)/(2*total)))
	}
	t.close()
}

// numbered names a case or a sheet.
func numbered(letter byte, n int) string { return fmt.Sprintf("%c%08d", letter, n) }
