// A sum of baht by part: what is paid and what is weighed stand apart, since they are not the same money.
import { html } from "../html.js";
import { signed, t } from "../words.js";
import { wholeOf } from "./sums.js";

export function Money({ parts, paid, weighed }) {
  const baht = wholeOf(parts);
  const rows = (which) => parts.filter((part) => part.paid === which && baht.get(part.part)).map((part) => html`<tr key=${part.part}>
    <th scope="row">${part.label}</th><td>${signed(baht.get(part.part))}</td></tr>`);
  return html`<section class="money"><h3>${t("cost")}</h3><table>
    <tbody class="paid"><tr class="head"><th scope="rowgroup">${t("paid")}</th><td>${signed(paid)}</td></tr>${rows(true)}</tbody>
    <tbody class="weighed"><tr class="head"><th scope="rowgroup">${t("weighed")}</th><td>${signed(weighed)}</td></tr>${rows(false)}</tbody>
  </table></section>`;
}
