// Keeps a conversation's page up to date while it is open: the stream says that something happened, and the server is
// asked for the parts of the page that changed. Without this, every button works by loading the page anew.

import { wayFrom } from "./on_its_way.js";

const talk = document.getElementById("talk");
const stands = document.getElementById("talk-stands");
const lines = document.getElementById("talk-lines");
const composer = document.getElementById("composer");
const field = document.getElementById("text");
const foot = document.getElementById("talk-foot");
const care = document.getElementById("talk-care");
const error = document.getElementById("talk-error");
const PARTS = ["talk-stands", "talk-foot", "talk-care", "talk-ways", "talk-sees"];
const AGAIN_MS = 5000;
const MINUTE = 60_000;
const told = new Map(PARTS.map((id) => [id, asServed(document.getElementById(id))])); // what the server last said of each
const SIGNED_OUT = new Error("signed out");
const ONCE_MORE = new Error("sent once more");
const way = wayFrom(document.getElementById("talk-way"), lines.parentElement);
let sending = ""; // the id of the line that is on its way
let asking = null;
let again = false;
let unsure = ""; // words whose answer was lost: they may have arrived all the same
let trouble = ""; // what is told of the connection just now: "lost", "unsent" or "signedOut"
let looking = 0;

const last = () => lines.lastElementChild?.dataset.line ?? 0;
const sentUnder = () => document.querySelector("#talk-sent input");
const below = () => foot.getBoundingClientRect().top < window.innerHeight;

// What the server said of a part, though the member may have unfolded something before this script came.
function asServed(part) {
  const copy = part.cloneNode(true);
  copy.querySelector(".wish")?.removeAttribute("open");
  return copy.innerHTML;
}

async function fetched(address, options) {
  const separator = address.includes("?") ? "&" : "?";
  const answer = await fetch(`${address}${separator}after=${last()}`, { ...options, headers: { "HX-Request": "true" } });
  if (answer.status === 401 || (answer.redirected && answer.url.endsWith("/sign-in"))) throw SIGNED_OUT;
  const news = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!news.getElementById("talk-stands")) throw new Error(answer.status);
  return [answer, news];
}

function placed(line) {
  const old = document.getElementById(line.id);
  if (!old) {
    lines.append(line);
    return;
  }
  line.querySelector("details")?.toggleAttribute("open", old.querySelector("details")?.open);
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(line);
  if (!held) return;
  const same = held.value && line.querySelector(`button[value="${held.value}"]`);
  (same || line.querySelector(".beside :is(a, summary, button)"))?.focus();
}

function renew(id, news) {
  const [now, then] = [document.getElementById(id), news.getElementById(id)];
  const held = now.contains(document.activeElement);
  if (told.get(id) !== then.innerHTML) now.innerHTML = then.innerHTML; // else what was unfolded or chosen there stays
  told.set(id, then.innerHTML);
  if (held && !now.contains(document.activeElement)) stands.focus({ preventScroll: true }); // what was pressed is gone
  Object.assign(now.dataset, then.dataset);
}

// Words that did arrive though the answer was lost stand among the lines: they leave the field, and what was typed after
// them goes under an id of its own. Where they were changed since, the server says so.
function arrived() {
  if (sending || !unsure || !field.value.startsWith(unsure)) return;
  if (!lines.querySelector(`[data-sent="${sentUnder()?.value}"]`)) return;
  field.value = field.value.slice(unsure.length).trimStart();
  field.dispatchEvent(new Event("input"));
  sentUnder().value = window.crypto.randomUUID?.() ?? ""; // without one it is written all the same
  unsure = "";
  if (trouble) tell("");
}

// What was being typed when it ended stays, to be copied.
function ended() {
  if (field.value || sending) composer.querySelector("button").disabled = true;
  else window.location.assign(`${talk.dataset.at}#last`);
}

function show(news) {
  const [follow, before] = [below(), last()];
  const stood = news.getElementById("talk-stands").dataset;
  if (stood.owner === "closed") ended();
  for (const line of news.querySelectorAll("#talk-lines > li")) placed(line);
  if (sending && lines.querySelector(`[data-sent="${sending}"]`)) way.end(); // they stand there now
  arrived();
  if (Number(stood.last) >= Number(stands.dataset.last)) PARTS.forEach((id) => renew(id, news)); // else it came too late
  const sent = news.querySelector("#talk-sent input");
  if (sent) document.getElementById("talk-sent").replaceChildren(sent);
  if (follow && last() !== before) toNewest();
}

