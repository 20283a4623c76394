package mojibake_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/ccpcr/impact/generator/mojibake"
)

// western reads UTF-8 as windows-1252.
func western(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		r := charmap.Windows1252.DecodeByte(c)
		if r == utf8.RuneError {
			r = rune(c)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// greek reads UTF-8 as ISO-8859-7, with windows-1252 for 0x80 to 0x9F, and throws away what neither has.
func greek(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		r := charmap.ISO8859_7.DecodeByte(c)
		if c >= 0x80 && c < 0xa0 {
			r = charmap.Windows1252.DecodeByte(c)
		}
		if r != utf8.RuneError && (r < 0x80 || r > 0x9f) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func TestTextReadAsWindows1252IsRestoredWhole(t *testing.T) {
	for _, text := range []string{"café", "“it’s”", "Não, coração – três", "កុមារ និងយុវជន", "Hà Nội", "भारत", "🙂", "a,b\nភ្នំពេញ,c\n"} {
		got, restored, lost := mojibake.Mend(western(text))
		if got != text || restored == 0 || lost != 0 {
			t.Errorf("%q became %q, %d restored, %d lost", text, got, restored, lost)
		}
	}
}

// A byte that is gone, or that could be one of two, is marked; what Khmer spelling tells is restored.
func TestKhmerReadAsGreekIsRestoredAsFarAsItIsDetermined(t *testing.T) {
	for text, want := range map[string]string{
		"បាន":                "បាន",
		"ការពារ":             "ការពារ",
		"កម្ពុជា":            "កម្ពុជា",  // ្ could be the digit ២
		"ស្វាយរៀង":           "ស្វាយរៀង", // ៀ could be the digit ៤
		"ឆ្នាំ ២៤១០":         "ឆ្នាំ ២៤១០",
		"ត":                  "�",       // its last byte is in neither encoding
		"អង្គការ":            "�ង្គការ", // អ could be ធ
		"ទី":                 "�ី",      // ទ could be ឡ
		"ប្រាំ (CCPCR) ២០១០": "ប្រាំ (CCPCR) ២០១០",
	} {
		if got, _, _ := mojibake.Mend(greek(text)); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestSoundTextIsLeftAlone(t *testing.T) {
	for _, text := range []string{
		"", "plain", "កុមារ", "“MAÇÔ – CORAÇÃO… NÃO»", "« voilà » “CAFÉ” é» É…", "«ΟΧΙ» Αθήνα · ΝΑΙ…", "„stráž“ žádný dlužník",
		"Hà Nội “Á…”", "90 °C ± 5 µm §3 ½", "naïve façade – “Ê”", "Ærø Åse ñandú ¿qué? ¡sí!",
	} {
		if at := mojibake.Find([]byte(text)); at >= 0 {
			t.Errorf("%q is taken for damaged at byte %d", text, at)
		}
		if got, restored, lost := mojibake.Mend(text); got != text || restored+lost > 0 {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func FuzzMend(f *testing.F) {
	for _, text := range []string{"កុមារ", "café", "ត,ទី", "Ã", "αž", "áŸ’"} {
		f.Add(text)
		f.Add(western(text))
		f.Add(greek(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		got, restored, lost := mojibake.Mend(text)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > utf8.RuneCountInString(text) {
			t.Errorf("%q became %q", text, got)
		}
		if (restored+lost == 0) != (got == text) && restored+lost == 0 {
			t.Errorf("%q became %q and nothing is said of it", text, got)
		}
		if found := mojibake.Find([]byte(text)) >= 0; !found && got != text {
			t.Errorf("%q is sound and became %q", text, got)
		}
	})
}
