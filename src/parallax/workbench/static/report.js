// A report's page: the claim that is looked at, its walk by keys, the words selected, citations.
"use strict";
(() => {
  const text = document.querySelector("article.text");
  if (!text) return;
  const every = (selector, within = document) => [...within.querySelectorAll(selector)];
  const pieces = every(".p", text);
  const numbers = (piece) => (piece.dataset.c || "").split(" ");
  const notes = new Map(every(".note-of").map((note) => [note.dataset.n, note]));
  const badges = new Map(every(".no", text).map((badge) => [badge.dataset.n, badge]));
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  const editing = document.getElementById("pick");

  // The words of one claim stand out, the others step back.
  let shown = null;
  const look = (number) => {
    if (number === shown) return;
    shown = number;
    for (const piece of pieces) {
      const own = number !== null && numbers(piece).includes(number);
      piece.classList.toggle("on", own);
      piece.classList.toggle("dim", number !== null && !own && Boolean(piece.dataset.c));
      piece.classList.toggle("on-slot", own && (piece.dataset.s || "").split(" ").some((slot) => slot.split(":")[1] === number));
    }
    for (const [each, note] of notes) note.classList.toggle("on", each === number);
    for (const [each, badge] of badges) badge.classList.toggle("on", each === number);
  };
  const numberOf = (target) => target.closest?.(".no, .note-of")?.dataset.n ?? null;
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const number = numberOf(event.target);
      if (number !== null) look(number);
      else if (kind === "mouseover" && !document.activeElement?.closest(".no, .note-of")) look(null);
    });
  }

  // Keys: j and k walk the claims by their place in the text; e opens a note, c copies, a adds.
  const order = [...badges.keys()];
  const walk = (step) => {
    if (!order.length) return;
    const at = order.indexOf(shown);
    const next = badges.get(order[at < 0 ? (step > 0 ? 0 : order.length - 1) : (at + step + order.length) % order.length]);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };
  const open = (number) => {
    const details = notes.get(number)?.querySelector("details");
    if (!details) return;
    details.open = true;
    details.querySelector("summary").focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const number = numberOf(document.activeElement) ?? shown;
    const deeds = {
      j: () => walk(1),
      k: () => walk(-1),
      e: () => open(number),
      c: () => copy(notes.get(number)?.querySelector("[data-copy]")),
      a: () => document.getElementById("add-claim")?.click(),
      Escape: () => close(),
    };
    if (!deeds[event.key]) return;
    if (event.key !== "Escape") event.preventDefault();
    deeds[event.key]();
  });

  // Citations
  const said = document.createElement("div");
  said.className = "said";
  said.setAttribute("role", "status");
  said.hidden = true;
  document.body.append(said);
  const say = (words) => {
    said.textContent = words;
    said.hidden = false;
    setTimeout(() => { said.hidden = true; }, 2500);
  };
  const copy = async (button) => {
    const source = button && document.getElementById(button.dataset.copy);
    if (!source) return;
    try {
      await navigator.clipboard.writeText(source.textContent);
      say("The citation is copied.");
    } catch {
      // Without the right to write the clipboard the words are selected, for the person to copy.
      button.closest("details").open = true;
      getSelection().selectAllChildren(source);
      say("Copy the selected words: this browser does not let the page do so.");
    }
  };
  for (const button of every("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }

  // The words selected: where they stand in the report, in code points.
  const point = (node, offset) => {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".p");
    if (!piece || !text.contains(piece)) return null;
    const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : offset ? piece.textContent : "";
    return Number(piece.dataset.at) + [...before].length;
  };
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const chosen = pieces.filter((piece) => range.intersectsNode(piece));
    if (!chosen.length) return null;
    const first = point(range.startContainer, range.startOffset) ?? Number(chosen[0].dataset.at);
    const last = chosen.at(-1);
    const end = point(range.endContainer, range.endOffset) ?? Number(last.dataset.at) + [...last.textContent].length;
    const words = chosen.map((piece) => {
      const marks = [...piece.textContent];
      const at = Number(piece.dataset.at);
      return marks.slice(Math.max(0, first - at), Math.max(0, end - at)).join("");
    }).join("");
    const blank = words.length - words.trimStart().length;
    return words.trim() ? { start: first + blank, words: words.trim(), range, claims: [...new Set(chosen.flatMap(numbers))].filter(Boolean) } : null;
  };
  // Copying takes the report's own words, without the notes that stand between its paragraphs.
  document.addEventListener("copy", (event) => {
    const found = selected();
    if (!found || typing(event.target) || !found.range.commonAncestorContainer.contains?.(text.querySelector(".notes"))) return;
    event.clipboardData.setData("text/plain", found.words);
    event.preventDefault();
  });

  let box = null;
  const close = () => { box?.remove(); box = null; };
  const SLOTS = [["count", "number"], ["whom", "whom"], ["who", "by whom"], ["where", "where"], ["voice", "voice"], ["via", "via"]];
  const pick = () => {
    close();
    const found = editing && selected();
    if (!found) return;
    box = editing.content.firstElementChild.cloneNode(true);
    box.querySelector("q").textContent = found.words;
    box.querySelector("[data-add]").addEventListener("click", () => add(found));
    const row = box.querySelector(".correct");
    for (const number of (shown && found.claims.includes(shown) ? [shown] : found.claims).slice(0, 4)) {
      row.append(Object.assign(document.createElement("span"), { className: "quiet", textContent: `Claim ${number}:` }));
      for (const [slot, words] of SLOTS) {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "quietly small-button", textContent: words });
        button.addEventListener("click", () => correct(number, slot, found.words));
        row.append(button);
      }
    }
    document.body.append(box);
    const at = found.range.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8));
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${at.bottom + scrollY + 8}px`;
  };
  document.addEventListener("mouseup", (event) => { if (!event.target.closest?.(".pick")) setTimeout(pick, 0); });
  document.addEventListener("keyup", (event) => { if (event.shiftKey && event.key.startsWith("Arrow") && !typing(event.target)) pick(); });

  // A claim is added on the form of its own page; the words and their place go with it.
  const add = ({ start, words }) => {
    const address = new URL(location.href);
    address.searchParams.set("add", "1");
    address.hash = "add";
    sessionStorage.setItem("parallax-add", JSON.stringify({ start, words }));
    close();
    location.href = address.href;
    if (document.getElementById("add")) fill();
  };
  const fill = () => {
    const form = document.querySelector("#add form");
    const kept = sessionStorage.getItem("parallax-add");
    if (!form || !kept) return;
    sessionStorage.removeItem("parallax-add");
    const { start, words } = JSON.parse(kept);
    form.elements.words.value = words;
    form.elements.start.value = start;
    form.elements.kind.focus();
  };
  fill();
  // Words changed by hand no longer stand where the selected ones did.
  document.querySelector("#add form")?.elements.words.addEventListener("input", (event) => { event.target.form.elements.start.value = ""; });

  const correct = async (number, slot, words) => {
    close();
    const note = notes.get(number);
    const work = note.querySelector(".work");
    note.querySelector("details").open = true;
    const link = work.querySelector("a[hx-get]");
    if (link) {
      const answer = await fetch(link.getAttribute("hx-get"));
      if (!answer.ok) { location.href = link.href; return; }
      work.innerHTML = await answer.text();
      window.htmx?.process(work);
    }
    const part = work.querySelector(`form.slot:has(input[name=slot][value="${slot}"])`);
    part.closest("details").open = true;
    part.querySelector("[name=value]").value = words;
    part.querySelector("[name=why]").focus();
    part.scrollIntoView({ block: "center" });
  };
})();
