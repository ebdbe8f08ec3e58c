// What a draft changes, costs and breaks, and what to do with it.
import { go, useAddress } from "../address.js";
import { discard, draft, drafted, name, pending, redo, redoable, study, undo, verdict } from "../drafts.js";
import { html, names, useEffect, useState } from "../html.js";
import { drafts, isWhatIf, shown, versions } from "../session.js";
import { useStore } from "../store.js";
import { count, signed, t } from "../words.js";
import { Changes } from "./changed.js";
import { Icon } from "./icons.js";
import { Money } from "./money.js";
import { PlanBar } from "./planbar.js";

export function DraftBar({ model }) {
  const looked = useStore(shown, (plan) => plan.id);
  const id = useAddress((at) => at.plan) || looked;
  const known = useStore(drafts);
  const editions = useStore(versions); // a draft that was published is none any more
  const now = useStore(draft);
  const waiting = useStore(pending);
  const [open, setOpen] = useState(false);
  useEffect(() => { study(id); }, [id, known, editions]);
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  if (waiting && !now) return html`<footer class="draftbar" role="status"><p>${t("moving_now")}</p></footer>`;
  const again = redoable(id);
  if (!now || now.id !== id) {
    return again ? html`<footer class="draftbar slim"><button class="quiet" onClick=${redo}><${Icon} name="redo" />${t("redo")}</button></footer>`
      : drafted(id) ? null : html`<${PlanBar} />`;
  }
  const turnTo = (panel) => { // what opens at the side says the same and more
    setOpen(false);
    go({ visit: "", ...panel });
  };
  const { counts } = now.differences;
  const said = Object.entries(counts).filter(([, n]) => n > 0).map(([kind, n]) => count(`n_${kind}`, n));
  if (now.pins.length) said.push(count("n_pinned", now.pins.length));
  const brief = said.length ? said.join(" · ") : t("no_changes");
  return html`<footer class=${names("draftbar", { broken: now.broken.length })} aria-label=${t("draft")}>
    ${open && html`<div class="draftmore">
      ${now.broken.length > 0 && html`<section><h3>${t("broken_rules")}</h3><ul class="brokenlist">${now.broken.map((one, i) => html`<li key=${i}>${brokenText(model, one)}</li>`)}</ul></section>`}
      <${Money} parts=${now.parts} paid=${now.paid} weighed=${now.weighed} />
      <${Changes} model=${model} differences=${now.differences} />
    </div>`}
    <div class="draftline">
      <${Name} key=${id} id=${id} title=${known.get(id)?.draft.name ?? ""} />
      <button class="quiet brief" aria-expanded=${open ? "true" : "false"} title=${brief} onClick=${() => setOpen(!open)}>
        <span>${brief}</span><${Icon} name="down" /></button>
      <span class="sum"><b class=${worse(now.paid)}>${signed(now.paid)} ${t("baht")}</b> <small>${t("paid")}</small></span>
      <span class="sum"><b class=${worse(now.weighed)}>${signed(now.weighed)}</b> <small>${t("weighed")}</small></span>
      <span class=${now.broken.length ? "verdict bad" : "verdict good"}><${Icon} name=${now.broken.length ? "warn" : "ok"} />${verdict(now)}</span>
      ${isWhatIf(id) && html`<span class="whatif" title=${t("whatif_publish")}>${t("whatif_plan")}</span>`}
      <span class="gap"></span>
      <button class="quiet" onClick=${undo}><${Icon} name="undo" />${t("undo")}</button>
      <button class="quiet" disabled=${!again} onClick=${redo}><${Icon} name="redo" />${t("redo")}</button>
      <button class="quiet" onClick=${discard}>${t("discard")}</button>
      <button class="quiet" onClick=${() => turnTo({ panel: "compare", against: now.base })}>${t("compare")}</button>
      <button class="quiet" onClick=${() => turnTo({ panel: "around" })}>${t("plan_around")}</button>
      <button class="main" disabled=${now.broken.length > 0} title=${now.broken.length ? t("broken_not_published") : null}
        onClick=${() => turnTo({ panel: "publish" })}>${t("work_publish")}</button>
    </div>
  </footer>`;
}

const worse = (baht) => (baht > 0.5 ? "worse" : baht < -0.5 ? "better" : "");

/** A broken rule in words, with whom it is about by name: of a visit its cooperative. */
function brokenText(model, { title, what, about }) {
  const whose = { visit: model.cooperativeOf, cooperative: (id) => model.cooperatives.get(id), officer: (id) => model.officers.get(id) }[about?.kind]?.(about.id)?.short ?? "";
  return html`<b>${title}</b>${whose ? ` · ${whose}` : ""} <small>${what}</small>`;
}

function Name({ id, title }) {
  const [text, setText] = useState(title); // what is typed stays while the bar is drawn anew
  useEffect(() => setText(title), [title]);
  const keep = (event) => { if (event.target.value !== title) name(id, event.target.value.trim()); };
  return html`<label class="draftname"><span class="unseen">${t("draft_name")}</span>
    <input value=${text} maxlength="200" placeholder=${t("draft_name_hint")} onInput=${(event) => setText(event.target.value)} onChange=${keep} /></label>`;
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) step between drafts. */
function onKey(event) {
  if (!(event.ctrlKey || event.metaKey) || event.target.closest("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) redo();
  else undo();
}
