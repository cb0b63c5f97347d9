// Keeps the shell of the app, so that it starts without network: page, sheet, modules, icons, font. Nothing else, ever:
// what holds data goes to the network and leaves no trace here. The server puts SHELL = {page, files, version} in front.
const MINE = "onderweg ";
const CACHE = MINE + SHELL.version;

// All or nothing: a shell that misses one file is no shell, and then the one of before stays.
async function fetchShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll([SHELL.page, ...SHELL.files].map((path) => new Request(path, { cache: "reload", credentials: "omit" })));
  await self.skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) if (name.startsWith(MINE) && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(fetchShell()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const isShell = request.mode === "navigate" ? url.pathname === SHELL.page : SHELL.files.includes(url.pathname);
  if (isShell) event.respondWith(answer(url.pathname, request));
});
