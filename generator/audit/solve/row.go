package solve

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
)

// row is one line of the tableau: a basic variable as a sum over the other ones, x = sum of a[c]/d * x of column c. k/d is its
// value. Numbers are whole, d is the least that does. Where one of them is too large the row is held by big, and by big alone.
type row struct {
	a   []int32
	d   int64 // 1 to math.MaxInt32
	k   int64
	big *bigRow
}

const maxValue = int64(1) << 61

func fits(v int64) bool { return v >= -math.MaxInt32 && v <= math.MaxInt32 }

// sign gives the sign of a column.
func (r *row) sign(c int) int {
	switch {
	case r.big != nil:
		return r.big.a[c].Sign()
	case r.a[c] > 0:
		return 1
	case r.a[c] < 0:
		return -1
	}
	return 0
}

// whole gives the row's value, where it is a whole number of a size that we go on with.
func (r *row) whole() (int64, bool) {
	if r.big != nil || r.k%r.d != 0 {
		return 0, false
	}
	v := r.k / r.d
	return v, v >= -maxBound && v <= maxBound
}

// floor gives the greatest whole number that is no greater than the row's value, if it is of a size that we go on with.
func (r *row) floor() (int64, bool) {
	if r.big != nil {
		v := new(big.Int)
		v.Div(&r.big.k, &r.big.d) // Euclid's: the divisor is positive, so this is the floor
		return v.Int64(), v.IsInt64() && v.Int64() > -Unbounded && v.Int64() < Unbounded
	}
	return floorDiv(r.k, r.d), true
}

// ceil is to floor what up is to down.
func (r *row) ceil() (int64, bool) {
	if r.big != nil {
		v := new(big.Int).Neg(&r.big.k)
		v.Div(v, &r.big.d).Neg(v)
		return v.Int64(), v.IsInt64() && v.Int64() > -Unbounded && v.Int64() < Unbounded
	}
	return -floorDiv(-r.k, r.d), true
}

// shift moves the variable of a column by a whole number.
func (r *row) shift(c int, by int64) {
	if r.big == nil {
		if k, ok := mulAdd(r.k, 1, int64(r.a[c]), by); ok {
			r.k = k
			return
		}
		r.grow()
	}
	r.big.k.Add(&r.big.k, new(big.Int).Mul(&r.big.a[c], big.NewInt(by)))
	r.shrink()
}

// absorb puts a row in the place of its own variable, which stands in column c no longer. nz lists the columns where src is not
// zero; scratch is as long as a row.
func (r *row) absorb(c int, src *row, nz []int32, scratch []int64) {
	if r.big == nil {
		f := int64(r.a[c])
		r.a[c] = 0
		if src.big == nil && r.add(f, src, nz, scratch) {
			return
		}
		r.grow()
		r.big.add(big.NewInt(f), src.asBig())
	} else {
		f := new(big.Int).Set(&r.big.a[c])
		r.big.a[c].SetInt64(0)
		r.big.add(f, src.asBig())
	}
	r.shrink()
}

// plus adds a multiple of a row.
func (r *row) plus(coef int64, src *row, nz []int32, scratch []int64) {
	if r.big == nil && src.big == nil && fits(coef*r.d) && r.add(coef*r.d, src, nz, scratch) {
		return
	}
	r.grow()
	r.big.add(new(big.Int).Mul(big.NewInt(coef), &r.big.d), src.asBig())
	r.shrink()
}

// plusColumn adds a multiple of the variable of a column, whose value is v.
func (r *row) plusColumn(coef int64, c int, v int64) {
	if r.big == nil {
		a := int64(r.a[c]) + coef*r.d
		if k, ok := mulAdd(r.k, 1, coef*r.d, v); ok && fits(a) {
			r.a[c], r.k = int32(a), k
			return
		}
		r.grow()
	}
	f := new(big.Int).Mul(big.NewInt(coef), &r.big.d)
	r.big.a[c].Add(&r.big.a[c], f)
	r.big.k.Add(&r.big.k, f.Mul(f, big.NewInt(v)))
	r.shrink()
}

