package site

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// The child ends soon: to collect garbage is a sixth of its time, and most sites need less memory in all than is at hand. So it does not
// begin before that is used, and from then on lets memory grow by lavish per cent of what is in use. Whoever sets GOGC or GOMEMLIMIT
// knows better.
const (
	never  = "off"
	atHand = "224MiB"
	lavish = 400
)

var untilUsed = []string{"GOGC=" + never, "GOMEMLIMIT=" + atHand}

// thenCollect ends in the child what untilUsed begins, at the collector's first round.
func thenCollect() {
	if os.Getenv("GOGC") != never || os.Getenv("GOMEMLIMIT") != atHand {
		return
	}
	type round struct{ _ *byte } // one that the collector finds unused
	runtime.AddCleanup(&round{}, func(struct{}) {
		debug.SetGCPercent(lavish)
		debug.SetMemoryLimit(math.MaxInt64)
	}, struct{}{})
}
