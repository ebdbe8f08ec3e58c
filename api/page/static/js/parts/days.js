// Days, typed as people write them (`3 ก.ย. 2555`, `3–7 Sep 2012`) and read by the parser of the office's tables.
import { dayOf, fullDate, monday, plus, readDay, span, today } from "../dates.js";
import { html } from "../html.js";
import { shown } from "../session.js";
import { t } from "../words.js";
import { Typed } from "./typed.js";

/** Where the service reads days: those without a year are of the plan on show. */
function ask(text) {
  const dates = shown.get().model?.dates ?? [];
  return `/v1/days?text=${text}${dates.length ? `&first=${dates[0]}&last=${dates.at(-1)}` : ""}`;
}

const said = ({ first, last, days }) => (days.length > 1 ? `${span(first, last)} (${days.length})` : fullDate(first));

/** The Monday that hints are of: in the second month of the plan on show, so that its year is that of the plan. */
const example = () => monday(plus(shown.get().model?.dates[0] ?? today(), 35));
const aWeek = (from) => span(from, plus(example(), 4));

/** A single day written as usual. */
function here(text) {
  const day = readDay(text);
  return day && { first: day, last: day, days: [day] };
}

/** From one day to another: `first` and `last`, both "" while nothing is read. */
export function Range({ first, last, onRange, required, label = t("days") }) {
  return html`<${Typed} label=${label} required=${required} value=${first ? span(first, last ?? first) : ""} hint=${aWeek(example())}
    ask=${ask} remedy=${t("day_without_line")} said=${said} onRead=${(found) => onRange(found ? { first: found.first, last: found.last } : { first: "", last: "" })} />`;
}

/** One day; "" while none is read. */
export function Day({ value, onDay, label, required, hint = fullDate(example()) }) {
  return html`<${Typed} label=${label} value=${value ? fullDate(value) : ""} hint=${hint} required=${required} ask=${ask} here=${here} remedy=${t("day_without_line")} said=${said}
    wrong=${({ first, last }) => (first === last ? "" : t("one_day"))} onRead=${(found) => onDay(found?.first ?? "")} />`;
}

/** Days here and there (`3, 5–7 ก.ย. 2555`): their list, empty while none is read. */
export function Days({ value, onDays, label }) {
  return html`<${Typed} label=${label} value=${value} hint=${`${dayOf(example())}, ${aWeek(plus(example(), 2))}`} ask=${ask} remedy=${t("day_without_line")} said=${said}
    onRead=${(found, text) => onDays(found?.days ?? [], text)} />`;
}
