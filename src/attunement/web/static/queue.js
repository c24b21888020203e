// The queue draws itself again when something changes, and keeps the place of whoever walks it by keyboard.
// Arrow keys go from one talk to the next.

import { follow, oneAtATime, piece } from "./live.js";

const board = document.getElementById("board");
const said = document.getElementById("said");
const MINUTE = 60_000;

const draw = oneAtATime(async () => {
  const answer = await piece(board.dataset.piece);
  if (!answer.ok) throw new Error(String(answer.status));
  const html = await answer.text();
  const held = board.contains(document.activeElement) ? document.activeElement.id : "";
  board.innerHTML = html;
  if (held) (document.getElementById(held) ?? document.getElementById("waiting")).focus(); // it may wait no more
  const told = board.querySelector("[data-title]");
  document.title = told.dataset.title;
  if (said.textContent !== told.textContent) said.textContent = told.textContent;
});

follow(board.dataset.live, ["queue"], draw);
window.setInterval(draw, MINUTE); // waiting times

board.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...board.querySelectorAll("a.talk, .waiting-talk button, .look-along button")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
});
