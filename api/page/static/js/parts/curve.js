// Cost and bound over the seconds of a run: drawn small, and what they say of a longer one.
import { html } from "../html.js";
import { number, t } from "../words.js";
import { useless } from "./sums.js";

const [WIDE, HIGH] = [300, 90];
/** The part of itself by which cost or bound moves, as in api/language/outlook.py. */
const MOVING = 1e-3;

/** Sentences on whether more time would help, by the second half of a run; none where a figure is missing. */
export function outlook(points) {
  const last = points.at(-1);
  const half = points.findLast((point) => 2 * point.seconds <= last.seconds);
  if (!half || [half, last].some((point) => point.cost === null || point.bound === null)) return [];
  const [fell, rose] = [half.cost - last.cost, last.bound - half.bound];
  const said = [];
  if (rose > MOVING * last.bound) said.push(t("outlook_rose", { baht: number(rose) }));
  if (fell > MOVING * last.cost) said.push(t("outlook_fell", { baht: number(fell) }));
  return said.length ? said : [t("outlook_still")];
}

export function Curve({ points }) {
  const costs = points.filter((point) => point.cost !== null);
  if (costs.length < 2) return html`<div class="curve empty"></div>`;
  const bounds = points.filter((point) => point.bound !== null && !useless(point)); // as the figures below say it
  const values = [...costs.map((point) => point.cost), ...bounds.map((point) => point.bound)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const end = Math.max(...points.map((point) => point.seconds), 1);
  const x = (point) => Math.round((point.seconds / end) * WIDE * 10) / 10;
  const y = (value) => Math.round((HIGH - 4 - ((value - low) / Math.max(1, high - low)) * (HIGH - 8)) * 10) / 10;
  const line = (list, key) => list.map((point) => `${x(point)},${y(point[key])}`).join(" ");
  return html`<svg class="curve" viewBox=${`0 0 ${WIDE} ${HIGH}`} role="img" aria-label=${t("curve")} preserveAspectRatio="none">
    <polyline class="costline" points=${line(costs, "cost")} />${bounds.length > 0 && html`<polyline class="boundline" points=${line(bounds, "bound")} />`}</svg>`;
}
