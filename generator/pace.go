package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// spare is how many bytes the collector lets memory grow between two of its rounds, and leanest by how many per cent of what is in
// use at least. By itself it would let memory double: much for ten million rows, and for most other work so little that it never rests.
const (
	spare   = 64 << 20
	leanest = 25
)

// pace sets the collector anew behind each of its rounds. Whoever sets GOGC or GOMEMLIMIT knows better.
func pace() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	type round struct{ _ *byte } // one that the collector finds unused each time
	var next func(struct{})
	next = func(struct{}) {
		metrics.Read(live)
		debug.SetGCPercent(int(max(leanest, spare*100/max(live[0].Value.Uint64(), 1<<20))))
		runtime.AddCleanup(&round{}, next, struct{}{})
	}
	next(struct{}{})
}
