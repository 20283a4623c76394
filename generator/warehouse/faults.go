package warehouse

import (
	"fmt"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
)

// forever stands for the end of a spell that has none yet.
const forever = "DATE '9999-12-31'"

// faults counts what is wrong with the rows. A figure without any has no row.
func (w *writer) faults() {
	for _, fault := range w.d.TallyFaults() {
		kind, column, _ := strings.Cut(strings.TrimPrefix(fault.Figure, "fault/"), "/")
		name := ""
		if column != "" {
			name = w.column(column)
		}
		switch kind {
		case "empty":
			w.fault(fault, "COUNT(*)", "register WHERE "+name+" IS NULL")
		case "unknown":
			w.part(fault.Figure, w.literal(string(calendar.Undated)), map[string]string{name: name}, "COUNT(*)")
			w.line("FROM register WHERE %s NOT IN %s GROUP BY %[1]s", name, w.list(w.cb.List(w.d.Column(column).List.ID).IDs()))
		case "day":
			w.fault(fault, "COUNT(*)", fmt.Sprintf("register WHERE EXTRACT(YEAR FROM %s) NOT BETWEEN 1900 AND 2100", name))
		case "repeated":
			var key []string
			for _, r := range w.d.Key {
				key = append(key, w.column(r.ID))
			}
			w.fault(fault, "SUM(n)", fmt.Sprintf("(SELECT COUNT(*) AS n FROM register GROUP BY %s HAVING COUNT(*) > 1) AS alike", strings.Join(key, ", ")))
		case "backwards":
			w.fault(fault, "COUNT(*)", fmt.Sprintf("register WHERE %s < %s", w.column(w.d.Spell.To.ID), w.column(w.d.Spell.From.ID)))
		case "overlap":
			from, to := w.column(w.d.Spell.From.ID), "COALESCE("+w.column(w.d.Spell.To.ID)+", "+forever+")"
			w.fault(fault, "COUNT(*)", fmt.Sprintf("(\n  SELECT %s AS begun, MAX(%s) OVER (PARTITION BY %s ORDER BY %[1]s, %[2]s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended\n  FROM register\n) AS spells WHERE begun < ended",
				from, to, w.column(w.d.Person.ID)))
		}
	}
}

func (w *writer) fault(f codebook.TallyFault, value, from string) {
	w.part(f.Figure, w.literal(string(calendar.Undated)), nil, value)
	w.line("FROM %s HAVING COUNT(*) > 0", from)
}
