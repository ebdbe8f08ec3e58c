// A sum of baht by part: what is paid and what is weighed stand apart, since they are not the same money.
import { html } from "../html.js";
import { number, signed, t } from "../words.js";
import { wholeOf } from "./sums.js";

/** What weighs a difference to the published plan, and nothing once that is what is published. */
const CHANGES = ["lead_change", "moved", "crew_change"];

export function Money({ parts, paid, weighed }) {
  const baht = wholeOf(parts);
  const rows = (which) => parts.filter((part) => part.paid === which && baht.get(part.part)).map((part) => html`<tr key=${part.part}>
    <th scope="row">${part.label}</th><td>${signed(baht.get(part.part))}</td></tr>`);
  const changes = CHANGES.reduce((sum, part) => sum + (baht.get(part) ?? 0), 0);
  return html`<section class="money"><h3>${t("cost")}</h3><table>
    <tbody class="paid"><tr class="head"><th scope="rowgroup">${t("paid")}</th><td>${signed(paid)}</td></tr>${rows(true)}</tbody>
    <tbody class="weighed"><tr class="head"><th scope="rowgroup">${t("weighed")}</th><td>${signed(weighed)}</td></tr>${rows(false)}</tbody>
  </table>${changes > 0 && html`<p class="hint">${t("changes_weighed", { baht: number(changes) })}</p>`}</section>`;
}
