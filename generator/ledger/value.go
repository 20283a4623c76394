package ledger

import (
	"slices"
	"strconv"
)

// Status of a value without a number, as in the column "status".
type Status string

const (
	IsNumber   Status = ""
	Small      Status = "small"
	Withheld   Status = "withheld"
	Impossible Status = "impossible"
	Missing    Status = "missing"
)

var statuses = []string{string(Small), string(Withheld), string(Impossible), string(Missing)}

// Value is what a release shows of a figure. Only the reader makes one; the zero value is not a number.
type Value struct {
	status  Status
	n       int64
	present bool
}

// Number gives the shown number, if the value is one.
func (v Value) Number() (int64, bool) { return v.n, v.present && v.status == IsNumber }

// Status is empty for a number.
func (v Value) Status() Status {
	if !v.present {
		return Withheld
	}
	return v.status
}

// maxValue is the largest figure that a release may show: sums and axes stay far from overflow.
const maxValue = 1_000_000_000_000_000

// parseValue reads the columns value and status.
func parseValue(value, status string) (Value, bool) {
	if status != "" {
		return Value{Status(status), 0, true}, value == "" && slices.Contains(statuses, status)
	}
	n, err := strconv.ParseInt(value, 10, 64)
	return Value{IsNumber, n, true}, err == nil && n >= 0 && n <= maxValue && strconv.FormatInt(n, 10) == value
}

// digits writes a number as in a file.
func (v Value) digits() string { return strconv.FormatInt(v.n, 10) }
