// Asks the browser whether it may show notices, and sends what it answers with the form. Without it, or where the
// browser cannot do it, the button stays hidden and the other ways are there.
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

if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  const said = form.querySelector("[role=status]");
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
}
