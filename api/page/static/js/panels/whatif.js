// What if: a copy of the office with other cars, officers, prices or dates, or without some of them, planned beside the base and compared.
import { go, useAddress } from "../address.js";
import { freshKey, get, post, Refused } from "../api.js";
import { dayMonth, fullDate } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { board, loadRuns, shown } from "../session.js";
import { SideHead } from "../side.js";
import { useStore } from "../store.js";
import { Day, Days } from "../parts/days.js";
import { Faults } from "../parts/faults.js";
import { Pick } from "../parts/fields.js";
import { carName, useOffice } from "../parts/office.js";
import { capital, count, lang, number, t } from "../words.js";
import { Costs } from "./compare.js";
import { Running } from "./planrun.js";

const PRICES = ["km", "officer_day", "car_day", "late_day", "unplanned", "stand_in", "overload_hour", "lead_change"];

export function WhatIf({ model }) {
  const run = useAddress((at) => at.run);
  return html`<section class="panel"><${SideHead} title=${t("work_whatif")} />
    ${run ? html`<${Beside} run=${run} />` : html`<${Form} model=${model} />`}</section>`;
}

function Form({ model }) {
  const { id } = useStore(shown);
  const [base, setBase] = useState(null);
  const known = useOffice(model.problem);
  const [changes, setChanges] = useState({ withoutOfficers: [], withoutCars: [], cars: {}, prices: {}, absent: {} });
  const [seconds, setSeconds] = useState(60);
  const [fault, setFault] = useState(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => { get(`/v1/problems/${model.problem}`).then(setBase, setFault); }, [model.problem]);
  const set = (part) => setChanges({ ...changes, ...part });
  const start = async (event) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      const kept = await post(`/v1/problems/${model.problem}/what-if`, told(changes), { again: true });
      const made = await post("/v1/plans", { problem: kept.id, seconds, name: nameOf(told(changes), model, known) }, { key: freshKey() });
      await loadRuns();
      go({ run: made.id, against: id });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setFault(refused);
    }
    setBusy(false);
  };
  if (!base) return fault ? html`<${Faults} fault=${fault} />` : html`<p class="waiting" role="status">${t("loading")}</p>`;
  return html`<form class="form" onSubmit=${start}>
    <p class="hint">${t("whatif_hint")}</p>
    ${fault && html`<${Faults} fault=${fault} />`}
    ${base.offices.map((one) => html`<${Field} key=${one.id} label=${`${t("cars")}: ${model.offices.find((office) => office.id === one.id)?.name ?? one.id}`}
      usual=${Array.isArray(one.cars) ? one.cars.length : one.cars} value=${changes.cars[one.id]} onValue=${(value) => set({ cars: { ...changes.cars, [one.id]: value } })} />`)}
    <${Field} label=${t("number_of_officers")} usual=${base.officers.length} value=${changes.officers} onValue=${(officers) => set({ officers })} />
    <${Without} legend=${t("officers_not_there")} label=${t("officer")} ids=${changes.withoutOfficers} onIds=${(withoutOfficers) => set({ withoutOfficers })}
      options=${[...model.officers.values()].map((one) => [one.id, one.name])} />
    ${known?.cars.length > 0 && html`<${Without} legend=${t("cars_not_there")} label=${t("car")} ids=${changes.withoutCars} onIds=${(withoutCars) => set({ withoutCars })}
      options=${known.cars.map((one) => [one.id, one.name])} />`}
    <fieldset><legend>${t("prices")}</legend>${PRICES.filter((name) => typeof (base.prices[name] ?? 0) === "number").map((name) => html`<${Field} key=${name}
      label=${t(`price_${name}`)} usual=${base.prices[name] ?? 0} value=${changes.prices[name]} onValue=${(value) => set({ prices: { ...changes.prices, [name]: value } })} />`)}</fieldset>
    <${Away} model=${model} absent=${changes.absent} onAbsent=${(absent) => set({ absent })} />
    <fieldset><legend>${t("dates_of_plan")}</legend>
      <${Day} label=${t("first_day")} value=${base.workdays[0]} onDay=${(first) => set({ first })} />
      <${Day} label=${t("last_day")} value=${base.workdays.at(-1)} onDay=${(last) => set({ last })} />
      <p class="hint">${t("whatif_dates_hint")}</p></fieldset>
    <label class="field">${t("at_most")}<select value=${seconds} onChange=${(event) => setSeconds(Number(event.target.value))}>
      ${[15, 60, 180].map((value) => html`<option key=${value} value=${value}>${t("n_seconds", { n: value })}</option>`)}</select></label>
    <button class="main" disabled=${busy || Object.keys(told(changes)).length === 0}>${t("plan_beside")}</button>
  </form>`;
}

/** What was changed, as the service wants it; what was left as it is, is left out. */
function told({ withoutOfficers, withoutCars, cars, officers, prices, absent, first, last }) {
  const numbers = (group) => Object.fromEntries(Object.entries(group).filter(([, value]) => value !== "" && value !== undefined).map(([key, value]) => [key, Number(value)]));
  const made = {};
  if (withoutOfficers.length) made.without_officers = withoutOfficers;
  if (withoutCars.length) made.without_cars = withoutCars;
  if (Object.keys(numbers(cars)).length) made.cars = numbers(cars);
  if (officers) made.officers = Number(officers);
  if (Object.keys(numbers(prices)).length) made.prices = numbers(prices);
  if (Object.keys(absent).length) made.absent = absent;
  if (first) made.first = first;
  if (last) made.last = last;
  return made;
}

