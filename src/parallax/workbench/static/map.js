// The map: incidents as circles as wide as the reports are vague. Everything comes from this server.
"use strict";
(() => {
  const box = document.getElementById("map");
  if (!box || !window.maplibregl) return;
  maplibregl.setWorkerUrl("/static/vendor/maplibre-gl-csp-worker.js");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const colours = dark
    ? { sea: "#14191d", land: "#262c31", border: "#4a535a", mark: "#e0a183", ring: "#e0a183" }
    : { sea: "#dfe6ea", land: "#f6f4ef", border: "#b3aca1", mark: "#8c3b1f", ring: "#8c3b1f" };
  const at = (path) => new URL(path, location.origin).href;

  let map;
  try {
    map = new maplibregl.Map({
      container: box,
      attributionControl: { compact: true, customAttribution: "Natural Earth" },
      style: {
        version: 8,
        sources: {
          land: { type: "geojson", data: at("/static/vendor/land.json") },
          borders: { type: "geojson", data: at("/static/vendor/borders.json") },
        },
        layers: [
          { id: "sea", type: "background", paint: { "background-color": colours.sea } },
          { id: "land", type: "fill", source: "land", paint: { "fill-color": colours.land } },
          { id: "borders", type: "line", source: "borders", paint: { "line-color": colours.border, "line-width": 0.8 } },
        ],
      },
      center: [36, 38],
      zoom: 3,
      maxZoom: 11,
      dragRotate: false,
      pitchWithRotate: false,
    });
  } catch (error) {
    box.innerHTML = "";
    box.append(Object.assign(document.createElement("p"), { className: "empty", textContent: "This browser cannot draw the map (no WebGL). The words on this page hold the same." }));
    return;
  }
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl());

  // A circle of so many kilometres, as a polygon: a point would claim more than is known.
  const area = (lon, lat, km) => {
    const ring = [];
    for (let step = 0; step <= 48; step += 1) {
      const angle = (step / 48) * 2 * Math.PI;
      ring.push([lon + ((km / 111.32) * Math.sin(angle)) / Math.max(0.05, Math.cos((lat * Math.PI) / 180)), lat + (km / 110.57) * Math.cos(angle)]);
    }
    return [ring];
  };

  const popup = (feature, where) => {
    const words = document.createElement("div");
    const list = document.createElement("ul");
    for (const each of feature) {
      const link = Object.assign(document.createElement("a"), { href: `/incidents/${encodeURIComponent(each.properties.id)}`, textContent: each.properties.label });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    words.append(list);
    new maplibregl.Popup({ maxWidth: "22rem" }).setLngLat(where).setDOMContent(words).addTo(map);
  };

  map.on("load", async () => {
    const answer = await fetch(at(box.dataset.source));
    if (!answer.ok) return;
    const points = await answer.json();
    points.features = points.features.filter((each) => each.geometry);
    const areas = { type: "FeatureCollection", features: points.features.map((each) => ({
      type: "Feature", properties: each.properties,
      geometry: { type: "Polygon", coordinates: area(...each.geometry.coordinates, each.properties.radius_km) } })) };
    map.addSource("areas", { type: "geojson", data: areas });
    map.addSource("points", { type: "geojson", data: points });
    map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": colours.ring, "fill-opacity": 0.08 } });
    map.addLayer({ id: "rings", type: "line", source: "areas", paint: { "line-color": colours.ring, "line-opacity": 0.45, "line-width": 1 } });
    map.addLayer({ id: "points", type: "circle", source: "points", paint: {
      "circle-color": colours.mark, "circle-opacity": 0.75, "circle-stroke-color": colours.land, "circle-stroke-width": 1,
      "circle-radius": 5 } });
    if (points.features.length) {
      const bounds = new maplibregl.LngLatBounds();
      for (const each of points.features) bounds.extend(each.geometry.coordinates);
      map.fitBounds(bounds, { padding: 50, maxZoom: 8, animate: false });
    }
    map.on("click", "points", (event) => popup(event.features.slice(0, 20), event.lngLat));
    map.on("mouseenter", "points", () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", "points", () => { map.getCanvas().style.cursor = ""; });
    map.once("idle", () => { box.dataset.ready = String(points.features.length); });
  });
})();
