// Proposals in columns: what each moves, who is told, what it costs and what is proven; a slider over the frontier.
import { go, useAddress } from "../address.js";
import { get, Refused } from "../api.js";
import { html, names, useEffect, useMemo, useState } from "../html.js";
import { mark, unmark } from "../marks.js";
import { fullDate, plus } from "../dates.js";
import { board, runs } from "../session.js";
import { useStore } from "../store.js";
import { working } from "../stream.js";
import { place } from "../parts/changed.js";
import { Faults } from "../parts/faults.js";
import { Icon } from "../parts/icons.js";
import { useOffice } from "../parts/office.js";
import { paidOf } from "../parts/sums.js";
import { count, head, lang, number, t } from "../words.js";
import { CLOSED, isNarrow } from "../parts/sheet.js";
import { sentence } from "./changefields.js";
import { Running } from "./planrun.js";

const MAIN = ["least-disruption", "balanced", "cheapest"];

export function Proposals({ run, model }) {
  const state = useStore(working, (all) => all.get(run)?.state);
  const [list, setList] = useState(null);
  const [fault, setFault] = useState(null);
  const plan = useAddress((at) => at.plan);
  useEffect(() => {
    let here = true;
    get(`/v1/plans/${run}/proposals?lang=${lang()}`).then((found) => here && setList(found), (refused) => {
      if (here && refused instanceof Refused && refused.status !== 409) setFault(refused);
    });
    return () => { here = false; };
  }, [run, state, lang()]);
  useEffect(() => () => unmark(), []);
  const known = useOffice(model.problem);
  const chosen = list?.find((one) => one.plan === plan);
  const asked = useStore(runs, (all) => all.find((one) => one.id === run)?.request);
  useEffect(() => { if (chosen) mark(chosen.moves.map((move) => move.visit)); }, [chosen]);
  if (fault) return html`<${Faults} fault=${fault} />`;
  if (!list) return html`<${Running} id=${run} done=${() => {}} />`;
  return html`<div class="proposals">
    ${asked?.changes?.length > 0 && html`<ul class="told event" aria-label=${t("what_happened")}>${asked.changes.map((one, i) => html`<li key=${i}>${sentence(one, model, known)}</li>`)}</ul>`}
    ${asked?.retabled && html`<${Retabled} told=${asked.retabled} model=${model} />`}
    ${asked?.today_by === "reports" && asked.begins === asked.today && html`<p class="hint">${t("changes_after_reports", { from: fullDate(asked.today), last: fullDate(plus(asked.today, -1)) })}</p>`}
    ${asked?.noticed && asked.notice_days !== null && html`<p class="hint">${t("noticed_from", { date: fullDate(asked.noticed) })}</p>`}
    <${Frontier} list=${list} plan=${plan} />
    ${list[0]?.stood && html`<p class="hint stood">${t("had_it_stood")}: ${t("paid")} ${number(list[0].stood.paid)} ${t("baht")} · ${t("weighed")} ${number(list[0].stood.weighed)}</p>`}
    <div class="columns">${MAIN.map((kind) => [kind, pick(list, kind)]).filter(([, one]) => one).map(([kind, one]) =>
      html`<${Proposal} key=${kind} kind=${kind} one=${one} model=${model} chosen=${one.plan === plan} />`)}</div>
    <p class="hint">${t("weighed_from_then")}</p>
    ${chosen && html`<div class="actions">
      <button class="main" onClick=${() => go({ panel: "publish", visit: "", run: "" })}>${t("publish_this")}</button></div>`}
    <p><button class="link" onClick=${() => go({ run: "", plan: "" })}>${t("report_other")}</button></p>
  </div>`;
}

/** The visits that the tables brought and took away; one that the plan on show does not have goes by its id. */
function Retabled({ told, model }) {
  const named = (ids) => ids.map((id) => (model.cooperativeOf(id) ? `${model.cooperativeOf(id).short} (${id})` : id)).join(", ");
  return ["added", "dropped"].filter((kind) => told[kind].length).map((kind) => html`<p class="hint" key=${kind}>${count(`tables_${kind}`, told[kind].length)}: ${named(told[kind])}</p>`);
}

/** The board shows a plan; on a phone what lies over the board goes, and the bar below leads back. */
const show = (plan) => go(isNarrow() ? { ...CLOSED, plan } : { plan });

