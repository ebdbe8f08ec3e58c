// Visits that stand otherwise in one plan than in another: where each stood, and where it stands.
import { follow } from "../address.js";
import { shortDate } from "../dates.js";
import { html } from "../html.js";
import { crewNames } from "../model.js";
import { count, t } from "../words.js";
import { carName, useOffice } from "./office.js";

const MOST = 60;

export function Changes({ model, differences }) {
  const { visits, leads } = differences;
  const known = useOffice(model.problem);
  const moved = Object.entries(leads);
  return html`<section class="changes"><h3>${t("what_changes")}</h3>
    ${visits.length === 0 && moved.length === 0 && html`<p class="hint">${t("no_changes")}</p>`}
    <ul>${visits.slice(0, MOST).map((one) => html`<li key=${one.visit}>
      <a data-visit=${one.visit} ...${follow({ visit: one.visit })}>${nameOf(model, one)}</a>
      <span class="kinds">${one.kinds.map((kind) => t(`kind_${kind}`)).join(", ")}</span>
      <span class="fromto">${fromTo(model, known, one)}</span></li>`)}</ul>
    ${visits.length > MOST && html`<p class="hint">${count("and_more", visits.length - MOST)}</p>`}
    ${moved.length > 0 && html`<ul>${moved.map(([id, { before, after }]) => html`<li key=${id}>${model.cooperatives.get(id)?.short ?? id}
      <span class="kinds">${t("lead")}</span> <span class="fromto">${person(model, before)} → ${person(model, after)}</span></li>`)}</ul>`}
  </section>`;
}

export const nameOf = (model, one) => {
  const cooperative = model.cooperatives.get(one.cooperative) ?? model.cooperativeOf(one.visit);
  return cooperative?.short || cooperative?.name || one.visit;
};

export const place = (model, at) => (at ? `${shortDate(at.date)} ${at.start.slice(0, 5)} (${crewNames(model, at.crew)})` : t("unplanned"));

/** Where a visit stood and stands; in which car, too, where that is another one. */
export function fromTo(model, known, one) {
  const where = (at) => place(model, at) + (at?.car && one.kinds.includes("new-car") ? ` ${carName(known, at.car)}` : "");
  return `${where(one.before)} → ${where(one.after)}`;
}

const person = (model, id) => (id ? model.officers.get(id)?.short ?? id : "–");
