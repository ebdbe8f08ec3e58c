// How far the content of issues is: what comes too late first; the next step; planning anew when content slips.
import { go } from "../address.js";
import { get, post, Refused } from "../api.js";
import { fullDate } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { Day } from "../parts/days.js";
import { Faults } from "../parts/faults.js";
import { Kept } from "../panels/upload.js";
import { isPlanner, me } from "../session.js";
import { count, lang, t } from "../words.js";

export function Readiness({ model }) {
  const [all, setAll] = useState(null);
  const [fault, setFault] = useState(null);
  const [day, setDay] = useState("");
  useEffect(() => {
    let asked = true; // an answer for an earlier day may come later
    setFault(null);
    get(`/v1/readiness${day ? `?day=${day}` : ""}`).then((found) => asked && setAll(found), (refused) => asked && setFault(refused));
    return () => { asked = false; };
  }, [day]);
  const open = (all ?? []).filter((one) => one.state !== "ready");
  const late = open.filter((one) => one.too_late || one.overdue);
  return html`<h3>${t("readiness_of")}</h3>
    <${Day} label=${t("readiness_day")} value=${day} onDay=${setDay} />
    ${fault ? html`<${Faults} fault=${fault} />` : all && (late.length === 0 ? html`<p class="hint">${t("readiness_fine")}</p>` : html`<${List} model=${model} list=${late} />`)}
    ${!fault && open.length > late.length && html`<details><summary>${count("n_not_ready", open.length - late.length)}</summary>
      <${List} model=${model} list=${open.filter((one) => !late.includes(one))} /></details>`}
    ${isPlanner() && html`<${Prepare} problem=${model.problem ?? me.get().office?.problem} />`}`;
}

function List({ model, list }) {
  return html`<ul class="papers readiness">${list.map((one) => html`<li key=${one.issue}>
    <b>${model.cooperatives.get(one.cooperative)?.name ?? one.cooperative}</b> ${(lang() === "th" ? one.title_th : one.title_en) || one.title_th} (${one.issue})
    <small>${t(`readiness_${one.state}`)}${one.next_step ? ` · ${t("next_with")}: ${t(`readiness_${one.next_step}`)}` : ""}
      ${one.content_ready ? ` · ${t("content_ready")} ${fullDate(one.content_ready)}` : ""}${one.first_visit ? ` · ${t("first_visit")} ${fullDate(one.first_visit)}` : ""}
      ${one.too_late ? html` <b class="late">${t("too_late")}</b>` : ""}${one.overdue ? html` <b class="late">${t("overdue")}</b>` : ""}</small>
    ${isPlanner() && html`<button class="link" onClick=${() => go({ panel: "changes", change: `content-late~${one.issue}`, visit: "" })}>${t("it_slips")}</button>`}</li>`)}</ul>`;
}

/** The visits that prepare the content, as a problem that is planned beside the calendar. */
function Prepare({ problem }) {
  const [kept, setKept] = useState(null);
  const [fault, setFault] = useState(null);
  const prepare = () => post(`/v1/problems/${problem}/preparation`, undefined, { again: true }).then(setKept, (refused) => {
    if (!(refused instanceof Refused)) throw refused;
    setFault(refused);
  });
  return html`${fault && html`<${Faults} fault=${fault} />`}
    ${kept ? html`<${Kept} kept=${kept} />` : html`<button class="quiet" onClick=${prepare}>${t("prepare_now")}</button>`}`;
}
