// Plan: limit and target gap, then cost, bound and gap as they come; cancelling keeps the best plan.
import { go, useAddress } from "../address.js";
import { freshKey, get, post, Refused, send } from "../api.js";
import { html, useEffect, useState } from "../html.js";
import { reported } from "../reported.js";
import { board, hasPlan, loadRuns, me, runs } from "../session.js";
import { SideHead } from "../side.js";
import { useStore } from "../store.js";
import { working } from "../stream.js";
import { Curve, outlook } from "../parts/curve.js";
import { Faults } from "../parts/faults.js";
import { SMALL, gapOf, paidOf, together, useless } from "../parts/sums.js";
import { count, lang, number, t } from "../words.js";

const SECONDS = [15, 60, 180, 600];
const GAPS = [0, 0.02, 0.03, 0.05, 0.1];

export function PlanRun({ model }) {
  const run = useAddress((at) => at.run);
  return html`<section class="panel"><${SideHead} title=${t("work_plan")} />
    ${run ? html`<${Running} key=${run} id=${run} />` : html`<${OfReports} /><${Ask} problem=${model?.problem ?? me.get().office?.problem} />`}</section>`;
}

/** What planning from nothing does to a plan that is published: visits with a report may move. */
export function Anew({ held }) {
  const reports = Object.keys(held ?? {}).length;
  return html`<p class="late" role="note">${t("anew_forgets")}${reports > 0 && ` ${count("anew_moves", reports)}`}</p>`;
}

/** The same of the plan on show, once there are reports of it. */
function OfReports() {
  const { held } = useStore(reported);
  return Object.keys(held).length > 0 && html`<${Anew} held=${held} />`;
}

/** The form: how long, and how good is good enough. */
export function Ask({ problem, label = t("plan_now"), quiet = false }) {
  const [seconds, setSeconds] = useState(60);
  const [gap, setGap] = useState(0);
  const [fault, setFault] = useState(null);
  const [busy, setBusy] = useState(false);
  const start = async (event) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      const made = await post("/v1/plans", { problem, seconds, gap: gap || null }, { key: freshKey() });
      await loadRuns();
      go({ panel: "plan", visit: "", run: made.id });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setFault(refused);
    }
    setBusy(false);
  };
  return html`<form class="form" onSubmit=${start}>
    <p class="hint">${t("plan_hint")}</p>
    ${fault && html`<${Faults} fault=${fault} />`}
    <fieldset><legend>${t("at_most")}</legend><div class="choices">${SECONDS.map((value) => html`<label key=${value}>
      <input type="radio" name="seconds" checked=${seconds === value} onChange=${() => setSeconds(value)} /><span>${time(value)}</span></label>`)}</div></fieldset>
    <label class="field">${t("stop_at_gap")}<select value=${gap} onChange=${(event) => setGap(Number(event.target.value))}>
      ${GAPS.map((value) => html`<option key=${value} value=${value}>${value ? `${number(value * 100)} %` : t("gap_none")}</option>`)}</select></label>
    <button class=${quiet ? "quiet" : "main"} disabled=${busy || !problem}>${label}</button>
  </form>`;
}

const time = (seconds) => (seconds < 60 ? t("n_seconds", { n: seconds }) : count("n_minutes", seconds / 60));

/** The points of a run with its newest progress; none of an attempt that was lost, for what it had is lost with it. */
function further(points, progress) {
  if (!progress || progress.cost === null) return [];
  const before = points.at(-1);
  if (before?.seconds === progress.seconds) return points;
  return [...(before?.seconds > progress.seconds ? [] : points), progress];
}

/** The points of the curves drawn so far, by run: they go on where another panel takes over what shows the run. */
const curves = new Map();

/** A run as it goes; its curve is made of what is told of the run while the page is open. */
export function Running({ id, done }) {
  const listed = useStore(runs, (all) => all.find((one) => one.id === id));
  const news = useStore(working, (all) => all.get(id));
  const [points, setPoints] = useState(curves.get(id) ?? []);
  const [run, setRun] = useState(null);
  const state = news?.state ?? run?.state ?? listed?.state;
  useEffect(() => { get(`/v1/plans/${id}`).then(setRun, () => {}); }, [id, news?.state, lang()]);
  const progress = news ? news.progress : run?.progress;
  useEffect(() => {
    const all = further(curves.get(id) ?? [], progress);
    curves.set(id, all);
    setPoints(all);
  }, [progress?.seconds, news?.state]);
  const over = state && !["queued", "running"].includes(state);
  const ended = over && run && hasPlan(run) ? run : null;
  useEffect(() => { if (ended) board(id).then(() => done?.(id)); }, [Boolean(ended)]);
  const last = points.at(-1);
  const paid = ended && paidOf(run.cost);
  const weighed = ended && run.cost.total - paid;
  const figures = ended ? { cost: together({ paid, weighed }), bound: run.lower_bound, gap: run.gap } : last;
  return html`<div class="running" aria-busy=${over ? "false" : "true"}>
    <p role="status"><b>${t(`state_of_${state ?? "queued"}`)}</b>${last && !over ? ` · ${t("n_seconds", { n: number(last.seconds) })}` : ""}</p>
    ${!over && html`<progress max="1" value=${last?.share ?? 0}></progress>`}
    ${(!over || points.length > 1) && html`<${Curve} points=${points} />`}
    ${figures && html`<dl class="figures">${ended && html`<dt>${t("paid")}</dt><dd>${number(paid)} ${t("baht")}</dd>
      <dt>${t("weighed")}</dt><dd>${number(weighed)}</dd>`}<dt>${t("best_cost")}</dt><dd>${number(figures.cost)} ${t("baht")}</dd>
      <dt>${t("lower_bound")}</dt><dd>${figures.bound && !useless(figures) ? `${number(figures.bound)} ${t("baht")}` : t("gap_not_yet")}</dd>
      <dt>${t("gap")}</dt><dd>${gapOf(figures)}</dd></dl>`}
    ${ended && !(run.gap <= SMALL && run.gap !== null) && outlook(points).map((said) => html`<p class="hint" key=${said}>${said}</p>`)}
    ${run?.faults && html`<${Faults} fault=${{ faults: run.faults }} />`}
    <div class="actions">
      ${!over && html`<button class="danger" onClick=${() => send("DELETE", `/v1/plans/${id}`, undefined, { again: true })}>
        ${last ? t("stop_and_keep") : t("stop_run")}</button>`}
      ${ended && !done && html`<button class="main" onClick=${() => go({ plan: id, panel: "", run: "" })}>${t("show_plan")}</button>`}
      ${over && !done && html`<button class="quiet" onClick=${() => go({ run: "" })}>${t("plan_again")}</button>`}
    </div></div>`;
}
