// What is reported has happened: which visits have a report, and the first day that may still change.
import { get, Refused } from "./api.js";
import { watches } from "./session.js";
import { store } from "./store.js";

const NOTHING = { held: {}, last: null, changes_from: null, moved: [], ahead: [] };

/** Of the plan on show: {held: visit -> whether it was, last, changes_from, moved, ahead}. */
export const reported = store(NOTHING);

/** Whether a visit stays for what is reported of it. One that was called off beforehand may move. */
export const isReported = (visit) => visit in reported.get().held && !reported.get().ahead.includes(visit);

/** The first day of the plan on show that may change: a proposal leaves more as it is than what is past or reported. */
export const opens = (model) => [model.today, reported.get().changes_from].filter(Boolean).sort().at(-1);

/** Ask anew; what was asked for another plan meanwhile is left aside. */
export async function survey(plan, asked = {}) {
  survey.newest = asked;
  const found = plan && watches() ? await get(`/v1/plans/${plan}/reported`).catch((fault) => fault) : NOTHING;
  if (survey.newest !== asked) return;
  if (!(found instanceof Error)) reported.set(found);
  else if (found instanceof Refused) reported.set(NOTHING);
  else throw found;
}
