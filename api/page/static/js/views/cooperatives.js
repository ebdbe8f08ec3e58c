// Cooperatives by weeks: on which days each is visited, and what is late or left out.
import { follow, go, useAddress } from "../address.js";
import { dayOf, dayMonth, shortDate, shortMonth, weekNumber } from "../dates.js";
import { html, names, useMemo, useRef } from "../html.js";
import { marks, tones } from "../marks.js";
import { wholeName } from "../model.js";
import { Legend } from "../parts/legend.js";
import { Rows, useRows } from "../parts/rows.js";
import { reported } from "../reported.js";
import { useStore } from "../store.js";
import { head, t } from "../words.js";

/** Pixels; as in the styles. */
const ROW = 28;

export function Cooperatives({ model, kept }) {
  const rows = useMemo(() => rowsOf(model, kept), [model, kept]);
  const chosen = useAddress((at) => at.visit);
  const now = useStore(marks);
  const held = useStore(reported, (all) => all.held);
  const box = useRef(null);
  const seen = useRows(box, ROW);
  return html`<${Legend} kinds=${kindsOf(model, now, held)} /><section class="matrix cooperatives" ref=${box} tabindex="0" aria-label=${t("view_cooperatives")}>
    <table>
      <thead><tr><th class="corner">${head("cooperative")}</th><th class="who">${head("lead")}</th>
        ${model.weeks.map((week, i) => html`<th key=${week.name} title=${dayMonth(week.first)}>
          <span class="mon">${i && shortMonth(week.begins) === shortMonth(model.weeks[i - 1].begins) ? "" : shortMonth(week.begins)}</span>
          <button onClick=${() => go({ view: "week", week: week.name })}>${weekNumber(week.first)}</button></th>`)}
        <th class="left">${head("unplanned")}</th>
      </tr></thead>
      <tbody><${Rows} seen=${seen} rows=${rows} columns=${model.weeks.length + 3} height=${ROW} memo=${[chosen, now, held]} draw=${({ cooperative, lead, weeks, left }) => html`<tr key=${cooperative.id}>
        <th scope="row" title=${cooperative.name}>${cooperative.short || cooperative.name}<small>${cooperative.brief === cooperative.short ? cooperative.land : ""}</small></th>
        <td class="who" title=${lead && wholeName(model, lead.id)}>${lead?.short}</td>
        ${weeks.map((visits, i) => html`<td key=${model.weeks[i].name}>${visits.map(({ visit, date, late, standIn }) => html`<a key=${visit.id}
          class=${names("chip", { late, warn: standIn, chosen: visit.id === chosen }, tones(visit, now, held))} data-visit=${visit.id}
          title=${[shortDate(date), late && t("state_late"), standIn && t("state_stand_in"), ...said(tones(visit, now, held))].filter(Boolean).join(" · ")}
          ...${follow({ visit: visit.id })}>${dayOf(date)}</a>`)}</td>`)}
        <td class="left">${left.map((id) => html`<a key=${id} class=${names("chip bad", { chosen: id === chosen })} data-visit=${id}
          ...${follow({ visit: id })} aria-label=${`${t("unplanned")}: ${id}`}>!</a>`)}</td>
      </tr>`} /></tbody>
    </table>
  </section>`;
}

/** What a chip's looks say, for those who point at it. */
const said = (tone) => ["pinned", "held", "not-held"].filter((key) => tone[key]).map((key) => t(`legend_${key}`));

/** What of the legend occurs here. */
function kindsOf(model, now, held) {
  const all = Object.values(held);
  return ["visit", model.late.size && "late", model.tourList.some((tour) => tour.stops.some((stop) => stop.stand_in)) && "stand-in",
    (now.pinned.size || model.visitList.some((visit) => visit.pinned)) && "pinned", all.includes(true) && "held", all.includes(false) && "not-held",
    now.changed.size && "changed", model.unplanned.size && "left-out"].filter(Boolean);
}

function rowsOf(model, kept) {
  const place = new Map(model.weeks.flatMap((week, i) => week.days.map((date) => [date, i])));
  const rows = new Map();
  for (const visit of model.visitList) {
    if (kept && !kept.has(visit.id)) continue;
    const cooperative = model.cooperatives.get(visit.cooperative);
    if (!rows.has(cooperative.id)) {
      rows.set(cooperative.id, {
        cooperative, lead: model.lead(cooperative),
        weeks: model.weeks.map(() => []), left: [],
      });
    }
    const row = rows.get(cooperative.id);
    const placed = model.stops.get(visit.id);
    if (!placed) row.left.push(visit.id);
    else row.weeks[place.get(placed.tour.date)].push({
      visit, date: placed.tour.date, late: placed.stop.late > 0, standIn: placed.stop.stand_in,
    });
  }
  return [...rows.values()];
}
