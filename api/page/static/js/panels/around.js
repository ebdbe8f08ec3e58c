// Plan the rest around what was placed by hand: a run in which those visits are pinned.
import { go } from "../address.js";
import { freshKey, post, Refused } from "../api.js";
import { draft } from "../drafts.js";
import { html, useState } from "../html.js";
import { loadRuns } from "../session.js";
import { SideHead } from "../side.js";
import { useStore } from "../store.js";
import { Faults } from "../parts/faults.js";
import { count, t } from "../words.js";

export function Around({ model }) {
  const now = useStore(draft);
  const [seconds, setSeconds] = useState(60);
  const [fault, setFault] = useState(null);
  const placed = now ? [...new Set([...now.changed, ...now.pins])].filter((visit) => model.stops.has(visit)) : [];
  const start = async () => {
    setFault(null);
    try {
      const asked = { changes: [], pins: placed, proposals: ["balanced", "cheapest"], seconds };
      const made = await post(`/v1/plans/${now.id}/replan`, asked, { key: freshKey() });
      await loadRuns();
      go({ panel: "changes", run: made.id });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setFault(refused);
    }
  };
  return html`<section class="panel"><${SideHead} title=${t("plan_around")} />
    <div class="form">
      <p class="hint">${t("around_hint")}</p>
      ${fault && html`<${Faults} fault=${fault} />`}
      <p>${count("n_pinned", placed.length)}</p>
      <label class="field">${t("at_most")}<select value=${seconds} onChange=${(event) => setSeconds(Number(event.target.value))}>
        ${[15, 60, 180].map((value) => html`<option key=${value} value=${value}>${t("n_seconds", { n: value })}</option>`)}</select></label>
      <button class="main" disabled=${!now} onClick=${start}>${t("plan_now")}</button></div>
  </section>`;
}
