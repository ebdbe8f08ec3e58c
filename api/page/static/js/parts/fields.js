// Fields of forms: a choice among named things, and a whole number.
import { html } from "../html.js";
import { capital, t } from "../words.js";

/** One of several to choose; `options`: [id, name, whether it is greyed: it can be chosen, and hardly should]. */
export const Pick = ({ label, value, options, required, onPick }) => html`<label class="field">${capital(label)}
  <select value=${value ?? ""} required=${required} onChange=${(event) => onPick(event.target.value)}><option value="">${t("choose")}</option>
    ${options.map(([id, name, grey]) => html`<option key=${id} value=${id} selected=${id === value} class=${grey ? "grey" : ""}>${name}</option>`)}</select></label>`;

export const Count = ({ label, value, min, max, required, onCount }) => html`<label class="field">${capital(label)}
  <input type="number" inputmode="numeric" min=${min} max=${max} value=${value ?? ""} required=${required} onInput=${(event) => onCount(event.target.value)} /></label>`;
