// What a push does in the service worker: it is shown, leads to its place when it is pressed, and subscribes anew when
// the browser wants that. A plain script, for importScripts too: not every browser has modules in workers.

(() => {
  const { icon, mark } = self.MEDLEY;
  /** Where somebody is in the middle of something, or where the site ends: such a tab is not taken elsewhere. */
  const BUSY = /^\/(?:admin|upload|accounts)\b|\/edit\/$/;

  self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));

  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data?.url ?? "/"));
  });

  self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAnew(event)));

  /** What the server sent: `{title, body, url, tag, badge, id}` (accounts/push/pushes.py). */
  function read(data) {
    try {
      return data.json();
    } catch {
      // Whatever came, a browser wants something shown for it.
      return { title: "Medley", url: "/" };
    }
  }

  async function show({ title, body = "", url = "/", tag = "", badge, id }) {
    if (typeof badge === "number") await self.navigator.setAppBadge?.(badge).catch(() => {});
    await self.registration.showNotification(title, {
      body,
      tag,
      // A line of activity that grows is not worth another sound; a further message is.
      renotify: Boolean(tag) && !id,
      icon,
      badge: mark,
      dir: "auto",
      data: { url, id },
    });
  }

  /** In a tab that is there already, else in another of ours that is free, else in a new one. */
  async function open(url) {
    const place = new URL(url, self.location.origin);
    if (place.origin !== self.location.origin) return;
    const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const pathOf = (tab) => new URL(tab.url).pathname;
    const there = tabs.find((tab) => pathOf(tab) === place.pathname);
    if (there) {
      await there.focus();
      return;
    }
    const free = tabs.filter((tab) => !BUSY.test(pathOf(tab)));
    const tab = free.find((each) => each.visibilityState === "visible") ?? free[0];
    try {
      await (await tab.navigate(place.href)).focus();
    } catch {
      // None is free, or the one that is opened before there was a worker.
      await self.clients.openWindow(place.href);
    }
  }

  /** Push services end subscriptions. Without an answer from the server the next page does it (lib/devices.js). */
  async function subscribeAnew({ oldSubscription, newSubscription }) {
    const key = oldSubscription?.options.applicationServerKey;
    const fresh = newSubscription ?? (await subscribe(key));
    if (!fresh) return;
    const token = (await self.cookieStore?.get("csrftoken"))?.value ?? "";
    const { endpoint, keys } = fresh.toJSON();
    await fetch("/api/v1/me/devices/", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ kind: "web", address: endpoint, keys }),
    });
  }

  const subscribe = (key) =>
    key && self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });

  self.medleyPush = { show, open };
})();
