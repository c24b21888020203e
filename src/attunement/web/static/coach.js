// The coach under the box: asks how the draft reads once typing rests, and puts in what the supporter takes. What was
// shown and what became of it goes along with the line, as kinds and not as a judgement. Whether the coach is on is kept
// in this browser.

import { hearKeys } from "./coach_keys.js";
import { piece } from "./live.js";

const REST = 350;
const FEWEST = 6;
const ROOM = 160;
const form = document.getElementById("reply");
const box = document.getElementById("text");
const panel = document.getElementById("coach");
const said = document.getElementById("coach-said");
const idle = document.getElementById("coach-idle");
const on = document.getElementById("coach-on");
const undo = document.getElementById("undo");
const items = () => [...panel.querySelectorAll(".suggestion")];
const at = () => items().findIndex((item) => item.contains(document.activeElement)); // where the keyboard is among them
const stop = (item) => item?.querySelector("[data-take]") ?? box;

let seen = new Map();
let taken = []; // what was put in, newest last: its text, its place, and what stood there
let read = "";
let asking = null;
let timer = 0;

function kept(action) {
  try {
    return action();
  } catch {
    return null; // storage can be switched off; then the coach is on at every visit
  }
}

// To whoever listens instead of looking: how much there is, and not all of it at every rest.
function say(words) {
  if (said.textContent !== words) said.textContent = words;
}

function show(html) {
  const held = panel.contains(document.activeElement);
  const place = Math.max(0, at());
  panel.innerHTML = html;
  idle.hidden = html !== "" || !on.checked;
  say(panel.querySelector("[data-said]")?.textContent ?? "");
  for (const item of items()) {
    const known = seen.get(item.dataset.text);
    if (known?.dismissed) item.remove();
    else if (!known) {
      const { text, change, adds } = item.dataset;
      seen.set(text, { text, change, adds, dismissed: false });
    }
  }
  if (held) stop(items()[place] ?? items().at(-1)).focus(); // what had the focus is gone
}

async function ask() {
  window.clearTimeout(timer); // what is asked now need not be asked again, nor what was just said be taken back
  asking?.abort();
  const draft = box.value;
  if (!on.checked || draft.trim().length < FEWEST) {
    show("");
    return;
  }
  const mine = (asking = new AbortController());
  panel.classList.add("htmx-request");
  const body = new URLSearchParams({ csrf: form.elements.csrf.value, text: draft });
  try {
    const answer = await piece(box.dataset.coach, { method: "POST", body, signal: mine.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (mine.signal.aborted || box.value !== draft) return;
    read = draft;
    show(html);
  } catch (error) {
    if (error.name !== "AbortError") say((panel.textContent = panel.dataset.away));
  } finally {
    if (asking === mine) panel.classList.remove("htmx-request");
  }
}

function later() {
  window.clearTimeout(timer);
  timer = window.setTimeout(ask, REST);
}

// As soon as one writes there is room under the box for what the coach says; on a phone the keyboard stands there.
function makeRoom() {
  const room = window.innerHeight - form.getBoundingClientRect().bottom;
  const writes = on.checked && box.value && window.matchMedia("(hover: hover)").matches;
  if (writes && room < ROOM) form.scrollIntoView({ block: "center" });
}

// The draft may have been changed since it was read: what stands before the place must be the same still.
function place(item) {
  const [start, end] = [Number(item.dataset.start), Number(item.dataset.end)];
  if (box.value === read) return [start, end];
  const old = item.dataset.old;
  if (old) {
    const found = box.value.indexOf(old);
    return found < 0 ? null : [found, found + old.length];
  }
  return box.value.startsWith(read.slice(0, start)) ? [start, start] : [box.value.length, box.value.length];
}

function take(item) {
  const where = place(item);
  if (!where) return;
  put(item.dataset.text, ...where);
  item.remove();
  ask();
}

function put(text, start, end) {
  taken.push({ text, start, old: box.value.slice(start, end) });
  box.setRangeText(text, start, end, "end");
  changed();
}

function changed() {
  box.dispatchEvent(new Event("input"));
  box.focus();
}

// Where what was put in last stands now: at its place, or elsewhere once; null where it was changed or is gone.
function standing() {
  if (!taken.length) return null;
  const { text, start } = taken.at(-1);
  if (box.value.startsWith(text, start)) return start;
  const found = box.value.indexOf(text);
  return found >= 0 && found === box.value.lastIndexOf(text) ? found : null;
}

function dismiss(item) {
  const place = at();
  seen.get(item.dataset.text).dismissed = true;
  item.remove();
  if (place >= 0) stop(items()[place] ?? items().at(-1)).focus();
}

function back() {
  const start = standing();
  if (start === null) return;
  const { text, old } = taken.pop();
  box.setRangeText(old, start, start + text.length, "preserve"); // whatever was typed since stays
  changed();
}

function begin(opening) {
  const gap = box.value && !box.value.endsWith(" ") ? " " : "";
  put(gap + opening, box.value.length, box.value.length);
}

panel.addEventListener("click", (event) => {
  const item = event.target.closest(".suggestion");
  const opening = event.target.closest("[data-opening]");
  if (opening) begin(opening.dataset.opening);
  if (event.target.closest("[data-take]")) take(item);
  if (event.target.closest("[data-dismiss]")) dismiss(item);
});
undo.addEventListener("click", back);
box.addEventListener("input", later);
box.addEventListener("input", makeRoom);
box.addEventListener("input", () => (undo.hidden = standing() === null));
hearKeys([form, panel.closest(".coach")], {
  take: (place) => items()[place] && take(items()[place]),
  back,
  putAway: () => {
    const item = items()[Math.max(0, at())];
    if (item) dismiss(item);
    return item !== undefined;
  },
  turn: () => {
    on.checked = !on.checked;
    on.dispatchEvent(new Event("change"));
  },
  walk: (step) => {
    const elsewhere = at() < 0 && document.activeElement !== box;
    const next = elsewhere && step < 0 ? box : [box, ...items().map(stop)][at() + 1 + step];
    next?.focus();
    return next !== undefined;
  },
});
for (const button of form.querySelectorAll("[data-opening]")) {
  button.addEventListener("click", () => {
    begin(button.dataset.opening);
    button.closest("details").open = false;
  });
}
form.addEventListener("sending", () => {
  form.elements.coach.value = on.checked ? JSON.stringify([...seen.values()].slice(0, 60)) : "";
  form.elements.coach_off.value = on.checked ? "" : "1";
});
form.addEventListener("sent", () => {
  seen = new Map();
  taken = [];
  undo.hidden = true;
  show("");
});
on.checked = kept(() => localStorage.getItem("coach")) !== "off";
on.addEventListener("change", () => {
  kept(() => localStorage.setItem("coach", on.checked ? "on" : "off"));
  ask();
  if (document.activeElement !== on) say(on.checked ? panel.dataset.on : panel.dataset.off);
});
later();
