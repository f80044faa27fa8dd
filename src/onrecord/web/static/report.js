// The page of a report, with a script: hover, focus and tap show a statement's note at its words; keys go from one to
// the next; filters change the marks without a new page. Without it, all of this is links and folded notes.
const sheet = () => document.getElementById("sheet");
const ids = (mark) => (mark.dataset.ids || mark.dataset.of || "").split(" ").filter(Boolean);
const note = (id) => document.getElementById("n-" + id);
const marksOf = (id) => sheet().querySelectorAll(`[data-ids~="${CSS.escape(id)}"]`);
const partsOf = (id) => sheet().querySelectorAll(`[data-of~="${CSS.escape(id)}"]`);
const notes = () => [...sheet().querySelectorAll(".note")];

let card = null;
let leaving = 0;
let coming = 0;
const WAIT = 120; // ms on words before their card comes: who only passes over them sees none
const STAY = 220; // ms for the way from the words to the card
let current = null; // id of the statement that keys stand at
let shown = location.pathname + location.search; // the address whose sheet is there

function light(found, on) {
  for (const id of found) {
    for (const one of [...marksOf(id), ...partsOf(id), note(id)]) one?.classList.toggle("lit", on);
  }
}

function close() {
  clearTimeout(leaving);
  clearTimeout(coming);
  if (!card) return;
  light(card.ids, false);
  card.mark.removeAttribute("aria-describedby");
  card.element.remove();
  card = null;
}

function show(mark) {
  const found = ids(mark).filter(note);
  if (!found.length) return;
  clearTimeout(leaving);
  if (card && card.ids.join() === found.join()) return;
  close();
  const element = document.createElement("aside");
  element.className = "card";
  element.id = "card";
  element.setAttribute("role", "note");
  element.setAttribute("aria-label", "About these words");
  for (const id of found) {
    const own = note(id);
    const part = document.createElement("div");
    part.className = "from " + [...own.classList].find((name) => name.length === 1);
    part.append(...[...own.querySelector(".more").cloneNode(true).childNodes]);
    element.append(part);
  }
  element.addEventListener("pointerenter", () => clearTimeout(leaving));
  element.addEventListener("pointerleave", leave);
  document.querySelector("main").append(element);
  const box = mark.getBoundingClientRect();
  if (!matchMedia("(max-width: 640px)").matches) place(element, mark);
  else if (box.bottom > element.getBoundingClientRect().top) scrollBy({ top: box.bottom - element.getBoundingClientRect().top + 24 });
  card = { element, mark, ids: found };
  mark.setAttribute("aria-describedby", "card");
  light(found, true);
}

// Below the statement's words in this paragraph, or above them where there is more room: never on them.
function place(element, mark) {
  const inside = mark.closest(".text").querySelectorAll(`[data-ids~="${CSS.escape(ids(mark)[0])}"]`);
  const boxes = [mark, ...inside].map((one) => one.getBoundingClientRect());
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const below = innerHeight - bottom - 16;
  const above = top - 16;
  const fits = below >= Math.min(element.offsetHeight, 260) || below >= above;
  element.style.maxHeight = Math.max(160, fits ? below : above) + "px";
  const most = document.documentElement.clientWidth - element.offsetWidth - 8;
  const left = mark.getClientRects()[0].left;
  element.style.left = Math.max(8, Math.min(left, most)) + scrollX + "px";
  element.style.top = (fits ? bottom + 6 : top - element.offsetHeight - 6) + scrollY + "px";
}

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(close, STAY);
}

function go(id) {
  const mark = document.getElementById(id);
  if (!mark) return;
  current = id;
  if (!mark.hasAttribute("tabindex")) mark.tabIndex = -1;
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
}

function step(by) {
  const order = notes().map((one) => one.id.slice(2));
  const at = order.indexOf(current);
  const next = at < 0 ? (by > 0 ? 0 : order.length - 1) : at + by;
  if (order[next]) return go(order[next]);
  const turn = sheet().querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]");
  if (turn) location.href = turn.href;
}

