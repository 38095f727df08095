// Shows what the server tells, and keeps the reader's place while the books are renewed.
"use strict";

const at = (id) => document.getElementById(id);
const sheets = at("sheets"), phone = at("phone"), chapter = at("chapter");
let state = { number: -1, pages: [], chapters: [], faults: [] };
let zoom = 1, shown = null, restored = false;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function keep(name, value) { try { sessionStorage.setItem(name, JSON.stringify(value)); } catch {} }
function kept(name) { try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; } }

// The pages

const near = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    target.near = isIntersecting;
    if (isIntersecting) draw(target);
  }
}, { root: sheets, rootMargin: "900px" });

// The new picture takes the old one's place once it is whole: nothing flickers.
function draw(sheet) {
  const breadth = sheet.firstChild.clientWidth * devicePixelRatio;
  if (!breadth || !state.pdf) return;
  const width = Math.min(Math.ceil(breadth / 40) * 40, 3000);
  const source = `pages/${state.pdf}/${sheet.number}.png?width=${width}`;
  if (sheet.source === source) return;
  sheet.source = source;
  const picture = new Image();
  picture.alt = `Page ${sheet.label}`;
  picture.src = source;
  picture.decode().then(() => {
    if (sheet.source === source) sheet.firstChild.replaceChildren(picture, ...sheet.marks);
  }).catch(() => { if (sheet.source === source) sheet.source = null; });
}

function drawAll() {
  for (const sheet of sheets.children) if (sheet.near) draw(sheet);
}

function showPages() {
  const place = whereami();
  while (sheets.children.length > state.pages.length) {
    near.unobserve(sheets.lastChild);
    sheets.lastChild.remove();
  }
  state.pages.forEach((page, number) => {
    let sheet = sheets.children[number];
    if (!sheet) {
      sheet = element("li");
      sheet.number = number;
      sheet.append(element("div", "paper"), element("span", "folio"));
      sheets.append(sheet);
      near.observe(sheet);
    }
    sheet.label = page.label;
    sheet.className = page.change ?? "";
    sheet.style.setProperty("--width", page.width);
    sheet.style.setProperty("--height", page.height);
    const happened = { changed: "changed", moved: "moved", renumbered: "other numbers" }[page.change];
    sheet.lastChild.textContent = page.label + (happened ? ` · ${happened}` : "");
    for (const mark of sheet.marks ?? []) mark.remove();
    sheet.marks = (page.marks ?? []).map(([top, bottom]) => {
      const mark = element("span", "mark");
      mark.style.top = `${(100 * top).toFixed(2)}%`;
      mark.style.height = `${(100 * (bottom - top)).toFixed(2)}%`;
      return mark;
    });
    sheet.firstChild.append(...sheet.marks);
  });
  at("no-pages").hidden = state.pages.length > 0;
  sheets.hidden = !state.pages.length;
  const changed = state.pages.some((page) => page.change);
  at("back").disabled = at("on").disabled = !changed;
  const earlier = restored ? place : kept("place");
  if (earlier) goTo(earlier);
  else if (state.go != null) reveal(state.go);
  restored ||= state.pages.length > 0;
  if (!at("jump").value) at("jump").value = whereami()?.label ?? "";
  drawAll();
}

// A place is a page, by its folio and number, and how far down it the window begins.
function whereami() {
  const top = sheets.getBoundingClientRect().top + 8;
  for (const sheet of sheets.children) {
    const box = sheet.getBoundingClientRect();
    if (box.bottom > top) return { label: sheet.label, number: sheet.number, part: (top - box.top) / box.height };
  }
  return null;
}

function goTo(place) {
  if (!place) return;
  const all = [...sheets.children];
  const sheet = all.find((each) => each.label === place.label) ?? all[place.number];
  if (!sheet) return;
  const box = sheet.getBoundingClientRect();
  sheets.scrollTop += box.top + place.part * box.height - sheets.getBoundingClientRect().top - 8;
}

function reveal(number) {
  const sheet = sheets.children[number];
  if (!sheet) return;
  const target = sheet.marks[0] ?? sheet;
  const box = target.getBoundingClientRect(), frame = sheets.getBoundingClientRect();
  if (box.top >= frame.top + 40 && box.bottom <= frame.bottom - 40) return;
  const far = target === sheet ? 8 : frame.height / 3;
  sheets.scrollTop += box.top - frame.top - far;
}

