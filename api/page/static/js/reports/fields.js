// The parts of a report that repeat: issues, levels, findings, steps.
import { fullDate } from "../dates.js";
import { html } from "../html.js";
import { Day } from "../parts/days.js";
import { head, lang, t } from "../words.js";

const OUTCOMES = ["solved", "progress", "unchanged", "worse"];
const KINDS = [["strength", "strengths"], ["weakness", "weaknesses"], ["urgent", "urgents"]];

const named = (one) => (lang() === "th" ? one.name_th || one.name_en : one.name_en || one.name_th);

/** A number within the `limits` of a report, [least, most]; `step` "any": also with a fraction. */
export function Number({ label, value, limits, step = "1", onValue }) {
  const [least, most] = limits ?? [0];  // what was kept for a day without the network may be older than the limits
  const typed = (event) => onValue(event.target.value === "" ? null : event.target.valueAsNumber);
  return html`<label>${label}<input type="number" inputmode=${step === "any" ? "decimal" : "numeric"} min=${least} max=${most} step=${step} value=${value ?? ""} onInput=${typed} /></label>`;
}

/** What became of each issue of the agenda; one without an outcome was not taken up. */
export function Issues({ about, report, put }) {
  if (!about.issues.length) return null;
  const change = (issue, changes) => {
    const before = report.progress.find((one) => one.issue === issue) ?? { issue, sessions: 1 };
    const rest = report.progress.filter((one) => one.issue !== issue);
    const after = { ...before, ...changes };
    put({ progress: after.outcome ? [...rest, after] : rest });
  };
  return html`<fieldset><legend>${head("issues")}</legend>${about.issues.map((issue) => {
    const told = report.progress.find((one) => one.issue === issue.id);
    return html`<div class="issue" key=${issue.id}><b>${named(issue)}</b> <small>${issue.id} · ${t("sessions_wanted")} ${issue.wanted}${issue.found ? ` · ${t("found_on", { date: fullDate(issue.found) })}` : ""}</small>
      <div class="row"><label>${head("outcome")}<select value=${told?.outcome ?? ""} onChange=${(event) => change(issue.id, outcome(event.target.value))}>
        <option value="" selected=${!told}>${t("outcome_untouched")}</option>
        ${OUTCOMES.map((one) => html`<option key=${one} value=${one} selected=${told?.outcome === one}>${t(`outcome_${one}`)}</option>`)}</select></label>
      ${told && html`<${Number} label=${t("sessions_held")} value=${told.sessions} limits=${about.limits?.sessions} onValue=${(n) => change(issue.id, { sessions: n ?? 0 })} />
        ${told.outcome !== "solved" && html`<${Number} label=${t("sessions_needed")} value=${told.needed} limits=${about.limits?.needed}
          onValue=${(n) => change(issue.id, { needed: n === null ? undefined : n })} />`}`}</div>
      ${told && html`<label>${t("what_was_done")}<textarea rows="2" value=${told.note ?? ""} onInput=${(event) => change(issue.id, { note: event.target.value })}></textarea></label>`}
    </div>`;
  })}</fieldset>`;
}

const outcome = (value) => (value === "solved" ? { outcome: value, needed: 0 } : { outcome: value, needed: undefined });

/** The levels of the aspects, 1 to 5; an aspect that was not looked at has none. */
export function Condition({ about, report, put }) {
  const change = (id, level) => {
    const { [id]: before, ...rest } = report.condition;
    put({ condition: level && level !== before ? { ...rest, [id]: level } : rest });
  };
  return html`<fieldset><legend>${head("condition")}</legend>${about.aspects.map((aspect) => html`<div class="levels" key=${aspect.id}
    role="group" aria-label=${named(aspect)}><span>${named(aspect)}</span>${[1, 2, 3, 4, 5].map((level) => html`<button key=${level}
      type="button" class=${`level l${level}`} aria-pressed=${report.condition[aspect.id] === level ? "true" : "false"} title=${t(`level_${level}`)}
      onClick=${() => change(aspect.id, level)}>${level}</button>`)}</div>`)}<p class="hint">${t("scale")}</p></fieldset>`;
}

/** A list whose rows are added and taken out. */
function rows(list, key, put) {
  return {
    change: (place, changes) => put({ [key]: list.map((one, at) => (at === place ? { ...one, ...changes } : one)) }),
    drop: (place) => put({ [key]: list.filter((_, at) => at !== place) }),
    add: (one) => put({ [key]: [...list, one] }),
  };
}

