// One tour as a card: who rides, when, and its visits in the order driven.
import { follow, useAddress } from "../address.js";
import { away, grab, near } from "../moving/drag.js";
import { moving } from "../moving/moving.js";
import { html, names } from "../html.js";
import { marks } from "../marks.js";
import { crewNames, wholeNames } from "../model.js";
import { reported } from "../reported.js";
import { useStore } from "../store.js";
import { count, number, t } from "../words.js";
import { Icon } from "./icons.js";

export function Tour({ model, tour, kept, editable }) {
  const crew = crewNames(model, tour.crew);
  const broken = useStore(marks, (now) => now.broken.has(tour.id));
  const dim = kept && !tour.stops.some((stop) => kept.has(stop.visit));
  return html`<article class=${names("tour", `colour-${tour.colour}`, { dim, broken })} data-tour=${tour.id}>
    <header>
      <span class="crew" title=${wholeNames(model, tour.crew)}>${crew}</span>
      ${tour.car && html`<span class="vehicle" title=${tour.car}><${Icon} name="car" />${tour.car}</span>`}
      <span class="hours">${tour.depart}–${tour.return}</span>
      <span class="km">${number(tour.km)} ${t("km")}</span>
    </header>
    <ol>${tour.stops.map((stop) => html`<li key=${stop.visit}>
      <${Stop} model=${model} stop=${stop} editable=${editable} dim=${kept && !kept.has(stop.visit)} />
    </li>`)}</ol>
  </article>`;
}

export function Stop({ model, stop, dim, editable }) {
  const visit = model.visits.get(stop.visit);
  const cooperative = model.cooperatives.get(visit.cooperative);
  const chosen = useAddress((at) => at.visit === stop.visit);
  const dragged = useStore(moving, (now) => now?.visit === stop.visit);
  const changed = useStore(marks, (now) => now.changed.has(stop.visit));
  const bad = useStore(marks, (now) => now.broken.has(stop.visit));
  const held = useStore(reported, (now) => now.held[stop.visit]);
  const movable = editable && held === undefined;
  return html`<a class=${names("stop", { dim, chosen, dragged, changed, bad })} data-visit=${stop.visit}
    ...${follow({ visit: chosen ? "" : stop.visit })} aria-current=${chosen ? "true" : null} draggable=${false}
    title=${cooperative.name} onPointerDown=${movable ? (event) => grab(event, stop.visit) : null}
    onPointerEnter=${movable ? () => near(stop.visit) : null} onPointerLeave=${movable ? away : null}>
    <span class="clock">${stop.start}</span>
    <span class="what">
      <span class="place">${cooperative.brief}</span>
      <span class="more">${[cooperative.land, ...(visit.topics ?? []).map((id) => model.topics[id])].filter(Boolean).join(" · ")}</span>
    </span>
    <${Marks} model=${model} visit=${visit} stop=${stop} />
  </a>`;
}

/** What is to be heeded about a visit: at a meeting of the board, late, without its lead, pinned, with a partner. */
export function Marks({ model, visit, stop }) {
  const pinned = useStore(marks, (now) => now.pinned.has(visit.id));
  return marksOf(model, visit, stop, pinned, useStore(reported, (now) => now.held[visit.id]));
}

/** `held`: undefined while nothing is reported. */
export function marksOf(model, visit, stop, pinned, held) {
  const late = stop?.late ?? model.late.get(visit.id)?.workdays ?? 0;
  const shown = [
    held !== undefined && html`<span class=${held ? "mark held" : "mark bad"}><${Icon} name=${held ? "ok" : "close"} title=${held ? t("was_held") : t("was_not_held")} /></span>`,
    late > 0 && html`<span class="mark bad"><${Icon} name="late" title=${count("late_by", late)} />${late}</span>`,
    stop?.stand_in && html`<span class="mark warn"><${Icon} name="standin" title=${t("stand_in_long")} /></span>`,
    (pinned || visit.pinned) && html`<span class="mark"><${Icon} name="pin" title=${t("pinned")} /></span>`,
    visit.board && html`<span class="mark"><${Icon} name="board" title=${t("board_meeting")} /></span>`,
    visit.partner && html`<span class="mark"><${Icon} name="partner" title=${model.partners[visit.partner]} /></span>`,
  ].filter(Boolean);
  return shown.length ? html`<span class="marks">${shown}</span>` : null;
}
