// What a day costs the visit that is moved, or what stands against it, as colour and as text.
import { html, names } from "../html.js";
import { fullDate } from "../dates.js";
import { opens } from "../reported.js";
import { shown } from "../session.js";
import { signed, t } from "../words.js";
import { Icon } from "../parts/icons.js";
import { slotOn } from "./moving.js";

/** How a day is painted: by its price; "proof" where a rule forbids it in every plan; "notfound" while the rest stays. */
export function kindOf(day) {
  if (!day) return "none";
  if (day.slots.length) return day.slots[0].baht < -0.5 ? "cheaper" : day.slots[0].baht < 0.5 ? "same" : "dearer";
  return day.in_every_plan ? "proof" : "notfound";
}

export function paint(now, date) {
  if (!now) return "";
  if (!now.days) return "waiting";
  const kind = kindOf(now.days.get(date));
  return names(kind, kind === "dearer" && `dear-${step(now, date)}`, now.aim?.date === date && "aimed");
}

/** 1 to 3: cheap to dear among the days of this visit. */
function step(now, date) {
  const prices = [...now.days.values()].filter((day) => day.slots.length).map((day) => day.slots[0].baht);
  const own = now.days.get(date).slots[0].baht;
  const below = prices.filter((price) => price < own).length / Math.max(1, prices.length);
  return below < 0.34 ? 1 : below < 0.67 ? 2 : 3;
}

/** Why the service tells nothing of a day: it comes before those that may change, or is no workday. */
function closed(date) {
  const { model } = shown.get();
  const first = opens(model);
  return first && date < first && model.workdays.has(date) ? t("said_stands", { date: fullDate(first) }) : t("said_none");
}

/** The price of a day as it stands in the day's column, or in short within the strip. */
export function DayPrice({ now, date, brief }) {
  if (now.fault) return null;
  if (!now.days) return html`<span class="price waiting" aria-hidden="true">…</span>`;
  const day = now.days.get(date);
  const kind = kindOf(day);
  if (kind === "none") {
    const why = closed(date);
    return html`<span class="price none" title=${why}><${Icon} name="lock" />${brief ? "" : html`<span>${why}</span>`}</span>`;
  }
  if (day.slots.length) {
    const slot = now.aim?.date === date ? slotOn(day, now.aim.tour) : day.slots[0];
    return html`<span class=${`price ${kind}`}>${signed(slot.baht)}${brief ? "" : ` ${t("baht")}`}</span>`;
  }
  const icon = kind === "proof" ? "lock" : "help";
  return html`<span class=${`price ${kind}`} title=${day.finding?.sentence}>
    <${Icon} name=${icon} />${brief ? "" : html`<span>${day.finding?.sentence}</span>`}</span>`;
}

/** A day in words, for the live region and for lists; `date` says why there is nothing to tell of it. */
export function said(day, tour, date) {
  if (!day && date) return closed(date);
  const slot = slotOn(day, tour);
  if (!slot) return day?.finding ? `${t(`said_${kindOf(day)}`)}: ${day.finding.sentence}` : t("said_none");
  return `${signed(slot.baht)} ${t("baht")}, ${slot.start}`;
}
