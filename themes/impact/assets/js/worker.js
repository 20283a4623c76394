// Keeps pages for readers who asked for it, and answers from them when there is no connection.
//   in:   the store "impact-kept", which the page about reading without a connection makes and deletes: without it nothing is kept
//   out:  pages from the network where it answers, otherwise from the store; files with a hash in their name from the store first
//   not:  stories, whose consent may end (they say noarchive), the index of the search, downloads, anything when data is to be saved

const store = "impact-kept";
const most = 200;
const parts = ["style", "script", "font", "image"];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function keep(request, answer) {
  if (!answer.ok || answer.redirected || !(await caches.has(store))) return;
  if (request.mode === "navigate" && (await answer.clone().text()).includes("noarchive")) return;
  const kept = await caches.open(store);
  await kept.put(request.url.split(/[?#]/)[0], answer);
  const all = await kept.keys();
  for (const old of all.slice(0, Math.max(0, all.length - most))) await kept.delete(old);
}

async function answer(event) {
  const { request } = event;
  const kept = (await caches.has(store)) && (await (await caches.open(store)).match(request.url.split(/[?#]/)[0]));
  if (kept && request.mode !== "navigate") return kept;
  try {
    const fresh = await fetch(request);
    if (!self.navigator.connection?.saveData) event.waitUntil(keep(request, fresh.clone()));
    return fresh;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const own = request.method === "GET" && new URL(request.url).origin === self.location.origin;
  if (own && (request.mode === "navigate" || parts.includes(request.destination))) event.respondWith(answer(event));
});
