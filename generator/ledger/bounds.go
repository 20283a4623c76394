package ledger

import "strings"

// Bounds is what a shown value says of the true figure, by the rule: at least Lo and, unless Hi is Unbounded, at most Hi.
type Bounds struct{ Lo, Hi int64 }

// Unbounded stands for no upper bound. It is far from overflow, however many are added.
const Unbounded = int64(1) << 50

// Empty says whether nothing lies within the bounds.
func (b Bounds) Empty() bool { return b.Lo > b.Hi }

// Meet is what two bounds say together.
func (b Bounds) Meet(o Bounds) Bounds { return Bounds{max(b.Lo, o.Lo), min(b.Hi, o.Hi)} }

// Bounds is what a cell says of the true figure, with all that the releases before tell of it: a value shown again may be a
// kept one, which is wider; one that changed was not kept, which is narrower. Figures of class open are exact.
func (r *Release) Bounds(id string) Bounds { return r.bounds[id] }

// Bounded says whether anything is told of a cell.
func (r *Release) Bounded(id string) bool {
	b, ok := r.bounds[id]
	return ok && b.Hi < Unbounded
}

// fresh is what a value says that was made anew.
func (r *Release) fresh(v Value, class string) Bounds {
	n, isNumber := v.Number()
	half := r.Rule.Base / 2
	switch {
	case isNumber && class != "children":
		return Bounds{n, n}
	case isNumber:
		return Bounds{max(r.Rule.Threshold, n-half), n + r.Rule.Base - 1 - half}
	case v.Status() == Small:
		return Bounds{0, r.Rule.Threshold - 1}
	case v.Status() == Impossible:
		return Bounds{0, 0}
	}
	return Bounds{0, Unbounded}
}

// kept is what a value shown again says: by the rule it stays while the true figure is less than a base away, and "small" while
// it is below the threshold plus a base.
func (r *Release) kept(v Value) Bounds {
	if n, ok := v.Number(); ok {
		return Bounds{max(0, n-r.Rule.Base+1), n + r.Rule.Base - 1}
	}
	return Bounds{0, r.Rule.Threshold + r.Rule.Base - 1}
}

// after is what a value of class children says that follows another one. The bounds are empty where the rule cannot have made it.
func (r *Release) after(before, v Value) Bounds {
	fresh := r.fresh(v, "children")
	if _, isNumber := v.Number(); !isNumber && v.Status() != Small {
		return fresh
	}
	if before == v {
		return r.kept(v)
	}
	was, wasNumber := before.Number()
	if !wasNumber && before.Status() != Small {
		return fresh
	}
	not := r.kept(before) // what would have been kept was not
	if n, ok := v.Number(); !ok || wasNumber && n < was {
		fresh.Hi = min(fresh.Hi, not.Lo-1)
	} else {
		fresh.Lo = max(fresh.Lo, not.Hi+1)
	}
	return fresh
}

// Shares names the cells that a percentage is worked out from; of any other cell none.
func (r *Release) Shares(id string) (part, whole string) {
	indicator, rest, _ := strings.Cut(id, "/")
	ind := r.Indicator(indicator)
	if ind == nil || ind.Measure != "percent" {
		return "", ""
	}
	return ind.Part + "/" + rest, ind.Whole + "/" + rest
}

// percent is what the bounds of two figures say of the share of one in the other, in whole percents outwards.
func percent(part, whole Bounds) Bounds {
	b := Bounds{0, Unbounded}
	if whole.Hi > 0 && whole.Hi < Unbounded {
		b.Lo = 100 * part.Lo / whole.Hi
	}
	if whole.Lo > 0 && part.Hi < Unbounded {
		b.Hi = (100*part.Hi + whole.Lo - 1) / whole.Lo
	}
	return b
}

// recall gives each cell of each release its bounds. A release that follows a withdrawn one may have kept values of which nothing
// is known any more.
func (l *Ledger) recall() {
	last := map[string]Value{} // what each cell was shown as last
	for _, r := range l.Releases {
		r.bounds = map[string]Bounds{}
		forgotten := false
		for _, w := range l.Withdrawn {
			forgotten = forgotten || w.Release.Sequence < r.Release.Sequence
		}
		for id, v := range r.cells {
			b := r.fresh(v, r.classOf[id])
			switch was, ok := last[id]; {
			case r.classOf[id] != "children" || b.Hi == Unbounded || v.Status() == Impossible:
			case forgotten:
				b = r.kept(v)
			case ok:
				b = r.after(was, v)
			}
			r.bounds[id] = b
		}
		for id := range r.cells {
			if part, whole := r.Shares(id); whole != "" && r.bounds[id].Hi < Unbounded {
				r.bounds[id] = percent(r.bounds[part], r.bounds[whole])
			}
		}
		for id, v := range r.cells {
			if _, isNumber := v.Number(); isNumber || v.Status() == Small {
				last[id] = v
			}
		}
	}
}
