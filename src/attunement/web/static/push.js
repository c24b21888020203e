// Asks the browser whether it may show notices, and sends what it answers with the form. Where the browser cannot do it,
// the button stays hidden, and the other ways are there; where it does so already, the list says which one it is.
const form = document.querySelector("form[data-push-key]");

function bytes(base64url) {
  const plain = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") throw new Error(form.dataset.refused);
  await navigator.serviceWorker.register("/worker.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.pushKey) });
}

// The entry of the list that is this browser, known by a digest of where its notices go.
async function known() {
  const worker = await navigator.serviceWorker.getRegistration();
  const given = await worker?.pushManager.getSubscription();
  if (!given) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(given.endpoint));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return document.querySelector(`[data-endpoint="${hex}"]`);
}

if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  const said = form.querySelector("[role=status]");
  document.querySelector("[data-no-push]")?.remove();
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    const field = form.elements.subscription;
    if (field.value) return;
    event.preventDefault();
    said.textContent = form.dataset.asking;
    try {
      field.value = JSON.stringify(await subscribe());
      form.requestSubmit();
    } catch (error) {
      said.textContent = error.message === form.dataset.refused ? error.message : form.dataset.failed;
    }
  });
  const mine = await known().catch(() => null);
  if (mine) {
    mine.querySelector("strong").hidden = false;
    form.hidden = true;
  }
}
