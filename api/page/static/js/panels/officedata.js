// The office's data: load another workbook, or a mended one.
import { html } from "../html.js";
import { SideHead } from "../side.js";
import { t } from "../words.js";
import { Upload } from "./upload.js";

export function OfficeData() {
  return html`<section class="panel"><${SideHead} title=${t("work_office")} />
    <p class="hint">${t("office_hint")}</p><${Upload} sample=${true} /></section>`;
}
