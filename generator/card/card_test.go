package card

import (
	"bytes"
	"image/png"
	"os"
	"testing"
)

func script(t testing.TB) Face {
	t.Helper()
	var f Face
	for name, to := range map[string]*[]byte{"400": &f.Regular, "700": &f.Bold} {
		data, err := os.ReadFile("../../site/assets/fonts/noto-sans-khmer-" + name + ".woff2")
		if err != nil {
			t.Fatal(err)
		}
		*to = data
	}
	return f
}

func artist(t testing.TB) *Artist {
	t.Helper()
	a, err := NewArtist(script(t))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

var khmer = Words{
	Language: "km", Name: "អង្គការ CCPCR", Kind: "សូចនាករ", Title: "កុមារ​ដែល​ទើប​បាន​ចូល​ក្នុង​មណ្ឌល", Figure: "210", Cell: "admitted/2010",
	Text: "យើង​ផ្ដល់​ជម្រក​ដល់​កុមារ​រងគ្រោះ​ពី​ការជួញដូរ​ឬ​អំពើហិង្សា ជួយ​ពួកគេ​ឱ្យ​វិល​ទៅ​គ្រួសារ​និង​សហគមន៍", Foot: "ឆ្នាំ 2010 · 2010-r1", Accent: "#0B5078",
}

func drawn(t testing.TB, a *Artist, w Words) []byte {
	t.Helper()
	data, ok, err := a.Draw(w)
	if err != nil || !ok {
		t.Fatalf("%v, %v", ok, err)
	}
	return data
}

func TestACardCarriesItsWordsAndIsAFunctionOfThem(t *testing.T) {
	first := drawn(t, artist(t), khmer)
	words, err := Read(first)
	if err != nil || words != khmer {
		t.Fatalf("%v: read %+v", err, words)
	}
	busy := artist(t)
	drawn(t, busy, Words{Language: "en", Name: "X", Title: "Something else", Accent: "#000000"})
	if !bytes.Equal(first, drawn(t, busy, words)) {
		t.Error("the same words give another picture")
	}
	other := words
	other.Figure = "215"
	a, _ := png.Decode(bytes.NewReader(first))
	b, err := png.Decode(bytes.NewReader(drawn(t, busy, other)))
	if err != nil {
		t.Fatal(err)
	}
	if a.Bounds().Dx() != Width || a.Bounds().Dy() != Height {
		t.Errorf("the card is %v", a.Bounds())
	}
	different := 0
	for y := range Height {
		for x := range Width {
			if a.At(x, y) != b.At(x, y) {
				different++
			}
		}
	}
	if different < 500 {
		t.Errorf("another figure changes only %d points", different)
	}
	if name := os.Getenv("CARD"); name != "" {
		_ = os.WriteFile(name, first, 0o644)
	}
}

func TestLettersBelowOthersTakeNoRoomBesideThem(t *testing.T) {
	a := artist(t)
	alone, below := width(a.shape("ក", "km", 64, false)), width(a.shape("ក្ក", "km", 64, false))
	if below >= 2*alone {
		t.Errorf("a letter is %v wide, with another one below %v: it was not shaped", alone, below)
	}
	for _, run := range a.shape("ស្ត្រី 12", "km", 64, true) {
		for _, g := range run.Glyphs {
			if g.GlyphID == 0 {
				t.Error("a glyph is missing")
			}
		}
	}
}

func TestRowsEndBetweenWordsAndNeverInsideALetter(t *testing.T) {
	a := artist(t)
	rows, fits := a.wrap(khmer.Text, "km", 38, false, 600, 9)
	if !fits || len(rows) < 3 {
		t.Errorf("%v %q", fits, rows)
	}
	long := "ស្ត្រីស្ត្រីស្ត្រីស្ត្រីស្ត្រីស្ត្រីស្ត្រីស្ត្រី"
	rows, fits = a.wrap(long, "km", 60, false, 300, 9)
	if fits || len(rows) < 2 {
		t.Errorf("a word wider than a row: %v %q", fits, rows)
	}
	for _, row := range rows {
		if first := []rune(row)[0]; first != 'ស' {
			t.Errorf("%q begins inside a letter", row)
		}
	}
}

func TestWhatTheFontsLackGivesNoCard(t *testing.T) {
	a, err := NewArtist()
	if err != nil {
		t.Fatal(err)
	}
	if _, ok, err := a.Draw(khmer); ok || err != nil {
		t.Errorf("drawn without its font: %v, %v", ok, err)
	}
}

func TestAFontThatIsCutOffIsAnError(t *testing.T) {
	whole := script(t)
	for _, n := range []int{4, 47, 60, 1000, len(whole.Regular) - 1000} {
		if _, err := NewArtist(Face{whole.Regular[:n], whole.Bold}); err == nil {
			t.Errorf("%d bytes of a font were taken", n)
		}
	}
}

func BenchmarkCard(b *testing.B) {
	a := artist(b)
	b.ReportAllocs()
	for b.Loop() {
		drawn(b, a, khmer)
	}
}

func FuzzReadingACard(f *testing.F) {
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x00iTXt"))
	f.Fuzz(func(t *testing.T, file []byte) { _, _ = Read(file) })
}
