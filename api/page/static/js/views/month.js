// A month: days in weeks, each with its tours in a line.
import { follow, go, useAddress } from "../address.js";
import { dayOf, month, plus, shortWeekday, weekday, weekdayName, monday, week as weekName, today } from "../dates.js";
import { html, names } from "../html.js";
import { marks, tones } from "../marks.js";
import { wholeNames } from "../model.js";
import { Marks } from "../parts/tour.js";
import { reported } from "../reported.js";
import { count, t } from "../words.js";
import { Icon } from "../parts/icons.js";
import { DayPrice, paint } from "../moving/price.js";
import { moving } from "../moving/moving.js";
import { useStore } from "../store.js";
import { weekOf } from "./week.js";

export function Month({ model, kept }) {
  const months = [...new Set(model.dates.map((date) => date.slice(0, 7)))];
  const at = useAddress();
  const usual = (at.week ? weekOf(model, at).days.at(-1) : model.today ?? today()).slice(0, 7);
  const name = months.includes(at.month) ? at.month : months.includes(usual) ? usual : months[0];
  if (!name) return html`<p class="empty">${t("no_workdays")}</p>`;
  const place = months.indexOf(name);
  const turn = (step) => go({ month: months[place + step] });
  const weekend = model.dates.some((date) => date.startsWith(name) && weekday(date) > 4);
  const weeks = weeksOf(name, weekend ? 7 : 5);
  return html`<section class="month" aria-label=${month(`${name}-01`)}>
    <header class="viewhead">
      <button class="round" disabled=${place === 0} onClick=${() => turn(-1)} aria-label=${t("month_before")}><${Icon} name="left" /></button>
      <h2>${month(`${name}-01`)}</h2>
      <button class="round" disabled=${place === months.length - 1} onClick=${() => turn(1)} aria-label=${t("month_after")}><${Icon} name="right" /></button>
    </header>
    <div class=${`monthgrid days-${weekend ? 7 : 5}`}>
      ${weeks[0].map((date) => html`<span key=${date} class="monthhead">${weekdayName(date)}</span>`)}
      ${weeks.flat().map((date) => html`<${Day} key=${date} model=${model} date=${date} kept=${kept} inside=${date.startsWith(name)} />`)}
    </div>
  </section>`;
}

function Day({ model, date, kept, inside }) {
  const now = useStore(moving);
  if (!inside) return html`<div class="monthday outside"></div>`;
  const tours = model.toursOn(date);
  return html`<div class=${names("monthday", { idle: !tours.length, closed: !model.workdays.has(date), today: date === model.today }, paint(now, date))} data-date=${date}>
    <button class="monthnumber" onClick=${() => go({ view: "week", week: weekName(date) })}><span><span class="short">${shortWeekday(date)}</span> ${dayOf(date)}</span>
      ${tours.length > 0 && html`<small>${count("n_tours", tours.length)}</small>`}</button>
    ${now && html`<${DayPrice} now=${now} date=${date} brief=${true} />`}
    ${tours.map((tour) => html`<div key=${tour.id} class=${names("monthtour", `colour-${tour.colour}`, { dim: kept && !tour.stops.some((stop) => kept.has(stop.visit)) })}
      data-tour=${tour.id} title=${wholeNames(model, tour.crew)}>
      ${tour.stops.map((stop) => html`<${Entry} key=${stop.visit} model=${model} stop=${stop} />`)}
    </div>`)}
  </div>`;
}

/** One visit: its place by its short name, with what is to be heeded about it. */
function Entry({ model, stop }) {
  const visit = model.visits.get(stop.visit);
  const cooperative = model.cooperatives.get(visit.cooperative);
  const now = useStore(marks);
  const held = useStore(reported, (all) => all.held);
  const chosen = useAddress((at) => at.visit === visit.id);
  return html`<a class=${names({ late: stop.late, chosen }, tones(visit, now, held))} data-visit=${visit.id} title=${`${stop.start} ${cooperative.name}`}
    ...${follow({ visit: chosen ? "" : visit.id })}><span>${cooperative.short || cooperative.name}</span><${Marks} model=${model} visit=${visit} stop=${stop} /></a>`;
}

/** The weeks of a month: each its dates, those of the neighbouring months too. */
function weeksOf(name, length) {
  const first = monday(`${name}-01`);
  const weeks = [];
  for (let day = first; day.slice(0, 7) <= name; day = plus(day, 7)) {
    const dates = Array.from({ length }, (_, i) => plus(day, i));
    if (dates.some((date) => date.startsWith(name))) weeks.push(dates);
  }
  return weeks;
}
