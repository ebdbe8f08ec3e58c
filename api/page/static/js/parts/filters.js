// Filters over the board: by officer, district, topic, partner, state, and words.
import { go, useAddress } from "../address.js";
import { html, useMemo, useRef } from "../html.js";
import { districts, STATES } from "../model.js";
import { count, head, t } from "../words.js";
import { Icon } from "./icons.js";

const KEYS = ["officer", "district", "topic", "partner", "state", "q"];

export function Filters({ model, kept, children }) {
  const at = useAddress();
  const timer = useRef(null);
  const choices = useMemo(() => choicesOf(model), [model]);
  const type = (event) => {
    const { value } = event.target;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go({ q: value }, { replace: true }), 150);
  };
  return html`<div class="filters" role="search" aria-label=${t("filters")}>
    <label class="search"><${Icon} name="search" /><span class="unseen">${t("search")}</span>
      <input type="search" value=${at.q} placeholder=${t("search")} onInput=${type} /></label>
    ${choices.map(([key, label, options]) => options.length > 0 && html`<label key=${key} class=${at[key] ? "pick on" : "pick"}>
      <span class="unseen">${label}</span>
      <select value=${at[key]} onChange=${(event) => go({ [key]: event.target.value })}>
        <option value="">${label}</option>
        ${options.map(([value, name]) => html`<option key=${value} value=${value} selected=${at[key] === value}>${name}</option>`)}
      </select></label>`)}
    ${kept && html`<button class="quiet" onClick=${() => go(Object.fromEntries(KEYS.map((key) => [key, ""])))}>
      <${Icon} name="close" />${t("clear_filters")} <small>(${count("n_visits", kept.size)})</small></button>`}
    ${children}
  </div>`;
}

const choicesOf = (model) => [
  ["officer", head("officer"), [...model.officers.values()].map((one) => [one.id, one.name])],
  ["district", head("district"), districts(model).map((name) => [name, name])],
  ["topic", head("topic"), Object.entries(model.topics)],
  ["partner", head("partner"), Object.entries(model.partners)],
  ["state", head("state"), STATES.map((state) => [state, t(`state_${state}`)])],
];
