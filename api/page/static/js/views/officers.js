// Officers by days: who is out when, who is away; days of one officer can be selected to say that he or she is absent.
import { go, here, useAddress } from "../address.js";
import { dayOf, shortDate, shortMonth, week, weekday } from "../dates.js";
import { html, names, useEffect, useMemo, useRef, useState } from "../html.js";
import { Rows, useRows } from "../parts/rows.js";
import { head, number, t } from "../words.js";

/** Pixels; as in the styles. */
const ROW = 29;
/** Pixels for an officer's name with the sum, and for a day. */
const NAMES = 175;
const DAY = 20;

export function Officers({ model, kept, editable }) {
  const [range, setRange] = useState(null); // {officer, from, to}: places in the list of days
  const chosen = useAddress((at) => at.officer);
  const rows = useMemo(() => rowsOf(model, kept), [model, kept]);
  const box = useRef(null);
  const seen = useRows(box, ROW);
  const picking = useRef(null);
  useEffect(() => {
    const up = () => {
      if (!picking.current) return;
      const made = picking.current;
      picking.current = null;
      if (made.from !== made.to || made.moved) report(model, made);
    };
    addEventListener("pointerup", up);
    return () => removeEventListener("pointerup", up);
  }, [model]);
  const begin = (event) => {
    const cell = cellOf(event);
    if (cell && editable) setRange((picking.current = { officer: cell.officer, from: cell.day, to: cell.day }));
  };
  const over = (event) => {
    const cell = picking.current && cellOf(event);
    if (cell && cell.officer === picking.current.officer && cell.day !== picking.current.to) {
      setRange((picking.current = { ...picking.current, to: cell.day, moved: true }));
    }
  };
  const onKey = (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!editable || !event.shiftKey || !step) {
      move(event);
      return;
    }
    event.preventDefault();
    const mine = range?.officer === cell.officer ? range : { from: cell.day, to: cell.day };
    setRange({ officer: cell.officer, from: mine.from, to: Math.max(0, Math.min(model.dates.length - 1, mine.to + step)) });
  };
  const enter = (event) => {
    const cell = cellOf(event);
    if (!cell || range?.moved) return;
    if (range?.officer === cell.officer && range.from !== range.to) report(model, range);
    else go({ view: "week", week: week(model.dates[cell.day]), officer: cell.out ? cell.officer : here().officer });
  };
  return html`<section class="matrix officers" ref=${box} tabindex="0" aria-label=${t("view_officers")}>
    <table style=${{ minWidth: `${NAMES + DAY * model.dates.length}px` }}>
      <thead><tr><th class="corner">${head("officer")}</th><th class="sum">${head("days_out")}</th>
        ${model.dates.map((date, i) => html`<th key=${date} class=${names({ first: weekday(date) === 0 })} title=${shortDate(date)}>
          <span class="mon">${i === 0 || shortMonth(date) !== shortMonth(model.dates[i - 1]) ? shortMonth(date) : ""}</span>${dayOf(date)}</th>`)}
      </tr></thead>
      <tbody onFocusIn=${rove} onPointerDown=${begin} onPointerOver=${over} onKeyDown=${onKey} onClick=${enter}>
        <${Rows} seen=${seen} rows=${rows} columns=${model.dates.length + 2} height=${ROW} memo=${[chosen, range]} draw=${(row, i) => html`<${Row} key=${row.officer.id}
          model=${model} row=${row} first=${i === 0} chosen=${chosen === row.officer.id} range=${range?.officer === row.officer.id ? range : null} />`} />
      </tbody>
    </table>
    <p class="legend"><span class="key out"></span>${t("legend_out")} <span class="key away"></span>${t("absent")}
      ${editable && html`<small>${t("legend_select")}</small>`}</p>
  </section>`;
}

/** One officer's days; drawn again only where something of them changed. */
function Row({ model, row, first, chosen, range }) {
  const { officer, days, out } = row;
  const [from, to] = range ? [Math.min(range.from, range.to), Math.max(range.from, range.to)] : [-1, -1];
  return useMemo(() => html`<tr class=${names({ chosen })} data-officer=${officer.id}>
    <th scope="row"><button onClick=${() => go({ officer: chosen ? "" : officer.id })} title=${officer.name}>${officer.short}</button></th>
    <td class="sum">${number(out)}</td>
    ${days.map((day, i) => html`<td key=${model.dates[i]} class=${names(day.kind, { first: weekday(model.dates[i]) === 0, picked: i >= from && i <= to })}>
      <button tabindex=${first && i === 0 ? "0" : "-1"} data-day=${i} title=${`${shortDate(model.dates[i])}: ${day.said}`}
        aria-label=${`${officer.short}, ${shortDate(model.dates[i])}: ${day.said}`}>${day.visits || ""}</button></td>`)}
  </tr>`, [model, row, first, chosen, from, to]);
}

/** Whose day an event is about: the officer, the place of the day, and whether a tour is out; null elsewhere. */
function cellOf({ target }) {
  const button = target.closest("td button");
  if (!button) return null;
  return { officer: button.closest("tr").dataset.officer, day: Number(button.dataset.day), out: button.parentElement.classList.contains("out") };
}

/** Selected days of an officer open the panel that says what happened. */
function report(model, { officer, from, to }) {
  const [first, last] = [model.dates[Math.min(from, to)], model.dates[Math.max(from, to)]];
  go({ panel: "changes", visit: "", run: "", change: ["absent", officer, first, last].join("~") });
}

/** One cell at a time is reached by Tab: the one that had the focus last. */
function rove({ target, currentTarget }) {
  if (!target.matches("td button")) return;
  for (const cell of currentTarget.querySelectorAll("td button[tabindex='0']")) cell.tabIndex = -1;
  target.tabIndex = 0;
}

/** Arrows move the focus over the cells. */
function move(event) {
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
  if (!down && !right) return;
  const cell = event.target.closest("td");
  const row = cell.parentElement;
  const target = row.parentElement.rows[row.sectionRowIndex + down]?.cells[cell.cellIndex + right]?.querySelector("button");
  if (target) {
    event.preventDefault();
    target.focus();
  }
}

function rowsOf(model, kept) {
  const out = new Map([...model.officers.keys()].map((id) => [id, new Map()]));
  for (const tour of model.tourList) {
    if (kept && !tour.stops.some((stop) => kept.has(stop.visit))) continue;
    for (const id of tour.crew) {
      const days = out.get(id);
      if (days) days.set(tour.date, [...(days.get(tour.date) ?? []), tour]);
    }
  }
  return [...model.officers.values()].map((officer) => {
    const absent = new Set(officer.absent);
    const mine = out.get(officer.id);
    const days = model.dates.map((date) => {
      const tours = mine.get(date) ?? [];
      const places = tours.flatMap((tour) => tour.stops.map((stop) => model.cooperativeOf(stop.visit).short));
      return {
        visits: places.length, kind: tours.length ? "out" : absent.has(date) ? "away" : model.workdays.has(date) ? "" : "closed",
        said: tours.length ? places.join(", ") : absent.has(date) ? t("absent") : t("at_office"),
      };
    });
    return { officer, days, out: mine.size };
  });
}

