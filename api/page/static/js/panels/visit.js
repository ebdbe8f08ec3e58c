// A visit: where it stands, what it is for, why it is there, which days would suit, and what would mend it.
import { html } from "../html.js";
import { SideHead } from "../side.js";
import { Facts } from "./visitfacts.js";

export function Visit({ model, id }) {
  const visit = model.visits.get(id);
  const cooperative = model.cooperatives.get(visit.cooperative);
  return html`<section class="panel visit"><${SideHead} title=${cooperative.name} />
    <${Facts} model=${model} visit=${visit} cooperative=${cooperative} /></section>`;
}
