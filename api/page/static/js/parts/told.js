// Who is told of the changes, person by person: to copy as a message, or to download as calendar entries.
import { html, useMemo } from "../html.js";
import { toast } from "../toasts.js";
import { count, lang, t } from "../words.js";
import { nameOf, place } from "./changed.js";

export function Told({ model, differences, plan }) {
  const people = useMemo(() => whom(model, differences), [model, differences]);
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

/** Officers and leads before and after, the cooperatives themselves and partners: whoever a proposal names too. */
function whom(model, differences) {
  const people = new Map();
  const tell = (kind, id, name, line) => {
    const key = `${kind} ${id}`;
    if (!people.has(key)) people.set(key, { id, kind, name, lines: [] });
    people.get(key).lines.push(line);
  };
  for (const one of differences.visits) {
    const line = `${nameOf(model, one)}: ${place(model, one.before)} → ${place(model, one.after)}`;
    for (const id of new Set([one.before, one.after].flatMap((at) => (at ? [...at.crew, at.lead].filter(Boolean) : [])))) {
      tell("officer", id, model.officers.get(id)?.name ?? id, line);
    }
    const cooperative = model.cooperatives.get(one.cooperative);
    if (cooperative) tell("cooperative", cooperative.id, cooperative.name, line);
    const partner = model.visits.get(one.visit)?.partner;
    if (partner) tell("partner", partner, model.partners[partner] ?? partner, line);
  }
  return [...people.values()];
}
