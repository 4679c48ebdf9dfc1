// Lays out what the pages load from npm packages: the map's library and the outlines of land and
// borders, the charts' library, and the library of partial updates.
// node web/build.mjs TARGET
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

const target = process.argv[2];
const require = createRequire(import.meta.url);
const topojson = require("topojson-client");
const modules = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "node_modules");

mkdirSync(target, { recursive: true });
for (const file of ["maplibre-gl-csp.js", "maplibre-gl-csp-worker.js", "maplibre-gl.css"]) {
  copyFileSync(join(modules, "maplibre-gl/dist", file), join(target, file));
}
for (const file of ["htmx.org/dist/htmx.min.js", "vega/build/vega.min.js", "vega-lite/build/vega-lite.min.js"]) {
  copyFileSync(join(modules, file), join(target, basename(file)));
}

// The pages forbid code made from strings, so charts are run by Vega's interpreter. It is published
// as a module alone; as a plain script it takes what it needs from Vega and adds itself to it.
const interpreter = readFileSync(join(modules, "vega-interpreter/build/vega-interpreter.js"), "utf8");
const script = interpreter
  .replace(/^import (\{.*\}) from 'vega-util';$/m, "const $1 = vega;")
  .replace(/^export \{ expression as expressionInterpreter \};$/m, "vega.expressionInterpreter = expression;")
  .replace(/^\/\/# sourceMappingURL=.*$/m, "");
if (/^(import|export)\b/m.test(script) || !script.includes("vega.expressionInterpreter =")) {
  throw new Error("vega-interpreter is laid out differently now: see web/build.mjs");
}
writeFileSync(join(target, "vega-interpreter.js"), `(() => {\n${script}\n})();\n`);

// The atlas lets rings run across the date line and round the pole, as they do on a globe. On a
// flat map a ring must go on past 180 degrees instead of leaping back, and one that goes round
// the whole world must be closed along the map's edge.
function flattened(ring) {
  const flat = [ring[0]];
  for (const [lon, lat] of ring.slice(1)) {
    const last = flat.at(-1)[0];
    flat.push([lon + 360 * Math.round((last - lon) / 360), lat]);
  }
  const [first, last] = [flat[0], flat.at(-1)];
  if (Math.abs(last[0] - first[0]) < 180) return flat;
  const edge = last[1] < 0 ? -90 : 90;
  return [...flat, [last[0], edge], [first[0], edge], first];
}

const atlas = JSON.parse(readFileSync(join(modules, "world-atlas/countries-50m.json"), "utf8"));
const land = topojson.feature(atlas, atlas.objects.land);
for (const feature of land.features ?? [land]) {
  feature.geometry.coordinates = feature.geometry.coordinates.map((polygon) => polygon.map(flattened));
}
const borders = topojson.mesh(atlas, atlas.objects.countries, (a, b) => a !== b);
const rounded = (_, value) => (typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value);
writeFileSync(join(target, "land.json"), JSON.stringify(land, rounded));
writeFileSync(join(target, "borders.json"), JSON.stringify({ type: "Feature", properties: {}, geometry: borders }, rounded));

const shipped = ["htmx.org", "maplibre-gl", "topojson-client", "vega", "vega-interpreter", "vega-lite", "world-atlas"];
const licences = shipped.map((name) => {
  const about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  return { name, version: about.version, licence: about.license };
});
writeFileSync(join(target, "licences.json"), JSON.stringify(licences, null, 2));
