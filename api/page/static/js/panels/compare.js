// Two plans side by side: what differs visit by visit, and each part of the cost.
import { go, useAddress } from "../address.js";
import { html } from "../html.js";
import { drafts, hasPlan, isWhatIf, runs, shown, titleOf } from "../session.js";
import { Pick } from "../parts/fields.js";
import { SideHead } from "../side.js";
import { useStore } from "../store.js";
import { Changes } from "../parts/changed.js";
import { together, wholeOf } from "../parts/sums.js";
import { useDifferences } from "../parts/differences.js";
import { count, number, signed, t } from "../words.js";

export function Compare({ model }) {
  const { id } = useStore(shown);
  const against = useAddress((at) => at.against);
  const list = useStore(runs).filter(hasPlan);
  const made = [...useStore(drafts).values()];
  const found = useDifferences(id, against && against !== id ? against : null);
  const options = [...made, ...list].filter((one) => one.id !== id).map((one) => [one.id, titleOf(one.id)]);
  return html`<section class="panel"><${SideHead} title=${t("compare")} />
    ${options.length === 0 && html`<p class="hint">${t("nothing_to_compare")}</p>`}
    <${Pick} label=${t("compare_with", { plan: titleOf(id) })} value=${against} options=${options} onPick=${(plan) => go({ against: plan })} />
    ${found && html`<${Costs} now=${side(model, found, "after")} then=${side(model, found, "before")} id=${id} against=${against} />
      <p class="hint">${t("one_account", { plan: titleOf(id) })}</p>
      ${Math.round(found.cost.total.before) !== Math.round(found.own_total)
        && html`<p class="hint">${t("reckoned_anew", { plan: titleOf(against), baht: number(together({ paid: found.own_paid, weighed: found.own_weighed })) })}</p>`}`}
    ${isWhatIf(id) && html`<p class="notice" role="note"><b>${t("whatif_plan")}</b> ${t("whatif_publish")}</p>`}
    ${found && html`<p>${count("same_visits", found.same)}</p><${Changes} model=${model} differences=${found} />`}
  </section>`;
}

/** What one of the two costs, by the account of the plan on show, as the differences tell it. */
const side = ({ cost }, found, which) => ({
  parts: cost.parts.map((part) => ({ ...part, baht: found.cost[part.part][which] })),
  paid: found.cost.paid[which], weighed: found.cost.weighed[which],
});

/** Whole baht before and after, and their difference: that of what is shown. */
const figures = (then, now) => html`<td>${number(then)}</td><td>${number(now)}</td><td>${signed(now - then)}</td>`;

export function Costs({ now, then, id, against }) {
  const [before, after] = [then, now].map(({ parts }) => wholeOf(parts));
  const row = (part) => html`<tr key=${part.part} class=${part.paid ? "paid" : "weighed"}><th scope="row">${part.label}</th>
    ${figures(before.get(part.part), after.get(part.part))}</tr>`;
  const sum = (label, whole) => html`<tr class="head"><th scope="row">${label}</th>${figures(whole(then), whole(now))}</tr>`;
  return html`<table class="costs"><thead><tr><th>${t("cost")}</th><th>${against ? titleOf(against) : ""}</th><th>${id ? titleOf(id) : ""}</th><th>${t("difference")}</th></tr></thead>
    <tbody>${sum(t("paid"), ({ paid }) => Math.round(paid))}${now.parts.map((part) => part.paid && row(part))}
      ${sum(t("weighed"), ({ weighed }) => Math.round(weighed))}${now.parts.map((part) => !part.paid && row(part))}${sum(t("cost_total"), together)}</tbody></table>`;
}
