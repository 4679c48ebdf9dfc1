// The queue by keyboard: a key presses the button that shows it. Nothing here decides anything by itself.
(() => {
  "use strict";
  const typing = (element) => element.closest("input, select, textarea, [contenteditable]") !== null;

  function press(key) {
    const found = document.querySelector(`[data-key~="${CSS.escape(key)}"]`);
    if (!found) return false;
    // A page stands a moment before its forms are taken up: a key pressed then would load a whole page anew, and
    // what is typed into a form that it opens would show nothing.
    const forms = document.getElementById("queue");
    if (window.htmx && !forms?.querySelector("[data-htmx-powered]")) window.htmx.process(document.body);
    if (found.tagName !== "SUMMARY") {
      found.click();
      return true;
    }
    const details = found.parentElement;
    details.open = !details.open;
    if (details.open) {
      const first = details.querySelector("select, input:not([type=hidden]), button");
      (first || found).focus();
      if (first && first.select) first.select();
      details.scrollIntoView({ block: "nearest" });
    } else {
      found.focus();
    }
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const within = event.target instanceof Element && typing(event.target);
    if (event.key === "Escape") {
      const details = event.target instanceof Element && event.target.closest("details[open]");
      const open = details || document.querySelector(".deeds details[open]");
      if (!open) return;
      open.open = false;
      open.querySelector("summary").focus();
      event.preventDefault();
      return;
    }
    if (!within && event.key.length === 1 && press(event.key)) event.preventDefault();
  });

  // The field of a correction holds the value of the slot chosen, so that a small mend is a small edit.
  document.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLSelectElement) || event.target.name !== "slot") return;
    const form = event.target.form;
    form.elements.value.value = event.target.selectedOptions[0].dataset.value || "";
    document.getElementById("preview").replaceChildren();
  });

  // Of several claims, those are discounted that are ticked.
  document.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || !event.target.classList.contains("which")) return;
    const form = event.target.form;
    const ticked = [...form.querySelectorAll(".which:checked")].map((box) => box.value);
    form.elements.claims.value = ticked.join(" ");
    for (const button of form.querySelectorAll("button")) button.disabled = ticked.length === 0;
  });

  // After an answer the item has the focus, so that it is read out and the keys work from there.
  document.addEventListener("htmx:after:swap", (event) => {
    const item = document.getElementById("item");
    const target = event.detail && event.detail.ctx && event.detail.ctx.target;
    if (item && (!target || target.id === "queue")) {
      item.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    }
  });
})();
