package codebook

import "slices"

// Ladder lists the breakdowns that a planned one may climb to: the last column that has a coarser one derived from it climbs
// first; when none has, the last column goes; at the top stands the total.
func (d *Dataset) Ladder(b []Ref) [][]*Column {
	var now []*Column
	for _, r := range b {
		now = append(now, d.Column(r.ID))
	}
	rungs := [][]*Column{now}
	for len(now) > 0 {
		now = slices.Clone(now)
		i := len(now) - 1
		for ; i >= 0; i-- {
			if up := d.Coarser(now[i]); len(up) > 0 && !slices.Contains(now, up[0]) {
				now[i] = up[0]
				break
			}
		}
		if i < 0 {
			now = now[:len(now)-1]
		}
		rungs = append(rungs, now)
	}
	return rungs
}
