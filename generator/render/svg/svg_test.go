package svg_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/render/svg"
)

var classes = map[string]string{
	"#0270b5": "service", "#15212B": "ink", "#3B4853": "ink-2", "#55636F": "ink-3", "#71808C": "hatch", "#FFFFFF": "paper",
}

// renderer gives a new Renderer with the bundle of the theme.
func renderer(t testing.TB) *svg.Renderer {
	t.Helper()
	bundle, err := svg.Compile(read(t, "../../../themes/impact/assets/vendor/echarts/echarts.js"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := svg.New(bundle)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// chart draws and cleans an option.
func chart(t testing.TB, r *svg.Renderer, option string) string {
	t.Helper()
	drawn, err := r.Draw([]byte(option), 328, 220)
	if err != nil {
		t.Fatal(err)
	}
	cleaned, err := svg.Clean(drawn, "f-bar", classes)
	if err != nil {
		t.Fatalf("%v\n%s", err, drawn)
	}
	return cleaned
}

func TestBarShowsNamesValuesAndSigns(t *testing.T) {
	got := chart(t, renderer(t), string(read(t, "testdata/bar.json")))
	for _, want := range []string{
		`<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 328 220">`,
		">Phnom Penh</text>", ">Kampot</text>", ">115</text>", ">60</text>", ">&lt;10</text>", ">..</text>", ">not reported</text>",
		`fill="#0270B5" class="service"`, `stroke="#55636F" stroke-width="1.5" stroke-linecap="round" class="ink-3-line"`,
		`font-size="14" font-weight="600"`, `id="f-bar-1"`, `fill="url(#f-bar-1)"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("drawing lacks %s", want)
		}
	}
	for _, never := range []string{"style", "font-family", "ecmeta", "xlink", "baseProfile", "space=", `id="zr`, "#zr", "pointer"} {
		if strings.Contains(got, never) {
			t.Errorf("drawing has %s", never)
		}
	}
	if bars := regexp.MustCompile(`class="service"`).FindAllString(got, -1); len(bars) != 2 {
		t.Errorf("%d solid bars, want one for each of the 2 numbers", len(bars))
	}
	if t.Failed() {
		t.Log(got)
	}
}

func TestSameOptionSameBytes(t *testing.T) {
	option := string(read(t, "testdata/bar.json"))
	fresh, used := renderer(t), renderer(t)
	chart(t, used, `{"series":[]}`)
	chart(t, used, option)
	if chart(t, fresh, option) != chart(t, used, option) {
		t.Error("a drawing depends on those before it")
	}
}

func TestHostileNamesAreText(t *testing.T) {
	const hostile = `</script><img src=x onerror=alert(1)>`
	got := chart(t, renderer(t), fmt.Sprintf(`{
		"xAxis": {"type": "value"}, "yAxis": {"type": "category", "data": [%q]},
		"series": [{"type": "bar", "data": [{"value": 1, "label": {"show": true, "formatter": %[1]q}}]}]}`, hostile))
	if n := strings.Count(got, ">&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</text>"); n != 2 {
		t.Errorf("name appears %d times as text, want 2:\n%s", n, got)
	}
}

func TestLiteralIsNotATemplate(t *testing.T) {
	got := chart(t, renderer(t), fmt.Sprintf(`{
		"xAxis": {"type": "value"}, "yAxis": {"type": "category", "data": ["name"]},
		"series": [{"type": "bar", "data": [{"value": 1, "label": {"show": true, "formatter": %q}}]}]}`,
		svg.Literal("{b} {@x} {c|d}")))
	if want := ">{\u200bb} {\u200b@x} {\u200bc|d}</text>"; !strings.Contains(got, want) {
		t.Errorf("drawing lacks %q:\n%s", want, got)
	}
}

func TestBadOptionsAreErrors(t *testing.T) {
	r := renderer(t)
	for _, option := range []string{``, `{`, `null`, `function(){}`, `{"series":[{"type":"bar","data":[1]}]}`} {
		if got, err := r.Draw([]byte(option), 328, 220); err == nil {
			t.Errorf("option %q gave %q, want an error", option, got)
		}
	}
	if _, err := r.Draw([]byte(`{}`), 328, 0); err == nil {
		t.Error("height 0 gave no error")
	}
	chart(t, r, string(read(t, "testdata/bar.json"))) // the renderer outlives bad input
	if _, err := svg.Compile([]byte("not a bundle")); err == nil {
		t.Error("a broken bundle gave no error")
	}
}

func TestCleanRefusesWhatIsNoDrawing(t *testing.T) {
	for _, inside := range []string{
		`<script>alert(1)</script>`,
		`<style>.a{}</style>`,
		`<foreignObject></foreignObject>`,
		`<image href="https://example.org/"/>`,
		`<a href="#x"></a>`,
		`<path onclick="alert(1)"/>`,
		`<path style="fill:red"/>`,
		`<path fill="url(https://example.org/#a)"/>`,
		`<text xmlns="http://www.w3.org/1999/xhtml">a</text>`,
		`<svg></svg>`,
		`<!-- note -->`,
		`<g>loose</g>`,
		`<g>`,
	} {
		if got, err := svg.Clean(`<svg xmlns="http://www.w3.org/2000/svg">`+inside+`</svg>`, "f", nil); err == nil {
			t.Errorf("%s became %s, want an error", inside, got)
		}
	}
	if _, err := svg.Clean("", "f", nil); err == nil {
		t.Error("no drawing gave no error")
	}
}

func TestWidthOfText(t *testing.T) {
	for _, c := range []struct {
		text, font string
		want       float64
	}{
		{"10", "10px sans-serif", 12.72},
		{"10", "bold 10px sans-serif", 13.992},
		{"ខ្មែរ", "normal 400 10px sans-serif", 19}, // two consonants and a spacing vowel; what stands below takes no width
		{"a", "", 7.356},
	} {
		if got := svg.Width(c.text, c.font); got < c.want-0.001 || got > c.want+0.001 {
			t.Errorf("Width(%q, %q) = %v, want %v", c.text, c.font, got, c.want)
		}
	}
}

var (
	unsafeElement   = regexp.MustCompile(`(?i)^(script|style|foreignobject|image|use|a)$`)
	unsafeAttribute = regexp.MustCompile(`(?i)^(on|style=|href=)|url\((#[^f]|[^#])`)
)

func FuzzClean(f *testing.F) {
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg"><text style="font-size:14px;" fill="#0270B5">&lt;10</text></svg>`)
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg"><defs><pattern id="a"/></defs><path fill="url(#a)"/></svg>`)
	f.Fuzz(func(t *testing.T, s string) {
		got, err := svg.Clean(s, "f", classes)
		if err != nil {
			return
		}
		for d := xml.NewDecoder(strings.NewReader(got)); ; {
			token, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatalf("%q became %q: %v", s, got, err)
			}
			start, _ := token.(xml.StartElement)
			if unsafeElement.MatchString(start.Name.Local) {
				t.Errorf("%q became %q", s, got)
			}
			for _, a := range start.Attr {
				if unsafeAttribute.MatchString(a.Name.Local + "=" + a.Value) {
					t.Errorf("%q became %q", s, got)
				}
			}
		}
	})
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		renderer(b)
	}
}

func BenchmarkDraw(b *testing.B) {
	r, option := renderer(b), string(read(b, "testdata/bar.json"))
	for b.Loop() {
		chart(b, r, option)
	}
}

func Example() {
	script, err := os.ReadFile("../../../themes/impact/assets/vendor/echarts/echarts.js")
	if err != nil {
		panic(err)
	}
	bundle, err := svg.Compile(script)
	if err != nil {
		panic(err)
	}
	r, err := svg.New(bundle)
	if err != nil {
		panic(err)
	}
	defer r.Close()
	drawn, err := r.Draw([]byte(`{
		"grid": {"left": 0, "top": 0, "width": 100, "height": 20, "outerBoundsMode": "none"},
		"xAxis": {"show": false, "type": "value", "max": 100},
		"yAxis": {"show": false, "type": "category", "data": ["Takeo"]},
		"series": [{"type": "bar", "barWidth": 20, "data": [60], "itemStyle": {"color": "#0270B5"}}]
	}`), 100, 20)
	if err != nil {
		panic(err)
	}
	cleaned, err := svg.Clean(drawn, "takeo", map[string]string{"#0270B5": "service"})
	if err != nil {
		panic(err)
	}
	fmt.Println(cleaned)
	// Output:
	// <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 100 20"><path d="M0 0l60 0l0 20l-60 0Z" fill="#0270B5" class="service"/></svg>
}
