// The shell: static files, and the page that stands where there is no line. Never a page or a picture of somebody's.

(() => {
  const { version, static: staticPath, catalogue, offline, shell } = self.MEDLEY;
  const FAMILY = "medley-shell-";
  const CACHE = `${FAMILY}${version}`;
  /** As collectstatic names files by their content: such a name never means anything else. */
  const HASHED = /\.[0-9a-f]{12}\.\w+$/;
  const LARGEST = 1_000_000;
  /** Answers vary by cookie for proxies' sake; what is kept here is the same for whoever is signed in. */
  const ANYBODY = { ignoreVary: true };

  self.addEventListener("install", (event) => event.waitUntil(fill([offline, catalogue, ...shell])));

  self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

  self.addEventListener("message", (event) => {
    if (event.data?.type === "use-now") self.skipWaiting();
    if (event.data?.type === "language") event.waitUntil(fill([offline, catalogue]));
    if (event.data?.type === "sign-out") event.waitUntil(self.keptMessages.clear());
  });

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin || request.headers.has("range")) return;
    if (request.mode === "navigate") event.respondWith(page(event));
    else if (pathname === catalogue) event.respondWith(newest(request));
    else if (pathname.startsWith(staticPath)) event.respondWith(HASHED.test(pathname) ? kept(request) : newest(request));
  });

  async function fill(urls) {
    const cache = await caches.open(CACHE);
    await cache.addAll(urls.map((url) => new Request(url, { cache: "reload" })));
  }

  async function takeOver() {
    const names = await caches.keys();
    const former = names.filter((name) => name.startsWith(FAMILY) && name !== CACHE);
    await Promise.all(former.map((name) => caches.delete(name)));
    // The request for a page does not wait until this worker has started.
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  }

  /** From the line; only where there is none, the page that says so. */
  async function page(event) {
    try {
      return (await event.preloadResponse) ?? (await fetch(event.request));
    } catch (error) {
      const spare = await caches.match(offline, ANYBODY);
      if (!spare) throw error;
      return spare;
    }
  }

  async function kept(request) {
    return (await caches.match(request, ANYBODY)) ?? store(request, await fetch(request));
  }

  /** Names without a hash say nothing about their content: an old script beside a new page would break it. */
  async function newest(request) {
    try {
      return await store(request, await fetch(request));
    } catch (error) {
      const spare = await caches.match(request, ANYBODY);
      if (!spare) throw error;
      return spare;
    }
  }

  async function store(request, answer) {
    const size = Number(answer.headers.get("content-length"));
    if (answer.status !== 200 || size > LARGEST) return answer;
    const cache = await caches.open(CACHE);
    // A full disk costs the copy, not the answer.
    await cache.put(request, answer.clone()).catch(() => {});
    return answer;
  }
})();
