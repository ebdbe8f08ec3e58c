// Days without a place for a visit: those that the same stands against are told together.
import { shortDate } from "../dates.js";
import { html } from "../html.js";
import { kindOf } from "../moving/price.js";
import { count, t } from "../words.js";
import { Icon } from "./icons.js";

/** Of `days`, all in their order, those that `only` picks. */
export function Barred({ days, only = (day) => !day.slots.length }) {
  return html`<ul class="barred">${alike(days, only).map(({ kind, sentence, runs }) => html`<li key=${kind + sentence} class=${kind}>
    <${Icon} name=${kind === "proof" ? "lock" : "help"} title=${t(`said_${kind}`)} /><b>${runs.map(said).join(", ")}</b>
    <small>${count("n_days", runs.flat().length)}</small> ${sentence}</li>`)}</ul>`;
}

const said = (run) => (run.length > 1 ? `${shortDate(run[0])} – ${shortDate(run.at(-1))}` : shortDate(run[0]));

/** What stands against days, each with the runs of days that nothing else comes between. */
function alike(days, only) {
  const found = new Map();
  let before = null;
  for (const day of days) {
    const kind = kindOf(day), sentence = day.finding?.sentence ?? "";
    const key = only(day) ? `${kind} ${sentence}` : null;
    if (key && key === before) found.get(key).runs.at(-1).push(day.date);
    else if (key) found.set(key, { kind, sentence, runs: [...(found.get(key)?.runs ?? []), [day.date]] });
    before = key;
  }
  return [...found.values()];
}
