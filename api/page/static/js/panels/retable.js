// Tables that changed in mid quarter: what is published is mended around them; planning anew stays possible.
import { go } from "../address.js";
import { freshKey, get, post, Refused } from "../api.js";
import { fullDate } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { Day } from "../parts/days.js";
import { Faults } from "../parts/faults.js";
import { loadRuns } from "../session.js";
import { t } from "../words.js";
import { Anew, Ask } from "./planrun.js";

export function Retable({ problem, mends }) {
  const [known, setKnown] = useState(null); // what is reported of the published plan
  const [today, setToday] = useState("");
  const [fault, setFault] = useState(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => { get(`/v1/plans/${mends}/reported`).then(setKnown, setFault); }, [mends]);
  const start = async (event) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      const asked = { changes: [], problem, frontier: true, seconds: 15, ...(today && { today }) };
      const run = await post(`/v1/plans/${mends}/replan`, asked, { key: freshKey() });
      await loadRuns();
      go({ panel: "changes", change: "", visit: "", plan: "", run: run.id, against: mends });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setFault(refused);
    }
    setBusy(false);
  };
  const from = known?.changes_from;
  return html`<form class="form" onSubmit=${start}>
      <p class="hint">${t("retable_hint")}</p>
      ${fault && html`<${Faults} fault=${fault} />`}
      ${from ? html`<p class="hint">${t("retable_from", { from: fullDate(from) })}</p>`
        : known && html`<${Day} label=${t("retable_day")} value=${today} onDay=${setToday} required />`}
      <button class="main" disabled=${busy || !known || !(from || today)}>${t("retable_now")}</button>
    </form>
    <details><summary>${t("plan_anew")}</summary><${Anew} held=${known?.held} /><${Ask} problem=${problem} label=${t("plan_anew")} quiet /></details>`;
}
