// The map of one incident: a circle as wide as the reports are vague.
"use strict";
(() => {
  const box = document.getElementById("map");
  if (!box) return;
  const { basemap, circle, made, cannot, colours, at } = window.parallax;
  const VAGUE_KM = 20;
  const map = basemap(box);
  if (!map) return;

  const show = (places) => {
    const { mark, land } = colours();
    const collection = (geometry) => ({ type: "FeatureCollection", features: places.map((place) => ({ type: "Feature", properties: { km: place.properties.radius_km }, geometry: geometry(place) })) });
    map.addSource("areas", { type: "geojson", data: collection((place) => ({ type: "Polygon", coordinates: circle(place.geometry.coordinates, place.properties.radius_km) })) });
    map.addSource("points", { type: "geojson", data: collection((place) => place.geometry) });
    const vague = [">=", ["get", "km"], VAGUE_KM];
    map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": mark, "fill-opacity": 0.12 } });
    map.addLayer({ id: "rings", type: "line", source: "areas", paint: { "line-color": mark, "line-opacity": 0.6, "line-width": 1 } });
    map.addLayer({ id: "points", type: "circle", source: "points", paint: {
      "circle-color": mark,
      "circle-opacity": ["case", vague, 0.1, 0.8],
      "circle-stroke-color": ["case", vague, mark, land],
      "circle-stroke-width": ["case", vague, 1.5, 1],
      "circle-radius": 5,
    } });
    const bounds = new maplibregl.LngLatBounds();
    for (const place of places) {
      for (const corner of circle(place.geometry.coordinates, place.properties.radius_km)[0]) bounds.extend(corner);
      const label = made("span", { className: "label", textContent: place.properties.place, dir: "auto" });
      new maplibregl.Marker({ element: label, anchor: "bottom", offset: [0, -9] }).setLngLat(place.geometry.coordinates).addTo(map);
      // The library calls every marker a button; this one is a name.
      label.removeAttribute("role");
      label.removeAttribute("aria-label");
    }
    if (places.length) map.fitBounds(bounds, { padding: 40, maxZoom: 8, animate: false });
    map.once("idle", () => { box.dataset.ready = String(places.length); });
  };

  map.on("load", async () => {
    try {
      const answer = await fetch(at(box.dataset.source));
      if (!answer.ok) throw new Error(`${answer.status}`);
      show((await answer.json()).features.filter((each) => each.geometry));
    } catch (error) {
      map.remove();
      cannot(box, `The place could not be fetched (${error.message}).`);
    }
  });
})();
