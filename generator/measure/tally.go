package measure

// tally is a sum and where it comes from, and of what cannot be added the people or the days.
type tally struct {
	value   int64
	from    Origin
	members members
	exits   []exit // of who left, until all are read
}

func (t *tally) add(value int64, from Origin) { t.value, t.from = t.value+value, t.from.and(from) }
