// Lays out what the pages load from npm packages: the map's library and the outlines of land and borders.
// node web/build.mjs TARGET
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const target = process.argv[2];
const require = createRequire(import.meta.url);
const topojson = require("topojson-client");
const modules = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "node_modules");

mkdirSync(target, { recursive: true });
for (const file of ["maplibre-gl-csp.js", "maplibre-gl-csp-worker.js", "maplibre-gl.css"]) {
  copyFileSync(join(modules, "maplibre-gl/dist", file), join(target, file));
}

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

const licences = ["maplibre-gl", "topojson-client", "world-atlas"].map((name) => {
  const about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  return { name, version: about.version, licence: about.license };
});
writeFileSync(join(target, "licences.json"), JSON.stringify(licences, null, 2));
