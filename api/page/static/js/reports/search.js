// Words in all reports: Thai is broken into words by the service, so that the middle of a word is not found.
import { go } from "../address.js";
import { get } from "../api.js";
import { fullDate } from "../dates.js";
import { html, useState } from "../html.js";
import { Faults } from "../parts/faults.js";
import { count, t } from "../words.js";

const KINDS = { strength: "strengths", weakness: "weaknesses", urgent: "urgents", step: "steps", note: "what_was_done", remarks: "observations", new_issue: "new_issues" };

export function Search({ model }) {
  const [sought, setSought] = useState("");
  const [found, setFound] = useState(null);
  const [fault, setFault] = useState(null);
  const seek = (event) => {
    event.preventDefault();
    setFault(null);
    get(`/v1/handbook/search?q=${encodeURIComponent(sought)}`).then(setFound, setFault);
  };
  return html`<h3>${t("search_reports")}</h3>
    <form class="report search" role="search" onSubmit=${seek}><div class="row"><input type="search" required maxlength="200" value=${sought}
      aria-label=${t("search_reports")} placeholder=${t("search_example")} onInput=${(event) => setSought(event.target.value)} />
      <button class="quiet" type="submit">${t("search")}</button></div></form>
    ${fault && html`<${Faults} fault=${fault} />`}
    ${found && html`<p role="status">${count("n_texts", found.length)}</p><ul class="papers">${found.map((one, place) => html`<li key=${place}>
      <button class="link" onClick=${() => go({ visit: one.visit })}>${model.cooperatives.get(one.cooperative)?.name ?? one.cooperative}</button>
      <small>${one.date ? fullDate(one.date) : t("not_held")} · ${t(KINDS[one.part])}</small><br />“${one.text}”</li>`)}</ul>`}`;
}
