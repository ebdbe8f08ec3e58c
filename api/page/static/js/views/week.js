// The week board: a column for each day, its tours below each other.
import { go, useAddress } from "../address.js";
import { dayMonth, monday, shortWeekday, span, today, weekNumber, weekdayName } from "../dates.js";
import { html, names } from "../html.js";
import { DayPrice, paint } from "../moving/price.js";
import { moving } from "../moving/moving.js";
import { useStore } from "../store.js";
import { count, head, number, t } from "../words.js";
import { Icon } from "../parts/icons.js";
import { Tour } from "../parts/tour.js";

/** The week on show: that of the address, else that of the visit chosen there, else the one of today, else the first with tours on several days. */
export function weekOf(model, at) {
  const busy = (week) => week.days.filter((day) => model.toursOn(day).length).length;
  const now = monday(model.today ?? today());
  const chosen = model.stops.get(at.visit)?.tour.date;
  return model.weeks.find((week) => week.name === at.week)
    ?? (chosen && model.weeks.find((week) => week.first === monday(chosen)))
    ?? model.weeks.find((week) => week.first === now) ?? model.weeks.find((week) => busy(week) > 1) ?? model.weeks.find((week) => busy(week)) ?? model.weeks[0];
}

export function Week({ model, kept, editable }) {
  const week = useAddress((at) => weekOf(model, at));
  if (!week) return html`<p class="empty">${t("no_workdays")}</p>`;
  const place = model.weeks.indexOf(week);
  const turn = (step) => model.weeks[place + step] && go({ week: model.weeks[place + step].name });
  const tours = week.days.flatMap((date) => model.toursOn(date));
  return html`<section class="week" aria-label=${t("week_of", { number: weekNumber(week.first) })}>
    <header class="viewhead">
      <button class="round" disabled=${place === 0} onClick=${() => turn(-1)} aria-label=${t("week_before")}>
        <${Icon} name="left" /></button>
      <h2>${t("week_of", { number: weekNumber(week.first) })} <small>${span(week.days[0], week.days.at(-1))}</small></h2>
      <button class="round" disabled=${place === model.weeks.length - 1} onClick=${() => turn(1)}
        aria-label=${t("week_after")}><${Icon} name="right" /></button>
      <p class="sums">${[count("n_tours", tours.length), count("n_visits", tours.reduce((sum, tour) => sum + tour.stops.length, 0)),
        `${number(tours.reduce((sum, tour) => sum + tour.km, 0))} ${t("km")}`].join(" · ")}</p>
    </header>
    <div class=${`days days-${week.days.length}`}>
      ${week.days.map((date) => html`<${Day} key=${date} model=${model} date=${date} kept=${kept} editable=${editable} />`)}
    </div>
  </section>`;
}

function Day({ model, date, kept, editable }) {
  const now = useStore(moving);
  const tours = model.toursOn(date);
  const cars = model.carsOn(date);
  const open = model.workdays.has(date);
  return html`<section class=${names("day", { closed: !open, today: date === model.today }, paint(now, date))}
    data-date=${date} aria-label=${`${weekdayName(date)} ${dayMonth(date)}`}>
    <header>
      <h3><span class="long">${weekdayName(date)}</span><span class="short">${shortWeekday(date)}</span> <b>${dayMonth(date)}</b></h3>
      ${open && html`<span class=${names("load", { full: tours.length >= cars })} title=${t("cars_used", { used: tours.length, all: cars })}>
        <${Icon} name="car" />${tours.length}/${cars}</span>`}
    </header>
    ${now && html`<${DayPrice} now=${now} date=${date} />`}
    <div class="tours">
      ${tours.map((tour) => html`<${Tour} key=${tour.id} model=${model} tour=${tour} kept=${kept} editable=${editable} />`)}
      ${!tours.length && html`<p class="empty">${open ? t("no_tours_today") : date < model.dates[0] || date > model.dates.at(-1) ? t("outside_plan") : head("closed_day")}</p>`}
    </div>
  </section>`;
}
