// A viewer: the published board, read only.
import { useAddress } from "../address.js";
import { Filters } from "../parts/filters.js";
import { Frame } from "../frame.js";
import { html, useEffect, useMemo } from "../html.js";
import { filtered } from "../model.js";
import { Side } from "../side.js";
import { current, show, shown } from "../session.js";
import { useStore } from "../store.js";
import { follow } from "../stream.js";
import { Strip } from "../parts/strip.js";
import { Tray } from "../parts/tray.js";
import { language, t } from "../words.js";
import { VIEWS } from "../views/all.js";

export function Viewer() {
  const lang = useStore(language);
  const { model, fault } = useStore(shown);
  const { published } = useStore(current);
  useEffect(follow, []);
  useEffect(() => { show("", lang); }, [lang, published?.version]);
  return html`<${Frame} model=${model}>${fault ? html`<main class="page narrow"><p class="allright">${t("nothing_published")}</p></main>`
    : model && html`<${Board} model=${model} />`}<//>`;
}

function Board({ model }) {
  const at = useAddress();
  const kept = useMemo(() => filtered(model, at), [model, at]);
  const View = (VIEWS[at.view] ?? VIEWS.week).component;
  return html`<main class="desk">
    <${Strip} model=${model} kept=${kept} />
    <${Filters} model=${model} kept=${kept} />
    <div class="work"><div class="view" id="desk" tabindex="-1"><${View} model=${model} kept=${kept} /></div>
      <${Side} model=${model} tray=${html`<${Tray} model=${model} kept=${kept} />`} /></div>
  </main>`;
}
