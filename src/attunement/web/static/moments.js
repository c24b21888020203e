// Times that say UTC, because nobody told the server the reader's time zone, are written anew by the browser's clock.

const FULL = { dateStyle: "medium", timeStyle: "short" };
const CLOCK = { timeStyle: "short" };

function written(when, form) {
  const today = when.toDateString() === new Date().toDateString();
  return when.toLocaleString(document.documentElement.lang, form === "clock" || (form === "brief" && today) ? CLOCK : FULL);
}

function byThisClock() {
  for (const time of document.querySelectorAll("time[data-utc]")) {
    time.textContent = written(new Date(time.dateTime), time.dataset.utc);
    delete time.dataset.utc;
  }
}

byThisClock();
// Parts of pages that are drawn again come from the server with its times.
new MutationObserver(byThisClock).observe(document.body, { attributeFilter: ["data-utc"], childList: true, subtree: true });
