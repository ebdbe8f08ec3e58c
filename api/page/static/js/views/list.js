// Every visit in a table: sorted by any column; only the rows on screen are drawn, so that thousands stay fluent.
import { follow, go, useAddress } from "../address.js";
import { dayMonth, shortDate } from "../dates.js";
import { html, names, useMemo, useRef } from "../html.js";
import { crewNames, wholeName, wholeNames } from "../model.js";
import { count, head, number, t } from "../words.js";
import { marks } from "../marks.js";
import { Rows, useRows } from "../parts/rows.js";
import { reported } from "../reported.js";
import { marksOf } from "../parts/tour.js";
import { useStore } from "../store.js";

const ROW = 34;

/** Columns: key, what it is sorted by, and what it shows. */
const COLUMNS = [
  ["date", (row) => row.tour ? `${row.tour.date} ${row.stop.start}` : "~", (row) => row.tour ? `${shortDate(row.tour.date)} ${row.stop.start}` : html`<b class="late">${t("unplanned")}</b>`],
  ["cooperative", (row) => row.cooperative.name, (row) => row.cooperative.brief], // its district stands beside it
  ["district", (row) => row.cooperative.district, (row) => row.cooperative.district],
  ["crew", (row) => row.crew, (row) => row.crew],
  ["lead", (row) => row.lead, (row) => row.lead],
  ["due", (row) => row.visit.due ?? "~", (row) => row.visit.due ? dayMonth(row.visit.due) : ""],
  ["priority", (row) => -row.visit.priority, (row) => row.visit.priority],
  ["minutes", (row) => row.visit.minutes, (row) => `${number(row.visit.minutes)}`],
  ["marks", (row) => -(row.stop?.late ?? 0), (row, model, pinned, held) => marksOf(model, row.visit, row.stop, pinned.has(row.visit.id), held[row.visit.id])],
];

export function List({ model, kept }) {
  const sort = useAddress((at) => at.sort) || "date";
  const chosen = useAddress((at) => at.visit);
  const pinned = useStore(marks, (now) => now.pinned);
  const held = useStore(reported, (now) => now.held);
  const rows = useMemo(() => sorted(rowsOf(model, kept), sort), [model, kept, sort]);
  const box = useRef(null);
  const seen = useRows(box, ROW);
  const turn = (key) => go({ sort: sort === key ? `-${key}` : key }, { replace: true });
  return html`<section class="list" ref=${box} tabindex="0" aria-label=${t("view_list")}>
    <table aria-rowcount=${rows.length + 1}>
      <caption>${count("n_visits", rows.length)}</caption>
      <thead><tr>${COLUMNS.map(([key]) => html`<th key=${key} class=${`col-${key}`} aria-sort=${sort === key ? "ascending" : sort === `-${key}` ? "descending" : null}>
        <button onClick=${() => turn(key)}>${head(`col_${key}`)}${sort === key ? " ↑" : sort === `-${key}` ? " ↓" : ""}</button></th>`)}</tr></thead>
      <tbody>
        <${Rows} seen=${seen} rows=${rows} columns=${COLUMNS.length} height=${ROW} memo=${[chosen, pinned, held]}
          draw=${(row, i) => rowOf(model, row, i, chosen, pinned, held)} />
      </tbody>
    </table>
    ${rows.length === 0 && html`<p class="empty">${t("nothing_found")}</p>`}
  </section>`;
}

const rowOf = (model, row, i, chosen, pinned, held) => html`<tr key=${row.visit.id} aria-rowindex=${i + 2}
  class=${names({ chosen: chosen === row.visit.id })}>
  ${COLUMNS.map(([key, , show]) => html`<td key=${key} class=${`col-${key}`} title=${row.whole[key]}>${key === "cooperative"
    ? html`<a data-visit=${row.visit.id} title=${row.cooperative.name} ...${follow({ visit: row.visit.id })}>${show(row)}</a>` : show(row, model, pinned, held)}</td>`)}
</tr>`;

function rowsOf(model, kept) {
  return model.visitList.filter((visit) => !kept || kept.has(visit.id)).map((visit) => {
    const cooperative = model.cooperatives.get(visit.cooperative);
    const { tour, stop } = model.stops.get(visit.id) ?? {};
    return {
      visit, cooperative, tour, stop, crew: tour ? crewNames(model, tour.crew) : "",
      lead: model.lead(cooperative)?.short ?? "",
      whole: { crew: tour && wholeNames(model, tour.crew), lead: cooperative.lead && wholeName(model, cooperative.lead) },
    };
  });
}

function sorted(rows, sort) {
  const back = sort.startsWith("-");
  const value = (COLUMNS.find(([key]) => key === sort.replace("-", "")) ?? COLUMNS[0])[1];
  const compare = (one, other) => {
    const [a, b] = [value(one), value(other)];
    return typeof a === "number" ? a - b : String(a).localeCompare(String(b));
  };
  return rows.sort((one, other) => (back ? -1 : 1) * compare(one, other));
}
