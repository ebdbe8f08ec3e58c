// Who is told of the changes, person by person: to copy as a message, or to download as calendar entries.
import { html, useMemo } from "../html.js";
import { toast } from "../toasts.js";
import { count, lang, t } from "../words.js";
import { fromTo, nameOf } from "./changed.js";
import { useOffice } from "./office.js";

export function Told({ model, differences, plan }) {
  const known = useOffice(model.problem);
  const people = useMemo(() => whom(model, known, differences), [model, known, differences]);
  if (!people.length) return html`<p class="hint">${t("nobody_told")}</p>`;
  return html`<section class="told"><h3>${t("who_is_told")} <small>${count("n_people", people.length)}</small></h3>
    <ul>${people.map(({ id, kind, name, lines }) => html`<li key=${`${kind} ${id}`}><details><summary><b>${name}</b> <small>${lines.length}</small></summary>
      <ul>${lines.map((line, i) => html`<li key=${i}>${line}</li>`)}</ul>
      <div class="actions"><button class="quiet" onClick=${() => copy(name, lines)}>${t("copy")}</button>
        ${kind !== "partner" && html`<a class="quiet" download href=${`/v1/plans/${plan}/calendar?format=ics&${kind}=${encodeURIComponent(id)}&lang=${lang()}`}>.ics</a>`}</div>
    </details></li>`)}</ul></section>`;
}

async function copy(name, lines) {
  await navigator.clipboard.writeText([name, ...lines.map((line) => `- ${line}`)].join("\n"));
  toast(t("copied"));
}

const KINDS = ["officer", "cooperative", "partner"];

/** Everybody whom the differences say must be told, officers first, with a line for each visit. */
function whom(model, known, differences) {
  const people = new Map();
  for (const one of differences.visits) {
    const line = `${nameOf(model, one)}: ${fromTo(model, known, one)}`;
    for (const { kind, who } of one.told) {
      const key = `${kind} ${who}`;
      if (!people.has(key)) people.set(key, { id: who, kind, name: called(model, kind, who), lines: [] });
      people.get(key).lines.push(line);
    }
  }
  return [...people.values()].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.id.localeCompare(b.id));
}

function called(model, kind, who) {
  if (kind === "partner") return model.partners[who] ?? who;
  return (kind === "officer" ? model.officers : model.cooperatives).get(who)?.name ?? who;
}
