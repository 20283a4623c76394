package solve

import (
	"math"
	"math/big"
)

// bigRow is a row whose numbers know no limit. It does what row does, slowly.
type bigRow struct {
	a    []big.Int
	d, k big.Int
}

// asBig gives a row's numbers without changing it.
func (r *row) asBig() *bigRow {
	if r.big != nil {
		return r.big
	}
	b := &bigRow{a: make([]big.Int, len(r.a))}
	for c, v := range r.a {
		if v != 0 {
			b.a[c].SetInt64(int64(v))
		}
	}
	b.d.SetInt64(r.d)
	b.k.SetInt64(r.k)
	return b
}

func (r *row) grow() { r.big = r.asBig() }

// shrink goes back to small numbers where they suffice.
func (r *row) shrink() {
	small := func(v *big.Int, limit int64) bool {
		return v.IsInt64() && abs(v.Int64()) <= limit && v.Int64() != math.MinInt64
	}
	b := r.big
	if !small(&b.d, math.MaxInt32) || !small(&b.k, maxValue-1) {
		return
	}
	for c := range b.a {
		if !small(&b.a[c], math.MaxInt32) {
			return
		}
	}
	for c := range b.a {
		r.a[c] = int32(b.a[c].Int64())
	}
	r.d, r.k, r.big = b.d.Int64(), b.k.Int64(), nil
}

func (b *bigRow) add(f *big.Int, src *bigRow) {
	var t big.Int
	mix := func(dst, s *big.Int) {
		if dst.Sign() != 0 {
			dst.Mul(dst, &src.d)
		}
		if s.Sign() != 0 {
			dst.Add(dst, t.Mul(f, s))
		}
	}
	for c := range b.a {
		mix(&b.a[c], &src.a[c])
	}
	mix(&b.k, &src.k)
	b.d.Mul(&b.d, &src.d)
	b.reduce()
}

func (b *bigRow) reduce() {
	var g, t big.Int
	one := big.NewInt(1)
	g.GCD(nil, nil, &b.d, t.Abs(&b.k))
	for c := range b.a {
		if g.Cmp(one) == 0 {
			return
		}
		if b.a[c].Sign() != 0 {
			g.GCD(nil, nil, &g, t.Abs(&b.a[c]))
		}
	}
	if g.Cmp(one) == 0 {
		return
	}
	for c := range b.a {
		b.a[c].Quo(&b.a[c], &g)
	}
	b.d.Quo(&b.d, &g)
	b.k.Quo(&b.k, &g)
}

func (b *bigRow) exchange(c int, v int64) {
	var p, d big.Int
	p.Set(&b.a[c])
	d.Set(&b.d)
	if p.Sign() > 0 {
		for j := range b.a {
			b.a[j].Neg(&b.a[j])
		}
		b.k.Neg(&b.k)
	} else {
		p.Neg(&p)
		d.Neg(&d)
	}
	b.a[c].Set(&d)
	b.k.Add(&b.k, d.Mul(&d, big.NewInt(v)))
	b.d.Set(&p)
	b.reduce()
}
