// The map under every map: outlines that come with the program, and the tiles of one server where one is set.
"use strict";
(() => {
  const { colour } = window.parallax;
  const at = (path) => new URL(path, location.origin).href;
  const made = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };
  const colours = () => ({ sea: colour("--sea"), land: colour("--land"), border: colour("--border"), mark: colour("--accent"), ink: colour("--ink"), panel: colour("--panel") });
  const cannot = (box, why) => {
    box.replaceChildren(made("p", { className: "empty", textContent: `${why} The words on this page hold the same.` }));
    box.dataset.ready = "none";
  };
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  const style = (tiles, credit) => {
    const { sea, land, border } = colours();
    const sources = {
      land: { type: "geojson", data: at("/static/vendor/land.json"), attribution: "Natural Earth" },
      borders: { type: "geojson", data: at("/static/vendor/borders.json") },
    };
    const layers = [
      { id: "sea", type: "background", paint: { "background-color": sea } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": land, "fill-antialias": false } },
    ];
    if (tiles) {
      sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256, attribution: credit };
      layers.push({ id: "tiles", type: "raster", source: "tiles", paint: { "raster-saturation": -0.5, "raster-fade-duration": 0 } });
    }
    layers.push({ id: "borders", type: "line", source: "borders", paint: { "line-color": border, "line-width": 0.8 } });
    return { version: 8, sources, layers };
  };

  // A map in a box of the page, or null where the browser cannot draw one; the box then says so.
  const basemap = (box, options = {}) => {
    if (!window.maplibregl) {
      cannot(box, "The map's library is not installed here.");
      return null;
    }
    maplibregl.setWorkerUrl("/static/vendor/maplibre-gl-csp-worker.js");
    box.replaceChildren();
    let map;
    try {
      map = new maplibregl.Map({
        container: box,
        attributionControl: { compact: true },
        style: style(box.dataset.tiles || "", box.dataset.credit || ""),
        center: [36, 38],
        zoom: 3,
        maxZoom: 11,
        renderWorldCopies: false,
        dragRotate: false,
        pitchWithRotate: false,
        fadeDuration: still() ? 0 : 150,
        ...options,
      });
    } catch (error) {
      cannot(box, "This browser cannot draw the map (no WebGL).");
      return null;
    }
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
    map.addControl(new maplibregl.ScaleControl());
    document.addEventListener("parallax:look", () => {
      const { sea, land, border } = colours();
      map.setPaintProperty("sea", "background-color", sea);
      map.setPaintProperty("land", "fill-color", land);
      map.setPaintProperty("borders", "line-color", border);
    });
    return map;
  };

  // A circle of so many kilometres, as a polygon: a point would claim more than is known.
  const circle = ([lon, lat], km) => {
    const ring = [];
    for (let step = 0; step <= 48; step += 1) {
      const angle = (step / 48) * 2 * Math.PI;
      const east = km / 111.32 / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
      ring.push([lon + east * Math.sin(angle), lat + (km / 110.57) * Math.cos(angle)]);
    }
    return [ring];
  };

  // Of labels that would lie on one another, or under the map's buttons, the first keeps its own.
  const tidy = (labels) => {
    const taken = [...document.querySelectorAll(".maplibregl-ctrl-group")].map((each) => each.getBoundingClientRect());
    for (const each of labels) {
      each.hidden = false;
      const own = each.getBoundingClientRect();
      each.hidden = taken.some((other) => own.left < other.right + 4 && own.right + 4 > other.left && own.top < other.bottom + 2 && own.bottom + 2 > other.top);
      if (!each.hidden) taken.push(own);
    }
  };

  Object.assign(window.parallax, { basemap, circle, tidy, made, cannot, colours, still, at });
})();
