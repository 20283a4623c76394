package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// spare is how many bytes the collector lets memory grow between two of its rounds, and leanest by how many per cent of what is in
// use at least. By itself it would let memory double: much for ten million rows, and for most other work so little that it never rests.
// What was in use beyond that, and aside at most, is given back to the system.
const (
	spare   = 64 << 20
	leanest = 15
	aside   = 64 << 20 // stacks, and what the runtime needs for itself
)

// least is leanest or, in a burst, more.
var least atomic.Int64

// pace sets the collector anew behind each of its rounds. Whoever sets GOGC or GOMEMLIMIT knows better.
func pace() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	least.Store(leanest)
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	type round struct{ _ *byte } // one that the collector finds unused each time
	var next func(struct{})
	next = func(struct{}) {
		metrics.Read(sample)
		live := max(sample[0].Value.Uint64(), 1<<20)
		percent := max(uint64(least.Load()), spare*100/live)
		debug.SetGCPercent(int(percent))
		debug.SetMemoryLimit(int64(live + live*percent/100 + aside))
		runtime.AddCleanup(&round{}, next, struct{}{})
	}
	next(struct{}{})
}

// lavish lets garbage pile up to so many per cent of what is in use, until the function that it gives is called.
func lavish(percent int) (enough func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before, was := least.Swap(int64(percent)), debug.SetGCPercent(percent)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(math.MaxInt64) // until the collector's next round
	}
	return func() {
		least.Store(before)
		debug.SetGCPercent(was)
	}
}
