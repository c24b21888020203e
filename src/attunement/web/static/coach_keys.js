// The keys of the coach: heard wherever the focus is in the reply or among what the coach says, and nowhere else on the
// page. Each goes with Alt alone, so that nothing that is typed and no key of a screen reader is taken; Escape, as
// everywhere, puts away.

const TAKES = ["Digit1", "Digit2", "Digit3"];
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

// Does what a key asks for; false where it asks for nothing of ours.
function answered({ code, target }, { take, back, putAway, turn, walk }) {
  if (code === "Escape") return closed(target) || putAway();
  if (code in STEPS) return walk(STEPS[code]);
  if (code === "Digit0") back();
  else if (code === "Digit9") turn();
  else if (TAKES.includes(code)) take(TAKES.indexOf(code));
  else return false;
  return true;
}

// What is folded out is folded first.
function closed(target) {
  const folded = target.closest("details[open]");
  if (!folded) return false;
  folded.open = false;
  folded.querySelector("summary").focus();
  return true;
}

export function hearKeys(places, actions) {
  const hear = (event) => {
    const { altKey, ctrlKey, metaKey, shiftKey, isComposing } = event;
    if (isComposing || ctrlKey || metaKey || shiftKey || altKey === (event.code === "Escape")) return;
    if (answered(event, actions)) event.preventDefault();
  };
  for (const place of places) place.addEventListener("keydown", hear);
}