// add adds f/d times a row, where d is the row's own, unless a number becomes too large.
func (r *row) add(f int64, src *row, nz []int32, scratch []int64) bool {
	g := gcd(f, src.d)
	f, p := f/g, src.d/g
	k, ok := mulAdd(r.k, p, f, src.k)
	if !ok {
		return false
	}
	if p == 1 {
		for n, c := range nz {
			v := int64(r.a[c]) + f*int64(src.a[c])
			if !fits(v) {
				for _, c := range nz[:n] {
					r.a[c] -= int32(f * int64(src.a[c]))
				}
				return false
			}
			r.a[c] = int32(v)
		}
		r.k = k
		r.reduce()
		return true
	}
	d := r.d * p
	g = gcd(d, k)
	for c, v := range r.a {
		v := int64(v) * p
		if s := src.a[c]; s != 0 {
			v += f * int64(s)
		}
		scratch[c] = v
		if g != 1 && v != 0 {
			g = gcd(g, v)
		}
	}
	if !fits(d / g) {
		return false
	}
	for c, v := range scratch {
		if g != 1 && v != 0 {
			v /= g
			scratch[c] = v
		}
		if !fits(v) {
			return false
		}
	}
	for c, v := range scratch {
		r.a[c] = int32(v)
	}
	r.d, r.k = d/g, k/g
	return true
}

// reduce divides a row by what all its numbers have in common.
func (r *row) reduce() {
	if r.d == 1 {
		return
	}
	g := gcd(r.d, r.k)
	for _, v := range r.a {
		if g == 1 {
			return
		}
		if v != 0 {
			g = gcd(g, int64(v))
		}
	}
	if g == 1 {
		return
	}
	for c, v := range r.a {
		r.a[c] = int32(int64(v) / g)
	}
	r.d, r.k = r.d/g, r.k/g
}

// exchange solves the row for the variable of column c, whose value has been taken out of k. The variable that was basic comes
// into the column with the value v.
func (r *row) exchange(c int, v int64) {
	if r.big == nil {
		s, p := int64(1), int64(r.a[c])
		if p < 0 {
			s, p = -1, -p
		}
		if k, ok := mulAdd(r.k, -s, s*r.d, v); ok {
			for j := range r.a {
				r.a[j] *= int32(-s)
			}
			r.a[c], r.d, r.k = int32(s*r.d), p, k
			r.reduce()
			return
		}
		r.grow()
	}
	r.big.exchange(c, v)
	r.shrink()
}

// gcd of two numbers is at least 1 unless both are 0.
func gcd(a, b int64) int64 {
	a, b = abs(a), abs(b)
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func abs(a int64) int64 {
	if a < 0 {
		return -a
	}
	return a
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// mulAdd gives a*b + c*d, if no step of it leaves the range of values.
func mulAdd(a, b, c, d int64) (int64, bool) {
	x, ok := mul(a, b)
	y, fine := mul(c, d)
	v := x + y
	return v, ok && fine && v > -maxValue && v < maxValue
}

func mul(a, b int64) (int64, bool) {
	if abs(a)|abs(b) < 1<<30 {
		return a * b, true
	}
	v := a * b
	return v, a == 0 || v/a == b && v > -maxValue && v < maxValue
}

// compareProducts compares a*b with c*d; none of them is negative.
func compareProducts(a, b, c, d int64) int {
	h, l := bits.Mul64(uint64(a), uint64(b))
	g, k := bits.Mul64(uint64(c), uint64(d))
	if n := cmp.Compare(h, g); n != 0 {
		return n
	}
	return cmp.Compare(l, k)
}

// compare compares the row's value with a bound.
func (r *row) compare(v int64) int {
	if r.big == nil {
		if n, ok := mul(v, r.d); ok {
			return cmp.Compare(r.k, n)
		}
	}
	b := r.asBig()
	return b.k.Cmp(new(big.Int).Mul(big.NewInt(v), &b.d))
}
