package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"github.com/ccpcr/impact/generator/mojibake"
)

// maxLine is the longest line read, in bytes. encoding/csv itself knows no limit.
const maxLine = 1 << 20

// fault is what a file can hold that is no text.
type fault int

const (
	notUTF8 fault = iota
	wronglyDecoded
	lostCharacter
	controlCharacter
	longLine
)

// textError is the place of a fault, as an editor shows it.
type textError struct {
	fault     fault
	line, col int
}

func (e *textError) Error() string { return "not a text" }

// errNoText says that a file is of another kind altogether.
var errNoText = errors.New("a file of another kind")

// otherKinds are the first bytes of what is often called .csv and is none.
var otherKinds = []string{"PK\x03\x04", "\xd0\xcf\x11\xe0", "\x89PNG", "%PDF", "\xff\xd8\xff", "GIF8", "\x1f\x8b", "7z\xbc\xaf", "Rar!"}

// otherTexts is how a page, RTF and JSON begin.
var otherTexts = regexp.MustCompile(`^\s*(<|\{|\[\s*[\[{])`)

// newText reads a file as UTF-8 with plain line ends, whatever Unicode encoding it is written in.
func newText(file io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(file, chunk)
	head, err := in.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	for _, kind := range otherKinds {
		if bytes.HasPrefix(head, []byte(kind)) {
			return nil, errNoText
		}
	}
	mark := []byte("\xef\xbb\xbf")
	for bytes.HasPrefix(head, mark) { // files that were joined have several
		_, _ = in.Discard(len(mark))
		head = head[len(mark):]
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		in = bufio.NewReader(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in))
	case zeros(head, 1):
		in = bufio.NewReader(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Reader(in))
	case zeros(head, 0):
		in = bufio.NewReader(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder().Reader(in))
	}
	if head, _ := in.Peek(512); otherTexts.Match(head) {
		return nil, errNoText
	}
	return &text{from: in, line: 1}, nil
}

// zeros says whether every second byte from an offset on is often zero and the others never are, as in UTF-16 with separators,
// digits and line ends.
func zeros(head []byte, offset int) bool {
	n := 0
	for i, b := range head {
		if b == 0 {
			if i%2 != offset {
				return false
			}
			n++
		}
	}
	return n > len(head)/16
}

// chunk is how much text is looked at in one go, in bytes.
const chunk = 64 << 10

// text reads UTF-8 and stops before the first line that has a fault. Line ends of any kind become line feeds, byte for byte, so that
// lines and columns stay those of the file.
type text struct {
	from  io.Reader
	buf   []byte
	held  []byte // read, but not looked at: the beginning of a line
	ready []byte // looked at and good
	err   error
	line  int // of the first byte of held
	size  int // bytes of that line before held
	chars int // and characters
}

func (t *text) Read(p []byte) (int, error) {
	for len(t.ready) == 0 {
		if t.err != nil {
			return 0, t.err
		}
		t.fill()
	}
	n := copy(p, t.ready)
	t.ready = t.ready[n:]
	return n, nil
}

// fill reads on and moves whole lines from held to ready, or a piece of a line that is longer than a chunk.
func (t *text) fill() {
	if cap(t.buf) < len(t.held)+chunk {
		t.buf = make([]byte, len(t.held)+chunk)
	}
	buf := t.buf[:cap(t.buf)]
	n := copy(buf, t.held) // which is the end of the same memory
	more, err := io.ReadFull(t.from, buf[n:])
	buf = buf[:n+more]
	end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	cut := len(buf)
	switch {
	case end:
		t.err = io.EOF
		buf = bytes.TrimSuffix(buf, []byte("\x1a")) // by which old programs end a file
		cut = len(buf)
	case err != nil:
		t.err = err
	default:
		cut = max(bytes.LastIndexByte(buf, '\n'), bytes.LastIndexByte(buf[:len(buf)-1], '\r')) + 1
		if cut == 0 {
			for cut = len(buf) - 16; !utf8.RuneStart(buf[cut]); cut-- { // no sequence that is looked for is cut
			}
		}
	}
	t.look(buf[:cut])
	t.held = buf[cut:]
}

// look makes a piece ready, or what is sound of it.
func (t *text) look(piece []byte) {
	for i := 0; ; i++ {
		next := bytes.IndexByte(piece[i:], '\r')
		if next < 0 {
			break
		}
		if i += next; i+1 == len(piece) || piece[i+1] != '\n' {
			piece[i] = '\n'
		}
	}
	at, fault := firstFault(piece)
	if i := t.tooLong(piece); i >= 0 && (at < 0 || i < at) {
		at, fault = i, longLine
	}
	sound := piece
	if at >= 0 {
		begin := bytes.LastIndexByte(piece[:at], '\n') + 1
		sound = piece[:begin]
		line, col := t.line+bytes.Count(sound, []byte("\n")), utf8.RuneCount(piece[begin:at])+1
		if begin == 0 {
			col += t.chars
		}
		if fault == longLine {
			col = 1
		}
		t.err = &textError{fault, line, col}
	}
	t.ready = sound
	t.line += bytes.Count(sound, []byte("\n"))
	if last := bytes.LastIndexByte(sound, '\n'); last >= 0 {
		t.size, t.chars, sound = 0, 0, sound[last+1:]
	}
	t.size += len(sound)
	t.chars += utf8.RuneCount(sound)
}

// tooLong gives the offset at which a line of the piece is longer than may be, or -1. Only the first can be: a piece is shorter than
// the longest line.
func (t *text) tooLong(piece []byte) int {
	if first := bytes.IndexByte(piece, '\n'); first >= 0 {
		piece = piece[:first]
	}
	if t.size+len(piece) > maxLine {
		return 0
	}
	return -1
}

// firstFault gives the offset of the first byte that is wrong, or -1.
func firstFault(piece []byte) (int, fault) {
	at, kind := -1, notUTF8
	see := func(i int, k fault) {
		if i >= 0 && (at < 0 || i < at) {
			at, kind = i, k
		}
	}
	if !utf8.Valid(piece) {
		for i := 0; i < len(piece); {
			r, n := utf8.DecodeRune(piece[i:])
			if r == utf8.RuneError && n == 1 {
				see(i, notUTF8)
				break
			}
			i += n
		}
	}
	see(bytes.IndexByte(piece, 0), controlCharacter)
	see(bytes.Index(piece, []byte("\ufffd")), lostCharacter)
	see(mojibake.Find(piece), wronglyDecoded)
	return at, kind
}
