// The map: incidents as circles as wide as the reports are vague. Everything comes from this server.
"use strict";
(() => {
  const box = document.getElementById("map");
  if (!box) return;
  const MOST_LABELS = 40;
  const VAGUE_KM = 20;
  const { colour } = window.parallax;
  const colours = { sea: colour("--sea"), land: colour("--land"), border: colour("--border"), mark: colour("--accent") };
  const at = (path) => new URL(path, location.origin).href;
  const made = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };
  const cannot = (why) => {
    box.replaceChildren(made("p", { className: "empty", textContent: `${why} The words on this page hold the same.` }));
    box.dataset.ready = "none";
  };

  if (!window.maplibregl) {
    cannot("The map's library is not installed here.");
    return;
  }
  maplibregl.setWorkerUrl("/static/vendor/maplibre-gl-csp-worker.js");
  box.replaceChildren();
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
          { id: "land", type: "fill", source: "land", paint: { "fill-color": colours.land, "fill-antialias": false } },
          { id: "borders", type: "line", source: "borders", paint: { "line-color": colours.border, "line-width": 0.8 } },
        ],
      },
      center: [36, 38],
      zoom: 3,
      maxZoom: 11,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
    });
  } catch (error) {
    cannot("This browser cannot draw the map (no WebGL).");
    return;
  }
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl());

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

  // Incidents at the same place, as exactly known, are one mark with one list.
  const gathered = (features) => {
    const places = new Map();
    for (const each of features) {
      const key = JSON.stringify([each.geometry.coordinates, each.properties.radius_km, each.properties.place]);
      if (!places.has(key)) places.set(key, { at: each.geometry.coordinates, km: each.properties.radius_km, name: each.properties.place, precision: each.properties.precision, incidents: [] });
      places.get(key).incidents.push(each.properties);
    }
    return [...places.values()].sort((a, b) => b.incidents.length - a.incidents.length);
  };

  const open = (chosen) => {
    const words = made("div", {});
    for (const place of chosen) {
      const list = made("ul", {}, ...place.incidents.slice(0, 60).map((each) => made("li", {}, made("a", { href: `/incidents/${encodeURIComponent(each.id)}`, textContent: each.when }), each.kinds ? `: ${each.kinds}` : "")));
      words.append(made("b", { textContent: place.name, dir: "auto" }), ` (${place.precision}, within ${place.km} km)`, list);
      if (place.incidents.length > 60) words.append(`and ${place.incidents.length - 60} more: narrow the choice to see them`);
    }
    new maplibregl.Popup({ maxWidth: "22rem" }).setLngLat(chosen[0].at).setDOMContent(words).addTo(map);
  };

  // The box that the middle four fifths of the incidents lie in, west to east and south to north:
  // one name found on the wrong continent must not shrink the rest to a spot.
  const most = (places) => {
    const middle = (axis) => {
      const sorted = places.flatMap((place) => place.incidents.map(() => place)).sort((a, b) => a.at[axis] - b.at[axis]);
      const cut = Math.floor(sorted.length / 10);
      return new Set(sorted.slice(cut, sorted.length - cut));
    };
    const [east, north] = [middle(0), middle(1)];
    const kept = places.filter((place) => east.has(place) && north.has(place));
    const bounds = new maplibregl.LngLatBounds();
    for (const place of kept.length ? kept : places) for (const corner of circle(place.at, place.km)[0]) bounds.extend(corner);
    return bounds;
  };

  // Labels are buttons of the page: the map fetches no fonts, and a keyboard reaches them.
  const label = (place) => {
    const words = place.incidents.length > 1 ? [` `, made("span", { className: "n", textContent: String(place.incidents.length) })] : [];
    const button = made("button", { type: "button", className: "label", dir: "auto" }, place.name, ...words);
    button.addEventListener("click", (event) => { event.stopPropagation(); open([place]); });
    new maplibregl.Marker({ element: button, anchor: "bottom", offset: [0, -9] }).setLngLat(place.at).addTo(map);
    button.setAttribute("aria-label", `${place.name}, ${place.incidents.length} incident${place.incidents.length === 1 ? "" : "s"}`);
    return button;
  };
  // Of labels that would lie on one another, the place with the most incidents keeps its own.
  const tidy = (labels) => {
    const taken = [];
    for (const each of labels) {
      each.hidden = false;
      const own = each.getBoundingClientRect();
      each.hidden = taken.some((other) => own.left < other.right + 4 && own.right + 4 > other.left && own.top < other.bottom + 2 && own.bottom + 2 > other.top);
      if (!each.hidden) taken.push(own);
    }
  };

  const show = (places) => {
    const collection = (geometry) => ({ type: "FeatureCollection", features: places.map((place, index) => ({ type: "Feature", properties: { index, n: place.incidents.length, km: place.km }, geometry: geometry(place) })) });
    map.addSource("areas", { type: "geojson", data: collection((place) => ({ type: "Polygon", coordinates: circle(place.at, place.km) })) });
    map.addSource("points", { type: "geojson", data: collection((place) => ({ type: "Point", coordinates: place.at })) });
    const vague = [">=", ["get", "km"], VAGUE_KM];
    map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": colours.mark, "fill-opacity": 0.12 } });
    map.addLayer({ id: "rings", type: "line", source: "areas", paint: { "line-color": colours.mark, "line-opacity": 0.6, "line-width": 1 } });
    map.addLayer({ id: "points", type: "circle", source: "points", paint: {
      "circle-color": colours.mark,
      "circle-opacity": ["case", vague, 0.1, 0.8],
      "circle-stroke-color": ["case", vague, colours.mark, colours.land],
      "circle-stroke-width": ["case", vague, 1.5, 1],
      "circle-radius": ["min", 14, ["+", 3.5, ["*", 1.4, ["sqrt", ["get", "n"]]]]],
    } });
    if (places.length) map.fitBounds(most(places), { padding: 40, maxZoom: 8, animate: false });
    const labels = places.slice(0, MOST_LABELS).map(label);
    tidy(labels);
    map.on("moveend", () => tidy(labels));
    map.on("click", "points", (event) => open([...new Set(event.features.map((each) => each.properties.index))].slice(0, 8).map((index) => places[index])));
    map.on("mouseenter", "points", () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", "points", () => { map.getCanvas().style.cursor = ""; });
    map.once("idle", () => { box.dataset.places = String(places.length); box.dataset.ready = String(places.reduce((sum, place) => sum + place.incidents.length, 0)); });
  };

  map.on("load", async () => {
    try {
      const answer = await fetch(at(box.dataset.source));
      if (!answer.ok) throw new Error(`${answer.status}`);
      show(gathered((await answer.json()).features.filter((each) => each.geometry)));
    } catch (error) {
      map.remove();
      cannot(`The places could not be fetched (${error.message}).`);
    }
  });
})();
