// What each kind of change is made of: its fields, how it is said, and how the service wants it.
import { fullDate, span } from "../dates.js";
import { html } from "../html.js";
import { Day, Range } from "../parts/days.js";
import { Count, Pick } from "../parts/fields.js";
import { carName } from "../parts/office.js";
import { count, t } from "../words.js";

/** kind -> its fields; those with a question mark may stay empty */
const FIELDS = {
  absent: ["officer", "first", "last"],
  leaves: ["officer", "first"],
  closed: ["cooperative", "first", "last"],
  cars: ["office", "first", "last", "cars"],
  "car-away": ["car", "first", "last"],
  urgent: ["cooperative", "minutes", "due?", "priority?", "topics?", "partner?", "subject?"],
  missed: ["visit", "latest?"],
  held: ["visit", "date"],
  meeting: ["cooperative", "date", "instead?"],
  "no-meeting": ["cooperative", "date"],
  "content-late": ["issue", "ready"],
};
export const KINDS = Object.keys(FIELDS);
const NUMBERS = new Set(["cars", "minutes", "priority"]);

export const empty = (kind) => ({ kind });

const bare = (field) => field.replace("?", "");

/** The change as the service wants it; null while something is missing. */
export function wanted(form) {
  const made = { kind: form.kind };
  for (const field of FIELDS[form.kind]) {
    const key = bare(field);
    const value = form[key] ?? "";
    if (value === "" || value.length === 0) {
      if (!field.endsWith("?")) return null;
    } else made[key] = NUMBERS.has(key) ? Number(value) : value;
  }
  return made;
}

export function sentence(form, model, known) {
  const who = form.officer ? model.officers.get(form.officer)?.name ?? form.officer
    : form.cooperative ? model.cooperatives.get(form.cooperative)?.name ?? form.cooperative
      : form.issue ?? (form.car && carName(known, form.car)) ?? (form.visit ? `${model.cooperativeOf(form.visit)?.name ?? ""} (${form.visit})`
        : model.offices.find((one) => one.id === form.office)?.name ?? "");
  const when = form.first && form.last ? span(form.first, form.last) : [form.first, form.date, form.due, form.latest, form.ready].filter(Boolean).map(fullDate)[0];
  return [t(`change_${form.kind}`), who, when, form.instead && t("instead_of", { date: fullDate(form.instead) }),
    form.cars !== undefined && count("n_cars", form.cars)].filter(Boolean).join(" · ");
}

/** The kinds of change that can happen here: a car can only be away where cars have names. */
export const kindsOf = (known) => KINDS.filter((kind) => (kind === "car-away" ? known?.cars.length : kind === "content-late" ? known?.issues.length : true));

/** `needed`: the change has to be whole. */
export function Fields({ form, model, known, needed, onChange }) {
  const set = (part) => onChange({ ...form, ...part });
  const fields = new Set(FIELDS[form.kind].map(bare));
  const required = (field) => needed && FIELDS[form.kind].includes(field);
  const pick = (field, label, options) => fields.has(field) && html`<${Pick} label=${label} required=${required(field)} value=${form[field]} options=${options} onPick=${(value) => set({ [field]: value })} />`;
  const day = (field, label) => fields.has(field) && html`<${Day} label=${label} required=${required(field)} value=${form[field]} onDay=${(value) => set({ [field]: value })} />`;
  const number = (field, label, min, max) => fields.has(field) && html`<${Count} label=${label} required=${required(field)} value=${form[field]} min=${min} max=${max} onCount=${(value) => set({ [field]: value })} />`;
  return html`<div class="fields">
    ${pick("officer", t("officer"), [...model.officers.values()].map((one) => [one.id, one.name]))}
    ${pick("cooperative", t("cooperative"), [...model.cooperatives.values()].map((one) => [one.id, one.name]))}
    ${pick("office", t("office"), model.offices.map((one) => [one.id, one.name]))}
    ${pick("car", t("car"), (known?.cars ?? []).map((one) => [one.id, one.name]))}
    ${pick("visit", t("visit"), visitsOf(model))}
    ${pick("issue", t("issue"), (known?.issues ?? []).map((one) => [one.id, `${model.cooperatives.get(one.cooperative)?.short ?? one.cooperative} · ${one.title}`]))}
    ${fields.has("last") && html`<${Range} required=${required("last")} first=${form.first} last=${form.last} onRange=${set} />`}
    ${!fields.has("last") && day("first", t("from_day"))}
    ${day("date", form.kind === "held" ? t("held_on") : form.kind === "meeting" ? t("meets_on") : t("meets_not_on"))}
    ${day("instead", t("instead_of_day"))}
    ${day("ready", t("content_ready"))}
    ${number("minutes", t("col_minutes"), 1, 1440)}
    ${day("due", t("due"))}
    ${day("latest", t("at_latest"))}
    ${number("cars", t("cars_left"), 0, 999)}
    ${number("priority", t("priority"), 1, 5)}
    ${fields.has("topics") && html`<fieldset><legend>${t("topics")}</legend>${Object.entries(model.topics).map(([id, name]) => html`<label key=${id} class="check">
      <input type="checkbox" checked=${(form.topics ?? []).includes(id)} onChange=${(event) => set({ topics: event.target.checked ? [...(form.topics ?? []), id] : form.topics.filter((one) => one !== id) })} />${name}</label>`)}</fieldset>`}
    ${Object.keys(model.partners).length > 0 && pick("partner", t("partner"), Object.entries(model.partners))}
    ${fields.has("subject") && html`<label class="field">${t("subject")}<input maxlength="500" value=${form.subject ?? ""} onInput=${(event) => set({ subject: event.target.value })} /></label>`}
  </div>`;
}

/** Visits by the day that they stand on, so that the one that did not take place is found by its date. */
const visitsOf = (model) => model.visitList.map((one) => {
  const placed = model.stops.get(one.id);
  return { one, date: placed?.tour.date ?? "~" };
}).sort((a, b) => a.date.localeCompare(b.date)).map(({ one, date }) => [one.id,
  [date === "~" ? t("unplanned") : fullDate(date), model.cooperatives.get(one.cooperative).short ?? one.cooperative].join(" · ")]);
