// Officers by days: who is out when, who is away; days of one officer can be selected to say that he or she is absent.
import { go, here, useAddress } from "../address.js";
import { dayOf, shortDate, shortMonth, week, weekday } from "../dates.js";
import { html, names, useEffect, useMemo, useRef, useState } from "../html.js";
import { head, number, t } from "../words.js";

export function Officers({ model, kept, editable }) {
  const [range, setRange] = useState(null); // {officer, from, to}: places in the list of days
  const chosen = useAddress((at) => at.officer);
  const rows = useMemo(() => rowsOf(model, kept), [model, kept]);
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
  const begin = (officer, i) => editable && setRange((picking.current = { officer, from: i, to: i }));
  const over = (officer, i) => {
    if (picking.current?.officer === officer && i !== picking.current.to) {
      setRange((picking.current = { ...picking.current, to: i, moved: true }));
    }
  };
  const within = (officer, i) => range?.officer === officer && i >= Math.min(range.from, range.to) && i <= Math.max(range.from, range.to);
  const onKey = (event, officer, i) => {
    if (!editable || !event.shiftKey || !["ArrowRight", "ArrowLeft"].includes(event.key)) return move(event);
    event.preventDefault();
    const from = range?.officer === officer ? range.from : i;
    const to = Math.max(0, Math.min(model.dates.length - 1, (range?.officer === officer ? range.to : i) + (event.key === "ArrowRight" ? 1 : -1)));
    setRange({ officer, from, to });
    return undefined;
  };
  const onEnter = (officer, i, day) => {
    if (range?.officer === officer && range.from !== range.to) return report(model, range);
    return go({ view: "week", week: week(model.dates[i]), officer: day.tours.length ? officer : here().officer });
  };
  return html`<section class="matrix officers" tabindex="0" aria-label=${t("view_officers")}>
    <table>
      <thead><tr><th class="corner">${head("officer")}</th><th class="sum">${head("days_out")}</th>
        ${model.dates.map((date, i) => html`<th key=${date} class=${names({ first: weekday(date) === 0 })} title=${shortDate(date)}>
          <span class="mon">${i === 0 || shortMonth(date) !== shortMonth(model.dates[i - 1]) ? shortMonth(date) : ""}</span>${dayOf(date)}</th>`)}
      </tr></thead>
      <tbody onFocusIn=${rove}>${rows.map(({ officer, days, out }, row) => html`<tr key=${officer.id} class=${names({ chosen: chosen === officer.id })}>
        <th scope="row"><button onClick=${() => go({ officer: chosen === officer.id ? "" : officer.id })} title=${officer.name}>${officer.short}</button></th>
        <td class="sum">${number(out)}</td>
        ${days.map((day, i) => html`<td key=${model.dates[i]} class=${names(day.kind, { first: weekday(model.dates[i]) === 0, picked: within(officer.id, i) })}>
          <button tabindex=${row === 0 && i === 0 ? "0" : "-1"} aria-label=${`${officer.short}, ${shortDate(model.dates[i])}: ${day.said}`} title=${`${shortDate(model.dates[i])}: ${day.said}`}
            onPointerDown=${() => begin(officer.id, i)} onPointerEnter=${() => over(officer.id, i)}
            onKeyDown=${(event) => onKey(event, officer.id, i)} onClick=${() => { if (!range?.moved) onEnter(officer.id, i, day); }}
          >${day.tours.length ? day.tours.reduce((sum, tour) => sum + tour.stops.length, 0) : ""}</button></td>`)}
      </tr>`)}</tbody>
    </table>
    <p class="legend"><span class="key out"></span>${t("legend_out")} <span class="key away"></span>${t("absent")}
      ${editable && html`<small>${t("legend_select")}</small>`}</p>
  </section>`;
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
  const cell = event.currentTarget.closest("td");
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
        tours, kind: tours.length ? "out" : absent.has(date) ? "away" : model.workdays.has(date) ? "" : "closed",
        said: tours.length ? places.join(", ") : absent.has(date) ? t("absent") : t("at_office"),
      };
    });
    return { officer, days, out: mine.size };
  });
}

