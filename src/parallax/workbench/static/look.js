// What every page has: the choice of colours, made at once, and the page's colours for drawings that are no HTML;
// words for what could not be done; and answers that come into sight.
"use strict";
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  // Another script asks for a colour by its name in style.css and gets what a canvas can use.
  const colour = (name) => {
    const probe = document.createElement("span");
    probe.hidden = true;
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const dark = () => (root.dataset.look ? root.dataset.look === "dark" : system.matches);
  window.parallax = { colour, dark };

  // "parallax:look" on the document tells drawings to draw themselves anew.
  const tell = () => document.dispatchEvent(new CustomEvent("parallax:look", { detail: { dark: dark() } }));
  system.addEventListener("change", tell);

  // An answer that is no part of this page must not take its place: what it says stands above the page instead.
  const trouble = (words) => {
    const box = document.getElementById("trouble");
    if (!box) return;
    box.textContent = words;
    box.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:before:request", () => trouble(""));
  document.addEventListener("htmx:after:request", (event) => {
    const { response, text } = event.detail.ctx;
    if (response.status < 400 || response.headers.get("hx-redirect")) return;
    const page = /^\s*<!doctype/i.test(text);
    if (!page && (response.headers.get("content-type") || "").startsWith("text/html")) return;
    event.preventDefault();
    const told = page ? new DOMParser().parseFromString(text, "text/html").querySelector("main p") : null;
    for (const link of told?.querySelectorAll("a") ?? []) link.remove();
    trouble((told ? told.textContent : text).trim() || `The workbench answers with ${response.status}.`);
  });
  document.addEventListener("htmx:error", () => trouble("The workbench does not answer. What you did last may not be written down: load the page again and look."));
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx?.target;
    if (target?.matches?.(".decided, #preview")) target.scrollIntoView({ block: "nearest" });
  });

  const form = document.querySelector("form.look");
  if (!form) return;
  form.elements.look.addEventListener("change", async () => {
    const look = form.elements.look.value;
    if (look === "system") delete root.dataset.look;
    else root.dataset.look = look;
    document.querySelector("meta[name=color-scheme]").content = look === "system" ? "light dark" : look;
    tell();
    await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
  });
})();