/** What a case is called: by what it changes. */
function nameOf({ without_officers = [], without_cars = [], cars = {}, officers, prices = {}, absent = {}, first, last }, model, known) {
  const several = model.offices.length > 1;
  const named = (id) => model.offices.find((one) => one.id === id)?.name ?? id;
  return [
    ...without_officers.map((id) => t("without_it", { it: model.officers.get(id)?.short ?? id })),
    ...without_cars.map((id) => t("without_it", { it: carName(known, id) })),
    ...Object.entries(cars).map(([id, n]) => [several && named(id), count("n_cars", n)].filter(Boolean).join(" ")),
    officers && count("n_officers", officers),
    ...Object.entries(prices).map(([name, baht]) => `${t(`price_${name}`)} ${number(baht, baht % 1 ? 2 : 0)} ${t("baht")}`),
    ...Object.entries(absent).map(([id, days]) => `${model.officers.get(id)?.short ?? id} ${count("n_days_away", days.length)}`),
    first && t("from_date", { date: fullDate(first) }), last && t("to_date", { date: fullDate(last) }),
  ].filter(Boolean).join(", ").slice(0, 200);
}

/** Who or what is not there in this case: each chosen once, and taken back. */
function Without({ legend, label, ids, options, onIds }) {
  const names = new Map(options);
  return html`<fieldset><legend>${legend}</legend>
    ${ids.length > 0 && html`<ul class="told">${ids.map((id) => html`<li key=${id}>${names.get(id) ?? id}
      <button type="button" class="link" onClick=${() => onIds(ids.filter((one) => one !== id))}>${t("take_back")}</button></li>`)}</ul>`}
    <${Pick} key=${ids.length} label=${label} value="" onPick=${(id) => id && onIds([...ids, id])} options=${options.filter(([id]) => !ids.includes(id))} /></fieldset>`;
}

/** Days on which officers are away in this case, by officer. */
function Away({ model, absent, onAbsent }) {
  const [officer, setOfficer] = useState("");
  const [days, setDays] = useState([]);
  const add = () => {
    onAbsent({ ...absent, [officer]: [...new Set([...(absent[officer] ?? []), ...days])].sort() });
    setOfficer("");
    setDays([]);
  };
  const back = (id) => onAbsent(Object.fromEntries(Object.entries(absent).filter(([key]) => key !== id)));
  return html`<fieldset><legend>${t("absences")}</legend>
    ${Object.keys(absent).length > 0 && html`<ul class="told">${Object.entries(absent).map(([id, dates]) => html`<li key=${id}>
      ${model.officers.get(id)?.name ?? id} · ${count("n_days", dates.length)}: ${dates.length > 3 ? `${dayMonth(dates[0])} … ${dayMonth(dates.at(-1))}` : dates.map(dayMonth).join(", ")}
      <button type="button" class="link" onClick=${() => back(id)}>${t("take_back")}</button></li>`)}</ul>`}
    <${Pick} label=${t("officer")} value=${officer} onPick=${setOfficer} options=${[...model.officers.values()].map((one) => [one.id, one.name])} />
    ${officer && html`<${Days} key=${officer} label=${t("days")} value="" onDays=${setDays} />
      <button type="button" class="quiet" disabled=${!days.length} onClick=${add}>${t("add_absence")}</button>`}</fieldset>`;
}

const Field = ({ label, usual, value, onValue }) => html`<label class="field inline">${capital(label)}
  <input type="number" inputmode="decimal" min="0" step="any" placeholder=${usual} value=${value ?? ""} onInput=${(event) => onValue(event.target.value)} /></label>`;

/** The case beside the base: as soon as it is planned, both sums. */
function Beside({ run }) {
  const against = useAddress((at) => at.against);
  const [pair, setPair] = useState(null);
  const compare = async () => {
    const [now, before] = await Promise.all([board(run, lang()), board(against, lang())]);
    setPair({ now, before });
  };
  return html`<div><${Running} id=${run} done=${compare} />
    ${pair && html`<${Costs} now=${pair.now.cost} then=${pair.before.cost} id=${run} against=${against} />
      <dl class="figures"><dt>${t("unplanned_visits")}</dt><dd>${pair.before.unplannedList.length} → ${pair.now.unplannedList.length}</dd>
        <dt>${t("late_visits")}</dt><dd>${pair.before.lateList.length} → ${pair.now.lateList.length}</dd>
        <dt>${t("tours")}</dt><dd>${pair.before.tourList.length} → ${pair.now.tourList.length}</dd></dl>
      <div class="actions"><button class="main" onClick=${() => go({ plan: run, panel: "compare" })}>${t("show_plan")}</button>
        <button class="quiet" onClick=${() => go({ run: "" })}>${t("other_case")}</button></div>`}</div>`;
}
