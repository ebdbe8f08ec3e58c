// Cost and bound over the seconds of a run, drawn small.
import { html } from "../html.js";
import { t } from "../words.js";

const [WIDE, HIGH] = [300, 90];

export function Curve({ points }) {
  const costs = points.filter((point) => point.cost !== null);
  if (costs.length < 2) return html`<div class="curve empty"></div>`;
  const bounds = points.filter((point) => point.bound !== null);
  const values = [...costs.map((point) => point.cost), ...bounds.map((point) => point.bound)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const end = Math.max(...points.map((point) => point.seconds), 1);
  const x = (point) => Math.round((point.seconds / end) * WIDE * 10) / 10;
  const y = (value) => Math.round((HIGH - 4 - ((value - low) / Math.max(1, high - low)) * (HIGH - 8)) * 10) / 10;
  const line = (list, key) => list.map((point) => `${x(point)},${y(point[key])}`).join(" ");
  return html`<svg class="curve" viewBox=${`0 0 ${WIDE} ${HIGH}`} role="img" aria-label=${t("curve")} preserveAspectRatio="none">
    <polyline class="costline" points=${line(costs, "cost")} /><polyline class="boundline" points=${line(bounds, "bound")} /></svg>`;
}
