// The shell of the page kept in the browser, so that an officer's page opens where there is no line: files of the page
// alone, no answer of the API. BASE and FILES stand before this text: the service writes them there.
const KEPT = `patithin ${BASE}`;

addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === "/") event.respondWith(shell(request));
  else if (pathname.startsWith(BASE)) event.respondWith(file(request));
});

/** Take the shell and its files; a shell of another version than the files is not taken. */
async function fill() {
  const cache = await caches.open(KEPT);
  await cache.addAll(FILES.map((name) => BASE + name));
  const answer = await fetch("/", { cache: "reload", credentials: "omit" });
  if (!answer.ok || !(await answer.clone().text()).includes(BASE)) throw new Error("another version");
  await cache.put("/", answer);
}

/** Forget the files of earlier versions. */
async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("patithin ") && name !== KEPT).map((name) => caches.delete(name)));
}

/** The shell of the service, so that a new version is met at once; without a line the one that is kept. */
async function shell(request) {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
  } catch { /* there is no line */ }
  return (await (await caches.open(KEPT)).match("/")) ?? Response.error();
}

/** A file never changes below its address: the kept one will do. */
async function file(request) {
  return (await (await caches.open(KEPT)).match(request)) ?? fetch(request);
}
