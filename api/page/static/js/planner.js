// The planner's desk: bar, strip, the view, and what is open at its side.
import { go, useAddress } from "./address.js";
import { DraftBar } from "./parts/draftbar.js";
import { Filters } from "./parts/filters.js";
import { Frame } from "./frame.js";
import { html, useEffect, useMemo } from "./html.js";
import { filtered } from "./model.js";
import { onKey } from "./moving/keys.js";
import { Side } from "./side.js";
import { survey } from "./reported.js";
import { follow } from "./stream.js";
import { current, hasPlan, isPlanner, open, runs, shown } from "./session.js";
import { lazy } from "./lazy.js";
import { useStore } from "./store.js";
import { Strip } from "./parts/strip.js";
import { Tray } from "./parts/tray.js";
import { Faults } from "./parts/faults.js";
import { language, t } from "./words.js";
import { VIEWS } from "./views/all.js";

const Start = lazy(async () => (await import("./panels/start.js")).Start);

export function Planner() {
  const plan = useAddress((at) => at.plan);
  const lang = useStore(language);
  const { model, fault } = useStore(shown);
  const standing = useStore(current, (now) => (plan ? "" : now.published?.plan));
  useEffect(() => { open(plan); }, [plan, lang, standing]);
  useEffect(follow, []);
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return html`<${Frame} model=${model}>${inside(model, fault)}<//>`;
}

function inside(model, fault) {
  if (fault) return html`<main class="page narrow"><${Faults} fault=${fault} />
    <p><button class="main" onClick=${() => go({ plan: "" })}>${t("to_published")}</button></p></main>`;
  if (!model) return html`<${Begin} />`;
  return html`<${Desk} model=${model} />`;
}

/** No board yet: still loading, or nothing was planned so far. */
function Begin() {
  const empty = useStore(current, (now) => now.empty);
  const planned = useStore(runs, (all) => all.some(hasPlan));
  useEffect(() => { if (empty && planned) open(); }, [empty, planned]);
  return empty ? html`<${Start} />` : html`<main class="page"><p class="waiting" role="status">${t("loading")}</p></main>`;
}

function Desk({ model }) {
  const at = useAddress();
  const { officer, district, topic, partner, state, q } = at;
  const kept = useMemo(() => filtered(model, { officer, district, topic, partner, state, q }),
    [model, officer, district, topic, partner, state, q]);
  const plan = useStore(shown, (now) => now.id);
  useEffect(() => { survey(plan); }, [plan, !at.visit]);
  const View = (VIEWS[at.view] ?? VIEWS.week).component;
  const editable = isPlanner();
  return html`<main class="desk">
    <${Strip} model=${model} kept=${kept} />
    <${Filters} model=${model} kept=${kept} />
    <div class="work">
      <div class="view" id="desk" tabindex="-1"><${View} model=${model} kept=${kept} editable=${editable} /></div>
      <${Side} model=${model} editable=${editable} tray=${html`<${Tray} model=${model} kept=${kept} editable=${editable} />`} />
    </div>
    ${editable && html`<${DraftBar} model=${model} />`}
  </main>`;
}
