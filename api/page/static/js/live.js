// What is read out to those who do not see the page change.
import { html } from "./html.js";
import { store, useStore } from "./store.js";

const spoken = store({ text: "", turn: 0 });

export const say = (text) => spoken.set((before) => ({ text, turn: before.turn + 1 }));

/** Two regions in turn: the same words twice are read out twice. */
export function Live() {
  const { text, turn } = useStore(spoken);
  return html`<div class="unseen" role="status" aria-live="assertive">${turn % 2 ? text : ""}</div>
    <div class="unseen" role="status" aria-live="assertive">${turn % 2 ? "" : text}</div>`;
}
