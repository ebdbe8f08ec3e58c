// Faults of a workbook beside the cells they are in: a piece of the sheet around each, with cause and remedy.
import { html, names, useLayoutEffect, useRef } from "../html.js";
import { t } from "../words.js";

/** Rows shown above and below a faulty one. */
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
      <p><b>${at?.row ? `${at.index >= 0 ? letter(at.index) : ""}${at.row} ` : ""}</b>${fault.cause} <span class="remedy">${fault.remedy}</span></p>
      ${at?.row ? html`<${Piece} rows=${sheets[sheet]} at=${at} />` : ""}
      <small>${at?.row ? fault.code : `${fault.where} · ${fault.code}`}</small></article>`)}
  </section>`)}</div>`;
}

/** The rows around a cell, with the sheet's headings above them; the service tells them with the faults. */
function Piece({ rows, at }) {
  const numbers = Object.keys(rows).map(Number).sort((one, other) => one - other);
  const near = numbers.filter((row) => row === at.heading || Math.abs(row - at.row) <= AROUND);
  const columns = columnsOf(rows, near, at.index);
  const piece = useRef(null);
  useLayoutEffect(() => center(piece.current), []);
  return html`<div class="piece" ref=${piece} tabindex="0"><table><thead><tr><td></td>${columns.map((i) => html`<th key=${i}>${letter(i)}</th>`)}</tr></thead>
    <tbody>${near.map((row) => html`<tr key=${row} class=${names({ headings: row === at.heading })}><th scope="row">${row}</th>
      ${columns.map((i) => html`<td key=${i} class=${names({ faulty: row === at.row && (at.index < 0 || i === at.index) })}>${rows[row][i] ?? ""}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** Scroll a piece of a sheet so that the faulty cell is in sight. */
function center(piece) {
  const cell = piece.querySelector(".faulty");
  if (cell) piece.scrollLeft = cell.offsetLeft - piece.offsetLeft - (piece.clientWidth - cell.offsetWidth) / 2;
}

/** The columns shown: the first, which has the ids, and those around the faulty one. */
function columnsOf(rows, near, wanted) {
  const last = Math.max(...near.map((row) => rows[row].findLastIndex((cell) => cell !== null)), wanted, 0);
  const all = Array.from({ length: last + 1 }, (_, i) => i);
  return wanted < 0 ? all.slice(0, 7) : all.filter((i) => i === 0 || Math.abs(i - wanted) <= 2);
}

const letter = (i) => (i < 26 ? "" : String.fromCharCode(64 + Math.floor(i / 26))) + String.fromCharCode(65 + (i % 26));

/** Where a fault is, as the service tells it: a column by its letter, or by its heading alone. Titles may stand above. */
function placeOf(fault, sheets) {
  const at = fault.place ?? {};
  const rows = sheets[at.sheet];
  if (!rows) return at.sheet ? { ...at, row: null } : null;
  const numbers = Object.keys(rows).map(Number).sort((one, other) => one - other);
  const heading = numbers.find((row) => rows[row].some((cell) => String(cell ?? "").trim() === at.column)) ?? numbers[0];
  const named = (rows[heading] ?? []).indexOf(at.column);
  const index = !at.letter && named >= 0 ? named : Array.from({ length: 60 }, (_, i) => letter(i)).indexOf(at.letter ?? at.column);
  return { ...at, heading, index, row: at.row && rows[at.row] ? at.row : null };
}
