package card

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/andybalholm/brotli"
)

// largestFont is how much of a font is unpacked: a font of the web is a hundredth of it.
const largestFont = 32 << 20

// knownTags are the names of tables that WOFF2 writes as a number.
const knownTags = "cmapheadhheahmtxmaxpnameOS/2postcvt fpgmglyflocaprepCFF VORGEBDTEBLCgasphdmxkernLTSHPCLTVDMXvheavmtxBASEGDEFGPOSGSUBEBSCJSTFMATHCBDTCBLC" +
	"COLRCPALSVG sbixacntavarbdatblocbslncvarfdscfeatfmtxfvargvarhstyjustlcarmortmorxopbdproptrakZapfSilfGlatGlocFeatSill"

type table struct {
	tag     string
	length  int // as it lies in the stream
	changed bool
	data    []byte
}

// unpack turns a WOFF2 file into the plain font that it was made from. Any other file stays as it is.
func unpack(file []byte) (font []byte, err error) {
	if !bytes.HasPrefix(file, []byte("wOF2")) {
		return file, nil
	}
	defer func() { // every read below is bounded by its slice: a file that is cut off ends here
		if r := recover(); r != nil {
			err = fmt.Errorf("expected a whole WOFF2 font: %v", r)
		}
	}()
	s := stream(file[48:])
	tables := make([]table, binary.BigEndian.Uint16(file[12:]))
	for i := range tables {
		t := &tables[i]
		flags := s.byte()
		if known := int(flags & 63); known < 63 {
			t.tag = knownTags[4*known : 4*known+4]
		} else {
			t.tag = string(s.take(4))
		}
		t.length = s.base128()
		outline := t.tag == "glyf" || t.tag == "loca"
		if t.changed = outline != (flags>>6 != 0); t.changed {
			t.length = s.base128()
		}
	}
	packed := s.take(int(binary.BigEndian.Uint32(file[20:])))
	plain, err := io.ReadAll(io.LimitReader(brotli.NewReader(bytes.NewReader(packed)), largestFont))
	if err != nil {
		return nil, err
	}
	body := stream(plain)
	at := map[string]*table{}
	for i := range tables {
		tables[i].data = bytes.Clone(body.take(tables[i].length))
		at[tables[i].tag] = &tables[i]
	}
	if glyf := at["glyf"]; glyf != nil && glyf.changed {
		left := outlines(glyf, at["loca"])
		binary.BigEndian.PutUint16(at["head"].data[50:], 1) // loca has long places now
		if m := at["hmtx"]; m.changed {
			m.data = metrics(m.data, int(binary.BigEndian.Uint16(at["hhea"].data[34:])), left)
		}
	}
	return sfnt(binary.BigEndian.Uint32(file[4:]), tables), nil
}

// sfnt lays tables one behind the other.
func sfnt(flavour uint32, tables []table) []byte {
	out := binary.BigEndian.AppendUint32(nil, flavour)
	out = binary.BigEndian.AppendUint16(out, uint16(len(tables)))
	out = append(out, make([]byte, 6)...) // hints for a search that nobody makes
	place := 12 + 16*len(tables)
	for _, t := range tables {
		out = append(out, t.tag...)
		for _, n := range []int{0, place, len(t.data)} {
			out = binary.BigEndian.AppendUint32(out, uint32(n))
		}
		place += (len(t.data) + 3) / 4 * 4
	}
	for _, t := range tables {
		out = append(out, t.data...)
		out = append(out, make([]byte, -len(t.data)&3)...)
	}
	return out
}

