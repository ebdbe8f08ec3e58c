// Why this officer, day and crew; and for a visit that is late or left out, what would mend it, to be tried at once.
import { get, Refused } from "../api.js";
import { fullDate } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { marks } from "../marks.js";
import { shown } from "../session.js";
import { useStore } from "../store.js";
import { capital, lang, number, signed, t } from "../words.js";
import { Barred } from "../parts/barred.js";
import { Icon } from "../parts/icons.js";
import { tryIt } from "./remedies.js";

/** Seconds of search for remedies: at first, and where the reader asks for more. */
const SECONDS = 5;
const LONGER = 40;
/** Verdicts that say that rules forbid days: which rules, of the days follows. */
const FORBIDDEN = ["impossible", "late-in-every-plan"];
const known = new Map();

function why(plan, visit, language, seconds) {
  const key = [plan, visit, language, seconds].join(" ");
  if (!known.has(key)) {
    const asked = get(`/v1/plans/${plan}/visits/${encodeURIComponent(visit)}/why?lang=${language}&seconds=${seconds}`);
    known.set(key, asked);
    asked.catch(() => known.delete(key));
  }
  return known.get(key);
}

export function Why({ model, visit }) {
  const { id } = useStore(shown);
  const [found, setFound] = useState(null);
  const [fault, setFault] = useState(null);
  const [turn, setTurn] = useState(0); // asked so often
  const [sought, setSought] = useState(0); // seconds that were sought for what is shown
  const [seconds, setSeconds] = useState(SECONDS);
  const open = !model.stops.has(visit.id) || model.late.has(visit.id);
  useEffect(() => {
    let here = true;
    setFound(null);
    setFault(null);
    setSought(0);
    setSeconds(SECONDS);
    const fail = (refused) => { if (here && refused instanceof Refused) setFault(refused); };
    why(id, visit.id, lang(), 0).then((first) => {
      if (here) setFound((known) => known ?? first);
    }, fail);
    return () => { here = false; };
  }, [id, visit.id, lang(), turn]);
  useEffect(() => {
    if (!open || !found || sought >= seconds) return undefined;
    let here = true;
    why(id, visit.id, lang(), seconds).then((whole) => {
      if (!here) return;
      setFound(whole);
      setSought(seconds);
    }, (refused) => { if (here && refused instanceof Refused) setFault(refused); });
    return () => { here = false; };
  }, [id, visit.id, lang(), open, Boolean(found), seconds]);
  if (fault) return html`<section><h3>${t("why")}</h3><p class="hint">${fault.faults[0]?.cause ?? t("went_wrong")} ${fault.faults[0]?.remedy}</p>
    <p><button class="quiet" onClick=${() => setTurn(turn + 1)}>${t("ask_again")}</button></p></section>`;
  if (!found) return html`<section><h3>${t("why")}</h3><p class="waiting" role="status">${t("thinking")}…</p></section>`;
  return html`<section class="why"><h3>${t("why")}</h3>
    <p class="verdict">${found.proven ? html`<${Icon} name="lock" title=${t("proven")} />` : html`<${Icon} name="help" title=${t("not_proven")} />`}
      ${capital(found.verdict.sentence)}${found.proven ? "" : html` <small>(${t("not_proven")})</small>`}</p>
    ${FORBIDDEN.includes(found.verdict.code) && html`<${Barred} days=${found.days} only=${(day) => day.in_every_plan} />`}
    ${found.crew.length > 0 && html`<ul class="reasons">${found.crew.map((one, i) => html`<li key=${i}>${capital(one.sentence)}</li>`)}</ul>`}
    <${Pinned} visit=${visit} found=${found} />
    ${open && html`<h3>${t("what_would_mend")}</h3>
      ${sought < seconds && html`<p class="waiting" role="status">${t("seeking_remedies")}…</p>`}
      ${sought >= seconds && found.remedies.length === 0 && html`<p class="hint">${found.remedies_complete ? t("nothing_mends") : t("none_in_time")}</p>`}
      <ul class="remedies">${found.remedies.map((one, i) => html`<li key=${i}>
        <p>${capital(one.changes.map((change) => change.sentence).join(" + "))}</p>
        <p class="fromto">${fullDate(one.date)} · ${signed(one.baht)} ${t("baht")} · ${t(`by_${one.by}`)}</p>
        <${Try} visit=${visit} one=${one} /></li>`)}</ul>
      ${sought >= seconds && !found.remedies_complete && html`${found.remedies.length > 0 && html`<p class="hint">${t("more_remedies")}</p>`}
        ${seconds < LONGER && html`<p><button class="quiet" onClick=${() => setSeconds(LONGER)}>${t("seek_longer", { n: LONGER })}</button></p>`}`}`}
  </section>`;
}

function Try({ visit, one }) {
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    await tryIt(visit, one);
    setBusy(false);
  };
  return html`<button class="quiet" disabled=${busy} onClick=${start}>${t("try_it")}</button>`;
}

/** What keeping the pin costs: what the cheapest day would save while the rest stays. */
function Pinned({ visit, found }) {
  const byHand = useStore(marks, (now) => now.pinned.has(visit.id));
  if (!visit.pinned && !byHand) return null;
  const slots = found.days.flatMap((day) => day.slots.map((slot) => ({ ...slot, date: day.date })));
  const best = found.unpinned ?? slots.sort((one, other) => one.baht - other.baht)[0];
  const costs = best && best.baht < -0.5 && best.date !== found.date;
  return html`<p class="pinned"><${Icon} name="pin" /> ${costs
    ? t("pin_costs", { baht: number(-best.baht), date: fullDate(best.date) }) : t("pin_free")}</p>`;
}
