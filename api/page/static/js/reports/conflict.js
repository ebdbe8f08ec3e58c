// Somebody else reported on the same visit: both are shown, and nothing is overwritten unseen.
import { moment } from "../dates.js";
import { html } from "../html.js";
import { head, t } from "../words.js";

export function Conflict({ entry, onMine, onTheirs }) {
  const theirs = entry.current.report;
  const keys = otherwise(entry.report, theirs);
  return html`<div class="conflict" role="alert"><h3>${t("report_overtaken")}</h3>
    <p>${t("report_overtaken_long", { version: entry.current.version, at: moment(entry.current.reported_at) })}</p>
    <table><thead><tr><td></td><th>${t("my_report")}</th><th>${t("their_report")}</th></tr></thead>
      <tbody>${keys.map((key) => html`<tr key=${key}><th>${nameOf(key)}</th><td>${shown(entry.report[key])}</td><td>${shown(theirs[key])}</td></tr>`)}</tbody></table>
    <div class="actions"><button class="main" type="button" onClick=${onMine}>${t("send_mine")}</button>
      <button class="quiet" type="button" onClick=${onTheirs}>${t("keep_theirs")}</button></div></div>`;
}

const NAMES = {
  held: "was_it_held", reason: "reason", date: "date", start: "start", end: "end", officers: "crew", board: "audience_board",
  management: "audience_management", members: "audience_members", progress: "issues", new_issues: "new_issues",
  condition: "condition", findings: "findings", steps: "steps", km: "km_of_tour", remarks: "observations",
};

/** The parts of two reports that say something else. */
export const otherwise = (one, other) => [...new Set([...Object.keys(one), ...Object.keys(other)])]
  .filter((key) => key !== "visit" && shown(one[key]) !== shown(other[key]));

/** What a part of a report is called. */
export const nameOf = (key) => head(NAMES[key] ?? key);

/** A value in one line, the same however its keys are ordered; what says nothing is nothing. */
export function shown(value) {
  if (value === undefined || value === null || value === "" || value === 0) return "";
  if (Array.isArray(value)) return value.map(shown).join("; ");
  if (typeof value === "object") {
    return Object.keys(value).sort().filter((key) => shown(value[key])).map((key) => `${key} ${shown(value[key])}`).join(", ");
  }
  return String(value).replace(/^(\d\d:\d\d):00$/, "$1");
}