// outlines writes glyf and loca as plain fonts have them, and gives the left edge of each glyph.
func outlines(glyf, loca *table) (left []int16) {
	s := stream(glyf.data)
	s.take(4)
	count := int(s.word())
	s.take(2)
	var parts [7]stream
	var sizes [7]int
	for i := range sizes {
		sizes[i] = int(binary.BigEndian.Uint32(s.take(4)))
	}
	for i := range parts {
		parts[i] = stream(s.take(sizes[i]))
	}
	contours, points, flags, shapes, composites, boxes, code := &parts[0], &parts[1], &parts[2], &parts[3], &parts[4], &parts[5], &parts[6]
	boxed := boxes.take((count + 31) / 32 * 4)
	var out, places []byte
	for g := range count {
		places = binary.BigEndian.AppendUint32(places, uint32(len(out)))
		n := int16(contours.word())
		var box []byte
		if boxed[g/8]&(0x80>>(g%8)) != 0 {
			box = boxes.take(8)
		}
		x := int16(0)
		if box != nil {
			x = int16(binary.BigEndian.Uint16(box))
		}
		switch {
		case n > 0:
			var body []byte
			body, box = simple(int(n), box, points, flags, shapes, code)
			x = int16(binary.BigEndian.Uint16(box))
			out = binary.BigEndian.AppendUint16(out, uint16(n))
			out = append(append(out, box...), body...)
		case n < 0:
			out = binary.BigEndian.AppendUint16(out, uint16(n))
			out = append(append(out, box...), composite(composites, shapes, code)...)
		}
		left = append(left, x)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	glyf.data, loca.data = out, binary.BigEndian.AppendUint32(places, uint32(len(out)))
	return left
}

// simple writes a glyph of contours, each point by itself and its distances as words.
func simple(n int, box []byte, points, flags, shapes, code *stream) (body, bounds []byte) {
	total := 0
	for range n {
		total += points.short()
		body = binary.BigEndian.AppendUint16(body, uint16(total-1))
	}
	on := make([]byte, total)
	var xs, ys []byte
	x, y := 0, 0
	low, high := [2]int{math.MaxInt16, math.MaxInt16}, [2]int{math.MinInt16, math.MinInt16}
	for i := range total {
		flag := flags.byte()
		if flag&0x80 == 0 {
			on[i] = 1
		}
		dx, dy := step(int(flag&0x7f), shapes)
		x, y = x+dx, y+dy
		xs, ys = binary.BigEndian.AppendUint16(xs, uint16(dx)), binary.BigEndian.AppendUint16(ys, uint16(dy))
		low = [2]int{min(low[0], x), min(low[1], y)}
		high = [2]int{max(high[0], x), max(high[1], y)}
	}
	if box == nil {
		for _, v := range []int{low[0], low[1], high[0], high[1]} {
			box = binary.BigEndian.AppendUint16(box, uint16(v))
		}
	}
	length := shapes.short()
	body = binary.BigEndian.AppendUint16(body, uint16(length))
	body = append(body, code.take(length)...)
	return append(append(append(body, on...), xs...), ys...), box
}

// step reads how far a point lies from the one before.
func step(f int, s *stream) (dx, dy int) {
	signed := func(flag, n int) int {
		if flag&1 == 0 {
			return -n
		}
		return n
	}
	b := func() int { return int(s.byte()) }
	switch {
	case f < 10:
		return 0, signed(f, (f&14)<<7+b())
	case f < 20:
		return signed(f, ((f-10)&14)<<7+b()), 0
	case f < 84:
		c, d := f-20, b()
		return signed(f, 1+c&0x30+d>>4), signed(f>>1, 1+(c&0x0c)<<2+d&0x0f)
	case f < 120:
		c := f - 84
		dx = signed(f, 1+(c/12)<<8+b())
		return dx, signed(f>>1, 1+(c%12)>>2<<8+b())
	case f < 124:
		c, d := b(), b()
		return signed(f, c<<4+d>>4), signed(f>>1, (d&0x0f)<<8+b())
	}
	dx = signed(f, b()<<8+b())
	return dx, signed(f>>1, b()<<8+b())
}

// composite copies a glyph that is made of others.
func composite(s, shapes, code *stream) (body []byte) {
	for more, instructed := true, false; more; {
		head := s.take(4)
		flags := binary.BigEndian.Uint16(head)
		size := 2
		if flags&1 != 0 {
			size = 4
		}
		switch {
		case flags&8 != 0:
			size += 2
		case flags&0x40 != 0:
			size += 4
		case flags&0x80 != 0:
			size += 8
		}
		body = append(append(body, head...), s.take(size)...)
		more, instructed = flags&0x20 != 0, instructed || flags&0x100 != 0
		if !more && instructed {
			length := shapes.short()
			body = binary.BigEndian.AppendUint16(body, uint16(length))
			body = append(body, code.take(length)...)
		}
	}
	return body
}

// metrics writes hmtx as plain fonts have it: a left edge that was left out is the glyph's.
func metrics(data []byte, advances int, left []int16) (out []byte) {
	s := stream(data)
	flags := s.byte()
	widths := stream(s.take(2 * advances))
	for g, edge := range left {
		if g < advances {
			out = append(out, widths.take(2)...)
		}
		if g < advances && flags&1 == 0 || g >= advances && flags&2 == 0 {
			edge = int16(s.word())
		}
		out = binary.BigEndian.AppendUint16(out, uint16(edge))
	}
	return out
}

// stream is read from its beginning.
type stream []byte

func (s *stream) take(n int) []byte {
	if n < 0 || n > len(*s) {
		panic(errors.New("it ends too early"))
	}
	part := (*s)[:n]
	*s = (*s)[n:]
	return part
}

func (s *stream) byte() byte   { return s.take(1)[0] }
func (s *stream) word() uint16 { return binary.BigEndian.Uint16(s.take(2)) }

// short reads a number that is mostly below 253.
func (s *stream) short() int {
	switch b := s.byte(); b {
	case 253:
		return int(s.word())
	case 254:
		return int(s.byte()) + 506
	case 255:
		return int(s.byte()) + 253
	default:
		return int(b)
	}
}

// base128 reads a number of seven bits a byte.
func (s *stream) base128() (n int) {
	for range 5 {
		b := s.byte()
		n = n<<7 | int(b&0x7f)
		if b&0x80 == 0 {
			return n
		}
	}
	panic(errors.New("a number is too long"))
}
