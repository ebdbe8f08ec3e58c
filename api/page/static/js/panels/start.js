// The first start: an office is loaded.
import { html } from "../html.js";
import { t } from "../words.js";

export function Start() {
  return html`<main class="page narrow"><h1>${t("first_start")}</h1></main>`;
}
