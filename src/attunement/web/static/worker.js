// Shows a notice when one comes, leads to what it is about, and stops further ones where that is asked for. It keeps
// nothing.
function show(told) {
  return self.registration.showNotification(told.title, {
    body: told.words,
    tag: told.id, // a second try takes the place of the first
    renotify: Boolean(told.urgent), // and is heard again where it is urgent
    requireInteraction: Boolean(told.urgent),
    icon: "/static/icon.svg",
    data: told,
    actions: told.stop ? [{ action: "stop", title: told.stop_words }] : [],
  });
}

// Where it did not work, the page behind the link opens, so that nobody believes it did; and where no page may open any
// more, since the answer took so long, the notice is there again with its way to stop.
async function stop(told) {
  const answer = await fetch(told.stop, { method: "POST" }).catch(() => null);
  if (!answer?.ok) await self.clients.openWindow(told.stop).catch(() => show(told));
}

self.addEventListener("push", (event) => event.waitUntil(show(event.data.json())));

self.addEventListener("notificationclick", (event) => {
  const told = event.notification.data;
  event.notification.close();
  event.waitUntil(event.action === "stop" ? stop(told) : self.clients.openWindow(told.link));
});
