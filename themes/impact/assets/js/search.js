// Finds pages by parts of words.
//   in:   form.search, and index.json beside the page: {"pages": [{"path", "title", "kind", "texts"}]}, fetched at the first letter
//   out:  a list of pages, the best first, each with the line in which the words stand; their number is announced
//   not:  needed: without this script the page lists all pages. What was looked for goes into no address, history or store.

const form = document.querySelector("form.search");
const field = form.querySelector("input");
const status = form.querySelector("[role=status]");
const list = form.querySelector("ol");
const every = document.querySelector(".all-pages");
const alike = form.dataset.alike.split(" ").filter(Boolean).map((pair) => pair.split("="));
const most = 30;

const joined = /[\u0d4d\u1039\u17d2\u1a60\uaaf6]$/; // a sign that puts the next letter below: nothing begins behind it
const accents = /[\u0300-\u036f]/g; // of Latin, Greek and Cyrillic; other scripts spell with their signs

// fold gives a text as it is compared: no case, accents or invisible signs, digits as 0 to 9, spellings that are alike.
function fold(text) {
  let folded = text.toLowerCase().normalize("NFKD").replace(accents, "").replace(/\p{Cf}/gu, "");
  folded = folded.replace(/\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0);
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0) - zero < 9) zero--;
    return digit.codePointAt(0) < 128 ? digit : String(digit.codePointAt(0) - zero);
  });
  for (const [from, to] of alike) folded = folded.replaceAll(from, to);
  return folded;
}

// place gives where a term stands in a folded text, at the beginning of a word if it does: [place, whether a word begins there].
function place(text, term) {
  let inside = -1;
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const before = text.slice(0, at);
    if (joined.test(before) || /^\p{M}/u.test(term)) continue;
    if (!/[\p{L}\p{N}\p{M}]$/u.test(before)) return [at, true];
    if (inside < 0) inside = at;
  }
  return [inside, false];
}

const worth = (text, term, start, within) => {
  const [at, begins] = place(text, term);
  return at < 0 ? 0 : begins ? start : within;
};

let index;

// load fetches the index once, and folds it.
const load = () =>
  (index ??= fetch("index.json").then(async (answer) => {
    const { pages } = await answer.json();
    return pages.map((page) => ({ ...page, heading: fold(page.title), lines: page.texts.map(fold) }));
  }));

// rank says how well a page fits; 0 if a term stands nowhere on it and all are asked for.
function rank(page, terms, all) {
  let sum = page.heading === terms.join(" ") ? 9 : 0; // the page that is called so comes first
  for (const term of terms) {
    const best = Math.max(worth(page.heading, term, 9, 6), ...page.lines.map((line) => worth(line, term, 3, 1)));
    if (!best && all) return 0;
    sum += best;
  }
  return sum;
}

// marked writes a text with the terms in it marked. Folding may change lengths, so it goes letter by letter.
function marked(text, terms) {
  const letters = [...text];
  const from = [];
  let folded = "";
  letters.forEach((letter, i) => {
    const f = fold(letter);
    for (let n = 0; n < f.length; n++) from.push(i);
    folded += f;
  });
  const on = new Set();
  for (const term of terms) {
    const [at] = place(folded, term);
    for (let n = at; at >= 0 && n < at + term.length; n++) on.add(from[n]);
  }
  const out = document.createDocumentFragment();
  for (let i = 0; i < letters.length; ) {
    let end = i;
    while (end < letters.length && on.has(end) === on.has(i)) end++;
    const part = letters.slice(i, end).join("");
    if (on.has(i)) out.append(Object.assign(document.createElement("mark"), { textContent: part }));
    else out.append(part);
    i = end;
  }
  return out;
}

// cut keeps the part of a long line in which the first term stands.
function cut(text, terms) {
  if (text.length < 240) return text;
  const at = Math.max(0, place(fold(text), terms[0])[0] - 80);
  const from = at && text.indexOf(" ", at) >= 0 ? text.indexOf(" ", at) : at;
  return (from ? "… " : "") + text.slice(from, from + 220).trim() + " …";
}

function item(page, terms) {
  const entry = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: form.dataset.root + page.path });
  link.append(marked(page.title, terms));
  const kind = Object.assign(document.createElement("span"), { className: "meta", textContent: page.kind });
  entry.append(link, " ", kind);
  const best = page.lines.map((line, i) => [terms.reduce((sum, term) => sum + worth(line, term, 3, 1), 0), i]).sort((a, b) => b[0] - a[0] || a[1] - b[1])[0];
  if (best?.[0]) {
    const line = document.createElement("p");
    line.append(marked(cut(page.texts[best[1]], terms), terms));
    entry.append(line);
  }
  return entry;
}

let asked = 0;

async function find() {
  const turn = ++asked;
  const terms = field.value.split(/[\s\u200b]+/).map(fold).filter(Boolean);
  if (!terms.length) {
    list.replaceChildren();
    every.hidden = false;
    status.textContent = "";
    return;
  }
  const pages = await load();
  if (turn !== asked) return;
  let fitting = [];
  for (const all of [true, false]) {
    fitting = pages.map((page) => [rank(page, terms, all), page]).filter(([worth]) => worth);
    if (fitting.length) break;
  }
  fitting.sort((a, b) => b[0] - a[0]);
  list.replaceChildren(...fitting.slice(0, most).map(([, page]) => item(page, terms)));
  every.hidden = fitting.length > 0; // what was found stands alone
  status.textContent = fitting.length ? status.dataset.found.replace("{n}", fitting.length) : status.dataset.none;
}

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.focus();
});
field.addEventListener("input", find);
// The arrows go from the field through what was found and back.
form.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [field, ...list.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
if (field.value) find(); // a browser that comes back may have kept what was typed
