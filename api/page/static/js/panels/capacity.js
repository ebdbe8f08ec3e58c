// Capacity: officer-days there and used by week, topic and district; what is short, and who could stand in.
import { go } from "../address.js";
import { get, Refused } from "../api.js";
import { dayMonth, mondayOf, weekNumber } from "../dates.js";
import { html, names, useEffect, useState } from "../html.js";
import { shown } from "../session.js";
import { Pick } from "../parts/fields.js";
import { SideHead } from "../side.js";
import { useStore } from "../store.js";
import { Faults } from "../parts/faults.js";
import { count, head, lang, number, signed, t } from "../words.js";

export function Capacity({ model }) {
  const { id } = useStore(shown);
  const [found, setFound] = useState(null);
  const [fault, setFault] = useState(null);
  useEffect(() => {
    let here = true;
    setFound(null);
    setFault(null);
    get(`/v1/plans/${id}/capacity?lang=${lang()}`).then((answer) => here && setFound(answer), (refused) => here && refused instanceof Refused && setFault(refused));
    return () => { here = false; };
  }, [id, lang()]);
  return html`<section class="panel capacity"><${SideHead} title=${t("work_capacity")} />
    ${fault && html`<${Faults} fault=${fault} />`}
    ${!found && !fault && html`<p class="waiting" role="status">${t("loading")}</p>`}
    ${found && html`<${Weeks} weeks=${found.weeks} /><${Short} found=${found} model=${model} /><${Topics} found=${found} model=${model} />
      <${Districts} found=${found} /><${Deputies} found=${found} model=${model} /><${Risk} key=${id} model=${model} id=${id} />`}
  </section>`;
}

function Weeks({ weeks }) {
  return html`<section><h3>${t("by_week")}</h3><table class="loads"><thead><tr><th>${head("week")}</th><th>${head("used_days")}</th><th>${head("there_days")}</th><th>${head("share")}</th></tr></thead>
    <tbody>${weeks.map((one) => html`<tr key=${one.week}><th scope="row"><button class="link" onClick=${() => go({ view: "week", week: one.week })}>${weekNumber(mondayOf(one.week))}</button> <small>${dayMonth(mondayOf(one.week))}</small></th>
      <td>${number(one.used)}</td><td>${number(one.there)}</td><td><meter aria-label=${t("share")} min="0" max=${Math.max(1, one.there)} value=${one.used} high=${one.there * 0.85}></meter></td></tr>`)}</tbody></table></section>`;
}

function Short({ found, model }) {
  const topic = (one) => (one.topic ? model.topics[one.topic] ?? one.topic : t("all_topics"));
  const weeks = (one) => (one.first === one.last ? weekNumber(mondayOf(one.first)) : `${weekNumber(mondayOf(one.first))}–${weekNumber(mondayOf(one.last))}`);
  return html`<section><h3>${t("shortfalls")}</h3>
    ${found.shortfalls.length === 0 ? html`<p class="allright">${t("nothing_short")}</p>` : html`<ul class="rows">${found.shortfalls.map((one, i) => html`<li key=${i}>
      <span><b>${topic(one)}</b> · ${t("week_of", { number: weeks(one) })}: ${t("wanted_there", { wanted: number(one.wanted, 1), there: one.there })}
      <small>${t("put_off_first")}: ${one.thin_out.slice(0, 6).map((id) => model.cooperativeOf(id)?.short ?? id).join(", ")}</small></span></li>`)}</ul>`}
    <h3>${t("tightest")}</h3><ul class="rows">${found.tightest.slice(0, 5).map((one, i) => html`<li key=${i}><span>${topic(one)} · ${t("week_of", { number: weeks(one) })}</span>
      <span class=${names("number", { late: one.share > 1 })}>${one.share === null ? "–" : `${number(one.share * 100)} %`}</span></li>`)}</ul></section>`;
}

function Topics({ found, model }) {
  return html`<section><h3>${t("by_topic")}</h3><table class="loads"><thead><tr><th>${head("topic")}</th><th>${head("who_know")}</th><th>${head("visits")}</th></tr></thead>
    <tbody>${found.topics.map((one) => html`<tr key=${one.topic}><th scope="row">${model.topics[one.topic] ?? one.topic}</th><td>${number(one.officers)}</td><td>${number(one.visits)}</td></tr>`)}</tbody></table></section>`;
}

function Districts({ found }) {
  return html`<section><h3>${t("by_district")}</h3><table class="loads"><thead><tr><th>${head("district")}</th><th>${head("visits")}</th><th>${head("unplanned")}</th><th>${head("officer_days")}</th></tr></thead>
    <tbody>${[...found.districts].sort((one, other) => one.district.localeCompare(other.district, lang())).map((one) => html`<tr key=${one.district}><th scope="row"><button class="link" onClick=${() => go({ district: one.district, view: "list" })}>${one.district || "–"}</button></th>
      <td>${number(one.planned)}</td><td class=${names({ late: one.unplanned })}>${number(one.unplanned)}</td><td>${number(one.officer_days, 1)}</td></tr>`)}</tbody></table></section>`;
}

function Deputies({ found, model }) {
  const person = (id) => (id ? model.officers.get(id)?.short ?? id : "–");
  return html`<section><details><summary><h3>${t("deputies")}</h3></summary><table class="loads"><thead><tr><th>${head("cooperative")}</th><th>${head("lead")}</th><th>${head("best_deputy")}</th></tr></thead>
    <tbody>${Object.entries(found.deputies).map(([id, deputy]) => html`<tr key=${id}><th scope="row">${model.cooperatives.get(id)?.short ?? id}</th>
      <td>${person(model.cooperatives.get(id)?.lead)}</td><td>${person(deputy)}</td></tr>`)}</tbody></table></details></section>`;
}

/** What a week without an officer would cost, week by week, mended with the least disruption. */
function Risk({ model, id }) {
  const [officer, setOfficer] = useState("");
  const [found, setFound] = useState(null);
  const [fault, setFault] = useState(null);
  useEffect(() => {
    let here = true; // an answer about another officer may come later
    setFound(null);
    setFault(null);
    if (officer) get(`/v1/plans/${id}/risk?officer=${encodeURIComponent(officer)}`).then((answer) => here && setFound(answer), (refused) => here && setFault(refused));
    return () => { here = false; };
  }, [id, officer]);
  return html`<section><h3>${t("risk")}</h3><p class="hint">${t("risk_hint")}</p>
    <${Pick} label=${head("officer")} value=${officer} onPick=${setOfficer} options=${[...model.officers.values()].map((one) => [one.id, one.name])} />
    ${fault && html`<${Faults} fault=${fault} />`}
    ${officer && !found && !fault && html`<p class="waiting" role="status">${t("thinking")}…</p>`}
    ${found && (found.length ? html`<ul class="rows">${found.map((one) => html`<li key=${one.week}><span>${t("week_of", { number: weekNumber(mondayOf(one.week)) })}</span>
      <span>${count("n_moves", one.moved)}${one.lost ? html` · <b class="late">${count("n_lost", one.lost)}</b>` : ""} · ${signed(one.baht)} ${t("baht")}</span></li>`)}</ul>` : html`<p class="hint">${t("no_risk")}</p>`)}
  </section>`;
}