export function Findings({ about, report, put }) {
  const { change, drop, add } = rows(report.findings, "findings", put);
  return html`<fieldset><legend>${t("findings")}</legend>
    ${report.findings.map((one, place) => html`<div class="issue" key=${place}><div class="row">
      <label>${t("finding_kind")}<select value=${one.kind} onChange=${(event) => change(place, { kind: event.target.value })}>
        ${KINDS.map(([kind, key]) => html`<option key=${kind} value=${kind} selected=${kind === one.kind}>${t(key)}</option>`)}</select></label>
      <label>${head("topic")}<select value=${one.topic ?? ""} onChange=${(event) => change(place, { topic: event.target.value || undefined })}>
        <option value="" selected=${!one.topic}>${t("without_topic")}</option>
        ${about.topics.map((topic) => html`<option key=${topic.id} value=${topic.id} selected=${topic.id === one.topic}>${named(topic)}</option>`)}</select></label></div>
      <label>${t("in_words")}<textarea rows="2" required maxlength="4000" value=${one.text} onInput=${(event) => change(place, { text: event.target.value })}></textarea></label>
      <button class="link" type="button" onClick=${() => drop(place)}>${t("take_out")}</button></div>`)}
    <button class="quiet" type="button" onClick=${() => add({ kind: "weakness", text: "" })}>${t("add_finding")}</button></fieldset>`;
}

const AUDIENCES = ["board", "management", "members"];

/** Issues found on the visit; each gets a code of the visit, the month of the plan and a number. */
export function NewIssues({ about, report, put }) {
  const found = report.new_issues ?? [];
  const { change, drop, add } = rows(found, "new_issues", put);
  const start = `${about.visit}-${about.season.slice(2, 4)}${about.season.slice(5, 7)}-`;
  const next = 1 + Math.max(0, ...found.map((one) => parseInt(one.id.slice(start.length), 10) || 0));
  const key = lang() === "th" ? "title_th" : "title_en";
  return html`<fieldset><legend>${head("new_issues")}</legend>
    ${found.map((one, place) => html`<div class="issue" key=${one.id}>
      <label>${t("issue_what")}<input required maxlength="300" value=${one[key] || one.title_th || one.title_en} onInput=${(event) => change(place, { [key]: event.target.value })} /></label>
      <div class="row"><label>${head("topic")}<select value=${one.topic} onChange=${(event) => change(place, { topic: event.target.value })}>
          ${about.topics.map((topic) => html`<option key=${topic.id} value=${topic.id} selected=${topic.id === one.topic}>${named(topic)}</option>`)}</select></label>
        <label>${t("issue_with")}<select value=${one.audience} onChange=${(event) => change(place, { audience: event.target.value })}>
          ${AUDIENCES.map((who) => html`<option key=${who} value=${who} selected=${who === one.audience}>${t(`audience_${who}`)}</option>`)}</select></label></div>
      <div class="row"><${Number} label=${t("severity_of_five")} value=${one.severity} limits=${about.limits?.severity} onValue=${(n) => change(place, { severity: n ?? 1 })} />
        <${Number} label=${t("sessions_of_issue")} value=${one.sessions} limits=${about.limits?.wanted} onValue=${(n) => change(place, { sessions: n ?? 1 })} />
        <${Day} label=${head("due")} value=${one.due} onDay=${(due) => change(place, { due: due || undefined })} /></div>
      <button class="link" type="button" onClick=${() => drop(place)}>${t("take_out")}</button></div>`)}
    ${about.topics.length > 0 && html`<button class="quiet" type="button"
      onClick=${() => add({ id: `${start}${next}`, topic: about.topics[0].id, severity: 3, sessions: 1, audience: "management", [key]: "" })}>${t("add_issue")}</button>`}</fieldset>`;
}

export function Steps({ report, put }) {
  const { change, drop, add } = rows(report.steps, "steps", put);
  return html`<fieldset><legend>${head("steps")}</legend>
    ${report.steps.map((one, place) => html`<div class="issue" key=${`${place} of ${report.steps.length}`}>
      <label>${t("step_what")}<input required maxlength="2000" value=${one.what} onInput=${(event) => change(place, { what: event.target.value })} /></label>
      <div class="row"><label>${t("step_who")}<input required maxlength="500" value=${one.who} onInput=${(event) => change(place, { who: event.target.value })} /></label>
        <${Day} label=${t("step_when")} value=${one.by} onDay=${(by) => change(place, { by: by || undefined })} /></div>
      <button class="link" type="button" onClick=${() => drop(place)}>${t("take_out")}</button></div>`)}
    <button class="quiet" type="button" onClick=${() => add({ what: "", who: "" })}>${t("add_step")}</button></fieldset>`;
}
