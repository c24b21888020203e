// A talk: lines appear as they are written, each once; a reply is sent without leaving the page, and one that could not
// be sent stays in the box under the same id, so that sending it again does not double it.

import { follow, oneAtATime, piece } from "./live.js";

const desk = document.querySelector("[data-talk]");
const lines = document.getElementById("lines");
const form = document.getElementById("reply");
const alert = document.getElementById("alert");
const insight = document.getElementById("insight");
const NEAR_END = 120;
let leaving = false; // by a form of this page, which leads on by itself

const last = () => Number(lines.lastElementChild?.dataset.line ?? 0);
const atEnd = () => lines.scrollHeight - lines.scrollTop - lines.clientHeight < NEAR_END;
const toEnd = () => (lines.scrollTop = lines.scrollHeight);
const formInSight = () => form !== null && form.getBoundingClientRect().bottom <= window.innerHeight;
const toForm = () => form.scrollIntoView({ block: "nearest" }); // under the newest lines, where it is not in sight yet

const news = oneAtATime(async () => {
  const answer = await piece(`${desk.dataset.piece}?after=${last()}`);
  if (leaving) return;
  if (answer.status === 404) {
    window.location.assign(desk.dataset.leave);
    return;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  sendable();
  const [followed, inSight] = [atEnd(), formInSight()];
  const fresh = document.createElement("template");
  fresh.innerHTML = await answer.text();
  for (const line of [...fresh.content.children]) if (!document.getElementById(line.id)) lines.append(line);
  if (followed) toEnd();
  if (inSight) toForm(); // lines that came have pushed it down
  await Promise.all([alertNow(), insightNow()]);
});

// What danger was read in a line stands above the talk as soon as the line does, and so does who looks along.
async function alertNow() {
  const answer = await piece(`/queue/${desk.dataset.talk}/alert`);
  if (!answer.ok) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = await answer.text();
  if (alert.innerHTML.trim() !== fresh.innerHTML.trim()) alert.replaceChildren(fresh.content);
}

// What a member takes back is gone from the page at once, which says so; what they allow appears.
async function insightNow() {
  const { shows } = insight.querySelector("[data-shows]").dataset;
  const drawn = new URLSearchParams({ had: shows, after: insight.dataset.after, last: last() });
  const answer = await piece(`${insight.dataset.piece}?${drawn}`);
  if (answer.status === 204) return;
  if (!answer.ok) throw new Error(String(answer.status)); // asked again until what is shown may be
  const html = await answer.text();
  const held = insight.contains(document.activeElement) ? document.activeElement.getAttribute("href") : undefined;
  insight.innerHTML = html;
  document.getElementById("insight-said").textContent = insight.querySelector("[data-shows]").dataset.said;
  if (held === undefined) return;
  const same = [...insight.querySelectorAll("a")].find((link) => link.getAttribute("href") === held);
  (same ?? insight).focus();
}

function unsent(sent) {
  const told = sent.querySelector(".error") ?? sent.appendChild(document.createElement("p"));
  Object.assign(told, { className: "error", role: "alert", textContent: form.dataset.unsent });
  told.dataset.unsent = "";
}

// What was said of a line that could not be sent is over with the next key, or once the server answers again.
function sendable() {
  form?.querySelector("#sent [data-unsent]")?.remove();
}

async function send(event) {
  event.preventDefault();
  const button = form.querySelector('[type="submit"]');
  const box = form.elements.text;
  if (!box.value.trim() || button.disabled) return;
  button.disabled = true;
  const sent = document.getElementById("sent");
  form.dispatchEvent(new CustomEvent("sending"));
  try {
    const answer = await piece(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const html = await answer.text();
    if (!html.includes('name="sent"')) throw new Error(String(answer.status));
    sent.innerHTML = html;
    if (!answer.ok) return;
    box.value = "";
    box.dispatchEvent(new Event("input"));
    form.dispatchEvent(new CustomEvent("sent"));
    await news();
    toEnd();
  } catch (error) {
    if (error instanceof TypeError) unsent(sent); // nobody answered: it is tried again under the same id
    else form.submit(); // as a form the browser itself sends, which shows what is wrong
  } finally {
    button.disabled = false;
    box.focus();
  }
}

desk.addEventListener("submit", (event) => (leaving = leaving || event.target !== form));
toEnd();
if (window.location.hash.startsWith("#line-")) document.querySelector(window.location.hash)?.focus();
follow(`${desk.dataset.live}?after=${last()}`, ["shares", "line", "stands", "note", "end"], news);
if (form) {
  form.addEventListener("submit", send);
  form.elements.text.addEventListener("input", sendable);
  if (!window.location.hash) {
    const hovers = window.matchMedia("(hover: hover)").matches; // on a phone the focus would call the keyboard up
    if (hovers) form.elements.text.focus({ preventScroll: true });
    toForm();
  }
  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}
