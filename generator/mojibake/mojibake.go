// Package mojibake knows text that was decoded wrongly once: UTF-8 that somebody read as another encoding and saved again.
//
// In: text. Out: where such a place stands, or the text with every such place mended. What the bytes no longer tell is marked
// with U+FFFD, never guessed.
package mojibake

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// page is the encoding that UTF-8 was wrongly read as.
type page struct {
	first   byte            // first byte, in UTF-8, of each character that may begin a garbled one
	bytesOf map[rune][]byte // what a character was read from; more than one byte where the page is a mixture
	sure    func(lead byte, second rune, is rune) bool
}

var pages = []*page{western(), greek()}

// western is windows-1252, by far the most usual.
func western() *page {
	p := &page{first: 0xc3, bytesOf: map[rune][]byte{}}
	for b := 0x80; b <= 0xff; b++ {
		p.add(windows1252(byte(b)), byte(b))
	}
	// A quote or a dash behind a letter with an accent is plain text: “MAÇÔ. Nor is Ê… anything else.
	p.sure = func(lead byte, second, is rune) bool {
		if is == '\ufeff' {
			return true
		}
		closes := strings.ContainsRune("’”»›…–—", second) || second == '\u00a0' && lead != 0xc3
		return !closes && (lead == 0xc2 || lead == 0xc3 || lead >= 0xe0)
	}
	return p
}

// greek is ISO-8859-7 with windows-1252 in the place of its control characters, as some programs have it. Greek text holds pairs
// that could be UTF-8, so only Khmer and punctuation are recognised.
func greek() *page {
	p := &page{first: 0xce, bytesOf: map[rune][]byte{}}
	for b := 0x80; b <= 0xff; b++ {
		p.add(charmap.ISO8859_7.DecodeByte(byte(b)), byte(b))
		if b < 0xa0 {
			p.add(windows1252(byte(b)), byte(b))
			p.add(rune(b), byte(b))
		}
	}
	p.sure = func(_ byte, _, is rune) bool { return khmer(is) || is >= 0x2010 && is <= 0x203f }
	return p
}

// windows1252 reads a byte; the five that it has no character for are control characters to most programs.
func windows1252(b byte) rune {
	if r := charmap.Windows1252.DecodeByte(b); r != utf8.RuneError {
		return r
	}
	return rune(b)
}

func (p *page) add(r rune, b byte) {
	if r != utf8.RuneError && !slices.Contains(p.bytesOf[r], b) {
		p.bytesOf[r] = append(p.bytesOf[r], b)
	}
}

// Find gives the offset of the first garbled place of a text, or -1.
func Find(text []byte) int {
	at := -1
	for _, p := range pages {
		if i := p.find(text); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	return at
}

func (p *page) find(text []byte) int {
	for i := 0; ; i++ {
		next := bytes.IndexByte(text[i:], p.first)
		if next < 0 {
			return -1
		}
		i += next
		if p.garbled(text[i:]) {
			return i
		}
	}
}

// garbled says whether a text begins with a garbled character. Czech has words such as “stráž”, so a single one of three bytes that
// begins with á is not enough.
func (p *page) garbled(text []byte) bool {
	is, n := p.read(text, p.sure)
	if n == 0 {
		return p.first == 0xce && p.gap(text) > 0
	}
	return is[0] < 0x1000 || is[0] >= 0x2000 || p.first == 0xce || bytes.HasPrefix(text[n:], []byte("á"))
}

// anything is enough where the text is known to be damaged.
func anything(byte, rune, rune) bool { return true }

// read gives what the garbled character at the beginning of a text may be, and its length, or 0.
func (p *page) read(text []byte, sure func(byte, rune, rune) bool) (is []rune, length int) {
	first, n := utf8.DecodeRune(text)
	for _, lead := range p.bytesOf[first] {
		need := 0
		switch {
		case lead >= 0xc2 && lead < 0xe0:
			need = 1
		case lead >= 0xe0 && lead < 0xf0:
			need = 2
		case lead >= 0xf0 && lead < 0xf5:
			need = 3
		default:
			continue
		}
		second, _ := utf8.DecodeRune(text[n:])
		readings, at := [][]byte{{lead}}, n
		for range need {
			r, size := utf8.DecodeRune(text[at:])
			var longer [][]byte
			for _, b := range p.bytesOf[r] {
				for _, before := range readings {
					if b < 0xc0 {
						longer = append(longer, append(slices.Clone(before), b))
					}
				}
			}
			readings, at = longer, at+size
		}
		for _, reading := range readings {
			if r, size := utf8.DecodeRune(reading); size == len(reading) && r != utf8.RuneError && sure(lead, second, r) {
				is, length = append(is, r), at
			}
		}
	}
	return is, length
}

// Mend gives a text as it was before it was decoded wrongly, how many characters were restored, and how many are lost: where a byte
// is gone, or could be one of two and Khmer spelling does not tell which. Those become U+FFFD.
func Mend(text string) (mended string, restored, lost int) {
	in := []byte(text)
	var p *page
	for _, candidate := range pages {
		if candidate.find(in) >= 0 {
			p = candidate
		}
	}
	if p == nil {
		return text, 0, 0
	}
	sure := p.sure
	if p.first == 0xc3 {
		sure = anything
	}
	var out []rune
	for len(in) > 0 {
		is, n := p.read(in, sure)
		r := utf8.RuneError
		switch next, _ := p.read(in[n:], sure); {
		case n > 0:
			r = told(is, out, next)
		case p.gap(in) > 0:
			n = p.gap(in)
		default:
			r, n = utf8.DecodeRune(in)
			out, in = append(out, r), in[n:]
			continue
		}
		if r == utf8.RuneError {
			lost++
		} else {
			restored++
		}
		out, in = append(out, r), in[n:]
	}
	return string(out), restored, lost
}

// gap is the length of a garbled character whose last byte was thrown away, or 0.
func (p *page) gap(text []byte) int {
	for _, pair := range []string{"αž", "αŸ", "áž", "áŸ", "Ã", "Â"} {
		lead, _ := utf8.DecodeRuneInString(pair)
		if string(lead)[0] == p.first && bytes.HasPrefix(text, []byte(pair)) {
			return len(pair)
		}
	}
	return 0
}
