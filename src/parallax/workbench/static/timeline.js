// The timeline: dragging over it, or the arrow keys, choose days; the form then asks for them, so the address has them.
"use strict";
(() => {
  const strip = () => document.getElementById("strip");
  const bars = () => [...document.querySelectorAll("#bars tr")];
  const form = () => document.getElementById("choose");
  let pointer = null; // [bar at which a drag began, bar at which it is]
  let at = 0;
  let anchor = null;

  const put = (name, low, high, count) => {
    const mark = document.getElementById(name);
    if (!mark) return;
    mark.setAttribute("x", `${(100 * low) / count}%`);
    mark.setAttribute("width", `${(100 * (high - low + 1)) / count}%`);
  };
  const hide = (name) => document.getElementById(name)?.setAttribute("width", "0");
  const words = (bar) => `${bar.dataset.words}: ${bar.dataset.told}`;
  const say = (text) => {
    const pointed = document.getElementById("pointed");
    if (pointed) pointed.textContent = text;
  };
  const range = (a, b) => {
    const every = bars();
    const [low, high] = a < b ? [a, b] : [b, a];
    return { low, high, first: every[low].dataset.first, last: every[high].dataset.last, every };
  };
  const describe = (a, b) => {
    const { low, high, every } = range(a, b);
    return low === high ? words(every[low]) : `${every[low].dataset.words} to ${every[high].dataset.words}`;
  };
  const choose = (first, last) => {
    form().elements.from.value = first;
    form().elements.to.value = last;
    form().requestSubmit();
  };
  const barAt = (event) => {
    const own = strip().getBoundingClientRect();
    const count = bars().length;
    return Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - own.left) / own.width) * count)));
  };

  document.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.target.closest?.("#strip")) return;
    pointer = [barAt(event), barAt(event)];
    at = pointer[0];
    anchor = null;
    put("brush", pointer[0], pointer[0], bars().length);
  });
  document.addEventListener("pointermove", (event) => {
    if (pointer) {
      pointer[1] = barAt(event);
      const { low, high, every } = range(...pointer);
      put("brush", low, high, every.length);
      say(describe(...pointer));
    } else if (event.target.closest?.("#strip")) {
      const here = barAt(event);
      cursor(here);
      say(describe(here, here));
    }
  });
  document.addEventListener("pointerup", (event) => {
    if (!pointer) return;
    const { first, last } = range(...pointer);
    pointer = null;
    choose(first, last);
  });
  document.addEventListener("pointercancel", () => {
    pointer = null;
    hide("brush");
  });
  document.addEventListener("pointerout", (event) => {
    if (event.target.closest?.("#strip") && !event.relatedTarget?.closest?.("#strip") && !pointer) {
      say("");
      cursor(-1);
    }
  });

  const cursor = (bar) => {
    const line = document.getElementById("cursor");
    if (!line) return;
    const place = `${(100 * (bar + 0.43)) / bars().length}%`;
    line.setAttribute("x1", place);
    line.setAttribute("x2", place);
    line.setAttribute("visibility", bar < 0 ? "hidden" : "visible");
  };
  const move = (to, extend) => {
    const every = bars();
    const before = at;
    at = Math.max(0, Math.min(every.length - 1, to));
    anchor = extend ? (anchor ?? before) : null;
    cursor(at);
    const { low, high } = range(anchor ?? at, at);
    if (anchor === null) hide("brush");
    else put("brush", low, high, every.length);
    const told = describe(anchor ?? at, at);
    strip().setAttribute("aria-valuenow", String(at));
    strip().setAttribute("aria-valuetext", told);
    say(told);
  };
  document.addEventListener("keydown", (event) => {
    if (event.target !== strip() || event.altKey || event.ctrlKey || event.metaKey) return;
    const count = bars().length;
    const steps = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 10, PageUp: at + 10, Home: 0, End: count - 1 };
    if (event.key in steps) move(steps[event.key], event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") {
      const { first, last } = range(anchor ?? at, at);
      choose(first, last);
    } else if (event.key === "Escape") choose("", "");
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target === strip()) move(Math.min(at, bars().length - 1), false);
  });

  // Empty fields are no part of an address, and a new choice begins at its first page.
  document.addEventListener("htmx:config:request", (event) => {
    const asked = event.detail.ctx.request;
    if (asked.method !== "GET" || !(asked.body instanceof FormData)) return;
    for (const [name, value] of [...asked.body]) if (value === "") asked.body.delete(name);
  });
  document.addEventListener("htmx:after:swap", () => {
    anchor = null;
    hide("brush");
  });

  // Playback marks the days it shows; the others are placed by how far into their bar they begin and end.
  window.parallax.playhead = (first, last) => {
    const every = bars();
    const head = document.getElementById("playhead");
    if (!head || !every.length) return;
    if (!first) {
      head.setAttribute("width", "0");
      return;
    }
    const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000;
    const place = (number) => {
      const index = every.findIndex((bar) => number <= day(bar.dataset.last));
      if (index < 0) return every.length;
      const [begin, end] = [day(every[index].dataset.first), day(every[index].dataset.last) + 1];
      return index + Math.max(0, Math.min(1, (number - begin) / (end - begin)));
    };
    const [from, to] = [place(day(first)), place(day(last) + 1)];
    head.setAttribute("x", `${(100 * from) / every.length}%`);
    head.setAttribute("width", `${Math.max(0.25, (100 * (to - from)) / every.length)}%`);
  };
})();
