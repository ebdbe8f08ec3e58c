// Somebody whom the service does not know: how to get in.
import { Language, Logo } from "../frame.js";
import { html } from "../html.js";
import { t } from "../words.js";

export function Stranger() {
  return html`<header class="bar"><span class="brand"><${Logo} /><b>ปฏิทิน</b></span><span class="gap"></span><${Language} /></header>
    <main class="page narrow stranger">
      <h1>${t("title")}</h1>
      <p>${t("stranger")}</p>
      <p class="hint">${t("stranger_link")}</p>
    </main>`;
}
