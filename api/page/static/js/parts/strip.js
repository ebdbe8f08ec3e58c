// The whole horizon in one strip: how many cars are out each day, and where something wants attention.
import { go, useAddress } from "../address.js";
import { dayOf, monday, shortDate, shortMonth, span, week as weekName, weekNumber } from "../dates.js";
import { html, names, useMemo } from "../html.js";
import { moving } from "../moving/moving.js";
import { DayPrice, paint } from "../moving/price.js";
import { useStore } from "../store.js";
import { count, t } from "../words.js";
import { weekOf } from "../views/week.js";

export function Strip({ model, kept }) {
  const now = useStore(moving);
  const current = useAddress((at) => onShow(model, at));
  const worry = useMemo(() => worries(model), [model]);
  return html`<div class="striphold"><nav class=${names("strip", { priced: now })} aria-label=${t("horizon")}>
    ${model.weeks.map((week, i) => {
      const month = shortMonth(week.begins);
      const fresh = i === 0 || shortMonth(model.weeks[i - 1].begins) !== month;
      return html`<div key=${week.name} class=${names("stripweek", { current: week.name === current })}>
        <button class="stripname" aria-current=${week.name === current ? "true" : null}
          onClick=${() => go({ view: "week", week: week.name })} title=${span(week.days[0], week.days.at(-1))}>
          ${fresh ? html`<b>${month}</b>` : ""} ${t("week_short", { number: weekNumber(week.first) })}
        </button>
        <div class="stripdays">
          ${week.days.map((date) => html`<${StripDay} key=${date} model=${model} date=${date} now=${now} kept=${kept}
            worry=${worry.get(date)} week=${week.name} />`)}
        </div>
      </div>`;
    })}
  </nav></div>`;
}

/** The week on show, by its name; none in views that show more than one. */
function onShow(model, at) {
  if (at.view === "map" && at.day) return weekName(monday(at.day));
  return ["week", "map"].includes(at.view) ? weekOf(model, at)?.name : null;
}

const closed = (model, date) => (date < model.dates[0] || date > model.dates.at(-1) ? t("outside_plan") : t("closed_day"));

function StripDay({ model, date, now, kept, worry, week }) {
  const tours = model.toursOn(date);
  const cars = model.carsOn(date);
  const share = cars ? Math.min(1, tours.length / cars) : 0;
  const touched = kept && tours.some((tour) => tour.stops.some((stop) => kept.has(stop.visit)));
  const free = tours.length || model.workdays.has(date) ? t("cars_used", { used: tours.length, all: cars }) : closed(model, date);
  const said = [shortDate(date), free, worry && count("n_late", worry)].filter(Boolean).join(" · ");
  return html`<button class=${names("stripday", paint(now, date), { closed: !model.workdays.has(date), full: cars && tours.length >= cars, touched })}
    data-date=${date} tabindex="-1" title=${said} aria-label=${said} onClick=${() => go({ view: "week", week, day: date })}>
    ${now ? html`<span class="stripnumber">${dayOf(date)}</span><${DayPrice} now=${now} date=${date} brief=${true} />`
      : html`<span class="stripbar"><i class=${`h${Math.round(share * 10)}`}></i></span>${worry ? html`<span class="dot"></span>` : null}`}
  </button>`;
}

/** Days with late visits -> how many. */
function worries(model) {
  const found = new Map();
  for (const tour of model.tourList) {
    const late = tour.stops.filter((stop) => stop.late).length;
    if (late) found.set(tour.date, (found.get(tour.date) ?? 0) + late);
  }
  return found;
}
