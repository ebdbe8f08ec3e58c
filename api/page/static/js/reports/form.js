// The report of a visit, made for the thumb: held or not, what became of each issue, how the cooperative is, what is agreed.
import { moment } from "../dates.js";
import { html, useEffect, useRef, useState } from "../html.js";
import { Day } from "../parts/days.js";
import { Faults } from "../parts/faults.js";
import { Time } from "../parts/times.js";
import { useStore } from "../store.js";
import { head, lang, t, who } from "../words.js";
import { Conflict } from "./conflict.js";
import { Files } from "./files.js";
import { Condition, Findings, Issues, NewIssues, Number, Steps } from "./fields.js";
import { formOf, forms, keptForm } from "./offline.js";
import { flush, forget, keep, outbox } from "./outbox.js";

const REASONS = ["officer_away", "cooperative_asked", "weather", "no_car", "content_not_ready", "other"];

export function ReportForm({ visit, onClose }) {
  const about = useStore(forms, (all) => all.get(visit));
  const [newer, setNewer] = useState(0); // the service has a newer report than was kept: the fields begin again with it
  const [fault, setFault] = useState(null);
  const entry = useStore(outbox, (all) => all.get(visit));
  useEffect(() => {
    keptForm(visit);
    const before = forms.get().get(visit)?.version;
    formOf(visit).then((told) => { if (before !== undefined && told.version > before && !outbox.get().has(visit)) setNewer(told.version); }, setFault);
  }, [visit]);
  if (fault) return html`<${Faults} fault=${fault} />`;
  if (!about && !entry?.about) return html`<p class="waiting" role="status">${t("loading")}</p>`;
  return html`<${Sheet} key=${newer} about=${about ?? entry.about} entry=${entry} visit=${visit} onClose=${onClose} />`;
}

/** Who and when, as planned. */
const planned = (about) => ({ held: true, date: about.date, start: about.start, end: about.end, officers: about.crew });

/** A new report: nothing else is said of it yet. */
const fresh = (about) => ({ visit: about.visit, ...planned(about), progress: [], condition: {}, findings: [], steps: [] });

function Sheet({ about, entry, visit, onClose }) {
  const [round, setRound] = useState(0); // what was typed is given up: the fields begin again
  const mine = entry && entry.state !== "sent" ? entry : null;
  const report = mine?.report ?? about.report ?? fresh(about);
  const replaces = mine?.replaces ?? about.version;
  const put = (changes, state = "typing") => keep(about.season, {
    ...mine, visit, about, replaces, report: { ...report, ...changes }, state, faults: null,
  });
  const sendIt = (event) => {
    event.preventDefault();
    put({}, "waiting");
    flush(about.season);
  };
  const held = report.held;
  const asHeld = useRef(null); // what was said of a visit that was held, while it is said that it was not
  const hold = (yes) => {
    if (!yes) asHeld.current = Object.fromEntries(Object.keys(EMPTY).map((key) => [key, report[key]]));
    put(yes ? { ...(asHeld.current ?? planned(about)), held: true, reason: undefined } : { held: false, reason: "cooperative_asked", ...EMPTY });
  };
  return html`<form class="report" key=${round} onSubmit=${sendIt} aria-label=${t("report_of_visit")}>
    <${State} entry=${entry} version=${about.version} />
    ${!mine && entry?.warnings?.map((one) => html`<p class="late" key=${one.cause}>${one.cause} <small>${one.remedy}</small></p>`)}
    ${!mine && about.approved_by && html`<p class="allright">${t("approved_by", { by: who(about.approved_by), at: moment(about.approved_at) })}</p>`}
    ${mine?.state === "conflict" && html`<${Conflict} entry=${mine}
      onMine=${() => { keep(about.season, { ...mine, replaces: mine.current.version, state: "waiting" }); flush(about.season); }}
      onTheirs=${() => { forget(about.season, visit); onClose(); }} />`}
    ${mine?.faults && html`<${Faults} fault=${{ faults: mine.faults }} />`}
    <fieldset class="choice"><legend>${t("was_it_held")}</legend>
      <label><input type="radio" name="held" checked=${held} onChange=${() => hold(true)} />${t("yes_held")}</label>
      <label><input type="radio" name="held" checked=${!held} onChange=${() => hold(false)} />${t("not_held")}</label></fieldset>
    ${held ? html`<${Held} about=${about} report=${report} put=${put} />` : html`<label>${head("reason")}
      <select value=${report.reason} onChange=${(event) => put({ reason: event.target.value })}>
        ${REASONS.map((one) => html`<option key=${one} value=${one} selected=${one === report.reason}>${t(`reason_${one}`)}</option>`)}</select></label>`}
    <${NewIssues} about=${about} report=${report} put=${put} /><${Findings} about=${about} report=${report} put=${put} /><${Steps} report=${report} put=${put} />
    <label>${head("observations")}<textarea rows="2" maxlength="4000" value=${report.remarks ?? ""} onInput=${(event) => put({ remarks: event.target.value })}></textarea></label>
    <${Files} season=${about.season} visit=${visit} />
    <div class="actions"><button class="main" type="submit" disabled=${mine?.state === "waiting"}>${t("send_report")}</button>
      <button class="quiet" type="button" onClick=${onClose}>${t("close")}</button>
      ${mine && html`<button class="quiet" type="button" onClick=${() => { forget(about.season, visit); setRound(round + 1); }}>${t("discard")}</button>`}</div>
  </form>`;
}

/** What is not said of a visit that was not held. */
const EMPTY = { date: undefined, start: undefined, end: undefined, officers: [], board: 0, management: 0, members: 0,
  progress: [], condition: {}, km: undefined };

function Held({ about, report, put }) {
  const officer = (id, on) => put({ officers: on ? [...report.officers, id] : report.officers.filter((one) => one !== id) });
  const time = (key) => html`<${Time} label=${head(key)} value=${report[key]} required=${true} onTime=${(found) => put({ [key]: found || undefined })} />`;
  return html`<div class="row when"><${Day} label=${head("date")} value=${report.date} required=${true} onDay=${(date) => put({ date: date || undefined })} />${time("start")}${time("end")}</div>
    <fieldset><legend>${head("crew")}</legend>${about.people.map((one) => html`<label key=${one.id} class="check">
      <input type="checkbox" checked=${report.officers.includes(one.id)} onChange=${(event) => officer(one.id, event.target.checked)} />
      ${lang() === "th" ? one.name_th : one.name_en}</label>`)}</fieldset>
    <fieldset class="row"><legend>${head("attended")}</legend>
      ${["board", "management", "members"].map((key) => html`<${Number} key=${key} label=${head(`audience_${key}`)} limits=${about.limits?.[key]}
        value=${report[key] ?? 0} onValue=${(value) => put({ [key]: value ?? 0 })} />`)}</fieldset>
    <${Issues} about=${about} report=${report} put=${put} />
    <${Condition} about=${about} report=${report} put=${put} />
    <${Number} label=${t("km_of_tour")} value=${report.km} limits=${about.limits?.km} step="any" onValue=${(value) => put({ km: value === null ? undefined : value })} />`;
}

/** What becomes of what was typed, in words. */
function State({ entry, version }) {
  const state = entry?.state ?? (version ? "sent" : "new");
  return html`<p class=${`reportstate is-${state}`} role="status">${t(`report_${state}`, { version: entry?.version ?? version })}</p>`;
}
