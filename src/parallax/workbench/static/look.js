// The choice of colours, made at once; and the page's colours for drawings that are no HTML.
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
