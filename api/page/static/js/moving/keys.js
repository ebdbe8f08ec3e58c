// Moving a visit by the keyboard: M takes it up, arrows go over the days and read out their price, Enter drops.
import { here } from "../address.js";
import { say } from "../live.js";
import { longDate } from "../dates.js";
import { me, shown } from "../session.js";
import { isReported } from "../reported.js";
import { t } from "../words.js";
import { drop } from "./drop.js";
import { showWeekOf } from "./drag.js";
import { aim, begin, moving, stop } from "./moving.js";
import { said } from "./price.js";

/** How many milliseconds the board of a draft is waited for. */
const WAIT = 20_000;
const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 5, ArrowUp: -5 };

/** The visit meant by a key: the one with the focus, else the one chosen. */
const meant = (target) => target.closest?.("[data-visit]")?.dataset.visit ?? here().visit;

export async function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, dialog")) return;
  const now = moving.get();
  if (!now) {
    const visit = event.key.toLowerCase() === "m" && me.get()?.role === "planner" ? meant(event.target) : "";
    if (!visit) return;
    event.preventDefault();
    await take(visit);
    return;
  }
  if (now.how !== "keys") return;
  if (event.key === "Escape") {
    stop();
    say(t("move_cancelled"));
  } else if (event.key === "Enter") {
    focusOn(now.visit, await drop());
  } else if (STEPS[event.key]) {
    step(now, STEPS[event.key]);
  } else if (event.key === "Home" || event.key === "End") {
    step(now, event.key === "Home" ? -9999 : 9999);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

export async function take(visit) {
  if (isReported(visit)) return say(t("reported_stays"));
  const model = shown.get().model;
  say(t("move_begins"));
  await begin(visit, "keys");
  const now = moving.get();
  if (!now || now.visit !== visit) return undefined;
  if (now.fault) {
    say(now.fault.faults[0]?.cause ?? now.fault.message);
    return stop();
  }
  const from = model.stops.get(visit)?.tour.date;
  const start = from ?? model.workdays.values().next().value;
  return point(now, model.dates.includes(start) ? start : model.dates[0], t("move_taken"));
}

function step(now, by) {
  const { dates } = shown.get().model;
  const at = dates.indexOf(now.aim?.date);
  point(now, dates[Math.max(0, Math.min(dates.length - 1, at + by))], "");
}

function point(now, date, before) {
  aim(date);
  showWeekOf(date);
  const day = now.days?.get(date);
  say([before, longDate(date), now.days ? said(day, null, date) : t("asking")].filter(Boolean).join(". "));
}

/** Give the focus back to the visit, wherever it stands now: once the board of `plan`, its new draft, is on show. */
export function focusOn(visit, plan) {
  const focus = () => requestAnimationFrame(() => requestAnimationFrame(() => {
    document.querySelector(`.stop[data-visit="${CSS.escape(visit)}"]`)?.focus();
  }));
  focus();
  const until = performance.now() + WAIT;
  const look = () => {
    if (here().plan !== plan || moving.get() || performance.now() > until) return;
    if (shown.get().id === plan && shown.get().model) focus();
    else setTimeout(look, 30);
  };
  if (plan) look();
}
