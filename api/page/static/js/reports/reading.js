// A report as it stands, to read: for the head of office, who approves it, and its versions with who wrote them.
import { get, post } from "../api.js";
import { fullDate, moment } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { Faults } from "../parts/faults.js";
import { me } from "../session.js";
import { count, head, lang, t, who } from "../words.js";
import { nameOf, otherwise, shown } from "./conflict.js";

export function Reading({ visit }) {
  const [about, setAbout] = useState(null);
  const [versions, setVersions] = useState([]);
  const [fault, setFault] = useState(null);
  const path = `/v1/visits/${encodeURIComponent(visit)}`;
  const load = () => Promise.all([get(`${path}/reporting`).then(setAbout), get(`${path}/report/versions`).then(setVersions)]).catch(setFault);
  useEffect(() => { load(); }, [visit]);
  const approve = () => sign(visit, about.version).then(load, setFault);
  if (fault) return html`<${Faults} fault=${fault} />`;
  if (!about) return html`<p class="waiting" role="status">${t("loading")}</p>`;
  if (!about.report) return html`<p class="hint">${t("report_new")}</p>`;
  return html`<section class="reading"><h3>${t("report_of_visit")}</h3>
    <p>${about.approved_by ? html`<b>${t("approved_by", { by: who(about.approved_by), at: moment(about.approved_at) })}</b>`
      : me.get().role === "head" ? html`<button class="main" onClick=${approve}>${t("approve_report", { version: about.version })}</button>` : t("not_approved")}</p>
    <${Sheet} about=${about} report=${about.report} />
    <details><summary>${count("n_versions", versions.length)}</summary><ol class="papers">${versions.map((one, place) => html`<li key=${one.version}>
      <b>${one.version}</b> ${who(one.by)} · ${moment(one.reported_at)}<${Differences} report=${one.report} before=${versions[place + 1]?.report} /></li>`)}</ol></details></section>`;
}

/** Approve a version of a report; doing so twice changes nothing. */
export const sign = (visit, version) => post("/v1/approvals", { kind: "handbook", visit, version }, { again: true });

const named = (list, id) => {
  const one = list.find((each) => each.id === id);
  return (one && (lang() === "th" ? one.name_th || one.name_en : one.name_en || one.name_th)) || id;
};

function Sheet({ about, report }) {
  const line = (key, value) => value && html`<dt>${key}</dt><dd>${value}</dd>`;
  const list = (key, all) => all.length > 0 && html`<dt>${key}</dt><dd><ul>${all.map((one, place) => html`<li key=${place}>${one}</li>`)}</ul></dd>`;
  return html`<dl>
    ${line(t("was_it_held"), report.held ? `${fullDate(report.date)}${report.start ? ` ${report.start.slice(0, 5)}–${report.end.slice(0, 5)}` : ""}` : `${t("not_held")}: ${t(`reason_${report.reason}`)}`)}
    ${line(head("crew"), report.officers.map((id) => named(about.people, id)).join(", "))}
    ${report.held && line(head("attended"), t("attended_of", report))}
    ${list(head("issues"), report.progress.map((one) => `${named(about.issues, one.issue)}: ${t(`outcome_${one.outcome}`)}${one.note ? ` “${one.note}”` : ""}`))}
    ${list(head("condition"), Object.keys(report.condition).map((id) => `${named(about.aspects, id)}: ${t(`level_${report.condition[id]}`)}`))}
    ${list(t("findings"), report.findings.map((one) => `${t(KINDS[one.kind])}${one.topic ? ` (${named(about.topics, one.topic)})` : ""}: ${one.text}`))}
    ${list(head("new_issues"), report.new_issues.map((one) => `${one.title_th || one.title_en || one.id} (${named(about.topics, one.topic)}, ${t("severity_of_five")} ${one.severity})`))}
    ${list(head("steps"), report.steps.map((one) => `${one.what} · ${one.who}${one.by ? ` · ${fullDate(one.by)}` : ""}`))}
    ${line(t("km_of_tour"), report.km)}${line(head("observations"), report.remarks)}</dl>`;
}

const KINDS = { strength: "strengths", weakness: "weaknesses", urgent: "urgents" };

/** What a version says otherwise than the one before it. */
function Differences({ report, before }) {
  if (!before) return null;
  return html`<small>${otherwise(report, before).map((key) => html`<span key=${key}>${nameOf(key)}: <del>${shown(before[key])}</del> ${shown(report[key])} </span>`)}</small>`;
}
