// Runs once after the bundle. Takes the measure of a text from Go; gives back the function that draws.
(function (measure) {
  globalThis.setTimeout = () => 0; // nothing happens later: a drawing is done when the call returns
  echarts.setPlatformAPI({
    measureText: (text, font) => ({ width: measure(text, font) }),
    getTime: () => 0,
  });
  return function (json, width, height) {
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
  };
});
