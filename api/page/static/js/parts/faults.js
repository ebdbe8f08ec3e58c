// What a refusal says: every fault with its place, cause and remedy.
import { html } from "../html.js";
import { t } from "../words.js";

export function Faults({ fault }) {
  const faults = fault.faults ?? [];
  return html`<div class="faults" role="alert">
    ${faults.length === 0 && html`<p>${fault.status === 404 ? t("not_there") : t("went_wrong")}</p>`}
    <ul>${faults.map((one, i) => html`<li key=${i}><b>${one.cause}</b> <span>${one.remedy}</span>
      <small>${one.where} · ${one.code}</small></li>`)}</ul>
  </div>`;
}
