// The circle at a glance: the most urgent cooperatives and why, handbook and evaluation to read and print, approvals.
import { get, post, Refused } from "../api.js";
import { moment } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { Faults } from "../parts/faults.js";
import { Reported } from "../reports/approving.js";
import { Filling } from "../reports/filling.js";
import { Search } from "../reports/search.js";
import { survey } from "../reported.js";
import { current, isPlanner, me, shown } from "../session.js";
import { Readiness } from "../reports/readiness.js";
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
  const [filed, setFiled] = useState(0); // handbooks that came back meanwhile
  useEffect(() => {
    let here = true; // an answer for the version or the language before may come later
    get(`/v1/urgency?lang=${lang()}`).then((answer) => here && setFound(answer), (refused) => here && setFault(refused));
    return () => { here = false; };
  }, [published?.version, lang(), filed]);
  return html`<section class="panel"><${SideHead} title=${t("work_circle")} />
    ${fault && html`<${Faults} fault=${fault} />`}
    <ul class="papers">${PAPERS.map(([key, path]) => html`<li key=${key}><a target="_blank" rel="noopener" href=${`${path}&lang=${lang()}`}>${t(`paper_${key}`)}</a></li>`)}</ul>
    ${published && isPlanner() && html`<${Filling} key=${published.version} model=${model} onFiled=${() => { setFiled((n) => n + 1); survey(shown.get().id); }} />`}
    ${published && html`<${Approvals} version=${published.version} />`}
    ${published && html`<${Reported} key=${filed} model=${model} /><${Search} model=${model} />`}
    <${Readiness} model=${model} />
    <h3>${head("ranking")}</h3>
    ${found && html`<ol class="ranking">${found.filter((one) => one.points > 0).map((one) => html`<li key=${one.cooperative}>
      <a target="_blank" rel="noopener" href=${`/v1/handbook?format=html&lang=${lang()}&cooperative=${encodeURIComponent(one.cooperative)}`}>${model.cooperatives.get(one.cooperative)?.name ?? one.cooperative}</a> <span>${one.points}</span>
      <small>${one.reasons.map((reason) => reason.sentence).join("; ")}</small></li>`)}</ol>
      ${found.every((one) => one.points === 0) && html`<p class="hint">${t("nothing_urgent")}</p>`}`}
  </section>`;
}

/** The formats of what is approved, to be read before. */
const SHEETS = { plan: "html", requests: "requests" };

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
      return html`<li key=${kind}><a target="_blank" rel="noopener" href=${`/v1/calendar?format=${SHEETS[kind]}&version=${version}&lang=${lang()}`}>${t(`approve_${kind}`, { version })}</a>: ${made ? html`<b>${t("approved_by", { by: who(made.by), at: moment(made.approved_at) })}</b>`
        : me.get().role === "head" ? html`<button class="quiet" onClick=${() => approve(kind)}>${t("approve_now")}</button>` : t("not_approved")}</li>`;
    })}</ul>`;
}
