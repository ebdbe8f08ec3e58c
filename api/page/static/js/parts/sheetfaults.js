// Faults of a workbook beside the cells they are in: a piece of the sheet around each, with cause and remedy.
import { html, names } from "../html.js";
import { t } from "../words.js";

const AROUND = 1;

export function SheetFaults({ faults, sheets }) {
  const groups = new Map();
  for (const fault of faults) {
    const at = placeOf(fault, sheets);
    const key = at?.sheet ?? "";
    groups.set(key, [...(groups.get(key) ?? []), { fault, at }]);
  }
  return html`<div class="sheetfaults">${[...groups].map(([sheet, list]) => html`<section key=${sheet}>
    ${sheet && html`<h3>${t("sheet")} ${sheet}</h3>`}
    ${list.map(({ fault, at }, i) => html`<article key=${i} class="sheetfault">
      <p><b>${at ? `${at.column ?? ""}${at.row ?? ""} ` : ""}</b>${fault.cause} <span class="remedy">${fault.remedy}</span></p>
      ${at?.row ? html`<${Piece} rows=${sheets.get(sheet)} at=${at} />` : html`<small>${fault.where}</small>`}</article>`)}
  </section>`)}</div>`;
}

/** The rows around a cell, below the sheet's headings. */
function Piece({ rows, at }) {
  const shown = [...new Set([1, ...Array.from({ length: 2 * AROUND + 1 }, (_, i) => at.row - AROUND + i)])]
    .filter((row) => row >= 1 && (rows.has(row) || row === at.row));
  const columns = columnsOf(rows, shown, at.column);
  return html`<div class="piece"><table><thead><tr><th></th>${columns.map((column) => html`<th key=${column}>${column}</th>`)}</tr></thead>
    <tbody>${shown.map((row) => html`<tr key=${row} class=${names({ headings: row === 1 })}><th scope="row">${row}</th>
      ${columns.map((column) => html`<td key=${column} class=${names({ faulty: row === at.row && (!at.column || column === at.column) })}>${rows.get(row)?.get(column) ?? ""}</td>`)}</tr>`)}</tbody></table></div>`;
}

function columnsOf(rows, shown, wanted) {
  const used = [...new Set([...shown.flatMap((row) => [...(rows.get(row)?.keys() ?? [])]), wanted].filter(Boolean))]
    .sort((one, other) => one.length - other.length || one.localeCompare(other));
  if (!wanted) return used.slice(0, 6);
  const at = used.indexOf(wanted);
  return [...new Set([used[0], ...used.slice(Math.max(0, at - 2), at + 3)])];
}

/** Where a fault is: told by the service (`sheet`, `row`, `column`), the column by its heading or its letter. */
function placeOf(fault, sheets) {
  const rows = sheets.get(fault.sheet);
  if (!rows) return null;
  const heading = [...(rows.get(1) ?? [])].find(([, name]) => name === fault.column)?.[0];
  return { sheet: fault.sheet, row: fault.row ?? null, column: heading ?? (/^[A-Z]{1,3}$/.test(fault.column ?? "") ? fault.column : null) };
}