function help() {
  let dialog = document.querySelector("dialog.keys");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-label", "Keys");
    const rows = [["j", "next statement"], ["k", "the one before"], ["Enter", "open the statement"], ["n", "open or fold its note"], ["Esc", "close"], ["?", "these keys"]];
    const list = document.createElement("dl");
    for (const [key, words] of rows) {
      const term = document.createElement("dt");
      const sign = document.createElement("kbd");
      sign.textContent = key;
      term.append(sign);
      const told = document.createElement("dd");
      told.textContent = words;
      list.append(term, told);
    }
    const button = document.createElement("button");
    button.textContent = "Close";
    button.addEventListener("click", () => dialog.close());
    dialog.append(list, button);
    document.body.append(dialog);
  }
  dialog.showModal();
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function swap(address, push = true) {
  try {
    const there = (await fetched(address)).getElementById("sheet");
    const adds = document.getElementById("adds");
    const label = document.activeElement?.closest(".choice")?.textContent;
    close();
    sheet().replaceWith(document.adoptNode(there));
    document.getElementById("adds").replaceWith(adds);
    if (push) history.pushState(null, "", address);
    shown = location.pathname + location.search;
    ready();
    [...sheet().querySelectorAll(".choice")].find((one) => one.textContent === label)?.focus();
  } catch {
    location.href = address;
  }
}

// What the report adds is worked out after the page is there.
async function adds() {
  const place = document.getElementById("adds");
  const link = place?.querySelector("a[href$='/new'], a[href*='/new?']");
  if (!link) return;
  try {
    const there = (await fetched(link.href)).getElementById("adds");
    const details = there.querySelector("details");
    if (details) details.open = false;
    place.replaceWith(document.adoptNode(there));
  } catch {
    // the link stays
  }
}

function ready() {
  sheet().querySelectorAll(".legend .keys").forEach((one) => (one.hidden = false));
}

function jump() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id.startsWith("s-")) return;
  if (document.getElementById(id)) return go(id);
  const address = new URL(location.href);
  if (sheet().dataset.pages !== "1" && address.searchParams.get("s") !== id) {
    address.searchParams.delete("page");
    address.searchParams.set("s", id);
    location.replace(address);
  }
}

const WORDS = "mark, [data-of]";
document.addEventListener("pointerover", (event) => {
  const mark = event.pointerType === "mouse" && event.target.closest?.("#sheet " + WORDS.replace(", ", ", #sheet "));
  clearTimeout(coming);
  if (mark) coming = setTimeout(() => mark.isConnected && show(mark), WAIT);
  else if (card && !event.target.closest?.(".card")) leave();
  const own = event.target.closest?.(".note");
  if (own && !card) light([own.id.slice(2)], true);
});
document.addEventListener("pointerout", (event) => {
  const own = event.target.closest?.(".note");
  if (own && !own.contains(event.relatedTarget) && !card) light([own.id.slice(2)], false);
});
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest?.("#sheet mark");
  const ref = event.target.closest?.("#sheet .ref");
  if (mark) show(mark);
  else if (ref) {
    current = ref.hash.slice(3);
    show(document.getElementById(current));
  } else if (!event.target.closest?.(".card")) close();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys]")) return help();
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const choice = event.target.closest?.(".choose a");
  if (choice) {
    event.preventDefault();
    swap(choice.href);
    return;
  }
  const ref = event.target.closest?.(".ref");
  if (ref && note(ref.hash.slice(3))) note(ref.hash.slice(3)).open = true;
  const mark = event.target.closest?.("#sheet mark");
  if (mark && getSelection().isCollapsed) {
    current = ids(mark)[0];
    show(mark);
  } else if (!event.target.closest?.(".card, .ref")) close();
});
document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target.closest?.("input, select, textarea, dialog")) return;
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  else if (event.key === "?") help();
  else if (event.key === "Escape") close();
  else if (event.key === "n" && current && note(current)) note(current).open = !note(current).open;
  else if (event.key === "Enter" && event.target.closest?.("#sheet mark")) {
    const link = note(ids(event.target.closest("mark"))[0])?.querySelector(".open a");
    if (link) location.href = link.href;
    else return;
  } else return;
  event.preventDefault();
});
addEventListener("hashchange", jump);
addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) swap(location.href, false);
});

if (sheet()) {
  ready();
  jump();
  (globalThis.requestIdleCallback ?? setTimeout)(adds);
}
