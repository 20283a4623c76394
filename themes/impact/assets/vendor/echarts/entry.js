/*! Apache ECharts 6.1.0, trimmed and mended by entry.js; the licences stand beside this file */

// What the site draws, and no more. The same file runs in Go at build time and in the browser on demand.
//   in:   an option as JSON, of bar, line, heat map and Sankey series (heat-map cells carry their own colour:
//         without visualMap nothing but the option decides it)
//   out:  SVG; there is no canvas renderer
//   not:  titles, keys, tables and descriptions, which are HTML and stay so
import { use } from "echarts/core";
import { BarChart, HeatmapChart, LineChart, SankeyChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import TooltipRichContent from "echarts/lib/component/tooltip/TooltipRichContent.js";

use([BarChart, HeatmapChart, LineChart, SankeyChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

// ECharts sets a tooltip that is drawn as SVG in "12px sans-serif" whatever its textStyle says; this makes it heed it.
const setContent = TooltipRichContent.prototype.setContent;
TooltipRichContent.prototype.setContent = function (content, markup, model, ...rest) {
  setContent.call(this, content, markup, model, ...rest);
  const { fontSize, fontFamily, lineHeight = 22 } = model.get("textStyle");
  this.el.setStyle({ fontSize, fontFamily, lineHeight });
};

export { init, setPlatformAPI } from "echarts/core";
export { SPECIAL_STATES } from "echarts/lib/util/states.js"; // what the drawing of SVG, where nobody points at anything, does without
