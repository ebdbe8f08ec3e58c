// What the looks of a view's marks mean: each with a sample beside it. Above the view, so that it is seen before it is needed.
import { html } from "../html.js";
import { t } from "../words.js";

export function Legend({ kinds, hint }) {
  return html`<p class="legend">${kinds.map((kind) => html`<span key=${kind}><i class=${`key ${kind}`}></i>${t(`legend_${kind}`)}</span>`)}
    ${hint && html`<small>${hint}</small>`}</p>`;
}
