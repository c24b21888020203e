// Shows a notice when one comes, leads to the offer, and stops further ones where that is asked for. It keeps nothing.
self.addEventListener("push", (event) => {
  const told = event.data.json();
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.words,
      tag: told.id, // a second try takes the place of the first
      icon: "/static/icon.svg",
      data: told,
      actions: [{ action: "stop", title: told.stop_words }],
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
