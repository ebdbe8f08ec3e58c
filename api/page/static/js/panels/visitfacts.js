// What is known of a visit at once, without asking: place, people, agenda, dates.
import { follow, go } from "../address.js";
import { dayMonth, fullDate, longDate, span, week } from "../dates.js";
import { html } from "../html.js";
import { count, head, number, t } from "../words.js";
import { Icon } from "../parts/icons.js";
import { isNarrow } from "../parts/sheet.js";

/** Who points with a finger has maps on the phone; on a desk the map is the page's own. */
const byTouch = matchMedia("(pointer: coarse)");

export function Facts({ model, visit, cooperative }) {
  const placed = model.stops.get(visit.id);
  const lead = model.lead(cooperative);
  const named = (id) => model.officers.get(id)?.name ?? id;
  return html`<div class="facts">
    <p class="where"><${Icon} name="place" />${cooperative.place || cooperative.district}
      ${cooperative.point && (byTouch.matches ? html` <a href=${`geo:${cooperative.point.join(",")}`}>${t("open_in_map")}</a>`
        : placed && html` <a ...${follow({ view: "map", day: placed.tour.date })}>${t("show_on_map")}</a>`)}</p>
    ${placed ? html`<p class="stands"><b>${longDate(placed.tour.date)}</b>, ${placed.stop.start}–${placed.stop.end}
        <button class="link" onClick=${() => go({ view: "week", week: week(placed.tour.date), visit: isNarrow() ? "" : visit.id })}>${t("show_in_week")}</button></p>`
      : html`<p class="stands bad"><b>${t("unplanned")}</b></p>`}
    ${visit.board && html`<p><${Icon} name="board" /> ${head("board_meeting")}</p>`}
    <dl>
      ${placed && html`<dt>${head("crew")}</dt><dd>${placed.tour.crew.map(named).join(", ")}</dd>`}
      ${placed?.tour.car && html`<dt>${head("car")}</dt><dd>${placed.tour.car}</dd>`}
      ${lead && html`<dt>${head("lead")}</dt><dd>${lead.name}${placed?.stop.stand_in ? html` <span class="late">(${t("stand_in_long")})</span>` : ""}</dd>`}
      ${visit.agenda?.length > 0 && html`<dt>${head("agenda")}</dt><dd><ul>${visit.agenda.map((title) => html`<li key=${title}>${title}</li>`)}</ul></dd>`}
      ${visit.partner && html`<dt>${head("partner")}</dt><dd>${model.partners[visit.partner]}</dd>`}
      <dt>${head("col_minutes")}</dt><dd>${number(visit.minutes)}</dd>
      <dt>${head("priority")}</dt><dd>${visit.priority}</dd>
      ${visit.due && html`<dt>${head("due")}</dt><dd>${fullDate(visit.due)}
        ${placed?.stop.late ? html` <span class="late">${count("late_by", placed.stop.late)}</span>` : ""}</dd>`}
      ${(visit.earliest || visit.latest) && html`<dt>${t("may_be_held")}</dt><dd>${visit.earliest && visit.latest
        ? span(visit.earliest, visit.latest) : visit.earliest ? t("from_date", { date: dayMonth(visit.earliest) }) : t("to_date", { date: dayMonth(visit.latest) })}</dd>`}
    </dl>
  </div>`;
}
