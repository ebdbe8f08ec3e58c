// Which plan is on show: the published one, a draft, or what a run made.
import { go, useAddress } from "../address.js";
import { moment } from "../dates.js";
import { html } from "../html.js";
import { current, drafts, hasPlan, runs, shown, titleOf } from "../session.js";
import { useStore } from "../store.js";
import { number, t } from "../words.js";
import { Menu } from "./menu.js";
import { paidOf } from "./sums.js";

const MOST = 12;

export function PlanChoice() {
  const { id } = useStore(shown);
  const plan = useAddress((at) => at.plan);
  const made = [...useStore(drafts).values()].filter((one) => one.draft.name).slice(0, MOST);
  const { published } = useStore(current);
  const list = [...made, ...useStore(runs).filter(hasPlan)].filter((one) => one.id !== published?.plan).slice(0, MOST);
  return html`<${Menu} label=${titleOf(id)} wide=${true}>
    ${published && html`<button role="menuitemradio" aria-checked=${plan === "" ? "true" : "false"} onClick=${() => go({ plan: "" })}>
      ${t("published_version", { version: published.version })}<small>${moment(published.published_at)}</small></button>`}
    ${list.map((run) => html`<button key=${run.id} role="menuitemradio" aria-checked=${run.id === plan ? "true" : "false"}
      onClick=${() => go({ plan: run.id })}>${titleOf(run.id)}<small>${moment(run.created_at)} · ${number(paidOf(run.cost))} ${t("baht")} ${t("paid")}
      ${run.unplanned ? ` · ${t("unplanned")} ${run.unplanned}` : ""}</small></button>`)}
  <//>`;
}
