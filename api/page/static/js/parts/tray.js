// Visits that want attention: left out, or after their due date, each with its reason.
import { follow, useAddress } from "../address.js";
import { grab } from "../moving/drag.js";
import { dayMonth, shortDate, week } from "../dates.js";
import { html, names, useMemo } from "../html.js";
import { count, number, t } from "../words.js";
import { Sums } from "./sums.js";

export function Tray({ model, kept, editable }) {
  const passes = (one) => !kept || kept.has(one.visit);
  const left = useMemo(() => model.unplannedList.filter(passes), [model, kept]);
  const late = useMemo(() => model.lateList.filter(passes), [model, kept]);
  return html`<section class="tray" aria-label=${t("open_matters")}>
    <${Sums} model=${model} whole=${Boolean(kept)} />
    <h2>${t("open_matters")} <small>${number(left.length + late.length)}</small></h2>
    ${kept && html`<p class="hint">${t("of_filter", { n: number(left.length + late.length), all: number(model.unplannedList.length + model.lateList.length) })}</p>`}
    ${left.length === 0 && late.length === 0 && html`<p class="allright">${kept ? t("nothing_open_of_filter") : t("nothing_open")}</p>`}
    ${left.length > 0 && html`<h3>${t("unplanned_visits")} <small>${left.length}</small></h3>
      <ul>${left.map((one) => html`<li key=${one.visit}><${Card} model=${model} one=${one} editable=${editable} /></li>`)}</ul>`}
    ${late.length > 0 && html`<h3>${t("late_visits")} <small>${late.length}</small></h3>
      <ul>${late.map((one) => html`<li key=${one.visit}><${Card} model=${model} one=${one} editable=${editable} /></li>`)}</ul>`}
  </section>`;
}

function Card({ model, one, editable }) {
  const visit = model.visits.get(one.visit);
  const cooperative = model.cooperatives.get(visit.cooperative);
  const placed = model.stops.get(one.visit);
  const chosen = useAddress((at) => at.visit === one.visit);
  return html`<a class=${names("stop open", { chosen, bad: !placed })} data-visit=${one.visit} draggable=${false}
    ...${follow(chosen ? { visit: "" } : { visit: one.visit, ...(placed && { week: week(placed.tour.date) }) })} onPointerDown=${editable ? (event) => grab(event, one.visit) : null}>
    <span class="what">
      <span class="place">${cooperative.short || cooperative.name}</span>
      <span class="more">${placed ? html`<b class="late">${count("late_by", one.workdays)}</b> · ${shortDate(placed.tour.date)}`
        : html`<b class="late">${t("unplanned")}</b>`}${visit.board && html` · ${t("board_meeting")}`}${visit.due && html` · ${t("due")} ${dayMonth(visit.due)}`}
        ${visit.priority > 1 && html` · ${t("priority")} ${visit.priority}`}</span>
      <span class="why">${one.reason}</span>
    </span>
  </a>`;
}
