package ledger

// Bounds is what a value of the release says of the true figure, by the rule: at least lo and, where bounded, at most hi. A
// figure that an earlier release showed may be a kept one, which widens its bounds. Figures of class open are exact.
func (r *Release) Bounds(id, class string) (lo, hi int64, bounded bool) {
	v, ok := r.cells[id]
	n, isNumber := v.Number()
	base, threshold := r.Rule.Base, r.Rule.Threshold
	switch {
	case !ok:
		return 0, 0, false
	case isNumber && class != "children":
		return n, n, true
	case isNumber && r.kept[id]:
		return max(0, n-base+1), n + base - 1, true
	case isNumber:
		return max(threshold, n-base/2), n + base/2, true
	case v.Status() == Small && r.kept[id]:
		return 0, threshold + base - 1, true
	case v.Status() == Small:
		return 0, threshold - 1, true
	case v.Status() == Impossible:
		return 0, 0, true
	}
	return 0, 0, false
}

// keep marks what each release may have kept: cells that an earlier one showed as a number or as small.
func (l *Ledger) keep() {
	shown := map[string]bool{}
	for _, r := range l.Releases {
		r.kept = map[string]bool{}
		for id := range r.cells {
			r.kept[id] = shown[id]
		}
		for id, v := range r.cells {
			if s := v.Status(); s == IsNumber || s == Small {
				shown[id] = true
			}
		}
	}
}
