// Reads a practice aloud with the browser's own voice, lights up the sentence being said, and keeps its silences.
// Without speech (or JavaScript) the text is there to be read, silences and all.

const box = document.querySelector("[data-listen]");
const text = box && document.getElementById(box.dataset.listen);
const speech = window.speechSynthesis;

if (box && speech && window.SpeechSynthesisUtterance) start();

function start() {
  const parts = [...text.querySelectorAll("h2, .sentence, .pause")];
  const toggle = box.querySelector('[data-do="toggle"]');
  const back = box.querySelector('[data-do="back"]');
  const status = box.querySelector('[role="status"]');
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let at = 0;
  let playing = false;
  let timer = 0;
  let turn = 0; // a stale utterance's end must not move us on

  const show = (label, message) => {
    toggle.textContent = label;
    status.textContent = message;
    back.disabled = at === 0;
    box.classList.toggle("begun", playing || at > 0);
  };

  function light(part) {
    text.querySelector(".now")?.classList.remove("now");
    if (!part) return;
    part.classList.add("now");
    part.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  }

  function stop() {
    turn += 1;
    clearTimeout(timer);
    speech.cancel();
  }

  function next(mine) {
    if (mine !== turn || !playing) return;
    at += 1;
    say();
  }

  function say() {
    stop();
    const mine = turn;
    const part = parts[at];
    light(part);
    if (!part) return finish();
    if (part.classList.contains("pause")) {
      const seconds = Number(part.dataset.seconds);
      show(box.dataset.pause, box.dataset.quiet.replace("{seconds}", seconds));
      timer = setTimeout(next, seconds * 1000, mine);
      return undefined;
    }
    const utterance = new SpeechSynthesisUtterance(part.textContent);
    utterance.lang = text.lang;
    utterance.rate = 0.9;
    utterance.onend = () => next(mine);
    utterance.onerror = (event) => {
      if (mine === turn && event.error !== "interrupted" && event.error !== "canceled") giveUp();
    };
    show(box.dataset.pause, box.dataset.speaking);
    speech.speak(utterance);
    return undefined;
  }

  function finish() {
    playing = false;
    at = 0;
    show(box.dataset.again, box.dataset.done);
  }

  function giveUp() {
    playing = false;
    light(null);
    box.hidden = true;
  }

  toggle.addEventListener("click", () => {
    playing = !playing;
    if (playing) return say();
    stop();
    return show(box.dataset.resume, box.dataset.paused);
  });
  back.addEventListener("click", () => {
    at = Math.max(0, at - 1);
    if (playing) say();
    else {
      light(parts[at]);
      show(toggle.textContent, status.textContent);
    }
  });
  addEventListener("pagehide", stop);
  box.hidden = false;
  show(box.dataset.play, box.dataset.ready);
}