function step(way) {
  const changed = [...sheets.children].filter((each) => each.className && each.className !== "renumbered");
  const stops = changed.length ? changed : [...sheets.children].filter((each) => each.className);
  if (!stops.length) return;
  const here = stops.findIndex((each) => each.number === stopped);
  stopped = stops[here < 0 ? 0 : (here + way + stops.length) % stops.length].number;
  const sheet = sheets.children[stopped];
  (sheet.marks[0] ?? sheet).scrollIntoView({ block: sheet.marks[0] ? "center" : "start" });
}
let stopped = null;

function size(factor) {
  const place = whereami();
  zoom = Math.min(Math.max(zoom * factor, .4), 3);
  sheets.style.setProperty("--zoom", zoom);
  keep("zoom", zoom);
  goTo(place);
  drawAll();
}

function layOut() {
  const place = whereami();
  sheets.classList.toggle("spreads", at("spreads").checked);
  keep("spreads", at("spreads").checked);
  goTo(place);
  drawAll();
}

// The faults

function placeOf(told) {
  const line = element("p", "place");
  const link = element(told.link ? "a" : "span", "", told.place);
  if (told.link) {
    link.href = told.link;
    link.title = "Open in the editor";
  }
  line.append(link);
  return line;
}

function sourceOf(told) {
  if (!told.line?.join("").trim()) return [];
  const source = element("div", "source");
  const [before, marked, after] = told.line;
  source.append(before.trimStart(), element("mark", "", marked || " "), after);
  return [source];
}

function showFaults() {
  const errors = state.faults.filter((each) => each.severity === "error").length;
  const warnings = state.faults.length - errors;
  const counted = [[errors, "error"], [warnings, "warning"]]
    .filter(([number]) => number)
    .map(([number, noun]) => `${number} ${noun}${number === 1 ? "" : "s"}`);
  at("verdict").textContent = counted.join(", ") || (state.built ? "No faults found" : "Faults");
  at("verdict").className = counted.length ? "" : "clean";
  at("count").textContent = state.faults.length || "";
  at("list").replaceChildren(...state.faults.map((each) => {
    const item = element("li", each.severity);
    const head = element("p", "", each.message);
    head.append(" ", element("span", "code", each.code));
    item.append(head, placeOf(each), ...sourceOf(each));
    for (const label of each.labels) {
      item.append(element("p", "", label.text), placeOf(label), ...sourceOf(label));
    }
    if (each.hint) item.append(element("p", "hint", each.hint));
    return item;
  }));
}

// The e-book

function showChapters(earlier) {
  const before = chapter.value;
  chapter.replaceChildren(...state.chapters.map((each) => {
    const option = element("option", "", each.title + (each.changed ? " · changed" : ""));
    option.value = each.name;
    return option;
  }));
  const changed = state.chapters.find((each) => each.changed);
  const names = state.chapters.map((each) => each.name);
  const wanted = before || kept("chapter");
  const stays = names.includes(wanted) ? wanted : names[0];
  const seen = state.chapters.find((each) => each.name === stays);
  const goes = changed && at("follow").checked && !seen?.changed ? changed.name : stays;
  if (goes) chapter.value = goes;
  const empty = !state.chapters.length;
  at("no-ebook").hidden = !empty;
  phone.parentNode.hidden = chapter.disabled = empty;
  if (!empty) openChapter(changed && at("follow").checked ? earlier : null);
}

// Opens the chosen chapter; where it was changed since an earlier e-book, at the first change.
function openChapter(earlier) {
  const chosen = state.chapters[chapter.selectedIndex];
  if (!chosen) return;
  at("earlier").disabled = !chapter.selectedIndex;
  at("later").disabled = chapter.selectedIndex === state.chapters.length - 1;
  keep("chapter", chosen.name);
  if (shown?.name === chosen.name && shown.sum === chosen.sum) return;
  const same = shown?.name === chosen.name;
  const scrolled = same ? phone.contentWindow?.scrollY ?? 0 : 0;
  shown = chosen;
  phone.onload = () => {
    if (scrolled) phone.contentWindow.scrollTo(0, scrolled);
    phone.onload = followLinks;
    followLinks();
    if (earlier && chosen.changed) goToChange(`chapters/${earlier}/${path}`).catch(() => {});
  };
  const path = chosen.name.split("/").map(encodeURIComponent).join("/");
  // Not in the browser's history: “back” leads out of the preview, not through its renewals.
  phone.contentWindow.location.replace(new URL(`chapters/${state.epub}/${path}`, location.href));
}

