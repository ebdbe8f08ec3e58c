// Short messages that go away by themselves, except those that say something went wrong.
import { html, useEffect } from "./html.js";
import { say } from "./live.js";
import { store, useStore } from "./store.js";
import { t } from "./words.js";
import { Icon } from "./parts/icons.js";

const toasts = store([]);
const SECONDS = 6;
let number = 0;

export function toast(text, { bad = false, remedy = "" } = {}) {
  say([text, remedy].filter(Boolean).join(" "));
  toasts.set((before) => [...before, { id: (number += 1), text, remedy, bad }].slice(-4));
}

/** Say what a refusal says. */
export function refuse(fault) {
  const [first] = fault.faults ?? [];
  toast(first ? first.cause : t("went_wrong"), { bad: true, remedy: first?.remedy });
}

const close = (id) => toasts.set((before) => before.filter((one) => one.id !== id));

export function Toasts() {
  return html`<div class="toasts">${useStore(toasts).map((one) => html`<${Toast} key=${one.id} ...${one} />`)}</div>`;
}

function Toast({ id, text, remedy, bad }) {
  useEffect(() => {
    if (bad) return undefined;
    const timer = setTimeout(() => close(id), SECONDS * 1000);
    return () => clearTimeout(timer);
  }, []);
  return html`<div class=${bad ? "toast bad" : "toast"}>
    <p>${text}${remedy && html`<br /><small>${remedy}</small>`}</p>
    <button class="round" onClick=${() => close(id)} aria-label=${t("close")}><${Icon} name="close" /></button>
  </div>`;
}
