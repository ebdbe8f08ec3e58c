// By hand: another time, other people, another car or another lead. Each makes a draft, which says what it breaks.
import { make } from "../drafts.js";
import { html, useState } from "../html.js";
import { wholeName } from "../model.js";
import { Pick } from "../parts/fields.js";
import { useOffice } from "../parts/office.js";
import { Time } from "../parts/times.js";
import { head, t } from "../words.js";

export function ByHand({ model, visit }) {
  const { tour, stop } = model.stops.get(visit.id);
  const known = useOffice(model.problem);
  const cars = (known?.cars ?? []).filter((car) => car.office === tour.office);
  const cooperative = model.cooperatives.get(visit.cooperative);
  return html`<section class="byhand"><details><summary><h3>${t("by_hand")}</h3></summary>
    <${At} key=${`${tour.id} ${stop.start}`} visit=${visit} start=${stop.start} />
    <${Crew} model=${model} tour=${tour} visit=${visit} />
    ${cars.length > 0 && html`<${Pick} label=${head("car")} value=${cars.find((car) => car.name === tour.car)?.id ?? ""}
      options=${cars.map((car) => [car.id, car.name])} onPick=${(car) => car && make([{ kind: "car", tour: tour.id, car }])} />`}
    <${Pick} label=${head("lead")} value=${cooperative.lead ?? ""} options=${[...model.officers.values()].map((one) => [one.id, one.name])}
      onPick=${(officer) => officer && officer !== cooperative.lead && make([{ kind: "lead", cooperative: cooperative.id, officer }])} />
  </details></section>`;
}

/** The visit begins at another time of its day. */
function At({ visit, start }) {
  const [time, setTime] = useState("");
  return html`<div class="beside"><${Time} label=${head("start")} value=${start} onTime=${setTime} />
    <button class="quiet" disabled=${!time || time === start} onClick=${() => make([{ kind: "place", visit: visit.id, start: time }])}>${t("set_time")}</button></div>`;
}

/** Who rides on the tour: taken out one by one, or added; who is away, for part of the day too, or out already is said. */
function Crew({ model, tour, visit }) {
  const ride = (officers) => officers.length && make([{ kind: "crew", tour: tour.id, officers }]);
  const out = new Set(model.toursOn(tour.date).filter((one) => one !== tour).flatMap((one) => one.crew));
  const parts = ({ partly }) => partly[tour.date] ?? [];
  const meets = (hours) => { const [from, to] = hours.split("–"); return from < tour.return && tour.depart < to; };
  const away = (one) => (one.absent.includes(tour.date) ? t("absent") : parts(one).length > 0 && `${t("absent")} ${parts(one).join(", ")}`);
  const state = (one) => [away(one), out.has(one.id) && t("on_other_tour"),
    (visit.topics ?? []).length > 0 && visit.topics.every((topic) => one.topics.includes(topic)) && t("knows_topics")].filter(Boolean);
  const others = [...model.officers.values()].filter((one) => !tour.crew.includes(one.id))
    .map((one) => ({ one, bad: one.absent.includes(tour.date) || parts(one).some(meets) || out.has(one.id) })).sort((a, b) => a.bad - b.bad);
  return html`<div class="field"><span>${head("crew")}</span><ul class="rows">${tour.crew.map((id) => html`<li key=${id}><span>${wholeName(model, id)}</span>
      ${tour.crew.length > 1 && html`<button class="link" onClick=${() => ride(tour.crew.filter((one) => one !== id))}>${t("take_back")}</button>`}</li>`)}</ul>
    <${Pick} label=${t("add_officer")} value="" onPick=${(id) => id && ride([...tour.crew, id])}
      options=${others.map(({ one, bad }) => [one.id, [one.name, ...state(one)].join(" · "), bad])} /></div>`;
}
