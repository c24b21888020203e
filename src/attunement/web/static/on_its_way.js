// Words on their way to the server: they stand at the end of a talk at once, and say what becomes of them. On a quick
// line that is over before anybody reads it; on a slow one they say that they are being sent, and offer to go once more.

const SAID_MS = 600;
const SLOW_MS = 8000;

// `made` is a template with a status, a place for the words and a button; `after` is what they stand behind.
export function wayFrom(made, after) {
  after.after(made.content);
  const place = after.nextElementSibling;
  const status = place.querySelector("[role=status]");
  const button = place.querySelector("button");
  let timers = [];
  let once = () => {};
  button.addEventListener("click", () => once());

  function end() {
    for (const timer of timers) clearTimeout(timer);
    if (place.contains(document.activeElement)) document.getElementById("text").focus();
    status.textContent = "";
    place.hidden = button.hidden = true;
  }

  function begin(words, more) {
    end();
    once = more;
    place.querySelector(".own-words").textContent = words;
    place.hidden = false;
    timers = [
      setTimeout(() => (status.textContent = place.dataset.sending), SAID_MS),
      setTimeout(() => {
        status.textContent = place.dataset.slow;
        button.hidden = false;
      }, SLOW_MS),
    ];
  }

  return { begin, end };
}
