// The bar at the top: whose office, which view, which plan, and what can be done.
import { follow, go, useAddress } from "./address.js";
import { html, names } from "./html.js";
import { Icon } from "./parts/icons.js";
import { Menu } from "./parts/menu.js";
import { PlanChoice } from "./parts/planchoice.js";
import { current, isPlanner, me, shown, titleOf, watches } from "./session.js";
import { useStore } from "./store.js";
import { THEMES, dress, theme } from "./theme.js";
import { language, t } from "./words.js";
import { VIEWS } from "./views/all.js";

/** What can be done, each a panel: in the order of a planner's work. */
const WORKS = ["plan", "changes", "whatif", "capacity", "publish", "circle", "next", "documents", "people", "office"];

export function Frame({ model, children }) {
  return html`<header class="top">${model && html`<${Printed} model=${model} />`}<div class="bar">
      ${model && html`<a class="skip" href="#desk" onClick=${skip}>${t("skip")}</a>`}
      <a class="brand" ...${follow({ view: "week", panel: "", visit: "" })}><${Logo} /><b>ปฏิทิน</b></a>
      ${model && html`<h1 class="title" title=${model.title}>${model.title}</h1>`}
      ${model && html`<${Tabs} />`}
      <span class="gap"></span>
      ${model && (watches() ? html`<${PlanChoice} />` : html`<span class="version">${t("published_version", { version: model.version })}</span>`)}
      ${isPlanner() && model && html`<${Works} />`}
      ${me.get()?.role === "head" && model && html`<a class="quiet" ...${follow({ panel: "circle", visit: "" })}>${t("work_circle")}</a>`}
      <${Language} /><${Theme} />
    </div>${model?.illustrative && html`<p class="illustrative">${t("illustrative_long")}</p>`}</header>
    ${children}`;
}

/** What paper says above a view: whose plan, which version, and what the filters left. */
function Printed({ model }) {
  const { id } = useStore(shown);
  const { officer, district, topic, partner, state, q } = useAddress();
  useStore(current);
  const told = [model.officers.get(officer)?.name, district, model.topics[topic], model.partners[partner], state && t(`state_${state}`), q].filter(Boolean);
  return html`<p class="printed">${model.title} <small>${[watches() ? titleOf(id) : t("published_version", { version: model.version }), ...told].join(" · ")}</small></p>`;
}

function skip(event) {
  event.preventDefault();
  document.querySelector(".view")?.focus();
}

function Tabs() {
  const view = useAddress((at) => at.view);
  return html`<nav class="tabs" aria-label=${t("views")}>
    ${Object.keys(VIEWS).map((name) => html`<a key=${name} class=${names("tab", { on: name === view })}
      aria-current=${name === view ? "page" : null} onPointerEnter=${VIEWS[name].component.ahead} onFocus=${VIEWS[name].component.ahead} ...${follow({ view: name })}>${t(`view_${name}`)}</a>`)}
  </nav>`;
}

function Works() {
  const panel = useAddress((at) => at.panel);
  return html`<${Menu} label=${t("works")} icon="more" wide=${true}>
    ${WORKS.map((name) => html`<button key=${name} role="menuitem" aria-current=${panel === name ? "true" : null}
      onClick=${() => go({ panel: name, visit: "" })}>${t(`work_${name}`)}<small>${t(`work_${name}_long`)}</small></button>`)}
  <//>`;
}

export function Language() {
  const lang = useStore(language);
  const other = lang === "th" ? "en" : "th";
  return html`<a class="quiet" lang=${other} hreflang=${other} ...${follow({ lang: other })}>${other === "th" ? "ไทย" : "EN"}</a>`;
}

export function Theme() {
  const now = useStore(theme);
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  const icons = { system: "system", light: "sun", dark: "moon" };
  return html`<button class="round" onClick=${() => dress(next)} aria-label=${t(`theme_${now}`)} title=${t(`theme_${now}`)}>
    <${Icon} name=${icons[now]} /></button>`;
}

export function Logo() {
  return html`<svg class="logo" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <rect x="2" y="4" width="20" height="18" rx="5" /><path d="M7 2.500v4M17 2.500v4M6.500 12.500l3.500 4 7.500-6.500" /></svg>`;
}
