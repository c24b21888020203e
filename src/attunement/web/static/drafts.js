// Keeps what is being typed in this tab (sessionStorage), so that a lost connection or an error never loses it. The tab
// forgets it once the form was sent and the answer says what was done, or is neither the same form again nor an error;
// when someone signs out or erases themselves; and when the tab is closed.

const PREFIX = "draft:";
const SENT = "drafts-sent";
const UNHEARD = "drafts-unheard"; // what was typed before this script came: whether it was sent, too, nobody heard
const came = performance.getEntriesByType("navigation")[0];
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
  const unheard = JSON.parse(sessionStorage.getItem(UNHEARD) ?? "[]");
  if (done || came?.redirectCount) for (const name of unheard) sessionStorage.removeItem(name); // so a form is answered
  sessionStorage.removeItem(UNHEARD);
});

// What stands in a field of a page that is new was typed before this script came. A browser that goes back, or loads a
// page once more, puts there what stood in it before, which may have been sent.
const typed = fields.filter((field) => came?.type === "navigate" && field.value !== field.defaultValue);

for (const field of fields) {
  const keep = () => attempt(() => sessionStorage.setItem(key(field), field.value));
  const kept = attempt(() => sessionStorage.getItem(key(field)));
  if (typed.includes(field)) {
    if (kept) field.value = `${kept}\n${field.value}`;
    keep();
  } else if (kept && !field.value) field.value = kept;
  field.addEventListener("input", () => {
    keep();
    attempt(() => sessionStorage.removeItem(UNHEARD));
  });
}
if (typed.length) attempt(() => sessionStorage.setItem(UNHEARD, JSON.stringify(typed.map(key))));

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
