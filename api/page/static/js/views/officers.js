// Officers by days: who is out when, who is away; days of one officer can be selected to say that he or she is absent.
import { go, here, useAddress } from "../address.js";
import { dayOf, shortDate, shortMonth, week, weekday } from "../dates.js";
import { html, names, useEffect, useMemo, useRef, useState } from "../html.js";
import { marks, tones } from "../marks.js";
import { wholeName } from "../model.js";
import { Legend } from "../parts/legend.js";
import { Rows, useRows } from "../parts/rows.js";
import { reported } from "../reported.js";
import { useStore } from "../store.js";
import { head, number, t } from "../words.js";

/** Pixels; as in the styles. */
const ROW = 29;
/** Pixels for an officer's name with the sum, and for a day. */
const NAMES = 175;
const DAY = 20;

export function Officers({ model, kept, editable }) {
  const [range, setRange] = useState(null); // {officer, from, to}: places in the list of days
  const chosen = useAddress((at) => at.officer);
  const now = useStore(marks);
  const held = useStore(reported, (all) => all.held);
  const rows = useMemo(() => rowsOf(model, kept, now, held), [model, kept, now, held]);
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
    const at = event.target.closest("td[data-day]");
    if (at) at.title ||= at.ariaLabel; // the tooltip, once it is wanted
    const cell = picking.current && cellOf(event);
    if (cell && cell.officer === picking.current.officer && cell.day !== picking.current.to) {
      setRange((picking.current = { ...picking.current, to: cell.day, moved: true }));
    }
  };
  const onKey = (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      enter(event);
      return;
    }
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
  const kinds = ["out", "away", ...["changed", "pinned", "held", "not-held"].filter((kind) => rows.some((row) => row.days.some((day) => day.kind.includes(` ${kind}`))))];
  return html`<${Legend} kinds=${kinds} hint=${editable ? t("legend_select") : null} /><section class="matrix officers" ref=${box} tabindex="0" aria-label=${t("view_officers")}>
    <table role="grid" aria-rowcount=${rows.length + 1} style=${{ minWidth: `${NAMES + DAY * model.dates.length}px` }}>
      <thead><tr><th class="corner">${head("officer")}</th><th class="sum">${head("days_out")}</th>
        ${model.dates.map((date, i) => html`<th key=${date} class=${names({ first: weekday(date) === 0 })} title=${shortDate(date)}>
          <span class="mon">${i === 0 || shortMonth(date) !== shortMonth(model.dates[i - 1]) ? shortMonth(date) : ""}</span>${dayOf(date)}</th>`)}
      </tr></thead>
      <tbody onFocusIn=${rove} onPointerDown=${begin} onPointerOver=${over} onKeyDown=${onKey} onClick=${enter}>
        <${Rows} seen=${seen} rows=${rows} columns=${model.dates.length + 2} height=${ROW} memo=${[chosen, range]} draw=${(row, i) => html`<${Row} key=${row.officer.id}
          model=${model} row=${row} first=${i === 0} chosen=${chosen === row.officer.id} range=${range?.officer === row.officer.id ? range : null} />`} />
      </tbody>
    </table>
  </section>`;
}

/** One officer's days; drawn again only where something of them changed. */
function Row({ model, row, first, chosen, range }) {
  const { officer, days, out } = row;
  const [from, to] = range ? [Math.min(range.from, range.to), Math.max(range.from, range.to)] : [-1, -1];
  return useMemo(() => html`<tr class=${names({ chosen })} data-officer=${officer.id}>
    <th scope="row"><button onClick=${() => go({ officer: chosen ? "" : officer.id })} title=${wholeName(model, officer.id)}>${officer.short}</button></th>
    <td class="sum">${number(out)}</td>
    ${days.map((day, i) => html`<td key=${model.dates[i]} class=${names(day.kind, { first: weekday(model.dates[i]) === 0, picked: i >= from && i <= to })}
      tabindex=${first && i === 0 ? "0" : "-1"} data-day=${i} title=${day.partly || null} aria-label=${`${officer.short}, ${shortDate(model.dates[i])}: ${day.said}`}>${
  day.visits ? html`<i>${day.visits}</i>` : ""}</td>`)}
  </tr>`, [model, row, first, chosen, from, to]);
}

/** Whose day an event is about: the officer, the place of the day, and whether a tour is out; null elsewhere. */
function cellOf({ target }) {
  const cell = target.closest("td[data-day]");
  if (!cell) return null;
  return { officer: cell.parentElement.dataset.officer, day: Number(cell.dataset.day), out: cell.classList.contains("out") };
}

/** Selected days of an officer open the panel that says what happened. */
function report(model, { officer, from, to }) {
  const [first, last] = [model.dates[Math.min(from, to)], model.dates[Math.max(from, to)]];
  go({ panel: "changes", visit: "", run: "", change: ["absent", officer, first, last].join("~") });
}

/** One cell at a time is reached by Tab: the one that had the focus last. */
function rove({ target, currentTarget }) {
  if (!target.matches("td[data-day]")) return;
  for (const cell of currentTarget.querySelectorAll("td[tabindex='0']")) cell.tabIndex = -1;
  target.tabIndex = 0;
}

/** Arrows move the focus over the cells. */
function move(event) {
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
  if (!down && !right) return;
  const cell = event.target.closest("td");
  const row = cell.parentElement;
  const target = row.parentElement.rows[row.sectionRowIndex + down]?.cells[cell.cellIndex + right];
  if (target?.dataset.day) {
    event.preventDefault();
    target.focus();
  }
}

function rowsOf(model, kept, now, held) {
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
      const visits = tours.flatMap((tour) => tour.stops.map((stop) => model.visits.get(stop.visit)));
      const places = visits.map((visit) => model.cooperatives.get(visit.cooperative).short);
      const looks = visits.map((visit) => tones(visit, now, held));
      const partly = officer.partly[date] ? `${t("absent")} ${officer.partly[date].join(", ")}` : "";
      const at = tours.length ? [places.join(", "), ...SAID.filter((key) => looks.some((tone) => tone[key])).map((key) => t(`legend_${key}`))].join(" · ") : absent.has(date) ? t("absent") : t("at_office");
      return {
        visits: places.length, partly, said: [at, partly].filter(Boolean).join(" · "),
        kind: tours.length ? `out${together(looks)}` : absent.has(date) ? "away" : partly ? "partly" : model.workdays.has(date) ? "" : "closed",
      };
    });
    return { officer, days, out: mine.size };
  });
}

const SAID = ["pinned", "held", "not-held"];

/** The marks of a day by those of its visits: held where all were, the others where any is. */
const together = (looks) => ["changed", "broken", "pinned", "held", "not-held"]
  .filter((key) => (key === "held" ? looks.every((tone) => tone.held) : looks.some((tone) => tone[key]))).map((key) => ` ${key}`).join("");