// Where help is on the page, the newest line goes to the top, so that the help is in sight under it.
function toNewest() {
  if (care.querySelector(":scope > .care")) lines.lastElementChild.scrollIntoView();
  else foot.scrollIntoView({ block: "end" });
}

// What is to be told of the connection, with what helps; nothing where it is well again.
function tell(what) {
  trouble = what;
  error.replaceChildren();
  if (!what) return;
  const told = Object.assign(document.createElement("p"), { className: "error" });
  told.append(Object.assign(document.createElement("span"), { textContent: talk.dataset[what] }));
  error.append(told);
  if (what === "signedOut") {
    const link = Object.assign(document.createElement("a"), { href: "/sign-in", textContent: talk.dataset.signIn });
    link.className = "target";
    error.append(link);
  } else if (unsure && field.value) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: talk.dataset.again });
    button.className = "quietly";
    button.addEventListener("click", sendAgain);
    error.append(button);
  }
}

function sendAgain() {
  field.focus();
  composer.requestSubmit();
}

function lost(why) {
  const what = why === SIGNED_OUT ? "signedOut" : "lost";
  if (trouble !== what || (unsure && error.childElementCount === 1)) tell(what);
  clearTimeout(looking);
  if (what === "lost") looking = setTimeout(news, AGAIN_MS);
}

// The server answers again: what has not arrived still stands in the field, and can go under the id it had.
function well() {
  if (trouble === "lost") tell(unsure ? "unsent" : "");
}

// One question at a time; whatever happens meanwhile is asked for once more afterwards, so that nothing is missed.
function news() {
  again = true;
  asking ??= (async () => {
    try {
      while (again) {
        again = false;
        show((await fetched(`${talk.dataset.at}/news`))[1]);
        well();
      }
    } catch (why) {
      lost(why);
    } finally {
      asking = null;
    }
  })();
}

async function post(form, body, signal) {
  const [answer, found] = await fetched(form.getAttribute("action"), { method: "POST", body, signal });
  show(found);
  trouble = "";
  error.innerHTML = found.getElementById("talk-error").innerHTML;
  return answer.ok;
}

async function send() {
  const text = field.value;
  if (sending || !text.trim()) return;
  const body = new URLSearchParams(new FormData(composer)); // with its id: however often it is sent, it is one line
  sending = body.get("sent") || "without an id";
  field.value = "";
  if (trouble) tell("");
  const [sent, why] = await delivered(text, body);
  sending = "";
  way.end();
  if (!sent) field.value = field.value ? `${text}\n${field.value}` : text;
  unsure = why ? text : "";
  field.dispatchEvent(new Event("input")); // the draft is what is in the field now
  if (why) lost(why);
  arrived();
}

// Whether it was kept, or why nobody knows. While it is on its way it can be sent once more.
async function delivered(text, body) {
  const follow = below();
  for (;;) {
    const stop = new AbortController();
    way.begin(text, () => stop.abort(ONCE_MORE));
    if (follow) toNewest();
    try {
      return [await post(composer, body, stop.signal), null];
    } catch (why) {
      if (why !== ONCE_MORE) return [false, why];
    }
  }
}

// In the capturing phase, before drafts.js takes it for the end of the page.
composer.addEventListener(
  "submit",
  (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    send();
  },
  { capture: true },
);

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    composer.requestSubmit();
  }
});

talk.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-in-place]")) return;
  event.preventDefault();
  post(event.target, new URLSearchParams(new FormData(event.target, event.submitter))).catch(lost);
});

// Who comes on duty or leaves, and how long one has waited, is no news of this talk: nothing tells of it by itself.
function lookWhileWaiting() {
  if (stands.dataset.owner === "waiting") news();
}

function follow() {
  const stream = new EventSource(`${talk.dataset.live}?after=${last()}`);
  for (const kind of ["line", "stands", "end"]) stream.addEventListener(kind, news);
  stream.addEventListener("end", () => stream.close());
  stream.addEventListener("error", () => {
    if (stream.readyState !== EventSource.CLOSED) return; // it tries again by itself
    setTimeout(follow, AGAIN_MS);
  });
}

// What was on its way when the page was left, and stands among the lines now, is no draft any more: it would go twice.
function arrivedBefore() {
  const own = [...lines.querySelectorAll(".member .own-words")].at(-1)?.textContent.trim();
  if (!own || field.value.trim() !== own) return;
  field.value = "";
  field.dispatchEvent(new Event("input"));
}

document.getElementById("talk-look").hidden = true;
arrivedBefore();
follow();
window.setInterval(lookWhileWaiting, MINUTE);
if (lines.children.length > 3 && !window.location.hash) toNewest();
