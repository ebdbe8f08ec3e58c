// The way to the report of a visit: says how it stands, and opens the form.
import { html, useEffect, useState } from "../html.js";
import { Icon } from "../parts/icons.js";
import { useStore } from "../store.js";
import { t } from "../words.js";
import { ReportForm } from "./form.js";
import { outbox, watch } from "./outbox.js";

/** Look after what waits to be sent, as long as a plan is on show. */
export function useOutbox(model) {
  const season = model?.workdays.values().next().value;
  useEffect(() => (season ? watch(season) : undefined), [season]);
}

/** The same with the outbox looked after: for a visit that stands alone. */
export function Kept({ model, visit }) {
  useOutbox(model);
  return html`<${Reporting} visit=${visit} />`;
}

export function Reporting({ visit }) {
  const [open, setOpen] = useState(false);
  const entry = useStore(outbox, (all) => all.get(visit));
  return html`<p><button class="quiet reporting" data-visit=${visit} aria-expanded=${open ? "true" : "false"} onClick=${() => setOpen(!open)}><${Icon} name="add" />${t("write_report")}
      ${entry && html`<small>${t(`report_${entry.state}`, { version: entry.version })}</small>`}</button></p>
    ${open && html`<${ReportForm} visit=${visit} onClose=${() => setOpen(false)} />`}`;
}
