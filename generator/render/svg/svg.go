// Package svg draws charts: an ECharts option goes in as JSON, an SVG that may stand on any page comes out.
//
// ECharts itself draws, inside Go (goja). The picture depends on the option, the size and the bundle alone: no clock, no
// chance, no font of the machine. [Renderer.Draw] gives ECharts' own SVG, [Clean] makes it fit for a page with many charts
// and a strict Content-Security-Policy, [Literal] writes a finished string so that ECharts leaves it as it is.
//
// It never computes, rounds or formats a figure, never runs script found in an option, and never reads a file.
package svg

import (
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/dop251/goja"
)

//go:embed draw.js
var drawScript string

// stackDepth bounds the nesting of calls, so that a fault in the bundle ends as an error and not in lack of memory.
const stackDepth = 4096

// A Bundle is ECharts, compiled. Any number of renderers may use it at once.
type Bundle struct{ library, draw *goja.Program }

// Compile takes the script of themes/impact/assets/vendor/echarts/echarts.js.
func Compile(script []byte) (*Bundle, error) {
	library, err := goja.Compile("echarts.js", string(script), false)
	if err != nil {
		return nil, fmt.Errorf("svg: compile bundle: %w", err)
	}
	draw, err := goja.Compile("draw.js", drawScript, false)
	return &Bundle{library, draw}, err
}

// A Renderer is one interpreter with ECharts loaded. Make one for each processor and keep it. It is not safe for use by two goroutines at once.
type Renderer struct {
	vm   *goja.Runtime
	draw goja.Callable
}

// New loads a bundle into a fresh interpreter.
func New(bundle *Bundle) (*Renderer, error) {
	vm := goja.New()
	vm.SetMaxCallStackSize(stackDepth)
	vm.SetRandSource(func() float64 { return 0.5 })
	vm.SetTimeSource(func() time.Time { return time.Unix(0, 0).UTC() })
	if _, err := vm.RunProgram(bundle.library); err != nil {
		return nil, fmt.Errorf("svg: load bundle: %w", plain(err))
	}
	setup, err := call(vm.RunProgram(bundle.draw))
	if err != nil {
		return nil, fmt.Errorf("svg: %w", err)
	}
	draw, err := call(setup(goja.Undefined(), vm.ToValue(Width)))
	if err != nil {
		return nil, fmt.Errorf("svg: set up bundle: %w", err)
	}
	return &Renderer{vm, draw}, nil
}

// Draw gives the drawing of option, width by height units large, as ECharts writes it; see [Clean]. The option is data: it
// is parsed as JSON, so it cannot hold a function, and animation is off whatever it says.
func (r *Renderer) Draw(option []byte, width, height int) (string, error) {
	if width <= 0 || height <= 0 {
		return "", fmt.Errorf("svg: draw: size %d by %d, expected more than 0", width, height)
	}
	v, err := r.draw(goja.Undefined(), r.vm.ToValue(string(option)), r.vm.ToValue(width), r.vm.ToValue(height))
	if err != nil {
		return "", fmt.Errorf("svg: draw: %w", plain(err))
	}
	return v.String(), nil
}

// call turns a result of the interpreter into the function it should be.
func call(v goja.Value, err error) (goja.Callable, error) {
	if err != nil {
		return nil, plain(err)
	}
	f, ok := goja.AssertFunction(v)
	if !ok {
		return nil, errors.New("script did not give a function")
	}
	return f, nil
}

// plain gives the message of a script's exception without its stack.
func plain(err error) error {
	if e, ok := errors.AsType[*goja.Exception](err); ok {
		return errors.New(e.Value().String())
	}
	return err
}
