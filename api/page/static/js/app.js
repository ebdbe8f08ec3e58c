// The whole page: who the reader is decides what is shown.
import { useAddress } from "./address.js";
import { get, line, Refused } from "./api.js";
import { html, useEffect } from "./html.js";
import { Live } from "./live.js";
import { lazy } from "./lazy.js";
import { Amiss } from "./parts/amiss.js";
import { forgetAll, keep, kept } from "./reports/offline.js";
import { current, me } from "./session.js";
import { useStore } from "./store.js";
import { Toasts } from "./toasts.js";
import { language, speak, t, wanted } from "./words.js";

const Planner = lazy(async () => (await import("./planner.js")).Planner);
const Officer = lazy(async () => (await import("./people/officer.js")).Officer);
const Viewer = lazy(async () => (await import("./people/viewer.js")).Viewer);
const Stranger = lazy(async () => (await import("./people/stranger.js")).Stranger);

export function App() {
  const who = useStore(me);
  useStore(language);
  const lang = useAddress((at) => at.lang);
  useEffect(() => { ask(); }, []);
  useEffect(() => { if (wanted() !== language.get()) speak(wanted()); }, [lang]);
  return html`${body(who)}<${Live} /><${Toasts} /><${Amiss} /><${Line} />`;
}

function body(who) {
  if (who === undefined) return html`<p class="waiting page" role="status">${t("loading")}</p>`;
  if (who === null) return html`<${Stranger} />`;
  if (who.role === "planner" || who.role === "head") return html`<${Planner} />`;
  return who.role === "officer" ? html`<${Officer} />` : html`<${Viewer} />`;
}

/** Ask the service who we are; an officer who was here before goes on while it does not answer. */
export async function ask() {
  const before = kept("me");
  if (before && me.get() === undefined) me.set(before);
  try {
    const found = await get("/v1/me");
    if (before && before.id !== found.id) forgetAll();
    if (found.role === "officer") keep("me", found);
    current.patch({ published: found.publication });
    me.set(found);
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    forgetAll();
    me.set(null);
  }
}

/** Said while the service does not answer. */
function Line() {
  const { up } = useStore(line);
  return up ? null : html`<div class="line" role="alert">${t("line_down")}</div>`;
}
