// The affect pad: a square over two ranges. The ranges stay the truth: they are what is sent, what the keyboard moves
// and what is spoken; the square only draws them and moves them by touch, mouse or pen. They show once they are used.

const BOUNDS = [-0.7, -0.4, -0.1, 0.1, 0.4, 0.7]; // as in web/rendering.py
const STEP = 0.05;

const level = (value) => BOUNDS.filter((bound) => value >= bound).length;
const clamp = (value) => Math.round(Math.max(-1, Math.min(1, value)) / STEP) * STEP;

export function attach(field) {
  const ranges = {
    valence: field.querySelector('[data-axis="valence"]'),
    arousal: field.querySelector('[data-axis="arousal"]'),
  };
  const given = field.querySelector(".affect-given");
  const place = field.querySelector(".place");
  const square = field.querySelector(".pad svg");
  const dot = square.querySelector(".dot");
  const words = {
    valence: JSON.parse(field.dataset.valenceWords),
    arousal: JSON.parse(field.dataset.arousalWords),
  };
  const mirrored = () => (getComputedStyle(field).direction === "rtl" ? -1 : 1);

  function draw() {
    const said = {};
    for (const [axis, range] of Object.entries(ranges)) {
      said[axis] = words[axis][level(Number(range.value))];
      range.setAttribute("aria-valuetext", said[axis]);
    }
    dot.setAttribute("cx", mirrored() * Number(ranges.valence.value));
    dot.setAttribute("cy", -Number(ranges.arousal.value));
    const together = field.dataset.together.replace("{valence}", said.valence).replace("{arousal}", said.arousal);
    const shown = given.checked ? together : field.dataset.unset;
    if (place.textContent !== shown) place.textContent = shown;
  }

  function moved() {
    given.checked = true;
    draw();
  }

  function follow(event) {
    const box = square.getBoundingClientRect();
    const { width } = square.viewBox.baseVal;
    ranges.valence.value = clamp(mirrored() * ((event.clientX - box.left) / box.width - 0.5) * width);
    ranges.arousal.value = clamp((0.5 - (event.clientY - box.top) / box.height) * width);
    moved();
  }

  square.addEventListener("pointerdown", (event) => {
    square.setPointerCapture(event.pointerId);
    follow(event);
    event.preventDefault();
  });
  square.addEventListener("pointermove", (event) => {
    if (square.hasPointerCapture(event.pointerId)) follow(event);
  });
  for (const range of Object.values(ranges)) range.addEventListener("input", moved);
  given.addEventListener("change", draw);
  field.addEventListener("focusin", (event) => {
    if (event.target.type === "range") field.classList.add("by-keys");
  });
  field.form.addEventListener("formdata", (event) => {
    if (given.checked) return;
    for (const range of Object.values(ranges)) event.formData.delete(range.name);
  });
  field.form.addEventListener("reset", () => setTimeout(draw));
  field.classList.add("live");
  draw();
}

document.querySelectorAll("[data-affect-pad]").forEach(attach);
