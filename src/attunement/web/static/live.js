// Tells whenever something happened: by a stream where there is one, else every three seconds. The stream carries on
// by itself after a lost connection; while it is away it is asked for what is new all the same.

const EVERY = 3000;
const told = document.getElementById("lost");
let away = false;

// Says that the server is away, or that somebody is signed out; without words it is well again.
function tell(words = "", signedOut = false) {
  away = words !== "";
  if (!told) return;
  const said = told.querySelector("span");
  if (said.textContent !== words) said.textContent = words;
  told.querySelector("a").hidden = !signedOut;
}

export function follow(address, names, news) {
  let stream = null;
  const hear = () => {
    if (!window.EventSource) return;
    stream = new EventSource(address);
    for (const name of names) stream.addEventListener(name, news);
  };
  hear();
  window.setInterval(() => {
    if (away || stream?.readyState !== EventSource.OPEN) news();
    if (stream?.readyState === EventSource.CLOSED) hear();
  }, EVERY);
  window.addEventListener("pagehide", () => stream?.close());
  window.addEventListener("pageshow", (event) => event.persisted && (hear(), news()));
}

// One at a time, and once more where something happened meanwhile.
export function oneAtATime(work) {
  let busy = false;
  let again = false;
  return async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      do {
        again = false;
        await work();
        tell();
      } while (again);
    } catch (error) {
      if (error !== ELSEWHERE) tell(told?.dataset.lost ?? "away"); // asked again until it answers
    } finally {
      busy = false;
    }
  };
}

const ELSEWHERE = new Error("led elsewhere");

// A piece of a page. Where it leads elsewhere, to sign in again, the whole page goes there; but not with words in it,
// which another session could not give back: then they can be copied first.
export async function piece(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "HX-Request": "true" } });
  if (answer.redirected) {
    if ([...document.querySelectorAll("textarea")].some((field) => field.value)) tell(told?.dataset.signedOut, true);
    else window.location.assign(answer.url);
    throw ELSEWHERE;
  }
  return answer;
}
