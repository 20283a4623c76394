// Runs once after the bundle. measure(text, font) comes from Go, and draw(json, width, height) goes there.
globalThis.setTimeout = () => 0; // nothing happens later: a drawing is done when the call returns
Math.random = () => 0.5;
Date.now = () => 0;
echarts.setPlatformAPI({
  measureText: (text, font) => ({ width: measure(text, font) }),
  getTime: () => 0,
});
echarts.SPECIAL_STATES.length = 0; // how shapes and labels look when somebody points at them, which is a tenth of the time
function draw(json, width, height) {
  const option = JSON.parse(json);
  option.animation = false;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    // renderToSVGString would add a style sheet for hovering, which a strict policy refuses
    return chart.getZr().painter.renderToString({ cssAnimation: false, cssEmphasis: false });
  } finally {
    chart.dispose();
  }
}
