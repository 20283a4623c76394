// Makes a drawing answer to the pointer, when a reader first reaches for it.
//   in:   in a figure.figure each .drawing that holds the SVG of the build and script.chart-data, inert JSON
//         {"kind", "option", "width", "height", "palette": {"#0270B5": "--service"}}; and in the head
//         <meta name="impact:echarts" content="URL of the bundle" data-integrity="sha384-...">
//   out:  the same chart at the same place and size, with tooltips, in the colours the page has now
//   not:  needed to read a figure. Values, words and order are those of the option. Without this script, when data is
//         to be saved, in forced colours, on paper, and when anything here fails, the SVG of the build stands.

const source = document.querySelector('meta[name="impact:echarts"]');
const dark = matchMedia("(prefers-color-scheme: dark)");
const forced = matchMedia("(forced-colors: active)");

let loading;

// load gives ECharts, fetched once for all figures of the page.
function load() {
  return (loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source.content;
    script.integrity = source.dataset.integrity ?? "";
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  }));
}

// plain gives an option without the patterns that are for paper: they are cut out in its white.
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (!value || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([k, v]) => !(k === "decal" && v?.color === "#FFFFFF"));
  return Object.fromEntries(kept.map(([k, v]) => [k, plain(v)]));
}

// repaint gives a copy of an option in which colours (never words) are replaced as colours says.
function repaint(value, colours, key = "") {
  if (Array.isArray(value)) return value.map((item) => repaint(item, colours, key));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, repaint(v, colours, k)]));
  }
  return /color$/i.test(key) ? (colours.get(String(value).toUpperCase()) ?? value) : value;
}

// live gives the option of the build as it is shown on element: recoloured, still, with tooltips that need no HTML.
function live({ option, palette }, element) {
  const style = getComputedStyle(element);
  const token = (name) => style.getPropertyValue(name).trim() || undefined;
  const colours = new Map(Object.entries(palette).map(([hex, name]) => [hex.toUpperCase(), token(name)]));
  const painted = repaint(plain(option), colours);
  return {
    ...painted,
    animation: false,
    textStyle: { ...painted.textStyle, fontFamily: style.fontFamily },
    tooltip: {
      ...painted.tooltip,
      trigger: "item",
      renderMode: "richText",
      confine: true,
      transitionDuration: 0,
      shadowBlur: 0,
      shadowOffsetX: 0,
      shadowOffsetY: 0,
      backgroundColor: token("--paper") ?? "#FFFFFF",
      borderColor: token("--line") ?? "#71808C",
      textStyle: { color: token("--ink") ?? "#15212B", fontSize: 14, fontFamily: style.fontFamily },
    },
    series: [painted.series ?? []].flat().map((s) => ({ ...s, cursor: "default", emphasis: { disabled: true } })),
  };
}

// upgrade lays the interactive chart over the drawing's SVG, which keeps its place and so gives size and shape; a scale
// brings both to the same width. What the reader reached for answers at once.
async function upgrade(drawing, reached) {
  const data = JSON.parse(drawing.querySelector("script.chart-data").textContent);
  const still = drawing.querySelector("svg");
  const echarts = await load();
  const host = document.createElement("div");
  const show = (on) => {
    host.hidden = !on;
    still.style.visibility = on ? "hidden" : "";
  };
  const fit = () => {
    const from = drawing.getBoundingClientRect();
    const to = still.getBoundingClientRect();
    host.style.left = `${to.left - from.left - drawing.clientLeft}px`;
    host.style.top = `${to.top - from.top - drawing.clientTop}px`;
    host.style.transform = `scale(${to.width / data.width})`;
  };
  drawing.style.position = "relative";
  Object.assign(host.style, { position: "absolute", transformOrigin: "0 0", width: `${data.width}px`, height: `${data.height}px` });
  drawing.append(host);
  try {
    const chart = echarts.init(host, null, { renderer: "svg", width: data.width, height: data.height });
    const draw = () => chart.setOption(live(data, drawing), true);
    fit();
    draw();
    show(!forced.matches);
    new ResizeObserver(fit).observe(drawing);
    dark.addEventListener("change", draw);
    forced.addEventListener("change", () => show(!forced.matches));
    addEventListener("beforeprint", () => show(false));
    addEventListener("afterprint", () => show(!forced.matches));
    chart.getZr().flush(); // what is not yet painted cannot be pointed at
    const { clientX, clientY } = reached;
    host.querySelector("svg").dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true }));
  } catch (error) {
    host.remove();
    still.style.visibility = "";
    throw error;
  }
}

if (source && !navigator.connection?.saveData) {
  for (const data of document.querySelectorAll("figure.figure script.chart-data")) {
    const drawing = data.closest(".drawing");
    const events = ["pointerenter", "focusin"]; // a touch enters too
    const reach = (event) => {
      if (forced.matches) return;
      for (const type of events) drawing.removeEventListener(type, reach);
      upgrade(drawing, event).catch(() => {}); // the SVG of the build stays
    };
    for (const type of events) drawing.addEventListener(type, reach);
  }
}
