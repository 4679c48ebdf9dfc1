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

const atlas = JSON.parse(readFileSync(join(modules, "world-atlas/countries-50m.json"), "utf8"));
const land = topojson.feature(atlas, atlas.objects.land);
const borders = topojson.mesh(atlas, atlas.objects.countries, (a, b) => a !== b);
const rounded = (_, value) => (typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value);
writeFileSync(join(target, "land.json"), JSON.stringify(land, rounded));
writeFileSync(join(target, "borders.json"), JSON.stringify({ type: "Feature", properties: {}, geometry: borders }, rounded));

const licences = ["maplibre-gl", "topojson-client", "world-atlas"].map((name) => {
  const about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  return { name, version: about.version, licence: about.license };
});
writeFileSync(join(target, "licences.json"), JSON.stringify(licences, null, 2));
