"use strict";
/* Shows the words of an item in the documents and leads from them to the item; finds, filters, copies. The page reads
   without it. */
(() => {
  const root = document.documentElement;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const pane = byId("documents");
  const narrow = window.matchMedia("(max-width: 63.99rem)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const sheets = new Map(all("[data-sheet]").map((sheet) => [sheet.dataset.sheet, sheet]));
  const segments = new Map([...sheets].map(([number, sheet]) => [number, all("[data-s]", sheet)]));
  const tabs = all("[data-tab]");
  const rows = all(".row");
  const firsts = all(".first");
  const lines = all(".line");
  let chosen = null;
  let cameFrom = null;
  const trail = [];

  root.classList.add("js");

  const keep = (name, value) => {
    try { localStorage.setItem(`wirecheck-${name}`, value); } catch { /* a page from a file may have no storage */ }
  };
  const kept = (name) => {
    try { return localStorage.getItem(`wirecheck-${name}`); } catch { return null; }
  };

  let fading = 0;
  const say = (text, seen = false) => {
    byId("said").textContent = text;
    if (!seen) return;
    const toast = byId("toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(fading);
    fading = setTimeout(() => { toast.hidden = true; }, 2500);
  };

  const scrollIn = (sheet, segment) => {
    const above = segment.getBoundingClientRect().top - sheet.getBoundingClientRect().top;
    sheet.scrollTo({ top: sheet.scrollTop + above - sheet.clientHeight / 4, behavior: calm.matches ? "auto" : "smooth" });
  };

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

  const starts = new Map([...segments].map(([number, own]) => [number, own.map((segment) => Number(segment.dataset.s))]));
  const firstFrom = (sorted, place) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < place) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const within = ({ number, start, end }) => {
    const sorted = starts.get(number);
    return segments.get(number).slice(firstFrom(sorted, start), firstFrom(sorted, end));
  };

  const clearMarks = () => {
    for (const segment of all("[data-s].on, [data-s].now", pane)) {
      segment.classList.remove("on", "now", "on-a", "on-b", "on-c", "on-d");
    }
  };

  const mark = (places, extra) => {
    const first = new Map();
    for (const place of places) {
      for (const segment of within(place)) {
        segment.classList.add("on", `on-${place.side}`);
        if (extra) segment.classList.add(extra);
        const found = first.get(place.number);
        if (!found || Number(found.dataset.s) > Number(segment.dataset.s)) first.set(place.number, segment);
      }
    }
    return first;
  };

  /* On a phone the documents take the lower half: the item stays in sight above them. */
  const open = (from) => {
    if (!narrow.matches) return;
    cameFrom = from;
    root.classList.add("reading");
  };

  const close = () => {
    root.classList.remove("reading");
    if (cameFrom) cameFrom.focus({ preventScroll: true });
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

  const idOf = (row) => row.dataset.for || row.id;

  const setAddress = (row) => {
    if (location.hash === `#${idOf(row)}`) return;
    try { history.pushState(null, "", `#${idOf(row)}`); } catch { /* some viewers allow no address of their own */ }
  };

  const choose = (row, only, from) => {
    const places = readPlaces(row.dataset.at);
    const now = only ? readPlaces(only) : [];
    if (chosen && chosen !== row) trail.push(chosen);
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
    setAddress(row);
    for (const [number, segment] of first) scrollIn(sheets.get(number), segment);
    if (now.length) sheets.get(now[0].number).scrollIntoView({ block: "nearest", inline: "start" });
    if (narrow.matches) row.scrollIntoView({ block: "start" });
    const names = [...numbers].map((number) => sheets.get(number).querySelector("h3").textContent);
    say(`Shown in ${names.join(", ")}`);
  };

  const reveal = (element) => {
    for (let at = element; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
  };

  const goTo = (row) => {
    reveal(row);
    choose(row);
    row.scrollIntoView({ block: narrow.matches ? "start" : "center" });
    const button = row.querySelector("button.show");
    if (button) button.focus({ preventScroll: true });
  };

  const copy = async (text, told) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const box = document.createElement("textarea");
      box.value = text;
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    say(told, true);
  };

  const copyLink = (row) => {
    setAddress(row);
    copy(location.href, `Link to ${idOf(row)} copied`);
  };

  const cite = (row) => {
    const full = byId(idOf(row)) || row;
    const cited = readPlaces(full.dataset.at || row.dataset.at).map((place) => {
      const sheet = sheets.get(place.number).dataset;
      const words = within(place).map((segment) => segment.textContent).join("");
      const about = [sheet.publisher, sheet.when, sheet.address, `characters ${place.start}–${place.end}`].filter(Boolean);
      return `“${words}” (${about.join(", ")})`;
    });
    copy(`${cited.join("\n")}\n`, `${idOf(row)} copied as citation`);
  };

  /* ---- items ---- */

  const live = [...firsts, ...rows].filter((row) => row.dataset.at);
  for (const row of live) {
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
      if (event.target.closest(".cite")) return cite(row);
      const id = event.target.closest("a.id");
      if (id && row.classList.contains("row")) {
        event.preventDefault();
        choose(row);
        return copyLink(row);
      }
      const place = event.target.closest("a");
      if (place && !place.dataset.at) return undefined;
      if (event.target.closest("summary") || (!place && String(window.getSelection()))) return undefined;
      event.preventDefault();
      return choose(row, place && place.dataset.at, place);
    });
  }

  /* ---- from the words in a text to the items that rest on them ---- */

  const resting = new Map();
  for (const row of rows) {
    if (!row.dataset.at || row.closest(".layout-documents, .layout-brief")) continue;
    for (const place of readPlaces(row.dataset.at)) {
      for (const segment of within(place)) {
        if (!resting.has(segment)) resting.set(segment, new Set());
        resting.get(segment).add(row);
      }
    }
  }
  for (const segment of resting.keys()) {
    segment.classList.add("used");
    segment.tabIndex = -1;
  }

  const toItem = (segment) => {
    const found = [...(resting.get(segment) || [])].filter((row) => !row.hidden);
    if (!found.length) return;
    const at = found.indexOf(chosen);
    goTo(found[(at + 1) % found.length]);
    say(found.length > 1 ? `Item ${((at + 1) % found.length) + 1} of ${found.length} on these words` : "The item on these words", found.length > 1);
    lastSegment = segment;
  };
  let lastSegment = null;

  pane.addEventListener("click", (event) => {
    const segment = event.target.closest(".used");
    if (segment && !String(window.getSelection()) && !root.classList.contains("clean")) toItem(segment);
  });

  const step = (segment, by) => {
    const sheet = segment.closest("[data-sheet]");
    const used = all(".used", sheet);
    const next = used[used.indexOf(segment) + by];
    if (next) next.focus();
  };
  for (const sheet of sheets.values()) {
    sheet.addEventListener("keydown", (event) => {
      const segment = event.target.closest(".used");
      if (event.key === "Enter" && segment) toItem(segment);
      else if (event.key === "Enter" && event.target === sheet) (all(".on", sheet)[0] || all(".used", sheet)[0])?.focus();
      else if (segment && event.key === "ArrowDown") step(segment, 1);
      else if (segment && event.key === "ArrowUp") step(segment, -1);
      else return;
      event.preventDefault();
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

  /* ---- keys ---- */

  const keys = byId("keys");
  const letters = byId("letters");
  letters.checked = kept("letters") !== "off";
  letters.addEventListener("change", () => keep("letters", letters.checked ? "on" : "off"));
  byId("help").addEventListener("click", () => keys.showModal());

  const walk = (by) => {
    const seen = live.filter((row) => !row.hidden && row.getClientRects().length && !row.closest(".layout-documents"));
    const next = seen[chosen ? seen.indexOf(chosen) + by : by > 0 ? 0 : seen.length - 1];
    if (next) goTo(next);
  };
  const toText = () => {
    const on = all(".on", pane).filter((segment) => !segment.closest("[hidden]"));
    if (!on.length) return;
    const next = on[on.indexOf(document.activeElement) + 1] || on[0];
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    scrollIn(next.closest("[data-sheet]"), next);
    next.closest("[data-sheet]").scrollIntoView({ block: "nearest", inline: "start" });
  };
  const back = () => {
    const row = trail.pop();
    if (!row) return;
    goTo(row);
    trail.pop();
  };
  const setClean = (on) => {
    root.classList.toggle("clean", on);
    byId("clean").setAttribute("aria-pressed", String(on));
  };
  byId("clean").addEventListener("click", () => setClean(!root.classList.contains("clean")));
  const actions = {
    n: () => walk(1),
    p: () => walk(-1),
    t: toText,
    i: () => {
      const segment = document.activeElement.closest(".used") || lastSegment || all(".used.on", pane)[0];
      if (segment) toItem(segment);
    },
    b: back,
    l: () => chosen && copyLink(chosen),
    c: () => chosen && cite(chosen),
    x: () => setClean(!root.classList.contains("clean")),
    "/": () => byId("find")?.focus(),
    "?": () => keys.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (keys.open) return;
      if (root.classList.contains("reading")) close();
      else release();
      return;
    }
    if (!letters.checked || keys.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    }
  });
  byId("close").addEventListener("click", close);
  narrow.addEventListener("change", close);

  /* ---- addresses ---- */

  const follow = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it is */ }
    const target = id && byId(id);
    if (!target) return;
    reveal(target);
    const sheet = target.closest("[data-sheet]");
    if (sheet) {
      show(shown().add(sheet.dataset.sheet));
      open(null);
    }
    if (target.classList.contains("live") && chosen !== target) choose(target);
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", follow);
  for (const link of all('a[href^="#"]')) {
    link.addEventListener("click", (event) => {
      if (!event.defaultPrevented && link.hash === location.hash) follow();
    });
  }

  /* ---- find and filter ---- */

  const find = byId("find");
  const chips = all(".chip");
  const pressed = (key) =>
    new Set(chips.filter((c) => key in c.dataset && c.getAttribute("aria-pressed") === "true").map((c) => c.dataset[key]));
  const foldLetter = (letter) => {
    const one = letter.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();
    return one.length === letter.length ? one : letter;
  };
  /* One letter for each letter, so that a place in the folded text is a place in the text. */
  const fold = (text) => Array.from(text.replace(/\s/g, " "), foldLetter).join("");
  const texts = new Map([...rows, ...lines].map((row) => [row, fold(row.textContent)]));
  let places = [];
  let at = -1;

  const findInTexts = (asked) => {
    places = [];
    at = -1;
    for (const segment of all(".found", pane)) segment.classList.remove("found");
    if (window.CSS && CSS.highlights) CSS.highlights.delete("found");
    if (asked.length < 2) return;
    for (const [number, own] of segments) {
      const starts = [];
      let text = "";
      for (const segment of own) {
        if (text && segment === segment.parentElement.firstElementChild) text += " ";
        starts.push(text.length);
        text += fold(segment.textContent);
      }
      const before = (place) => starts.findLastIndex((start) => start <= place);
      for (let place = text.indexOf(asked); place >= 0; place = text.indexOf(asked, place + asked.length)) {
        const [from, to] = [before(place), before(place + asked.length - 1)];
        const range = document.createRange();
        const set = (edge, n, offset) => {
          const node = own[n].firstChild;
          if (node) range[edge](node, Math.min(offset, node.length));
        };
        set("setStart", from, place - starts[from]);
        set("setEnd", to, place + asked.length - starts[to]);
        places.push({ number, range, segment: own[from], touched: own.slice(from, to + 1) });
      }
    }
    if (window.CSS && CSS.highlights) CSS.highlights.set("found", new Highlight(...places.map((one) => one.range)));
    else for (const one of places) for (const segment of one.touched) segment.classList.add("found");
  };

  const nextPlace = () => {
    if (!places.length) return;
    at = (at + 1) % places.length;
    const { number, segment } = places[at];
    if (!shown().has(number)) show(shown().add(number));
    open(find);
    sheets.get(number).scrollIntoView({ block: "nearest", inline: "start" });
    scrollIn(sheets.get(number), segment);
    byId("next-found").textContent = `Next place (${at + 1} of ${places.length})`;
  };

  const filter = () => {
    const verdicts = pressed("verdict");
    const documents = pressed("document");
    const asked = fold(find.value).trim();
    const words = asked.split(" ").filter(Boolean);
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
    for (const overview of all(".overview")) overview.hidden = active;
    for (const fold of all("details.fold")) {
      const some = all(".row", fold).some((row) => !row.hidden);
      fold.hidden = !some;
      if (active) fold.open = some;
    }
    for (const block of [...all(".part"), ...all(".section")]) {
      const inside = all(".row, .line", block);
      block.hidden = active && inside.length > 0 && inside.every((row) => row.hidden);
    }
    const found = places.length ? ` · ${places.length} in the texts` : "";
    byId("shown").textContent = active ? `${left} of ${rows.length - all(".layout-documents .row").length} items${found}` : "";
    byId("clear").hidden = !active;
    byId("next-found").hidden = !places.length;
    byId("next-found").textContent = "Next place";
  };
  const search = () => {
    findInTexts(fold(find.value).trim());
    filter();
    if (!places.length) return;
    show(new Set(places.map((one) => one.number)));
    if (!narrow.matches) nextPlace();
  };
  const filters = byId("filters");
  if (filters) {
    filters.addEventListener("submit", (event) => {
      event.preventDefault();
      nextPlace();
    });
    find.addEventListener("input", search);
    byId("next-found").addEventListener("click", nextPlace);
    for (const chip of chips) {
      chip.addEventListener("click", () => {
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        filter();
      });
    }
    byId("clear").addEventListener("click", () => {
      for (const chip of chips) chip.setAttribute("aria-pressed", "false");
      find.value = "";
      search();
      for (const fold of all("details.fold")) fold.open = false;
      find.focus();
    });
  }

  /* ---- colours, size and paper ---- */

  const theme = byId("theme");
  const themes = ["auto", "light", "dark"];
  const setTheme = (name) => {
    if (name === "auto") delete root.dataset.theme;
    else root.dataset.theme = name;
    byId("theme-now").textContent = name;
    keep("theme", name);
  };
  theme.addEventListener("click", () => setTheme(themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % 3]));
  if (themes.includes(kept("theme"))) setTheme(kept("theme"));

  const sizes = ["85", "100", "115", "130", "150"];
  const setSize = (size) => {
    root.dataset.size = size;
    keep("size", size);
    byId("smaller").disabled = size === sizes[0];
    byId("larger").disabled = size === sizes.at(-1);
  };
  const resize = (by) => setSize(sizes[sizes.indexOf(root.dataset.size || "100") + by] || root.dataset.size);
  byId("smaller").addEventListener("click", () => resize(-1));
  byId("larger").addEventListener("click", () => resize(1));
  if (sizes.includes(kept("size"))) setSize(kept("size"));

  const printAll = byId("print-all");
  printAll.addEventListener("change", () => root.classList.toggle("print-all", printAll.checked));
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = printAll.checked ? all("details:not([open])") : [];
    for (const fold of folded) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
  });

  show(new Set([...sheets.keys()].slice(0, 2)));
  if (location.hash) follow();
})();
