// What a refusal says: every fault with its place, cause and remedy; and what is told of data that are sound.
import { html } from "../html.js";
import { count, t } from "../words.js";

export function Faults({ fault }) {
  const faults = fault.faults ?? [];
  return html`<div class="faults" role="alert">
    ${faults.length === 0 && html`<p>${fault.status === 404 ? t("not_there") : t("went_wrong")}</p>`}
    <ul>${faults.map((one, i) => html`<li key=${i}><b>${one.cause}</b> <span>${one.remedy}</span>
      <small>${one.where} · ${one.code}</small></li>`)}</ul>
  </div>`;
}

/** What is doubtful of an office that can be planned, and the cells that were read as the one thing that they can mean. */
export function Doubts({ warnings }) {
  const read = warnings.filter((one) => one.code === "value-understood");
  const doubtful = warnings.filter((one) => one.code !== "value-understood");
  return html`${doubtful.length > 0 && html`<details class="doubts" open><summary>${count("n_doubts", doubtful.length)}</summary>
      <ul>${doubtful.map((one, i) => html`<li key=${i}><b>${one.cause}</b> <span>${one.remedy}</span> <small>${one.where}</small></li>`)}</ul></details>`}
    ${read.length > 0 && html`<details class="doubts" open=${read.length < 10}><summary>${count("n_read_as", read.length)}</summary>
      <ul>${read.map((one, i) => html`<li key=${i}><b>${one.cause}</b> <small>${one.where}</small></li>`)}</ul></details>`}`;
}
