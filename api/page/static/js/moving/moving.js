// A visit on the move: its days with their prices, where it is aimed at, and what became of it.
//
// The service is asked once for each plan and visit: plans never change, so what a day costs is known from then on.
import { get, Refused } from "../api.js";
import { store } from "../store.js";
import { lang } from "../words.js";
import { shown } from "../session.js";

/** null, or {visit, how, days, aim: {date, tour} | null, fault}. `days` is null until the service has answered. */
export const moving = store(null);

const asked = new Map();

/** Days of a visit in the plan on show, by date. */
export function days(visit, { plan = shown.get().id, language = lang() } = {}) {
  const key = `${plan} ${visit} ${language}`;
  if (!asked.has(key)) {
    const answer = get(`/v1/plans/${plan}/visits/${encodeURIComponent(visit)}/slots?lang=${language}`)
      .then((found) => new Map(found.map((day) => [day.date, day])));
    asked.set(key, answer);
    answer.catch(() => asked.delete(key));
    if (asked.size > 200) asked.delete(asked.keys().next().value);
  }
  return asked.get(key);
}

/** Begin to move a visit, by "pointer" or by "keys". */
export async function begin(visit, how) {
  moving.set({ visit, how, days: null, aim: null, fault: null });
  try {
    const found = await days(visit);
    if (moving.get()?.visit === visit) moving.patch({ days: found });
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    if (moving.get()?.visit === visit) moving.patch({ fault });
  }
}

export function aim(date, tour = null) {
  const now = moving.get();
  if (!now || (now.aim?.date === date && now.aim?.tour === tour)) return;
  moving.patch({ aim: date ? { date, tour } : null });
}

export const stop = () => moving.set(null);

/** The slot meant on a day: the one that joins the tour pointed at, else the cheapest. */
export const slotOn = (day, tour = null) =>
  (tour && day?.slots.find((slot) => slot.joins === tour)) || day?.slots[0] || null;
