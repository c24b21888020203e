// Tells the server that somebody is here: at most once a minute, and only after a key, a press, a scroll, or coming
// back to the page. A page that merely lies open tells nothing, so that no alert waits for whoever left it.

const EVERY = 60_000;
let told = Date.now(); // going to the page told it

function here() {
  if (document.visibilityState !== "visible" || Date.now() - told < EVERY) return;
  const proof = document.querySelector('input[name="csrf"]');
  if (!proof) return;
  told = Date.now();
  fetch("/here", { method: "POST", body: new URLSearchParams({ csrf: proof.value }) }).catch(() => {}); // told later
}

for (const act of ["keydown", "pointerdown", "wheel", "touchmove"]) addEventListener(act, here, { passive: true });
document.addEventListener("visibilitychange", here);
