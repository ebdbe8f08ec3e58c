// What the plan on show costs: what is paid and what is only weighed stand apart, and how good it is proven to be.
import { html } from "../html.js";
import { number, t } from "../words.js";

/** A gap above this says nothing about the plan: the bound is not there yet. */
const USELESS = 0.5;
/** A gap below this leaves little to prove. */
export const SMALL = 0.02;

/** `whole`: say that it is the whole plan's, since what stands below it is of the filters alone. */
export function Sums({ model, whole }) {
  const { cost } = model;
  if (!cost) return null;
  const baht = wholeOf(cost.parts);
  return html`${whole && html`<p class="hint">${t("cost_of_all")}</p>`}<details class="sums"><summary aria-label=${t("cost")}>
      <span><b>${number(cost.paid)}</b> ${t("baht")} <small>${t("paid")}</small></span>
      <span><b>${number(cost.weighed)}</b> <small>${t("weighed")}</small></span></summary>
    <table class="costs"><tbody>${[true, false].map((paid) => cost.parts.filter((part) => part.paid === paid && part.baht)
      .map((part) => html`<tr key=${part.part}><th scope="row">${part.label}</th><td>${number(part.quantity, part.quantity % 1 ? 1 : 0)} ${part.unit}</td><td>${number(baht.get(part.part))}</td></tr>`))}</tbody></table>
    ${(cost.proof ?? []).map((said) => html`<p class="hint" key=${said}>${said}</p>`)}</details>`;
}

/** Whether gap and bound say nothing yet. */
export const useless = ({ gap }) => gap === null || gap === undefined || gap > USELESS;

/** How far from the best possible at most, in words where it is not known. */
// rounded up, as everywhere: no plan is farther from the best
export const gapOf = (figures) =>
  useless(figures) ? t("gap_not_yet") : `${number(Math.ceil(figures.gap * 1000 - 1e-6) / 10, 1)} %`;

/** Each value rounded up or down to whole baht, so that they add up to their sum rounded likewise. */
export function apportioned(values) {
  const whole = values.map(Math.floor);
  const short = Math.round(values.reduce((sum, value) => sum + value, 0)) - whole.reduce((sum, value) => sum + value, 0);
  const order = values.map((value, at) => [value - whole[at], at]).sort(([one], [other]) => other - one);
  for (const [, at] of order.slice(0, short)) whole[at] += 1;
  return whole;
}

/** The parts of a cost in whole baht, by part: those that are paid add up, and so do those that are weighed. */
export function wholeOf(parts) {
  const kinds = [true, false].map((paid) => parts.filter((part) => part.paid === paid));
  return new Map(kinds.flatMap((own) => {
    const whole = apportioned(own.map((part) => part.baht));
    return own.map((part, at) => [part.part, whole[at]]);
  }));
}

/** What is paid and what is weighed together: the sum of what is shown in whole baht, so that it adds up. */
export const together = ({ paid, weighed }) => Math.round(paid) + Math.round(weighed);

/** What of a cost by part is paid. */
export const paidOf = (cost) => cost.km + cost.officer_days + cost.car_days;
