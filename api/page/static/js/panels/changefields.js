// What each kind of change is made of: its fields, how it is said, and how the service wants it.
import { get, Refused } from "../api.js";
import { fullDate, span } from "../dates.js";
import { html, useEffect, useRef, useState } from "../html.js";
import { lang, t } from "../words.js";

/** kind -> its fields, those that must be filled in first */
const FIELDS = {
  absent: ["officer", "first", "last"],
  leaves: ["officer", "first"],
  closed: ["cooperative", "first", "last"],
  cars: ["office", "first", "last", "cars"],
  urgent: ["cooperative", "minutes", "due?", "priority?", "topics?"],
  missed: ["visit", "latest?"],
  held: ["visit", "date"],
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

export function sentence(form, model) {
  const who = form.officer ? model.officers.get(form.officer)?.name ?? form.officer
    : form.cooperative ? model.cooperatives.get(form.cooperative)?.name ?? form.cooperative
      : form.issue ? form.issue : form.visit ? `${model.cooperativeOf(form.visit)?.name ?? ""} (${form.visit})`
        : model.offices.find((one) => one.id === form.office)?.name ?? "";
  const when = form.first && form.last ? span(form.first, form.last) : [form.first, form.date, form.due, form.latest, form.ready].filter(Boolean).map(fullDate)[0];
  return [t(`change_${form.kind}`), who, when, form.cars !== undefined && t("n_cars", { n: form.cars })].filter(Boolean).join(" · ");
}

export function Fields({ form, model, onChange }) {
  const set = (part) => onChange({ ...form, ...part });
  const fields = FIELDS[form.kind].map(bare);
  return html`<div class="fields">
    ${fields.includes("officer") && html`<${Pick} label=${t("officer")} value=${form.officer} onPick=${(officer) => set({ officer })}
      options=${[...model.officers.values()].map((one) => [one.id, one.name])} />`}
    ${fields.includes("cooperative") && html`<${Pick} label=${t("cooperative")} value=${form.cooperative} onPick=${(cooperative) => set({ cooperative })}
      options=${[...model.cooperatives.values()].map((one) => [one.id, one.name])} />`}
    ${fields.includes("office") && html`<${Pick} label=${t("office")} value=${form.office} onPick=${(office) => set({ office })}
      options=${model.offices.map((one) => [one.id, one.name])} />`}
    ${fields.includes("visit") && html`<${Pick} label=${t("visit")} value=${form.visit} onPick=${(visit) => set({ visit })}
      options=${model.visitList.map((one) => [one.id, `${model.cooperatives.get(one.cooperative).name} · ${one.id}`])} />`}
    ${fields.includes("last") && html`<${Range} form=${form} onRange=${set} />`}
    ${fields.includes("first") && !fields.includes("last") && html`<${Day} label=${t("from_day")} value=${form.first} onDay=${(first) => set({ first })} />`}
    ${fields.includes("date") && html`<${Day} label=${t("held_on")} value=${form.date} onDay=${(date) => set({ date })} />`}
    ${fields.includes("issue") && html`<label class="field">${t("issue_id")}<input value=${form.issue ?? ""} onInput=${(event) => set({ issue: event.target.value.trim() })} /></label>`}
    ${fields.includes("ready") && html`<${Day} label=${t("content_ready")} value=${form.ready} onDay=${(ready) => set({ ready })} />`}
    ${fields.includes("due") && html`<${Day} label=${t("due")} value=${form.due} onDay=${(due) => set({ due })} />`}
    ${fields.includes("latest") && html`<${Day} label=${t("at_latest")} value=${form.latest} onDay=${(latest) => set({ latest })} />`}
    ${fields.includes("cars") && html`<${Count} label=${t("cars_left")} value=${form.cars} min="0" max="999" onCount=${(cars) => set({ cars })} />`}
    ${fields.includes("minutes") && html`<${Count} label=${t("col_minutes")} value=${form.minutes} min="1" max="1440" onCount=${(minutes) => set({ minutes })} />`}
    ${fields.includes("priority") && html`<${Count} label=${t("priority")} value=${form.priority} min="1" max="5" onCount=${(priority) => set({ priority })} />`}
    ${fields.includes("topics") && html`<fieldset><legend>${t("topics")}</legend>${Object.entries(model.topics).map(([id, name]) => html`<label key=${id} class="check">
      <input type="checkbox" checked=${(form.topics ?? []).includes(id)} onChange=${(event) => set({ topics: event.target.checked ? [...(form.topics ?? []), id] : form.topics.filter((one) => one !== id) })} />${name}</label>`)}</fieldset>`}
  </div>`;
}

export const Pick = ({ label, value, options, onPick }) => html`<label class="field">${label}
  <select value=${value ?? ""} onChange=${(event) => onPick(event.target.value)}><option value="">${t("choose")}</option>
    ${options.map(([id, name]) => html`<option key=${id} value=${id} selected=${id === value}>${name}</option>`)}</select></label>`;

export const Day = ({ label, value, onDay }) => html`<label class="field">${label}
  <input type="date" value=${value ?? ""} onChange=${(event) => onDay(event.target.value)} /></label>`;

export const Count = ({ label, value, min, max, onCount }) => html`<label class="field">${label}
  <input type="number" inputmode="numeric" min=${min} max=${max} value=${value ?? ""} onInput=${(event) => onCount(event.target.value)} /></label>`;

/** How many milliseconds of no typing before what stands there is read; a fault is told when the field is left. */
const PAUSE = 250;

/** A range of days: typed as people write it (`3–7 ก.ย. 2555`), read by the parser of the office's tables. */
function Range({ form, onRange }) {
  const [text, setText] = useState(form.first ? span(form.first, form.last ?? form.first) : "");
  const [fault, setFault] = useState("");
  const typed = useRef({ text, set: onRange });
  typed.current.set = onRange;
  const read = async (asked, whole) => {
    if (!asked.trim()) return;
    const answer = await get(`/v1/days?text=${encodeURIComponent(asked)}`).catch((refused) => refused);
    if (typed.current.text !== asked) return;
    if (answer instanceof Refused && whole) setFault(answer.faults[0]?.remedy ?? t("went_wrong"));
    else if (answer instanceof Error && !(answer instanceof Refused)) throw answer;
    else if (!(answer instanceof Error)) typed.current.set({ first: answer.first, last: answer.last });
  };
  const type = (now) => {
    typed.current.text = now;
    setText(now);
    setFault("");
    onRange({ first: "", last: "" });
    clearTimeout(typed.current.timer);
    typed.current.timer = setTimeout(() => read(now, false), PAUSE);
  };
  useEffect(() => () => clearTimeout(typed.current.timer), []);
  return html`<label class="field">${t("days")}<input value=${text} placeholder=${lang() === "th" ? "3–7 ก.ย. 2555" : "3–7 Sep 2012"}
      aria-invalid=${fault ? "true" : null} onInput=${(event) => type(event.target.value)} onChange=${(event) => read(event.target.value, true)} />
    <small role="status">${fault || (form.first ? span(form.first, form.last) : "")}</small></label>`;
}
