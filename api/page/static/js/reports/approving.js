// The reports of the published plan, those first that nobody approved yet.
import { go } from "../address.js";
import { get } from "../api.js";
import { fullDate, moment } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { Faults } from "../parts/faults.js";
import { me } from "../session.js";
import { count, t, who } from "../words.js";
import { sign } from "./reading.js";

const MOST = 5;

export function Reported({ model }) {
  const [all, setAll] = useState([]);
  const [fault, setFault] = useState(null);
  const load = () => get("/v1/reports").then(setAll, setFault);
  useEffect(() => { load(); }, []);
  const waiting = all.filter((one) => !one.approved_by);
  return html`<h3>${t("reports")}</h3>${fault && html`<${Faults} fault=${fault} />`}
    <p class="hint">${count("n_reports", all.length)} · ${count("n_waiting", waiting.length)}</p>
    <ul class="papers reported">${waiting.slice(0, MOST).map((one) => html`<li key=${one.visit}>
      <button class="link" onClick=${() => go({ visit: one.visit })}>${model.cooperatives.get(one.cooperative)?.name ?? one.cooperative}</button>
      <small>${one.held ? fullDate(one.date) : t("not_held")} · ${who(one.by)} · ${moment(one.reported_at)}</small>
      ${me.get().role === "head" && html`<button class="quiet" onClick=${() => sign(one.visit, one.version).then(load, setFault)}>${t("approve_now")}</button>`}</li>`)}</ul>
    ${waiting.length > MOST && html`<p class="hint">${t("and_more", { n: waiting.length - MOST })}</p>`}`;
}
