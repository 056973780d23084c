"use strict";
/* Shows the words of an item in the documents, side by side; filters the report. The page reads without it. */
(() => {
  const root = document.documentElement;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const pane = byId("documents");
  const report = byId("report");
  const narrow = window.matchMedia("(max-width: 63.99rem)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const sheets = new Map(all("[data-sheet]").map((sheet) => [sheet.dataset.sheet, sheet]));
  const tabs = all("[data-tab]");
  const rows = all(".row");
  const lines = all(".line");
  let chosen = null;
  let cameFrom = null;

  root.classList.add("js");

  /* ---- documents ---- */

  const show = (numbers) => {
    for (const [number, sheet] of sheets) sheet.hidden = !numbers.has(number);
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(numbers.has(tab.dataset.tab)));
  };
  const shown = () => new Set([...sheets].filter(([, sheet]) => !sheet.hidden).map(([number]) => number));

  const readPlaces = (text) =>
    (text || "").split(" ").filter(Boolean).map((one) => {
      const [, number, start, end, side] = one.match(/^(\d+):(\d+)-(\d+)([a-z])$/);
      return { number, start: Number(start), end: Number(end), side };
    });

  const clearMarks = () => {
    for (const segment of all("[data-s][class*=on]", pane)) {
      segment.classList.remove("on", "now", "on-a", "on-b", "on-c", "on-d");
    }
  };

  const mark = (places, extra) => {
    const first = new Map();
    for (const { number, start, end, side } of places) {
      for (const segment of all("[data-s]", sheets.get(number))) {
        const at = Number(segment.dataset.s);
        if (at < start || at >= end) continue;
        segment.classList.add("on", `on-${side}`);
        if (extra) segment.classList.add(extra);
        const found = first.get(number);
        if (!found || Number(found.dataset.s) > at) first.set(number, segment);
      }
    }
    return first;
  };

  const scrollTo = (first) => {
    for (const [number, segment] of first) {
      const sheet = sheets.get(number);
      const above = segment.getBoundingClientRect().top - sheet.getBoundingClientRect().top;
      sheet.scrollTo({ top: sheet.scrollTop + above - sheet.clientHeight / 4, behavior: calm.matches ? "auto" : "smooth" });
    }
  };

  const open = (from) => {
    if (!narrow.matches) return;
    cameFrom = from;
    root.classList.add("reading");
    report.inert = true;
    byId("close").focus();
  };

  const close = () => {
    root.classList.remove("reading");
    report.inert = false;
    if (cameFrom) cameFrom.focus();
    cameFrom = null;
  };

  const release = () => {
    if (chosen) {
      chosen.classList.remove("chosen");
      const button = chosen.querySelector("button.show");
      if (button) button.setAttribute("aria-pressed", "false");
    }
    chosen = null;
    clearMarks();
  };

  const choose = (row, only, from) => {
    const places = readPlaces(row.dataset.at);
    const now = only ? readPlaces(only) : [];
    release();
    chosen = row;
    row.classList.add("chosen");
    const button = row.querySelector("button.show");
    if (button) button.setAttribute("aria-pressed", "true");
    const numbers = new Set([...places, ...now].map((place) => place.number));
    show(numbers);
    const first = mark(places);
    for (const [number, segment] of mark(now, "now")) first.set(number, segment);
    open(from || button);
    scrollTo(first);
    if (now.length) sheets.get(now[0].number).scrollIntoView({ block: "nearest", inline: "start" });
    const names = [...numbers].map((number) => sheets.get(number).querySelector("h3").textContent);
    byId("said").textContent = `Shown in ${names.join(", ")}`;
  };

  for (const row of rows) {
    if (!row.dataset.at) continue;
    const reason = row.querySelector(".reason");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "show";
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-controls", "documents");
    button.append(...reason.childNodes);
    reason.append(button);
    row.classList.add("live");
    row.addEventListener("click", (event) => {
      const place = event.target.closest("a");
      if (place && !place.dataset.at) return;
      if (event.target.closest("summary") || (!place && String(window.getSelection()))) return;
      event.preventDefault();
      choose(row, place && place.dataset.at, place);
    });
  }

  for (const tab of tabs) {
    tab.addEventListener("click", () => {
      const numbers = shown();
      if (!numbers.delete(tab.dataset.tab)) numbers.add(tab.dataset.tab);
      if (numbers.size) show(numbers);
      const sheet = sheets.get(tab.dataset.tab);
      if (!sheet.hidden) sheet.scrollIntoView({ block: "nearest", inline: "start" });
    });
  }

  byId("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (root.classList.contains("reading")) close();
    else release();
  });
  narrow.addEventListener("change", close);

  const reveal = (element) => {
    for (let at = element; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
  };

  const follow = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    reveal(target);
    const sheet = target.closest("[data-sheet]");
    if (sheet) {
      show(shown().add(sheet.dataset.sheet));
      open(null);
    }
    if (target.classList.contains("live")) choose(target);
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", follow);
  for (const link of all('a[href^="#"]')) {
    link.addEventListener("click", () => {
      if (link.hash === location.hash) follow();
    });
  }

  /* ---- filters ---- */

  const find = byId("find");
  const chips = all(".chip");
  const pressed = (key) =>
    new Set(chips.filter((c) => key in c.dataset && c.getAttribute("aria-pressed") === "true").map((c) => c.dataset[key]));
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();
  const texts = new Map([...rows, ...lines].map((row) => [row, fold(row.textContent)]));

  const filter = () => {
    const verdicts = pressed("verdict");
    const documents = pressed("document");
    const words = fold(find.value).split(/\s+/).filter(Boolean);
    const active = verdicts.size > 0 || documents.size > 0 || words.length > 0;
    const fits = (row) =>
      (!verdicts.size || verdicts.has(row.dataset.verdict)) &&
      (!documents.size || row.dataset.documents.split(" ").some((number) => documents.has(number))) &&
      words.every((word) => texts.get(row).includes(word));
    let left = 0;
    for (const row of [...rows, ...lines]) {
      row.hidden = active && !row.closest(".layout-documents") && !fits(row);
      if (!row.hidden && row.classList.contains("row") && !row.closest(".layout-documents")) left += 1;
    }
    for (const fold of all("details.fold")) {
      const kept = all(".row", fold).some((row) => !row.hidden);
      fold.hidden = !kept;
      if (active) fold.open = kept;
    }
    for (const block of [...all(".part"), ...all(".section")]) {
      const inside = all(".row, .line", block);
      block.hidden = active && inside.length > 0 && inside.every((row) => row.hidden);
    }
    byId("shown").textContent = active ? `${left} of ${rows.length - all(".layout-documents .row").length} items shown` : "";
    byId("clear").hidden = !active;
  };
  const filters = byId("filters");
  if (filters) {
    filters.addEventListener("submit", (event) => event.preventDefault());
    find.addEventListener("input", filter);
    for (const chip of chips) {
      chip.addEventListener("click", () => {
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        filter();
      });
    }
    byId("clear").addEventListener("click", () => {
      for (const chip of chips) chip.setAttribute("aria-pressed", "false");
      find.value = "";
      filter();
      for (const fold of all("details.fold")) fold.open = false;
      find.focus();
    });
  }

  /* ---- colours and paper ---- */

  const theme = byId("theme");
  const themes = ["auto", "light", "dark"];
  const setTheme = (name) => {
    if (name === "auto") delete root.dataset.theme;
    else root.dataset.theme = name;
    byId("theme-now").textContent = name;
    try { localStorage.setItem("wirecheck-theme", name); } catch { /* a page from a file may have no storage */ }
  };
  theme.addEventListener("click", () => setTheme(themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % 3]));
  try {
    const kept = localStorage.getItem("wirecheck-theme");
    if (themes.includes(kept)) setTheme(kept);
  } catch { /* as above */ }

  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const fold of folded) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
  });

  show(new Set([...sheets.keys()].slice(0, 2)));
  if (location.hash) follow();
})();
