// Photographs and files that wait for the line: kept in this browser's IndexedDB until the service has them.
import { post, Refused } from "../api.js";
import { me } from "../session.js";
import { store } from "../store.js";

/** What waits, in the order chosen: {key, owner, season, visit, name, file}. */
export const files = store([]);
/** The refusals of files that the service did not take, by visit. */
export const refusals = store(new Map());

/** Run one request of IndexedDB on the table of files; the answer is its result. */
async function table(mode, ask) {
  const opened = indexedDB.open("patithin", 1);
  opened.onupgradeneeded = () => opened.result.createObjectStore("files", { keyPath: "key", autoIncrement: true });
  const base = await done(opened);
  try {
    return await done(ask(base.transaction("files", mode).objectStore("files")));
  } finally {
    base.close();
  }
}

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** Read what waits of who is signed in. */
export async function recallFiles() {
  files.set((await table("readonly", (kept) => kept.getAll())).filter((one) => one.owner === me.get().id));
}

/** Keep a file until it is sent. */
export async function keepFile(season, visit, file) {
  await table("readwrite", (kept) => kept.add({ owner: me.get().id, season, visit, name: file.name.slice(0, 120), file }));
  await recallFiles();
}

export async function dropFile(key) {
  await table("readwrite", (kept) => kept.delete(key));
  await recallFiles();
}

/** Send the files of these visits one by one; one that is refused is told and not tried again. */
export async function sendFiles(season, ready) {
  await recallFiles().catch(() => {}); // a browser that keeps nothing has nothing that waits
  for (const one of files.get()) {
    if (one.season !== season || !ready(one.visit)) continue;
    try {
      await post(`/v1/visits/${encodeURIComponent(one.visit)}/attachments?name=${encodeURIComponent(one.name)}`, one.file);
    } catch (fault) {
      if (!(fault instanceof Refused) || !fault.status || fault.status >= 500 || fault.status === 429) return; // the line is down: later
      refusals.set((all) => new Map(all).set(one.visit, fault));
    }
    await dropFile(one.key);
  }
}
