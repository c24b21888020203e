// Tells whenever something happened: by a stream where there is one, else every three seconds. The stream carries on
// by itself after a lost connection; while it is away it is asked for what is new all the same.

const EVERY = 3000;

export function follow(address, names, news) {
  let stream = null;
  const hear = () => {
    if (!window.EventSource) return;
    stream = new EventSource(address);
    for (const name of names) stream.addEventListener(name, news);
  };
  hear();
  window.setInterval(() => {
    if (stream?.readyState !== EventSource.OPEN) news();
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
      } while (again);
    } catch {
      // away for a while; the next news asks again
    } finally {
      busy = false;
    }
  };
}

// A piece of a page. Where it leads elsewhere, to sign in again, the whole page goes there: a draft is kept.
export async function piece(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "HX-Request": "true" } });
  if (answer.redirected) {
    window.location.assign(answer.url);
    throw new Error("led elsewhere");
  }
  return answer;
}
