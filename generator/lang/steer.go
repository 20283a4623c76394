package lang

// Steers says whether a sign does nothing but turn the direction of what stands around it. A label that holds one could turn round the
// digits beside it. Letters of scripts that are written from the right need none.
func Steers(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }
