package measure

// tally is a sum and where it comes from, and of what cannot be added the people, the days or the rows.
type tally struct {
	value   int64
	from    Origin
	members members
}

func (t *tally) add(value int64, from Origin) { t.value, t.from = t.value+value, t.from.and(from) }
