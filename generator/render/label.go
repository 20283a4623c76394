package render

import (
	"strings"

	"github.com/ccpcr/impact/generator/render/svg"
)

// A drawing breaks its words itself: lines end at spaces and at the zero-width spaces that writers of some scripts type between
// words, never inside a word, so never inside a cluster of letters.
const zeroWidthSpace = "\u200b"

// roomier is how much more room labels get than measured: fonts of readers differ from those that were measured.
const roomier = 1.08

// measured is the room that one line takes in a drawing.
func measured(text string, size int, weight string) float64 {
	return svg.Width(text, weight+" "+itoa(size)+"px sans-serif") * roomier
}

// broken writes a label in lines of at most width. A word that is longer stands alone.
func broken(text string, width float64, size int) string {
	var lines []string
	line := ""
	for _, word := range words(text) {
		joined := line + word
		if line != "" && measured(strings.TrimRight(joined, " "+zeroWidthSpace), size, "400") > width {
			lines = append(lines, strings.TrimRight(line, " "+zeroWidthSpace))
			joined = word
		}
		line = joined
	}
	return strings.Join(append(lines, strings.TrimRight(line, " "+zeroWidthSpace)), "\n")
}

// words parts a text behind each space and zero-width space.
func words(text string) []string {
	var all []string
	begin := 0
	for i, r := range text {
		if r == ' ' || string(r) == zeroWidthSpace {
			end := i + len(string(r))
			all, begin = append(all, text[begin:end]), end
		}
	}
	return append(all, text[begin:])
}

// height counts the lines of the label that has most.
func height(labels []string) int {
	most := 1
	for _, l := range labels {
		most = max(most, 1+strings.Count(l, "\n"))
	}
	return most
}

// widest is the room of the longest line.
func widest(labels []string, size int, weight string) float64 {
	room := 0.0
	for _, l := range labels {
		for line := range strings.SplitSeq(l, "\n") {
			room = max(room, measured(line, size, weight))
		}
	}
	return room
}
