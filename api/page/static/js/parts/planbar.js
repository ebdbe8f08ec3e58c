// Below a plan that is neither the published one nor a draft: what it is, and the ways on from it.
import { go, useAddress } from "../address.js";
import { html } from "../html.js";
import { current, drafts, isWhatIf, runs, shown, titleOf, versions } from "../session.js";
import { useStore } from "../store.js";
import { t } from "../words.js";

export function PlanBar() {
  const { id } = useStore(shown);
  const { published } = useStore(current);
  const all = useStore(runs);
  const panel = useAddress((at) => at.panel);
  useStore(drafts);
  const before = useStore(versions, (list) => list.some((one) => one.plan === id));
  if (!id || !published || id === published.plan) return null;
  const from = all.find((one) => one.id === id)?.request.proposed_by;
  return html`<footer class="draftbar planbar" aria-label=${t("plan")}><div class="draftline">
    <b>${titleOf(id)}</b>
    <span class=${isWhatIf(id) ? "whatif" : "hint"}>${isWhatIf(id) ? t("whatif_plan") : before ? t("earlier_version") : t("not_published")}</span>
    <span class="gap"></span>
    <button class="quiet" onClick=${() => go({ plan: "", against: "" })}>${t("to_published")}</button>
    ${from && panel !== "changes" && html`<button class="quiet" onClick=${() => go({ panel: "changes", run: from, visit: "" })}>${t("all_proposals")}</button>`}
    ${panel !== "compare" && html`<button class="quiet" onClick=${() => go({ panel: "compare", visit: "", against: published.plan })}>${t("compare")}</button>`}
    ${panel !== "publish" && html`<button class="main" onClick=${() => go({ panel: "publish", visit: "" })}>${t("work_publish")}</button>`}
  </div></footer>`;
}
