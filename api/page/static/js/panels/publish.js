// Publish: who is told, what changes for them, and the versions so far; on a conflict what changed in the meantime.
import { go } from "../address.js";
import { post, Refused } from "../api.js";
import { moment } from "../dates.js";
import { make } from "../drafts.js";
import { html, useEffect, useState } from "../html.js";
import { reported } from "../reported.js";
import { current, drafts, isWhatIf, loadVersions, runs, shown, versions } from "../session.js";
import { SideHead } from "../side.js";
import { useStore } from "../store.js";
import { ours } from "../stream.js";
import { toast } from "../toasts.js";
import { Changes } from "../parts/changed.js";
import { Faults } from "../parts/faults.js";
import { CLOSED, isNarrow } from "../parts/sheet.js";
import { Told } from "../parts/told.js";
import { useDifferences } from "../parts/differences.js";
import { count, t, who } from "../words.js";

export function Publish({ model }) {
  const { id } = useStore(shown);
  const { published } = useStore(current);
  const [seen] = useState(published?.version ?? 0);
  const [replaces, setReplaces] = useState(seen);
  const [fault, setFault] = useState(null);
  const [busy, setBusy] = useState(false);
  const differences = useDifferences(id, published && published.plan !== id ? published.plan : null);
  const stands = published?.plan === id;
  const moved = useStore(reported, (now) => now.moved);
  const send = async (real) => {
    setBusy(true);
    setFault(null);
    try {
      const made = await ours(() => post(`/v1/plans/${id}/publish`, { replaces, what_if: real }, { again: true }));
      await loadVersions();
      toast(t("published_as", { version: made.version }));
      go(isNarrow() ? { ...CLOSED, plan: "" } : { plan: "" });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setFault(refused);
      await loadVersions();
    }
    setBusy(false);
  };
  useStore(runs);
  useStore(drafts);
  const copied = isWhatIf(id) || fault?.faults.some((one) => one.code === "plan-what-if");
  return html`<section class="panel"><${SideHead} title=${t("work_publish")} />
    ${stands ? html`<p class="allright">${t("stands_published")}</p>` : html`
      ${fault?.body.current ? html`<${Overtaken} fault=${fault} model=${model} id=${id} onTake=${(version) => { setReplaces(version); setFault(null); }} />`
        : fault && html`<${Faults} fault=${fault} />`}
      ${copied && html`<p class="notice" role="note"><b>${t("whatif_plan")}</b> ${t("whatif_publish")}</p><div class="actions"><button class="danger" disabled=${busy} onClick=${() => send(true)}>${t("whatif_is_real")}</button></div>`}
      <p>${published ? t("replaces_version", { version: replaces }) : t("first_version")}</p>
      ${moved.length > 0 && html`<p class="late" role="alert">${count("reported_moved", moved.length)}: ${moved.map((one) => model.cooperativeOf(one)?.short ?? one).join(", ")}</p>`}
      ${differences && html`<${Told} model=${model} differences=${differences} plan=${id} /><${Changes} model=${model} differences=${differences} />`}
      <div class="actions"><button class="main" disabled=${busy || copied} onClick=${() => send(false)}>${t("publish_now")}</button></div>`}
    <${Versions} />
  </section>`;
}

/** Somebody else published in the meantime. */
function Overtaken({ fault, model, id, onTake }) {
  const { current: standing, changes, changed } = fault.body;
  const replay = async () => {
    const { draft } = drafts.get().get(id);
    go({ plan: "", panel: "" });
    await waitFor(standing.plan);
    make(draft.moves);
  };
  return html`<div class="conflict" role="alert"><h3>${t("overtaken", { version: standing.version })}</h3>
    <p>${count("overtaken_changes", changed)}</p>
    <${Changes} model=${model} differences=${{ visits: changes, leads: {} }} />
    <div class="actions">
      ${drafts.get().get(id)?.draft.moves.length > 0 && html`<button class="main" onClick=${replay}>${t("replay", { version: standing.version })}</button>`}
      <button class="quiet" onClick=${() => onTake(standing.version)}>${t("replace_anyway", { version: standing.version })}</button>
      <button class="quiet" onClick=${() => go({ plan: "", panel: "" })}>${t("look_at_new")}</button>
    </div></div>`;
}

function waitFor(plan) {
  return new Promise((done) => {
    const look = () => (shown.get().id === plan && shown.get().model ? done() : setTimeout(look, 30));
    look();
  });
}

function Versions() {
  const list = useStore(versions);
  const { published } = useStore(current);
  const restore = async (version) => {
    const made = await ours(() => post(`/v1/publications/${version}/restore`, { replaces: published.version }, { again: true }));
    await loadVersions();
    toast(t("published_as", { version: made.version }));
    go({ plan: "" });
  };
  useEffect(() => { loadVersions(); }, []);
  if (!list.length) return null;
  return html`<section><h3>${t("versions")}</h3><ol class="versions">${list.map((one, i) => html`<li key=${one.version}>
    <b>${one.version}</b> <span>${moment(one.published_at)}${one.by ? ` · ${who(one.by)}` : ""}${one.restores ? ` · ${t("restores", { version: one.restores })}` : ""}</span>
    <button class="link" onClick=${() => go({ plan: one.plan })}>${t("look")}</button>
    ${i > 0 && html`<button class="link" onClick=${() => restore(one.version)}>${t("restore")}</button>`}</li>`)}</ol></section>`;
}
