// Charts: each figure's spec drawn by Vega in place of the server's drawing, without code made from
// strings, in the page's own colours; and the buttons that save it. Nothing is fetched.
"use strict";
(() => {
  const figures = [...document.querySelectorAll("figure.chart[data-spec]")];
  if (!figures.length || !window.parallax) return;

  // A spec names colours as style.css does; a drawing needs their values.
  const coloured = (value) => {
    if (typeof value === "string") return value.startsWith("var(") ? parallax.colour(value.slice(4, -1)) : value;
    if (Array.isArray(value)) return value.map(coloured);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === "values" ? each : coloured(each)]));
    return value;
  };
  const config = () => {
    const [ink, quiet, line] = ["--ink", "--quiet", "--line"].map(parallax.colour);
    const words = { labelColor: quiet, titleColor: quiet, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" };
    return {
      font: getComputedStyle(document.body).fontFamily,
      background: null,
      view: { stroke: null },
      axis: { ...words, domainColor: ink, gridColor: line, tickColor: line },
      axisX: { grid: false },
      legend: words,
      title: { color: ink, subtitleColor: quiet, fontSize: 14, subtitleFontSize: 12, fontWeight: 600, offset: 12 },
      text: { color: ink },
    };
  };
  // What not all is signed off of says so inside.
  const marked = (title, mark) => {
    const { text, subtitle = [], ...rest } = typeof title === "object" && title ? title : { text: title ?? "" };
    return { ...rest, text, subtitle: [subtitle, mark].flat() };
  };
  const view = (spec, { width, background = null, titled = false, mark = "" }) => {
    const whole = { ...coloured(spec), width, background, autosize: { type: typeof spec.height === "number" ? "fit" : "fit-x", contains: "padding" } };
    // On the page the figure's own words are the title; a file that is saved carries it inside.
    if (!titled) delete whole.title;
    else if (mark) whole.title = marked(whole.title, mark);
    const compiled = vegaLite.compile(whole, { config: config() }).spec;
    return new vega.View(vega.parse(compiled, null, { ast: true }), { expr: vega.expressionInterpreter, renderer: "svg", hover: true });
  };

  const draw = async (figure) => {
    const box = figure.querySelector(".drawing");
    const first = box.querySelectorAll(":scope > svg:not(.marks)");
    const spec = JSON.parse(figure.dataset.spec);
    // On a narrow page names stand above their bars, which have the whole width.
    const narrow = spec.usermeta?.narrow && matchMedia("(max-width: 44rem)").matches;
    const width = Math.max(narrow ? 240 : 320, box.clientWidth);
    const holder = document.createElement("div");
    holder.hidden = true;
    box.append(holder);
    const made = view(narrow ? { ...spec, ...spec.usermeta.narrow } : spec, { width });
    await made.initialize(holder).runAsync();
    figure.drawnView?.finalize();
    for (const old of box.querySelectorAll(".vega")) old.remove();
    holder.hidden = false;
    holder.className = "vega";
    for (const each of first) each.remove();
    box.classList.add("drawn");
    figure.drawnView = made;
    figure.drawnWidth = width;
    const svg = holder.querySelector("svg");
    if (svg) svg.setAttribute("aria-hidden", "true");
    figure.dataset.drawn = "yes";
    figure.querySelector("[data-save]").hidden = false;
  };

  const keep = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  // A spreadsheet runs a cell that begins like a formula, and reports may hold anything.
  const cell = (words) => `"${(/^[=+\-@\t\r]/.test(words) ? `'${words}` : words).replaceAll('"', '""')}"`;
  const table = (figure) => [...figure.querySelectorAll(".data-table tr")].map((row, at) => [...[...row.cells].map((each) => each.textContent.trim()), ...(figure.dataset.mark ? [at ? "internal" : "sign_off"] : [])].map(cell).join(",")).join("\r\n");
  const save = async (figure, as) => {
    const name = `parallax-${figure.dataset.chart}${figure.dataset.mark ? "-internal" : ""}.${as}`;
    if (as === "csv") return keep(name, new Blob(["\ufeff", table(figure), "\r\n"], { type: "text/csv" }));
    const whole = view(JSON.parse(figure.dataset.spec), { width: 960, background: parallax.colour("--panel"), titled: true, mark: figure.dataset.mark });
    await whole.runAsync();
    if (as === "svg") keep(name, new Blob([await whole.toSVG()], { type: "image/svg+xml" }));
    else (await whole.toCanvas(2)).toBlob((blob) => keep(name, blob), "image/png");
    return whole.finalize();
  };

  const every = async () => {
    for (const figure of figures) {
      try {
        await draw(figure);
      } catch (error) {
        // The server's drawing and the table stand; what went wrong is for the console alone.
        figure.dataset.drawn = "no";
        console.warn(`The chart ${figure.dataset.chart} could not be drawn: ${error.message}`);
      }
    }
  };
  for (const figure of figures) {
    figure.querySelector("[data-save]").addEventListener("click", (event) => {
      const button = event.target.closest("button[data-as]");
      if (button) save(figure, button.dataset.as);
    });
  }
  // A figure inside folded details has no width until they are opened.
  document.addEventListener("toggle", (event) => {
    for (const figure of event.target.querySelectorAll?.("figure.chart[data-spec]") ?? []) if (event.target.open && figure.querySelector(".drawing").clientWidth > figure.drawnWidth) draw(figure);
  }, true);
  document.addEventListener("parallax:look", every);
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(every, 200);
  });
  every();
})();
