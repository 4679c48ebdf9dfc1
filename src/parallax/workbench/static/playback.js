// Playback: the map shows one day after another. Nothing moves by itself until a person presses Play.
"use strict";
(() => {
  const player = () => document.getElementById("player");
  if (!player()) return;
  const DAY = 86400000;
  const part = (name) => player().querySelector(`[data-play=${name}]`);
  const slider = () => document.getElementById("play-at");
  const output = () => document.getElementById("playing");
  let timer = 0;
  let shown = null; // the first day shown, as a number of days
  let busy = false;
  let asked = 0; // how many days were asked for: an answer that a later question overtook is not shown

  const number = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
  const text = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const words = (day) => new Date(day * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const step = () => Number(part("step").value);
  // What is played: the days chosen in the form, else those of the timeline.
  const span = () => {
    const form = document.getElementById("choose").elements;
    return [number(form.from.value || player().dataset.first), number(form.to.value || player().dataset.last)];
  };
  const remember = () => {
    const address = new URL(location.href);
    if (shown === null) for (const name of ["day", "step"]) address.searchParams.delete(name);
    else {
      address.searchParams.set("day", text(shown));
      if (step() === 1) address.searchParams.delete("step");
      else address.searchParams.set("step", String(step()));
    }
    history.replaceState(history.state, "", address);
  };

  const show = async (day) => {
    const [first, last] = span();
    shown = Math.max(first, Math.min(last, day));
    const end = Math.min(last, shown + step() - 1);
    Object.assign(slider(), { min: String(first), max: String(last), value: String(shown) });
    slider().setAttribute("aria-valuetext", words(shown));
    window.parallax.playhead(text(shown), text(end));
    busy = true;
    const mine = ++asked;
    const told = await window.parallax.days(text(shown), text(end));
    if (mine !== asked) return;
    busy = false;
    if (shown === null) return;
    const days = end > shown ? `${words(shown)} to ${words(end)}` : words(shown);
    const what = told ? `${told.total.toLocaleString("en-GB")} incident${told.total === 1 ? "" : "s"}${told.killed ? `, killed ${told.killed}` : ""}` : "";
    output().textContent = what ? `${days}: ${what}` : days;
    player().dataset.day = text(shown);
    if (!timer) remember();
  };
  const playing = (on) => {
    clearInterval(timer);
    timer = 0;
    if (on) timer = setInterval(tick, Number(part("speed").value));
    part("toggle").textContent = on ? "Pause" : "Play";
    part("toggle").setAttribute("aria-pressed", String(on));
    // While days run by, a screen reader is not told each; once they stand, the day is said.
    output().setAttribute("aria-live", on ? "off" : "polite");
  };
  const tick = () => {
    if (busy) return;
    const [, last] = span();
    if (shown + step() > last) {
      playing(false);
      remember();
      return;
    }
    show(shown + step());
  };
  const begin = () => (shown === null ? span()[0] : shown);
  const acts = {
    toggle: () => {
      if (timer) {
        playing(false);
        remember();
        return;
      }
      const [first, last] = span();
      show(shown === null || shown + step() > last ? first : shown);
      playing(true);
    },
    back: () => { playing(false); show(begin() - step()); },
    next: () => { playing(false); show(shown === null ? begin() : shown + step()); },
    stop: () => {
      playing(false);
      shown = null;
      output().textContent = "";
      delete player().dataset.day;
      slider().value = slider().min;
      window.parallax.playhead(null);
      window.parallax.days(null);
      remember();
    },
  };

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("#player button[data-play]");
    if (pressed) acts[pressed.dataset.play]();
  });
  document.addEventListener("input", (event) => {
    if (event.target === slider()) {
      playing(false);
      show(Number(slider().value));
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target === part("step") && shown !== null) show(shown);
    if (event.target === part("speed") && timer) playing(true);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.closest?.("#player") || event.altKey || event.ctrlKey || event.metaKey) return;
    const tag = event.target.tagName;
    if (event.key === " " && tag !== "BUTTON" && tag !== "SELECT") acts.toggle();
    else if (event.key === "Escape") acts.stop();
    else if (tag !== "SELECT" && tag !== "INPUT" && event.key === "ArrowRight") acts.next();
    else if (tag !== "SELECT" && tag !== "INPUT" && event.key === "ArrowLeft") acts.back();
    else return;
    event.preventDefault();
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!player()) return;
    ready();
    if (shown !== null) show(shown);
  });
  const ready = () => {
    player().hidden = false;
    const [first, last] = span();
    Object.assign(slider(), { min: String(first), max: String(last) });
    if (shown === null) slider().value = String(first);
  };
  ready();
  const opened = new URLSearchParams(location.search);
  if (["1", "7", "30"].includes(opened.get("step"))) part("step").value = opened.get("step");
  if (/^\d{4}-\d\d-\d\d$/.test(opened.get("day") || "")) {
    // The map takes a moment to be there; the day waits for it.
    const wait = setInterval(() => {
      if (!document.getElementById("atlas").dataset.ready) return;
      clearInterval(wait);
      show(number(opened.get("day")));
    }, 100);
  }
})();
