// Reports that are being typed or wait to be sent: kept in this browser until the service has them, then sent once.
import { Refused, send } from "../api.js";
import { me } from "../session.js";
import { store } from "../store.js";
import { taken } from "./offline.js";
import { files, sendFiles } from "./waiting.js";

/** Milliseconds between two tries while something waits. */
const AGAIN = 8000;
const START = "patithin.report.";

/** What is kept: visit -> {visit, report, replaces, state, faults, current, version, warnings}; state: typing, waiting, conflict, sent. */
export const outbox = store(new Map());

const nameOf = (visit, season) => `${START}${me.get().id}.${season}.${visit}`;

/** Read what an earlier visit of this page left behind. */
export function recall(season) {
  const found = new Map();
  const start = `${START}${me.get().id}.${season}.`;
  for (let place = 0; place < localStorage.length; place += 1) {
    const key = localStorage.key(place);
    if (key.startsWith(start)) found.set(key.slice(start.length), JSON.parse(localStorage.getItem(key)));
  }
  outbox.set(found);
}

/** Keep an entry, here and over a reload; one that was sent is forgotten. */
export function keep(season, entry) {
  const key = nameOf(entry.visit, season);
  if (entry.state === "sent") localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(entry));
  outbox.set((all) => new Map(all).set(entry.visit, entry));
}

export function forget(season, visit) {
  localStorage.removeItem(nameOf(visit, season));
  outbox.set((all) => new Map([...all].filter(([id]) => id !== visit)));
}

/** Send whatever waits, the files of a visit after its report. One tab at a time: the service would take the same report twice for one anyway. */
export async function flush(season) {
  const work = async () => {
    for (const entry of outbox.get().values()) {
      if (entry.state === "waiting") await deliver(season, entry);
    }
    await sendFiles(season, (visit) => !["waiting", "conflict"].includes(outbox.get().get(visit)?.state));
  };
  await (navigator.locks ? navigator.locks.request("patithin.reports", work) : work());
}

async function deliver(season, entry) {
  try {
    const made = await send("PUT", `/v1/visits/${encodeURIComponent(entry.visit)}/report`,
      { replaces: entry.replaces, report: entry.report });
    taken(entry, made);
    keep(season, { ...entry, state: "sent", version: made.version, faults: null, warnings: made.warnings });
  } catch (fault) {
    if (!(fault instanceof Refused) || !fault.status || fault.status >= 500 || fault.status === 429) return; // the line is down: later
    const overtaken = fault.body.current !== undefined && fault.status === 409;
    keep(season, overtaken ? { ...entry, state: "conflict", current: fault.body.current }
      : { ...entry, state: "typing", faults: fault.faults });
  }
}

/** Try again when the line comes back, and now and then; what ends it is given back. */
export function watch(season) {
  const look = () => { flush(season); };
  recall(season);
  look();
  addEventListener("online", look);
  const timer = setInterval(() => { if (files.get().length || [...outbox.get().values()].some((one) => one.state === "waiting")) look(); }, AGAIN);
  return () => {
    removeEventListener("online", look);
    clearInterval(timer);
  };
}
