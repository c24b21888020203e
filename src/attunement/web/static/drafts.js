// Keeps what is being typed in this tab (sessionStorage), so that a lost connection or an error never loses it. The tab
// forgets it once the form was sent and the answer says what was done, or is neither the same form again nor an error;
// when someone signs out or erases themselves; and when the tab is closed.

const PREFIX = "draft:";
const SENT = "drafts-sent";
const fields = [...document.querySelectorAll("[data-draft]")];
const key = (field) => PREFIX + field.dataset.draft + ":" + field.name;

function attempt(action) {
  try {
    return action();
  } catch {
    return null; // storage can be full or switched off; typing goes on without it
  }
}

attempt(() => {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  const done = document.querySelector(".flash p") !== null; // the page says that it was kept
  const kept = document.querySelector("[data-keep-drafts]") ? sent : done ? [] : fields.map(key);
  for (const name of sent) if (!kept.includes(name)) sessionStorage.removeItem(name);
  sessionStorage.removeItem(SENT);
});

// What stands in a field before anything was heard was typed before this script came, but for a browser that goes back:
// it puts what was sent in its place again.
const typedBefore = performance.getEntriesByType("navigation")[0]?.type !== "back_forward";

for (const field of fields) {
  const keep = () => attempt(() => sessionStorage.setItem(key(field), field.value));
  const kept = attempt(() => sessionStorage.getItem(key(field)));
  if (typedBefore && field.value !== field.defaultValue) keep();
  else if (kept && !field.value) field.value = kept;
  field.addEventListener("input", keep);
}

for (const form of new Set(fields.map((field) => field.form))) {
  form.addEventListener("submit", () => {
    const names = fields.filter((field) => field.form === form).map(key);
    attempt(() => sessionStorage.setItem(SENT, JSON.stringify(names)));
  });
}

for (const form of document.querySelectorAll("form[data-forget-drafts]")) {
  form.addEventListener("submit", () =>
    attempt(() => {
      const names = Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
      for (const name of names) sessionStorage.removeItem(name);
    }),
  );
}
