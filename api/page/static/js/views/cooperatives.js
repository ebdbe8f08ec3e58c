// Cooperatives by weeks: on which days each is visited, and what is late or left out.
import { follow, go, useAddress } from "../address.js";
import { dayOf, dayMonth, shortDate, shortMonth, weekNumber } from "../dates.js";
import { html, names, useMemo, useRef } from "../html.js";
import { Rows, useRows } from "../parts/rows.js";
import { districtOf } from "../parts/tour.js";
import { head, t } from "../words.js";

/** Pixels; as in the styles. */
const ROW = 28;

export function Cooperatives({ model, kept }) {
  const rows = useMemo(() => rowsOf(model, kept), [model, kept]);
  const chosen = useAddress((at) => at.visit);
  const box = useRef(null);
  const seen = useRows(box, ROW);
  return html`<section class="matrix cooperatives" ref=${box} tabindex="0" aria-label=${t("view_cooperatives")}>
    <table>
      <thead><tr><th class="corner">${head("cooperative")}</th><th class="who">${head("lead")}</th>
        ${model.weeks.map((week, i) => html`<th key=${week.name} title=${dayMonth(week.first)}>
          <span class="mon">${i === 0 || shortMonth(week.days[0]) !== shortMonth(model.weeks[i - 1].days[0]) ? shortMonth(week.days[0]) : ""}</span>
          <button onClick=${() => go({ view: "week", week: week.name })}>${weekNumber(week.first)}</button></th>`)}
        <th class="left">${head("unplanned")}</th>
      </tr></thead>
      <tbody><${Rows} seen=${seen} rows=${rows} columns=${model.weeks.length + 3} height=${ROW} memo=${[chosen]} draw=${({ cooperative, lead, weeks, left }) => html`<tr key=${cooperative.id}>
        <th scope="row" title=${cooperative.name}>${cooperative.short || cooperative.name}<small>${districtOf(cooperative)}</small></th>
        <td class="who">${lead}</td>
        ${weeks.map((visits, i) => html`<td key=${model.weeks[i].name}>${visits.map(({ id, date, late, standIn }) => html`<a key=${id}
          class=${names("chip", { late, warn: standIn, chosen: id === chosen })} data-visit=${id}
          title=${shortDate(date)} ...${follow({ visit: id })}>${dayOf(date)}</a>`)}</td>`)}
        <td class="left">${left.map((id) => html`<a key=${id} class=${names("chip bad", { chosen: id === chosen })} data-visit=${id}
          ...${follow({ visit: id })} aria-label=${`${t("unplanned")}: ${id}`}>!</a>`)}</td>
      </tr>`} /></tbody>
    </table>
  </section>`;
}

function rowsOf(model, kept) {
  const place = new Map(model.weeks.flatMap((week, i) => week.days.map((date) => [date, i])));
  const rows = new Map();
  for (const visit of model.visitList) {
    if (kept && !kept.has(visit.id)) continue;
    const cooperative = model.cooperatives.get(visit.cooperative);
    if (!rows.has(cooperative.id)) {
      rows.set(cooperative.id, {
        cooperative, lead: model.lead(cooperative)?.short ?? "",
        weeks: model.weeks.map(() => []), left: [],
      });
    }
    const row = rows.get(cooperative.id);
    const placed = model.stops.get(visit.id);
    if (!placed) row.left.push(visit.id);
    else row.weeks[place.get(placed.tour.date)].push({
      id: visit.id, date: placed.tour.date, late: placed.stop.late > 0, standIn: placed.stop.stand_in,
    });
  }
  return [...rows.values()];
}
