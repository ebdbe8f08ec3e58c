// What is open at the side of the view: a visit, one of the works, or the tray.
import { go, useAddress } from "./address.js";
import { html } from "./html.js";
import { Icon } from "./parts/icons.js";
import { PANELS } from "./panels/all.js";
import { Visit } from "./panels/visit.js";
import { t } from "./words.js";

export function Side({ model, editable, tray }) {
  const { visit, panel } = useAddress();
  if (visit && model.visits.has(visit)) {
    return html`<${Visit} key=${visit} model=${model} id=${visit} editable=${editable} />`;
  }
  const Panel = (editable || panel === "circle") && PANELS[panel];
  if (!Panel) return tray;
  return html`<${Panel} key=${panel} model=${model} />`;
}

/** The head of whatever is open, with the way to close it. */
export function SideHead({ title, children }) {
  return html`<header class="sidehead"><h2>${title}</h2>${children}
    <button class="round" aria-label=${t("close")} onClick=${() => go({ panel: "", visit: "", run: "", change: "", against: "" })}><${Icon} name="close" /></button>
  </header>`;
}
