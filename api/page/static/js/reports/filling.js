// A handbook workbook that was filled in comes back: every fault beside its cell, and nothing overwritten unseen.
import { post, Refused } from "../api.js";
import { moment } from "../dates.js";
import { html, useRef, useState } from "../html.js";
import { Doubts } from "../parts/faults.js";
import { SheetFaults } from "../parts/sheetfaults.js";
import { WORKBOOK } from "../panels/upload.js";
import { count, t, who } from "../words.js";
import { nameOf, otherwise, shown } from "./conflict.js";

export function Filling({ model, onFiled }) {
  const [file, setFile] = useState(null);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState(null); // {told} or {fault}
  const input = useRef(null);
  const send = async (chosen, take = []) => {
    if (!chosen) return;
    setBusy(true);
    setFile(chosen);
    const query = take.map((one) => `take=${encodeURIComponent(one)}`).join("&");
    try {
      const told = await post(`/v1/handbook?${query}`, new File([chosen], chosen.name, { type: WORKBOOK }), { again: true });
      setAnswer({ told });
      onFiled?.();
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      setAnswer({ fault });
    }
    setBusy(false);
  };
  return html`<section class="filling"><p class="hint">${t("fill_hint")}</p>
    <button class="quiet" disabled=${busy} onClick=${() => input.current.click()}>${busy ? t("reading") : t("fill_handbook")}</button>
    <input ref=${input} class="unseen" type="file" accept=".xlsx" aria-label=${t("fill_handbook")} tabindex="-1"
      onChange=${(event) => { send(event.target.files[0]); event.target.value = ""; }} />
    ${answer?.fault && html`<section class="faultlist"><h3>${count("n_faults", answer.fault.faults.length)}</h3>
      <p class="hint">${t("fill_nothing")}</p><${SheetFaults} faults=${answer.fault.faults} sheets=${answer.fault.body.sheets ?? {}} /></section>`}
    ${answer?.told && html`<${Filed} key=${file} told=${answer.told} model=${model} busy=${busy} onTake=${(take) => send(file, take)} />`}
  </section>`;
}

function Filed({ told, model, busy, onTake }) {
  const [take, setTake] = useState([]);
  const called = (visit) => `${model.cooperativeOf(visit)?.short ?? ""} ${visit}`;
  const choose = (key, on) => setTake(on ? [...take, key] : take.filter((one) => one !== key));
  return html`<div role="status"><p class="allright">${count("n_filed", told.filed.length)}${told.same > 0 && ` · ${count("n_filed_before", told.same)}`}</p>
    ${told.empty.length > 0 && html`<p class="hint">${count("n_row_empty", told.empty.length)}: ${told.empty.map(called).join(", ")}</p>`}
    ${told.differing.length > 0 && html`<h3>${count("n_differing", told.differing.length)}</h3><p class="hint">${t("differing_hint")}</p>
      ${told.differing.map((one) => html`<div class="conflict" key=${one.visit}>
        <label class="check"><input type="checkbox" onChange=${(event) => choose(`${one.version}/${one.visit}`, event.target.checked)} />
          <span><b>${called(one.visit)}</b> ${t("take_workbooks")}</span></label>
        <table><thead><tr><td></td><th>${t("in_the_workbook")}</th><th>${who(one.by)} · ${moment(one.reported_at)}</th></tr></thead>
          <tbody>${otherwise(one.workbook, one.stands).map((key) => html`<tr key=${key}><th>${nameOf(key)}</th><td>${shown(one.workbook[key])}</td><td>${shown(one.stands[key])}</td></tr>`)}</tbody></table></div>`)}
      <div class="actions"><button class="main" disabled=${busy || !take.length} onClick=${() => onTake(take)}>${count("take_n", take.length)}</button></div>`}
    <${Doubts} warnings=${told.warnings} /></div>`;
}
