// What is open at the side of the view: a visit, one of the works, or the tray.
import { go, useAddress } from "./address.js";
import { html } from "./html.js";
import { Icon } from "./parts/icons.js";
import { Aside, CLOSED, useOpen } from "./parts/sheet.js";
import { PANELS, WIDE } from "./panels/all.js";
import { Visit } from "./panels/visit.js";
import { t } from "./words.js";

/** The side, and what is open there; without anything the tray. */
export function Side({ model, editable, tray }) {
  const opens = (panel) => Boolean((editable || panel === "circle") && PANELS[panel]);
  const what = useOpen(model, opens);
  return html`<${Aside} what=${what} wide=${editable && WIDE.has(what)}><${Inside} model=${model} editable=${editable} tray=${tray} opens=${opens} /><//>`;
}

function Inside({ model, editable, tray, opens }) {
  const { visit, panel } = useAddress();
  if (visit && model.visits.has(visit)) {
    return html`<${Visit} key=${visit} model=${model} id=${visit} editable=${editable} />`;
  }
  if (!opens(panel)) return tray;
  const Panel = PANELS[panel];
  return html`<${Panel} key=${panel} model=${model} />`;
}

/** The head of whatever is open, with the way to close it. */
export function SideHead({ title, children }) {
  return html`<header class="sidehead"><h2>${title}</h2>${children}
    <button class="round closing" aria-label=${t("close")} onClick=${() => go(CLOSED)}><${Icon} name="close" /><span>${t("close")}</span></button>
  </header>`;
}
