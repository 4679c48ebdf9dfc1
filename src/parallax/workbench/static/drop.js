// Files dropped anywhere on the page are sent to be read, folders with all that is in them.
"use strict";
(() => {
  const form = document.getElementById("drop");
  if (!form) return;
  const told = form.querySelector(".uploading");
  const words = told.querySelector("span");
  const bar = told.querySelector("progress");
  const cancel = told.querySelector("button");
  const root = document.documentElement;
  const MB = 1e6;

  const size = (bytes) => `${(bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0)} MB`;
  const left = (seconds) => (seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`);
  let going = null;
  const say = (text) => { told.hidden = false; words.textContent = text; };

  const send = (files) => {
    if (!files.length || going) return;
    if (document.querySelector("#import-now[data-on]")) {
      bar.hidden = cancel.hidden = true;
      say("One import at a time: wait until this one has ended, or stop it, then drop them again.");
      return;
    }
    cancel.hidden = false;
    const data = new FormData();
    for (const file of files) data.append("files", file, file.name);
    const request = new XMLHttpRequest();
    const begun = performance.now();
    going = request;
    bar.hidden = false;
    request.upload.addEventListener("progress", (event) => {
      const share = event.total ? event.loaded / event.total : 0;
      const seconds = (performance.now() - begun) / 1000;
      bar.value = Math.round(100 * share);
      say(`${files.length} ${files.length === 1 ? "file" : "files"}: ${size(event.loaded)} of ${size(event.total)}` + (seconds > 1 && share > 0 && share < 1 ? `, about ${left((seconds * (1 - share)) / share)} left` : ""));
    });
    const end = (text) => { going = null; bar.hidden = cancel.hidden = true; say(text); };
    request.addEventListener("load", () => {
      if (request.status < 300) { location.href = "/import"; return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const why = page.querySelector("[role=alert], main .empty, main p");
      end(why ? why.textContent.trim() : `The files were not taken (${request.status}).`);
    });
    request.addEventListener("error", () => end("The files did not arrive: is the workbench still running?"));
    request.addEventListener("abort", () => end("Stopped; none of these files was read."));
    say(`${files.length} ${files.length === 1 ? "file" : "files"}`);
    request.open("POST", form.action);
    request.setRequestHeader("X-Parallax-Token", form.elements.token?.value ?? "");
    request.send(data);
  };
  cancel.addEventListener("click", () => going?.abort());
  form.addEventListener("submit", (event) => { event.preventDefault(); send([...form.elements.files.files]); });

  // A folder is walked entry by entry; a browser gives at most a hundred at a time.
  const within = async (entry) => {
    if (entry.isFile) return [await new Promise((found, lost) => entry.file(found, lost))];
    const reader = entry.createReader();
    const files = [];
    for (;;) {
      const some = await new Promise((found, lost) => reader.readEntries(found, lost));
      if (!some.length) return files;
      for (const each of some) if (!each.name.startsWith(".")) files.push(...(await within(each)));
    }
  };
  const holds = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let depth = 0;
  document.addEventListener("dragenter", (event) => { if (holds(event)) { depth += 1; root.classList.add("dropping"); } });
  document.addEventListener("dragleave", (event) => { if (holds(event) && (depth -= 1) <= 0) { depth = 0; root.classList.remove("dropping"); } });
  document.addEventListener("dragover", (event) => { if (holds(event)) event.preventDefault(); });
  document.addEventListener("drop", async (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    depth = 0;
    root.classList.remove("dropping");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = entries.length ? (await Promise.all(entries.map(within))).flat() : [...event.dataTransfer.files];
    send(files);
  });
})();
