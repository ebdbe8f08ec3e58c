// "Move to…": every day of the horizon with its price cheapest first, as buttons; below, what stands against the others.
import { move } from "../drafts.js";
import { shortDate } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { crewNames } from "../model.js";
import { days } from "../moving/moving.js";
import { kindOf } from "../moving/price.js";
import { shown } from "../session.js";
import { useStore } from "../store.js";
import { lang, signed, t } from "../words.js";
import { Barred } from "../parts/barred.js";

const FIRST = 4;

export function MoveTo({ model, visit }) {
  const { id } = useStore(shown);
  const [found, setFound] = useState(null);
  const [fault, setFault] = useState(null);
  const [all, setAll] = useState(false);
  useEffect(() => {
    let here = true;
    setFound(null);
    setFault(null);
    days(visit.id, { plan: id }).then((answer) => here && setFound(answer), (refused) => here && setFault(refused));
    return () => { here = false; };
  }, [id, visit.id, lang()]);
  if (fault) return html`<section><h3>${t("move_to")}</h3><p class="hint">${fault.faults?.[0]?.cause ?? t("went_wrong")}</p></section>`;
  if (!found) return html`<section><h3>${t("move_to")}</h3><p class="waiting" role="status">${t("asking")}…</p></section>`;
  const stands = model.stops.get(visit.id)?.tour.date;
  const priced = [...found.values()].filter((day) => day.slots.length && day.date !== stands)
    .sort((one, other) => one.slots[0].baht - other.slots[0].baht);
  const barred = [...found.values()].some((day) => !day.slots.length);
  return html`<section class="moveto"><h3>${t("move_to")} <small>${t("prices_while_rest_stays")}</small></h3>
    ${priced.length === 0 && html`<p class="hint">${t("no_day_found")}</p>`}
    <ul>${priced.slice(0, all ? undefined : FIRST).map((day) => html`<${Choice} key=${day.date} model=${model} visit=${visit} day=${day} />`)}</ul>
    ${(priced.length > FIRST || barred) && html`<button class="link" aria-expanded=${all ? "true" : "false"} onClick=${() => setAll(!all)}>
      ${all ? t("fewer_days") : t("all_days", { n: found.size })}</button>`}
    ${all && html`<${Barred} days=${[...found.values()]} />`}
  </section>`;
}

function Choice({ model, visit, day }) {
  const [slot] = day.slots;
  return html`<li><button class=${`choice ${kindOf(day)}`} onClick=${() => move(visit.id, day.date, slot)}>
    <b>${shortDate(day.date)}</b> <span>${slot.start.slice(0, 5)} · ${crewNames(model, slot.crew)}${slot.joins ? ` · ${t("joins_tour")}` : ""}</span>
    <span class=${`price ${kindOf(day)}`}>${signed(slot.baht)} <small>${t("baht")}</small></span></button></li>`;
}
