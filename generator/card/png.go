package card

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"image"
	"image/draw"
	"image/png"

	"golang.org/x/image/vector"
)

// keyword names the text chunk that holds a card's words as JSON.
const keyword = "Description"

func coverage(r *vector.Rasterizer, width, height int) []uint8 {
	r.DrawOp = draw.Src
	alpha := image.NewAlpha(image.Rect(0, 0, width, height))
	r.Draw(alpha, alpha.Rect, image.Opaque, image.Point{})
	return alpha.Pix
}

// encode writes a PNG with a chunk of text (iTXt) before its end.
func encode(i image.Image, words []byte) ([]byte, error) {
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, i); err != nil {
		return nil, err
	}
	const end = 12 // the last chunk: no data
	chunk := append([]byte("iTXt"+keyword+"\x00\x00\x00\x00\x00"), words...)
	out := bytes.Clone(b.Bytes()[:b.Len()-end])
	out = binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, b.Bytes()[b.Len()-end:]...), nil
}

// Read gives the words that a card carries.
func Read(file []byte) (w Words, err error) {
	rest := file
	if !bytes.HasPrefix(rest, []byte("\x89PNG\r\n\x1a\n")) {
		return w, errors.New("expected a PNG")
	}
	for rest = rest[8:]; len(rest) >= 12; {
		length := int(binary.BigEndian.Uint32(rest))
		if length > len(rest)-12 {
			break
		}
		if text, ok := bytes.CutPrefix(rest[4:8+length], []byte("iTXt"+keyword+"\x00\x00\x00\x00\x00")); ok {
			return w, json.Unmarshal(text, &w)
		}
		rest = rest[12+length:]
	}
	return w, errors.New("expected a picture that carries its words")
}
