// What pages gain when JavaScript runs: drawn charts, a moving last call, kept drafts. Every page works without it.
"use strict";

(() => {
  const script = document.currentScript;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const load = (address) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`cannot load ${address}`));
      document.head.append(element);
    });

  // Charts: the bundle is fetched once, when the first chart comes into view.

  let plotly = null;
  const withPlotly = () => {
    plotly ??= (async () => {
      await load(script.dataset.plotly);
      if (script.dataset.plotlyLocale) await load(script.dataset.plotlyLocale);
      return window.Plotly;
    })();
    return plotly;
  };
  const locales = { "zh-hant": "zh-TW", "zh-hans": "zh-CN" };
  const language = () => locales[document.documentElement.lang] ?? "en";
  const monthFormat = () => (language() === "en" ? "%b %Y" : "%Y年%-m月");

  const DASHES = { dash: "6 4", dot: "2 3", dashdot: "6 3 2 3", longdash: "10 4" };

  const sample = (trace) => {
    const namespace = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(namespace, "svg");
    svg.setAttribute("width", "22");
    svg.setAttribute("height", "10");
    svg.setAttribute("aria-hidden", "true");
    const filled = trace.type === "bar" || (trace.fill && trace.fill !== "none");
    const shape = document.createElementNS(namespace, filled ? "rect" : "line");
    const places = filled ? { x: 4, y: 1, width: 14, height: 8, rx: 1 } : { x1: 0, x2: 22, y1: 5, y2: 5 };
    for (const [name, value] of Object.entries(places)) shape.setAttribute(name, value);
    const colour = filled ? (trace.marker?.color ?? trace.fillcolor) : (trace.line?.color ?? trace.marker?.color);
    const plain = typeof colour === "string" ? colour : "#0b5394";
    shape.setAttribute(filled ? "fill" : "stroke", plain);
    if (!filled) {
      shape.setAttribute("stroke-width", "2.5");
      if (DASHES[trace.line?.dash]) shape.setAttribute("stroke-dasharray", DASHES[trace.line.dash]);
    }
    svg.append(shape);
    return svg;
  };

  const writeLegend = (box, traces) => {
    const named = traces.filter((trace) => trace.name && trace.showlegend !== false);
    box.replaceChildren(
      ...named.map((trace) => {
        const entry = document.createElement("span");
        entry.append(sample(trace), trace.name);
        return entry;
      }),
    );
  };

  const LAYOUT = {
    showlegend: false,
    autosize: true,
    margin: { l: 48, r: 16, t: 12, b: 40 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    hovermode: "x unified",
    colorway: ["#0b5394", "#b45f06", "#38761d", "#741b47", "#666666", "#0097a7"],
  };
  const NARROW = 480; // pixels: less, and words beside lines would run into the axis
  const AXIS = { gridcolor: "#e6eaf0", linecolor: "#8a96a8", zerolinecolor: "#c4ccd8", automargin: true };

  const draw = async (place) => {
    const holder = document.getElementById(place.dataset.chart);
    if (!holder || place.dataset.drawn) return;
    place.dataset.drawn = "yes";
    const figure = JSON.parse(holder.textContent);
    let library;
    try {
      library = await withPlotly();
    } catch {
      delete place.dataset.drawn; // the server's drawing and the table of the same numbers still stand
      plotly = null;
      return;
    }
    const card = place.closest(".chart-card") ?? place.parentElement;
    const font = { family: getComputedStyle(document.body).fontFamily, size: 12, color: "#16202e" };
    const layout = { ...LAYOUT, font, ...figure.layout, showlegend: false };
    layout.xaxis = { ...AXIS, ...layout.xaxis };
    if (layout.xaxis.type === "date") layout.xaxis.tickformat = monthFormat();
    layout.yaxis = { ...AXIS, ...layout.yaxis };
    if (place.clientWidth < NARROW)
      layout.annotations = (layout.annotations ?? []).map((words) => ({ ...words, font: { ...words.font, size: 10 } }));
    if (calm) layout.transition = { duration: 0 };
    const plot = document.createElement("div");
    plot.className = "chart-plot";
    place.append(plot);
    if (layout.height) place.style.height = `${layout.height}px`; // as many bars as there are, not the usual room
    place.classList.add("chart-drawn"); // hides the server's drawing, which paper shows again
    await library.newPlot(plot, figure.data, layout, {
      responsive: true,
      displayModeBar: false,
      locale: language(),
      scrollZoom: false,
    });
    const legend = card.querySelector("[data-legend]");
    if (legend) writeLegend(legend, figure.data);
    openPoints(library, place, plot, figure.data);
  };

  // Points that carry an address open it: with the mouse, or with the arrow keys and Enter. The table has the same links.

  const openPoints = (library, place, plot, traces) => {
    const points = traces.flatMap((trace, curveNumber) =>
      (trace.customdata ?? []).map((address, pointNumber) => ({ address, curveNumber, pointNumber, trace })),
    );
    if (!points.length) return;
    place.classList.add("chart-opens");
    place.setAttribute("role", "group");
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.setAttribute("aria-live", "polite");
    place.append(said);

    plot.on("plotly_click", ({ points: near, event }) => {
      const height = event.clientY - plot.getBoundingClientRect().top;
      const away = (point) => Math.abs(point.yaxis._offset + point.yaxis.d2p(point.y) - height);
      const found = near.filter((point) => typeof point.customdata === "string").sort((a, b) => away(a) - away(b));
      if (found.length) location.assign(found[0].customdata);
    });

    // The keys begin at the newest point of the line drawn last before the targets: what is in use today.
    const curves = [...new Set(points.map((point) => point.curveNumber))];
    let curve = curves.length > 1 ? curves.at(-2) : curves[0];
    let number = -1;
    const own = () => points.filter((point) => point.curveNumber === curve);
    const show = () => {
      const point = own()[number];
      const lying = point.trace.orientation === "h";
      const [name, value] = lying ? ["y", "x"] : ["x", "y"];
      said.textContent = [point.trace.name, point.trace[name][number], point.trace[value][number]].join(", ");
      library.Fx.hover(plot, [{ curveNumber: point.curveNumber, pointNumber: point.pointNumber }]);
    };
    place.addEventListener("keydown", (event) => {
      const last = own().length - 1;
      const steps = { ArrowRight: 1, ArrowLeft: -1 };
      if (event.key in steps) number = number < 0 ? last : Math.min(last, Math.max(0, number + steps[event.key]));
      else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
        const step = event.key === "ArrowUp" ? -1 : 1;
        curve = curves[(curves.indexOf(curve) + step + curves.length) % curves.length];
        number = own().length - 1;
      } else if (event.key === "Enter" && number >= 0) return location.assign(own()[number].address);
      else return undefined;
      event.preventDefault();
      return show();
    });
  };

  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        seen.unobserve(entry.target);
        draw(entry.target);
      }
    },
    { rootMargin: "200px" },
  );

  // Last call: the server decides when a round may close; this only shows how long is left.

  const countDown = (element) => {
    const end = Date.parse(element.dataset.deadline);
    const tick = () => {
      if (!element.isConnected) return;
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      element.textContent = (element.dataset.words ?? "{seconds}").replace("{seconds}", String(left));
      if (left > 0) setTimeout(tick, 250);
      else if (element.dataset.after) element.textContent = element.dataset.after;
    };
    if (!Number.isNaN(end)) tick();
  };

  // Drafts: what is typed into a form with data-keep survives a closed tab, until it is sent.

  const draftName = (form) => `draft:${location.pathname}:${form.dataset.keep}`;

  const keepDraft = (form) => {
    const values = [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "form_token"].includes(name),
    );
    sessionStorage.setItem(draftName(form), JSON.stringify(values));
  };

  const restoreDraft = (form) => {
    const kept = sessionStorage.getItem(draftName(form));
    if (!kept || form.querySelector(".form-field-error")) return;
    for (const [name, value] of JSON.parse(kept)) {
      const field = form.elements.namedItem(name);
      if (field instanceof RadioNodeList || !field || ["checkbox", "radio", "hidden", "file"].includes(field.type)) continue;
      if (field.value === "") field.value = value;
    }
  };

  const prepare = (root) => {
    const all = (selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
    for (const place of all("[data-chart]")) seen.observe(place);
    for (const element of all("[data-deadline]")) countDown(element);
    for (const form of all("form[data-keep]")) restoreDraft(form);
    for (const bar of all("[data-width]")) bar.style.width = `${Math.min(100, Math.max(0, Number(bar.dataset.width)))}%`;
    const summary = all(".error-summary")[0];
    if (summary) summary.focus();
  };

  document.addEventListener("click", (event) => {
    const filler = event.target.closest("[data-fill]");
    if (filler) {
      document.querySelector(filler.dataset.fill).value = filler.dataset.value;
      const then = document.querySelector(filler.dataset.then);
      if (then) then.value = filler.dataset.thenValue;
      then?.form.querySelector("[type=submit]").focus();
    }
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) keepDraft(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-keep]")) sessionStorage.removeItem(draftName(event.target));
  });
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));

  // On a phone the filters fold away until somebody wants them, unless the address filters already.
  const foldFilters = () => {
    if (!matchMedia("(max-width: 767.98px)").matches) return;
    for (const fold of document.querySelectorAll(".filter-fold:not([data-asked])")) fold.open = false;
  };

  const start = () => {
    foldFilters();
    prepare(document);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
