/* What forms and links do already, done faster: keys, files that are dropped, progress as it goes. Every page works
   without it. */

const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);

/* ---- progress ---- */

for (const box of all("[data-job]")) {
  const said = byId("said");
  const link = box.querySelector("a");
  // Who has begun to read the texts below keeps them until they ask for what has come.
  let reading = location.hash === "#documents";
  if (byId("documents"))
    for (const kind of ["wheel", "pointerdown", "keydown", "focusin"])
      addEventListener(kind, () => (reading = true), { once: true, passive: true });
  const bar = box.querySelector("progress");
  const source = new EventSource(`/jobs/${box.dataset.job}/events`);
  source.addEventListener("message", (event) => {
    const job = JSON.parse(event.data);
    const waits = job.ahead ? `; ${job.ahead} before it` : "";
    // A screen reader is told when something else is done, not each second.
    const text = `${job.said}${waits}`;
    if (said.textContent !== text) said.textContent = text;
    bar.title = job.seconds ? `${job.seconds} s` : "";
    if (job.total) {
      bar.max = job.total;
      bar.value = job.done;
    } else bar.removeAttribute("value");
    if (job.state === "done") {
      source.close();
      if (!reading) return location.replace(box.dataset.next);
      bar.hidden = true;
      said.textContent = "It is compared.";
      link.textContent = "Show what was found";
    } else if (job.state === "failed") {
      source.close();
      bar.hidden = true;
      said.setAttribute("role", "alert");
    }
  });
}

/* ---- where one is, in a row of pages that is wider than a phone ---- */

for (const row of all(".app-story ul, .app-tabs ul")) {
  const here = row.querySelector("[aria-current]");
  if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.clientWidth) / 2;
}

/* ---- keys ---- */

const typing = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const target = all("[data-key]").find((one) => one.dataset.key === event.key.toLowerCase());
  if (!target) return;
  event.preventDefault();
  if (typing(target)) target.focus();
  else target.click();
});

// The heading of the item takes the focus, so that a screen reader reads it and the keys work at once.
if (location.hash === "#item" && byId("item")) byId("item").focus({ preventScroll: true });

for (const sheet of all(".app-sheet")) {
  const first = sheet.querySelector("mark");
  if (first) sheet.scrollTop = first.offsetTop - sheet.offsetTop - sheet.clientHeight / 3;
}

/* ---- files that are dropped ---- */

for (const form of all("[data-drop]")) {
  const input = form.querySelector('input[type="file"]');
  const told = byId("told");
  let given = new DataTransfer();
  const tell = () => {
    told.textContent = `${input.files.length} ${input.files.length === 1 ? "file" : "files"} chosen`;
  };
  input.addEventListener("change", tell);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("app-dropping");
  });
  document.addEventListener("dragleave", () => form.classList.remove("app-dropping"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("app-dropping");
    for (const file of event.dataTransfer.files) given.items.add(file);
    input.files = given.files;
    tell();
  });
}

/* ---- the report: each of its points leads to where it is ruled on ---- */

const story = document.querySelector("[data-story]");
if (story) {
  for (const row of all(".row[id*='-p']")) {
    const link = document.createElement("a");
    link.href = `/story/${story.dataset.story}/decide?point=${encodeURIComponent(row.id)}#item`;
    link.className = "app-rule";
    link.textContent = "Rule on this";
    row.append(link);
  }
}
