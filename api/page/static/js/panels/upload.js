// An office is loaded: from a workbook, with every fault beside its cell, or the sample. The empty workbook is here too.
import { ask } from "../app.js";
import { get, post, Refused } from "../api.js";
import { html, names, useEffect, useRef, useState } from "../html.js";
import { Doubts } from "../parts/faults.js";
import { Icon } from "../parts/icons.js";
import { SheetFaults } from "../parts/sheetfaults.js";
import { count, lang, t } from "../words.js";
import { Ask } from "./planrun.js";
import { Retable } from "./retable.js";

export const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function Upload({ sample, onRead }) {
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [preparing, setPreparing] = useState(false);
  const [answer, setAnswer] = useState(null); // {kept} or {fault}
  const input = useRef(null);
  const load = async (asked) => {
    setBusy(true);
    setAnswer(null);
    const told = await asked();
    setAnswer(told);
    onRead?.(Boolean(told.kept));
    setBusy(false);
    await ask();
  };
  const read = (file) => file && load(async () => {
    const body = new File([file], file.name, { type: file.name.endsWith(".json") ? "application/json" : WORKBOOK });
    try {
      return { kept: await post(preparing ? "/v1/problems?phase=preparation" : "/v1/problems", body, { again: true }) };
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      return { fault };
    }
  });
  const take = () => load(async () => ({ kept: await post("/v1/problems/sample", undefined, { again: true }) }));
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    read(event.dataTransfer.files[0]);
  };
  return html`<div class="upload">
    <div class=${names("dropzone", { over, busy })} onDragOver=${(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave=${() => setOver(false)} onDrop=${drop}>
      <p><b>${busy ? t("reading") : t("drop_workbook")}</b></p>
      <button class="main" disabled=${busy} onClick=${() => input.current.click()}>${t("choose_file")}</button>
      <input ref=${input} class="unseen" type="file" accept=".xlsx,.json" aria-label=${t("choose_file")} tabindex="-1"
        onChange=${(event) => { read(event.target.files[0]); event.target.value = ""; }} />
      <label class="check"><input type="checkbox" checked=${preparing} onChange=${(event) => setPreparing(event.target.checked)} />${t("plan_preparation")}</label>
      <p><a download href=${`/v1/problems/template?lang=${lang()}`}>${t("empty_workbook")}</a></p>
    </div>
    ${sample && html`<button class="quiet big" disabled=${busy} onClick=${take}><${Icon} name="place" /><span><b>${t("try_sample")}</b><small>${t("try_sample_long")}</small></span></button>`}
    ${answer?.fault && html`<section class="faultlist"><h2>${count("n_faults", answer.fault.faults.length)}</h2>
      <p class="hint">${t("faults_hint")}</p><${SheetFaults} faults=${answer.fault.faults} sheets=${answer.fault.body.sheets ?? {}} /></section>`}
    ${answer?.kept && html`<${Kept} kept=${answer.kept} />`}
  </div>`;
}

export function Kept({ kept }) {
  const [called, setCalled] = useState(null);
  useEffect(() => { get(`/v1/problems/${kept.id}/names`).then(setCalled, () => {}); }, [kept.id]);
  const name = called ? called[`name_${lang()}`] ?? called.name_th ?? called.name : "…";
  return html`<section class="kept"><p class="allright">${t("office_read")}: ${name}</p>
    <p>${count("n_cooperatives", kept.cooperatives)} · ${count("n_officers", kept.officers)} · ${count("n_visits_wanted", kept.visits)} · ${count("n_workdays", kept.workdays)}</p>
    <${Doubts} warnings=${kept.warnings} />
    ${kept.mends ? html`<${Retable} problem=${kept.id} mends=${kept.mends} />` : html`<${Ask} problem=${kept.id} />`}</section>`;
}

