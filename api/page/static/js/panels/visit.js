// A visit: where it stands, what it is for, why it is there, which days would suit, and what would mend it.
import { make } from "../drafts.js";
import { html } from "../html.js";
import { marks } from "../marks.js";
import { useStore } from "../store.js";
import { Icon } from "../parts/icons.js";
import { take } from "../moving/keys.js";
import { lazy } from "../lazy.js";
import { isReported, reported } from "../reported.js";
import { current, isPlanner, shown, watches } from "../session.js";
import { SideHead } from "../side.js";
import { t } from "../words.js";
import { Facts } from "./visitfacts.js";
import { MoveTo } from "./moveto.js";
import { Why } from "./why.js";

const Reporting = lazy(async () => (await import("../reports/button.js")).Kept, { quiet: true });
const ByHand = lazy(async () => (await import("./byhand.js")).ByHand, { quiet: true });
const Reading = lazy(async () => (await import("../reports/reading.js")).Reading, { quiet: true });

export function Visit({ model, id, editable }) {
  const visit = model.visits.get(id);
  const cooperative = model.cooperatives.get(visit.cooperative);
  const held = useStore(reported, (now) => now.held[id]);
  const open = !useStore(reported, () => isReported(id)); // as it is where it was called off beforehand
  return html`<section class="panel visitpanel" aria-label=${cooperative.name}>
    <${SideHead} title=${cooperative.name} />
    <${Facts} model=${model} visit=${visit} cooperative=${cooperative} />
    ${held !== undefined && html`<p class=${held ? "allright" : "late"}>${held ? t("was_held") : t("was_not_held")}${editable && !open && html` <small>${t("reported_stays")}</small>`}</p>`}
    ${editable && html`${open && html`<${Actions} model=${model} visit=${visit} />`}
      <${Report} model=${model} visit=${visit} />
      ${open && html`<${MoveTo} model=${model} visit=${visit} />`}
      ${open && model.stops.has(visit.id) && html`<${ByHand} model=${model} visit=${visit} />`}
      <${Why} model=${model} visit=${visit} />`}
    ${!editable && watches() && html`<${Report} model=${model} visit=${visit} />`}
  </section>`;
}

/** Only visits of the published plan are reported on; who does not plan reads, and the head of office approves. */
function Report({ model, visit }) {
  const { id } = useStore(shown);
  const { published } = useStore(current);
  if (!published || published.plan !== id) return null;
  return isPlanner() ? html`<${Reporting} model=${model} visit=${visit.id} />` : html`<${Reading} visit=${visit.id} />`;
}

function Actions({ model, visit }) {
  const placed = model.stops.has(visit.id);
  const pinned = useStore(marks, (now) => now.pinned.has(visit.id)) || visit.pinned;
  return html`<div class="actions">
    <button class="main" onClick=${(event) => { event.currentTarget.blur(); take(visit.id); }}><${Icon} name="move" />${t("move")} <kbd>M</kbd></button>
    ${placed && html`<button class="quiet" onClick=${() => make([{ kind: pinned ? "unpin" : "pin", visit: visit.id }])}>
      <${Icon} name="pin" />${pinned ? t("unpin") : t("pin")}</button>
      <button class="quiet" onClick=${() => make([{ kind: "leave-out", visit: visit.id }])}>${t("leave_out")}</button>`}
  </div>`;
}