async function goToChange(address) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const blocks = (book) => [...book.querySelectorAll("h1, h2, h3, h4, p, li, td, th, figcaption")];
  const text = await answer.text();
  const old = blocks(new DOMParser().parseFromString(text, "application/xhtml+xml"));
  const all = blocks(phone.contentDocument);
  const block = all.find((each, number) => each.textContent !== old[number]?.textContent);
  const box = block?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > phone.clientHeight)) block.scrollIntoView({ block: "center" });
}

// A link within the e-book may have led to another chapter.
function followLinks() {
  const path = decodeURIComponent(phone.contentWindow.location.pathname);
  const number = state.chapters.findIndex((each) => path.endsWith(`/${each.name}`));
  if (number < 0 || number === chapter.selectedIndex) return;
  chapter.selectedIndex = number;
  shown = state.chapters[number];
  openChapter();
}

function turn(way) {
  chapter.selectedIndex += way;
  openChapter();
}

// What is told

function showNews() {
  const news = at("news");
  const told = state.hindrance || (state.stale
    ? (state.pages.length ? "These are the last good books: mend the errors" : "Nothing was written: mend the errors")
    : state.news || (state.pages.length ? `${state.pages.length} pages` : ""));
  const parts = [told[0]?.toUpperCase() + told.slice(1)];
  if (state.built) parts.push(state.built);
  news.textContent = state.doing ? `${state.doing} …` : told ? parts.join(" · ") : "";
  news.title = news.textContent;
  news.className = state.doing ? "busy" : state.stale || state.hindrance ? "bad" : "";
  at("title").textContent = at("title").title = state.title;
  document.title = `${state.faults.length ? `(${state.faults.length}) ` : ""}${state.title} · Preview`;
  document.body.classList.toggle("stale", state.stale);
}

async function renew() {
  const answer = await fetch("state.json");
  if (!answer.ok) return;
  const now = await answer.json();
  const before = state;
  if (now.number <= before.number) return;  // a later one came first
  state = now;
  showNews();
  showFaults();
  if (before.number >= 0 && state.builds === before.builds) return;
  showPages();
  showChapters(before.epub);
  stopped = state.go ?? null;
  if (before.pdf && state.go != null && at("follow").checked) reveal(state.go);
}

let line = null;
function listen() {
  line?.close();
  line = null;
  if (document.hidden) return;
  line = new EventSource("news");
  line.onmessage = () => renew().catch(() => {});
  line.onerror = () => {
    at("news").textContent = "The preview has ended; start it again in the terminal";
    at("news").className = "bad";
    if (line?.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

// What one does

const keys = {
  n: () => step(1),
  p: () => step(-1),
  "+": () => size(1.15),
  "=": () => size(1.15),
  "-": () => size(1 / 1.15),
  s: () => at("spreads").click(),
  f: () => at("follow").click(),
  g: () => at("jump").select(),
};

addEventListener("keydown", (event) => {
  const field = event.target.closest?.("input:not([type=checkbox]), select");
  if (field || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
at("on").onclick = keys.n;
at("back").onclick = keys.p;
at("larger").onclick = keys["+"];
at("smaller").onclick = keys["-"];
at("spreads").onchange = layOut;
at("follow").onchange = () => keep("follow", at("follow").checked);
at("jump").onchange = () => {
  const label = at("jump").value.trim().toLowerCase();
  const sheet = [...sheets.children].find((each) => each.label.toLowerCase() === label);
  if (sheet) sheet.scrollIntoView();
  at("jump").toggleAttribute("aria-invalid", !sheet);
};
chapter.onchange = () => openChapter();
at("earlier").onclick = () => turn(-1);
at("later").onclick = () => turn(1);

let resting = 0;
sheets.addEventListener("scroll", () => {
  clearTimeout(resting);
  resting = setTimeout(() => {
    const place = whereami();
    if (!place) return;
    keep("place", place);
    if (document.activeElement !== at("jump")) at("jump").value = place.label;
  }, 150);
}, { passive: true });
addEventListener("resize", drawAll);
document.addEventListener("visibilitychange", listen);

function view() {
  const name = location.hash.slice(1) || "pages";
  document.body.dataset.view = name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  drawAll();
}
addEventListener("hashchange", view);

zoom = kept("zoom") ?? 1;
sheets.style.setProperty("--zoom", zoom);
at("spreads").checked = kept("spreads") ?? false;
at("follow").checked = kept("follow") ?? true;
layOut();
view();
listen();
