// Package svg draws charts: an ECharts option goes in as JSON, an SVG that may stand on any page comes out.
//
// ECharts itself draws, in an interpreter inside Go (QuickJS). The picture depends on the option, the size and the bundle alone: no
// clock, no chance, no font of the machine. [Renderer.Draw] gives ECharts' own SVG, [Clean] makes it fit for a page with many
// charts and a strict Content-Security-Policy, [Literal] writes a finished string so that ECharts leaves it as it is.
//
// It never computes, rounds or formats a figure, never runs script found in an option, and never reads a file.
package svg

import (
	_ "embed"
	"errors"
	"fmt"

	"modernc.org/quickjs"
)

//go:embed draw.js
var drawScript string

// memory bounds what a renderer takes, so that a fault in the bundle ends as an error. A chart takes a few megabytes.
const memory = 512 << 20

// A Bundle is ECharts, compiled for the interpreter of this program. Any number of renderers may use it at once.
type Bundle []byte

// Compile takes the script of themes/impact/assets/vendor/echarts/echarts.js.
func Compile(script []byte) (Bundle, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, err
	}
	defer vm.Close()
	bundle, err := vm.Compile(string(script), quickjs.EvalGlobal)
	if err != nil {
		return nil, fmt.Errorf("svg: compile bundle: %w", plain(err))
	}
	return bundle, nil
}

// A Renderer is one interpreter with ECharts loaded. Make one for each processor, keep it, and close it at the end. It is not safe for use
// by two goroutines at once.
type Renderer struct{ vm *quickjs.VM }

// New loads a bundle into a fresh interpreter.
func New(bundle Bundle) (*Renderer, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, err
	}
	vm.SetMemoryLimit(memory)
	_, err = vm.EvalBytecode(bundle)
	if err == nil {
		err = vm.RegisterFunc("measure", Width, false)
	}
	if err == nil {
		_, err = vm.Eval(drawScript, quickjs.EvalGlobal)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("svg: load bundle: %w", plain(err)), vm.Close())
	}
	return &Renderer{vm}, nil
}

// Close gives back what the interpreter holds, which Go's collector knows nothing of.
func (r *Renderer) Close() error { return r.vm.Close() }

// Draw gives the drawing of option, width by height units large, as ECharts writes it; see [Clean]. The option is data: it
// is parsed as JSON, so it cannot hold a function, and animation is off whatever it says.
func (r *Renderer) Draw(option []byte, width, height int) (string, error) {
	if width <= 0 || height <= 0 {
		return "", fmt.Errorf("svg: draw: size %d by %d, expected more than 0", width, height)
	}
	v, err := r.vm.Call("draw", string(option), width, height)
	if err != nil {
		return "", fmt.Errorf("svg: draw: %w", plain(err))
	}
	drawing, ok := v.(string)
	if !ok {
		return "", errors.New("svg: draw: expected a text")
	}
	return drawing, nil
}

// plain gives the message of a script's exception without its stack.
func plain(err error) error {
	if e, ok := errors.AsType[*quickjs.Error](err); ok {
		return errors.New(e.Name + ": " + e.Message)
	}
	return err
}
