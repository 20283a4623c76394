package ledger

// Bounds is what a value of the release says of the true figure, by the rule: at least lo and, where bounded, at most hi. A
// figure that an earlier release showed may be a kept one, which widens its bounds. Figures of class open are exact.
func (r *Release) Bounds(id, class string) (lo, hi int64, bounded bool) {
	lo, hi, bounded = r.FreshBounds(id, class)
	if !bounded || class != "children" || !r.kept[id] {
		return lo, hi, bounded
	}
	v := r.cells[id]
	if n, ok := v.Number(); ok {
		return max(0, n-r.Rule.Base+1), n + r.Rule.Base - 1, true
	}
	if v.Status() == Small {
		return 0, r.Rule.Threshold + r.Rule.Base - 1, true
	}
	return lo, hi, bounded
}

// FreshBounds is what a value says if it was made anew in this release and not kept from an earlier one.
func (r *Release) FreshBounds(id, class string) (lo, hi int64, bounded bool) {
	v, ok := r.cells[id]
	n, isNumber := v.Number()
	half := r.Rule.Base / 2
	switch {
	case !ok:
		return 0, 0, false
	case isNumber && class != "children":
		return n, n, true
	case isNumber:
		return max(r.Rule.Threshold, n-half), n + r.Rule.Base - 1 - half, true
	case v.Status() == Small:
		return 0, r.Rule.Threshold - 1, true
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
