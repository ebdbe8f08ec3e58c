// The circle at a glance: the most urgent cooperatives and why, handbook and evaluation to read and print, approvals.
import { get, post, Refused } from "../api.js";
import { moment } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { Faults } from "../parts/faults.js";
import { NextQuarter } from "../reports/next.js";
import { current, me } from "../session.js";
import { SideHead } from "../side.js";
import { useStore } from "../store.js";
import { head, lang, t, who } from "../words.js";

const PAPERS = [
  ["evaluation", "/v1/evaluation?format=html"], ["evaluation_xlsx", "/v1/evaluation?format=xlsx"],
  ["handbook", "/v1/handbook?format=html"], ["handbook_xlsx", "/v1/handbook?format=xlsx"],
];

export function Circle({ model }) {
  const { published } = useStore(current);
  const [found, setFound] = useState(null);
  const [fault, setFault] = useState(null);
  useEffect(() => { get("/v1/urgency").then(setFound, setFault); }, [published?.version]);
  return html`<section class="panel"><${SideHead} title=${t("work_circle")} />
    ${fault && html`<${Faults} fault=${fault} />`}
    <ul class="papers">${PAPERS.map(([key, path]) => html`<li key=${key}><a target="_blank" rel="noopener" href=${`${path}&lang=${lang()}`}>${t(`paper_${key}`)}</a></li>`)}</ul>
    ${published && html`<${Approvals} version=${published.version} />`}
    <${Readiness} model=${model} />
    <h3>${head("ranking")}</h3>
    ${found && html`<ol class="ranking">${found.filter((one) => one.points > 0).map((one) => html`<li key=${one.cooperative}>
      <b>${model.cooperatives.get(one.cooperative)?.name ?? one.cooperative}</b> <span>${one.points}</span>
      <small>${one.reasons.map((reason) => said(model, reason)).join("; ")}</small></li>`)}</ol>
      ${found.every((one) => one.points === 0) && html`<p class="hint">${t("nothing_urgent")}</p>`}`}
    ${me.get().role === "planner" && html`<${NextQuarter} />`}
  </section>`;
}

/** A reason in words, with its points. */
function said(model, reason) {
  const topic = reason.topic ? model.topics[reason.topic] ?? reason.topic : t("without_topic");
  const aspect = reason.aspect ?? "";
  return `${t(`u_${reason.kind}`, { count: reason.count, topic, aspect, issue: reason.issue ?? "" })} (${reason.points})`;
}

/** Content that is overdue, or not ready by its first visit. */
function Readiness({ model }) {
  const [all, setAll] = useState(null);
  useEffect(() => { get("/v1/readiness").then(setAll, () => setAll([])); }, []);
  const late = (all ?? []).filter((one) => one.too_late || one.overdue);
  return html`<h3>${t("readiness_of")}</h3>${late.length === 0 ? html`<p class="hint">${t("readiness_fine")}</p>`
    : html`<ul class="papers">${late.map((one) => html`<li key=${one.issue}><b>${model.cooperatives.get(one.cooperative)?.name ?? one.cooperative}</b> ${one.issue}
      · ${t(`readiness_${one.state}`)} · ${one.too_late ? t("too_late") : t("overdue")}</li>`)}</ul>`}`;
}

/** What the head of office approved of this version, and for the head the way to do so. */
function Approvals({ version }) {
  const [all, setAll] = useState([]);
  const [fault, setFault] = useState(null);
  const load = () => get("/v1/approvals").then(setAll, setFault);
  useEffect(() => { load(); }, [version]);
  const approve = async (kind) => {
    try {
      await post("/v1/approvals", { kind, version }, { again: true });
      await load();
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setFault(refused);
    }
  };
  return html`<h3>${t("approvals")}</h3>${fault && html`<${Faults} fault=${fault} />`}
    <ul class="papers">${["plan", "requests"].map((kind) => {
      const made = all.find((one) => one.kind === kind && one.version === version);
      return html`<li key=${kind}>${t(`approve_${kind}`, { version })}: ${made ? html`<b>${t("approved_by", { by: who(made.by), at: moment(made.approved_at) })}</b>`
        : me.get().role === "head" ? html`<button class="quiet" onClick=${() => approve(kind)}>${t("approve_now")}</button>` : t("not_approved")}</li>`;
    })}</ul>`;
}