const cheaper = (one, other) => one.left_out_anew.length - other.left_out_anew.length || one.running_baht - other.running_baht;

/** The proposal of a kind. What was found between may undercut the one that was sought as the cheapest. */
function pick(list, kind) {
  const named = list.find((one) => one.kind === kind);
  return named && kind === "cheapest" ? [named, ...list].reduce((best, one) => (cheaper(one, best) < -0.005 ? one : best)) : named;
}

function Proposal({ kind, one, model, chosen }) {
  const told = one.told ?? [];
  const { cost } = one;
  return html`<article class=${names("proposal", { chosen })}>
    <h3>${head(`kind_of_${kind}`)}</h3>
    ${one.proven && kind === "least-disruption" && html`<p class="proof"><${Icon} name="lock" />${one.least_moves ? t("fewest_proven_n", { n: one.least_moves }) : t("none_must_move")}</p>`}
    <dl class="figures">
      <dt>${t("moved_visits")}</dt><dd>${one.moves.length}</dd>
      <dt>${t("told_people")}</dt><dd>${told.length}</dd>
      <dt>${t("new_leads")}</dt><dd>${Object.keys(one.new_leads).length}</dd>
      <dt>${t("left_out_anew")}</dt><dd>${one.left_out_anew.length}</dd>
      <dt>${t("paid_baht")}</dt><dd>${number(paidOf(cost))}</dd>
      <dt>${t("weighed_baht")}</dt><dd>${number(weighedOf(one))}</dd>
      <dt>${t("moves_weighed")}</dt><dd>${number(cost.total - one.running_baht)}</dd>
    </dl>
    <button class=${chosen ? "main" : "quiet"} aria-pressed=${chosen ? "true" : "false"} onClick=${() => show(one.plan)}>${chosen ? t("shown_on_board") : t("show_on_board")}</button>
    <details open=${one.moves.length > 0 && one.moves.length < 8}><summary>${count("n_moves", one.moves.length)}</summary>
      <ul class="moves">${one.moves.map((move) => html`<li key=${move.visit}><b>${model.cooperativeOf(move.visit)?.short ?? move.visit}</b>
        <span class="fromto">${place(model, move.from)} → ${place(model, move.to)}</span>
        <small>${move.why.sentence} · ${number(move.baht)} ${t("baht")}</small>
        <small>${t("told")}: ${move.told.map((id) => model.officers.get(id)?.name ?? model.cooperatives.get(id)?.name ?? model.partners[id] ?? id).join(", ")}</small></li>`)}</ul></details>
  </article>`;
}

/** Fewer moves or less money: each step of the slider is a plan, and the board shows it. */
function Frontier({ list, plan }) {
  const points = useMemo(() => frontier(list), [list]);
  if (points.length < 2) return null;
  const shown = list.find((each) => each.plan === plan);
  const found = points.findIndex((each) => each.plan === plan);
  const at = found >= 0 ? found : Math.max(0, points.findLastIndex((each) => shown && each.moves.length <= shown.moves.length));
  const one = shown ?? points[at]; // the figures are those of the plan on show, also where another moves as few for less
  const ahead = () => points.forEach(({ plan: next }) => board(next).catch(() => {})); // so that the board follows at once
  return html`<label class="frontier">${t("frontier")}
    <input type="range" onFocus=${ahead} onPointerEnter=${ahead} min="0" max=${points.length - 1} value=${at} aria-valuetext=${said(one)}
      onInput=${(event) => go({ plan: points[event.target.value].plan }, { replace: true })} />
    <output>${said(one)}</output></label>`;
}

const weighedOf = (one) => one.running_baht - paidOf(one.cost);

const said = (one) => [count("n_moves", one.moves.length), `${t("paid")} ${number(paidOf(one.cost))} ${t("baht")}`,
  `${t("weighed")} ${number(weighedOf(one))}`].join(" · ");

/** Fewest moves first; what moves more is worth a step only where it costs less. */
function frontier(list) {
  const steps = [];
  for (const one of [...list].sort((a, b) => a.moves.length - b.moves.length || cheaper(a, b))) {
    if (!steps.length || cheaper(one, steps.at(-1)) < -0.005) steps.push(one);
  }
  return steps;
}
