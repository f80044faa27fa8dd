// The pages of review, with a script: one key for each button, and words taken by selecting them. Without it all of
// this is links, buttons and fields.
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, dialog";
const STORED = "onrecord-keys";
let isSent = false; // a form is on its way: nothing is judged twice

const areOn = () => localStorage.getItem(STORED) !== "off";
const named = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);

function words(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd").forEach((one) => one.remove());
  return copy.textContent.trim();
}

function help() {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-label", "Keys");
  const list = document.createElement("dl");
  const rows = [...document.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, words(one)]);
  if (document.querySelector("[data-focus]")) rows.push(["n", "write a note"], ["Esc", "leave a field"]);
  for (const [key, told] of rows) {
    const term = document.createElement("dt");
    const sign = document.createElement("kbd");
    sign.textContent = key;
    term.append(sign);
    const meaning = document.createElement("dd");
    meaning.textContent = told;
    list.append(term, meaning);
  }
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = areOn();
  box.addEventListener("change", () => localStorage.setItem(STORED, box.checked ? "on" : "off"));
  label.append(box, " one key is enough");
  const button = document.createElement("button");
  button.textContent = "Close";
  button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(list, label, document.createElement("br"), button);
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key === "Escape" && event.target.matches?.("input, textarea, select")) return event.target.blur();
  if (event.target.closest?.(FIELDS) || !areOn()) return;
  const field = document.querySelector(`[data-focus="${CSS.escape(event.key)}"]`);
  const found = field ?? named(event.key);
  if (!found || isSent) return;
  event.preventDefault();
  if (field) return field.focus();
  found.click();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-key='?']")) help();
});
document.addEventListener("submit", (event) => {
  if (isSent) event.preventDefault();
  else if (event.target.method === "post") isSent = true;
});
addEventListener("pageshow", () => (isSent = false));
document.querySelectorAll("[data-key='?'], [data-scripted]").forEach((one) => (one.hidden = false));

// Correcting: what is selected in the text becomes a source, a cue or a content. Places are code points of the report.
const reading = document.querySelector(".reading");
const PARTS = ["source", "cue", "content"];
let chosen = null; // [start, end) of the last selection in the text

const points = (text) => [...text].length;
const line = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".reading [data-at]");
const lines = () => [...reading.querySelectorAll("[data-at]")];

function place(node, offset) {
  const inside = line(node);
  if (!inside) return null;
  const before = document.createRange();
  before.setStart(inside, 0);
  before.setEnd(node, offset);
  return Number(inside.dataset.at) + points(before.toString());
}

function within(range) {
  // A selection that ends on another element, as by a triple click, ends with the last line it holds.
  const start = place(range.startContainer, range.startOffset);
  const end = place(range.endContainer, range.endOffset);
  const held = lines().filter((one) => range.intersectsNode(one));
  if (!held.length) return null;
  const last = held[held.length - 1];
  const span = [start ?? Number(held[0].dataset.at), end ?? Number(last.dataset.at) + points(last.textContent)];
  return span[0] < span[1] ? trimmed(span) : null;
}

// The text of [start, end) as the lines have it; between lines one break.
function textOf([start, end]) {
  return lines().map((one) => {
    const at = Number(one.dataset.at);
    return [...one.textContent].slice(Math.max(0, start - at), Math.max(0, end - at)).join("");
  }).filter(Boolean).join("\n");
}

function trimmed([start, end]) {
  const text = textOf([start, end]);
  const left = points(text) - points(text.trimStart());
  const right = points(text) - points(text.trimEnd());
  return text.trim() ? [start + left, end - right] : null;
}

const field = (part) => document.querySelector(`[name="${part}"]`);
const places = (part) => {
  const value = document.querySelector(`[name="${part}_at"]`).value;
  return value ? value.split(",").map((piece) => piece.split(":").map(Number)) : [];
};

function put(part, spans) {
  document.querySelector(`[name="${part}_at"]`).value = spans.map((span) => span.join(":")).join(",");
  field(part).value = spans.map(textOf).join(" … ");
  const none = document.querySelector(`[name="no_${part}"]`);
  if (none) none.checked = false;
  field(part).classList.add("changed");
  paint();
}

function joined(spans) {
  const sorted = [...spans].sort((one, other) => one[0] - other[0]);
  const found = [];
  for (const span of sorted) {
    const last = found[found.length - 1];
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else found.push([...span]);
  }
  return found;
}

// Where a code point of the report stands in the page.
function point(at, isEnd) {
  for (const one of lines()) {
    const start = Number(one.dataset.at);
    const length = points(one.textContent);
    if (at < start || at > start + length || (at === start + length && !isEnd)) continue;
    let left = at - start;
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const own = points(node.data);
      if (left <= own) return [node, [...node.data].slice(0, left).join("").length];
      left -= own;
    }
  }
  return null;
}

function paint() {
  if (!CSS.highlights) return;
  reading.classList.add("painted");
  for (const part of PARTS) {
    const ranges = places(part).map(([start, end]) => {
      const [from, to] = [point(start, false), point(end, true)];
      if (!from || !to) return null;
      const range = document.createRange();
      range.setStart(...from);
      range.setEnd(...to);
      return range;
    });
    CSS.highlights.set(part, new Highlight(...ranges.filter(Boolean)));
  }
}

if (reading) {
  const told = document.querySelector("[data-chosen]");
  const look = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !reading.contains(selection.anchorNode)) return;
    chosen = within(selection.getRangeAt(0));
    told.textContent = chosen ? `“${textOf(chosen)}” is` : told.dataset.chosen;
  };
  document.addEventListener("selectionchange", look);
  document.querySelectorAll("[data-takes]").forEach((button) => {
    button.addEventListener("click", () => {
      look(); // a key may come before the selection has been told
      if (!chosen) {
        told.textContent = told.dataset.chosen;
        return;
      }
      const part = button.dataset.takes;
      put(part, button.hasAttribute("data-adds") ? joined([...places(part), chosen]) : [chosen]);
    });
  });
  for (const part of PARTS) {
    // Words that are typed are looked for by the server; the places of those that stood there are no longer theirs.
    field(part).addEventListener("input", () => {
      document.querySelector(`[name="${part}_at"]`).value = "";
      paint();
    });
  }
  paint();
}
