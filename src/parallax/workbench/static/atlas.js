// The map of a choice of incidents: places, heaps of places and areas as the server counts them for the
// view; a box drawn or a view taken becomes part of the address, and so of the list and the timeline.
"use strict";
(() => {
  const box = document.getElementById("atlas");
  if (!box) return;
  const { basemap, circle, tidy, made, cannot, colours, at, still } = window.parallax;
  const SETTLE_MS = 120;
  const MOST_LABELS = 30;
  const choice = () => document.getElementById("atlas-choice");
  const field = (name) => document.getElementById(`field-${name}`);
  let map = null;
  let labels = [];
  let asked = 0;
  let frame = null; // the days that playback shows, if it does
  let shownExtent = null;

  const number = (value) => value.toLocaleString("en-GB");
  const incidents = (n) => `${number(n)} incident${n === 1 ? "" : "s"}`;
  const killed = (words) => (words ? `, killed ${words}` : "");

  const parameters = () => {
    const query = new URLSearchParams((choice().dataset.query || "").replace(/^\?/, ""));
    if (frame) {
      query.set("from", frame[0]);
      query.set("to", frame[1]);
    }
    return query;
  };
  const degrees = (bounds) => {
    const [west, east] = [Math.max(-180, bounds.getWest()), Math.min(180, bounds.getEast())];
    return [west, Math.max(-90, bounds.getSouth()), east, Math.min(90, bounds.getNorth())].map((each) => each.toFixed(3)).join(",");
  };

  // Beside the list the map is too narrow for a card at its place: there the card lies along the lower edge.
  const popup = (lngLat, content) => new maplibregl.Popup({ maxWidth: "22rem", className: box.clientWidth < 600 ? "docked" : "" }).setLngLat(lngLat).setDOMContent(content).addTo(map);

  // What lies at one place: its incidents, each with its address, and the way to all of them in the list.
  const list = async (place) => {
    const query = parameters();
    query.set("at", place.key);
    query.delete("box");
    const words = made("div", { className: "at-place" }, made("b", { textContent: place.name, dir: "auto" }), ` (${place.precision}, may lie off by ${place.km} km)`);
    const card = popup([place.lon, place.lat], words);
    const answer = await fetch(at(`/map/incidents.json?${query}`));
    if (!answer.ok) return;
    const told = await answer.json();
    const items = told.incidents.map((each) => made("li", {}, made("a", { href: `/incidents/${encodeURIComponent(each.id)}`, textContent: each.when }), each.kinds ? `: ${each.kinds}` : "", killed(each.killed)));
    words.append(made("ul", {}, ...items), made("a", { href: `/?${query}`, textContent: `${incidents(told.total)} in the list` }));
    // The card has grown: it is turned to the side on which it fits into the map.
    card.setLngLat([place.lon, place.lat]);
    box.dataset.listed = String(told.incidents.length);
  };
  const open = (mark) => {
    if (mark.key) {
      list(mark);
      return;
    }
    const [west, south, east, north] = mark.box;
    const closer = map.cameraForBounds([[west, south], [east, north]], { padding: 60, maxZoom: 11 });
    if (closer && closer.zoom > map.getZoom() + 0.5) {
      map.easeTo({ ...closer, animate: !still() });
      return;
    }
    const items = mark.keys.map(([key, name, n]) => {
      const button = made("button", { type: "button", className: "quietly small-button", dir: "auto", textContent: `${name} (${number(n)})` });
      button.addEventListener("click", () => list({ key, name, lat: mark.lat, lon: mark.lon, precision: "one of several here", km: 1 }));
      return made("li", {}, button);
    });
    popup([mark.lon, mark.lat], made("div", {}, made("b", { textContent: `${number(mark.places)} places` }), made("ul", {}, ...items)));
  };

  // Marks of the most incidents are buttons of the page: the map fetches no fonts, and a keyboard reaches them.
  const label = (mark) => {
    const heap = !mark.key;
    const name = heap ? number(mark.n) : mark.name;
    const told = heap ? `${number(mark.places)} places, ${incidents(mark.n)}${killed(mark.killed)}: ${mark.names.join(", ")}${mark.places > mark.names.length ? " and others" : ""}` : `${mark.name} (${mark.precision}), ${incidents(mark.n)}${killed(mark.killed)}`;
    const extra = !heap && mark.n > 1 ? [" ", made("span", { className: "n", textContent: number(mark.n) })] : [];
    const button = made("button", { type: "button", className: heap ? "heap" : "label", dir: "auto", title: told }, name, ...extra);
    if (heap) button.dataset.size = mark.n >= 1000 ? "4" : mark.n >= 100 ? "3" : mark.n >= 10 ? "2" : "1";
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      open(mark);
    });
    const marker = new maplibregl.Marker({ element: button, anchor: heap ? "center" : "bottom", offset: heap ? [0, 0] : [0, -9] }).setLngLat([mark.lon, mark.lat]).addTo(map);
    button.setAttribute("aria-label", told);
    return { button, marker };
  };

  const draw = (told) => {
    const spots = [...told.places, ...told.areas];
    const collection = (some, geometry) => ({ type: "FeatureCollection", features: some.map((mark) => ({ type: "Feature", properties: { index: spots.indexOf(mark), n: mark.n, km: mark.km }, geometry: geometry(mark) })) });
    map.getSource("areas").setData(collection(spots, (mark) => ({ type: "Polygon", coordinates: circle([mark.lon, mark.lat], mark.km) })));
    map.getSource("points").setData(collection(spots, (mark) => ({ type: "Point", coordinates: [mark.lon, mark.lat] })));
    const focused = document.activeElement?.closest?.("#atlas") ? document.activeElement.getAttribute("aria-label") : null;
    for (const each of labels) each.marker.remove();
    labels = [...told.heaps.map(label), ...spots.slice().sort((a, b) => b.n - a.n).slice(0, MOST_LABELS).map(label)];
    labels.find((each) => each.button.getAttribute("aria-label") === focused)?.button.focus();
    tidy(labels.map((each) => each.button));
    draw.spots = spots;
    box.dataset.total = String(told.total);
    box.dataset.places = String(told.heaps.length + spots.length);
    box.dataset.ready = String(told.placed);
  };

  // The marks of the view as it is now. An answer that comes late gives way to the newer one.
  const refresh = async () => {
    if (!map?.getSource("points")) return;
    const mine = (asked += 1);
    const query = parameters();
    query.set("z", String(Math.max(0, Math.floor(map.getZoom()))));
    query.set("view", degrees(map.getBounds()));
    try {
      const answer = await fetch(at(`/map.json?${query}`));
      if (!answer.ok) throw new Error(`${answer.status}`);
      const told = await answer.json();
      if (mine !== asked) return null;
      draw(told);
      return told;
    } catch (error) {
      if (mine === asked) box.dataset.ready = "none";
      return null;
    }
  };
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, SETTLE_MS);
  };

  const fit = (extent, most = 8) => {
    if (!extent) return;
    const [west, south, east, north] = extent.split(",").map(Number);
    map.fitBounds([[west, south], [east, north]], { padding: 45, maxZoom: most, animate: false });
  };
  const outline = () => {
    const told = choice().dataset.box;
    const [west, south, east, north] = told ? told.split(",").map(Number) : [0, 0, 0, 0];
    const ring = told ? [[[west, south], [east, south], [east, north], [west, north], [west, south]]] : [];
    map.getSource("box").setData({ type: "FeatureCollection", features: ring.length ? [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: ring } }] : [] });
  };

  const choose = (value) => {
    field("box").value = value;
    document.getElementById("choose").requestSubmit();
  };

  // Drawing a box: Shift and drag, or the button and then a drag.
  const drawing = () => {
    let from = null;
    let pressed = false;
    const canvas = map.getCanvasContainer();
    const frameBox = made("div", { className: "drawn", hidden: true });
    box.append(frameBox);
    const button = () => document.querySelector("[data-map=draw]");
    const armed = () => button()?.getAttribute("aria-pressed") === "true";
    const place = (event) => {
      const own = box.getBoundingClientRect();
      return [event.clientX - own.left, event.clientY - own.top];
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !(event.shiftKey || armed())) return;
      event.preventDefault();
      event.stopPropagation();
      map.dragPan.disable();
      from = place(event);
      pressed = true;
      canvas.setPointerCapture(event.pointerId);
    }, true);
    canvas.addEventListener("pointermove", (event) => {
      if (!pressed) return;
      const to = place(event);
      frameBox.hidden = false;
      frameBox.style.left = `${Math.min(from[0], to[0])}px`;
      frameBox.style.top = `${Math.min(from[1], to[1])}px`;
      frameBox.style.width = `${Math.abs(to[0] - from[0])}px`;
      frameBox.style.height = `${Math.abs(to[1] - from[1])}px`;
    }, true);
    canvas.addEventListener("pointerup", (event) => {
      if (!pressed) return;
      pressed = false;
      frameBox.hidden = true;
      map.dragPan.enable();
      button()?.setAttribute("aria-pressed", "false");
      const to = place(event);
      if (Math.abs(to[0] - from[0]) < 6 || Math.abs(to[1] - from[1]) < 6) return;
      const bounds = new maplibregl.LngLatBounds();
      bounds.extend(map.unproject(from));
      bounds.extend(map.unproject(to));
      choose(degrees(bounds));
    }, true);
  };

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-map]");
    if (!pressed || !map) return;
    const what = pressed.dataset.map;
    if (what === "view") choose(degrees(map.getBounds()));
    if (what === "clear") choose("");
    if (what === "draw") pressed.setAttribute("aria-pressed", String(pressed.getAttribute("aria-pressed") !== "true"));
  });

  const start = () => {
    map = basemap(box, { boxZoom: false });
    if (!map) return;
    map.on("load", () => {
      const { mark, land } = colours();
      for (const name of ["areas", "points", "box"]) map.addSource(name, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
      const vague = [">=", ["get", "km"], 20];
      // The vaguer a place, the fainter its area: many wide ones over each other would hide what is known better.
      const faint = (near, far) => ["interpolate", ["linear"], ["get", "km"], 10, near, 100, far];
      map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": mark, "fill-opacity": faint(0.12, 0.03) } });
      map.addLayer({ id: "rings", type: "line", source: "areas", paint: { "line-color": mark, "line-opacity": faint(0.55, 0.3), "line-width": 1 } });
      map.addLayer({ id: "points", type: "circle", source: "points", paint: {
        "circle-color": mark,
        "circle-opacity": ["case", vague, 0.1, 0.8],
        "circle-stroke-color": ["case", vague, mark, land],
        "circle-stroke-width": ["case", vague, 1.5, 1],
        "circle-radius": ["min", 13, ["+", 3.5, ["*", 1.3, ["sqrt", ["get", "n"]]]]],
      } });
      map.addLayer({ id: "box", type: "line", source: "box", paint: { "line-color": mark, "line-width": 2, "line-dasharray": [3, 2] } });
      map.on("click", "points", (event) => open(draw.spots[event.features[0].properties.index]));
      map.on("mouseenter", "points", () => { map.getCanvas().style.cursor = "pointer"; });
      map.on("mouseleave", "points", () => { map.getCanvas().style.cursor = ""; });
      drawing();
      shownExtent = choice().dataset.extent;
      fit(choice().dataset.box || shownExtent, choice().dataset.box ? 11 : 8);
      outline();
      map.on("moveend", (event) => {
        soon();
        tidy(labels.map((each) => each.button));
        if (event.originalEvent && document.querySelector("[data-map=follow]")?.checked) choose(degrees(map.getBounds()));
      });
      refresh();
    });
  };

  // Another choice is shown: new marks, and another view where the incidents lie elsewhere.
  document.addEventListener("htmx:after:swap", () => {
    if (!map?.getSource("points") || !choice()) return;
    outline();
    const extent = choice().dataset.extent;
    if (extent !== shownExtent && !choice().dataset.box) fit(extent);
    shownExtent = extent;
    refresh();
  });
  document.addEventListener("parallax:look", () => {
    if (!map?.getLayer("points")) return;
    const { mark } = colours();
    map.setPaintProperty("areas", "fill-color", mark);
    map.setPaintProperty("rings", "line-color", mark);
    map.setPaintProperty("points", "circle-color", mark);
    map.setPaintProperty("box", "line-color", mark);
  });

  // Playback shows the marks of some days, and gets what they add up to.
  window.parallax.days = (first, last) => {
    frame = first ? [first, last] : null;
    return refresh();
  };
  // The list is there before the map: nobody waits for it.
  if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 1500 });
  else setTimeout(start, 50);
})();
