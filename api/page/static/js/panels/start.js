// The first start: try the sample office, or drop the workbook of one's own.
import { html, useState } from "../html.js";
import { me, runs } from "../session.js";
import { useStore } from "../store.js";
import { lang, t } from "../words.js";
import { Ask, Running } from "./planrun.js";
import { Upload } from "./upload.js";
import { useAddress } from "../address.js";

export function Start() {
  const asked = useAddress((at) => at.run);
  const going = useStore(runs, (all) => all.find((one) => ["queued", "running"].includes(one.state))?.id);
  const run = asked || going;
  const office = me.get().office;
  const [read, setRead] = useState(false); // what was read now is asked for below its file
  return html`<main class="page narrow start">
    <h1>${office ? t("first_plan") : t("welcome")}</h1>
    ${run && html`<${Running} key=${run} id=${run} />`}
    ${!run && !read && (office ? html`<p><b>${(lang() === "th" && office.name_th) || office.name}</b></p><${Ask} problem=${office.problem} />
      <h2>${t("other_office")}</h2>` : html`<p class="hint">${t("welcome_long")}</p>`)}
    ${!run && html`<${Upload} key="upload" sample=${!office} onRead=${setRead} />`}
  </main>`;
}

