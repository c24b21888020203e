// Shows a notice when one comes, leads to what it is about, and stops further ones where that is asked for. It keeps
// nothing.
self.addEventListener("push", (event) => {
  const told = event.data.json();
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.words,
      tag: told.id, // a second try takes the place of the first
      renotify: Boolean(told.urgent), // and is heard again where it is urgent
      requireInteraction: Boolean(told.urgent),
      icon: "/static/icon.svg",
      data: told,
      actions: told.stop ? [{ action: "stop", title: told.stop_words }] : [],
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  const told = event.notification.data;
  event.notification.close();
  event.waitUntil(
    event.action === "stop" ? fetch(told.stop, { method: "POST" }) : self.clients.openWindow(told.link),
  );
});
