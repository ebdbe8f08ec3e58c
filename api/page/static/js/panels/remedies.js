// "Try it": a remedy becomes a draft; where it opens no place by itself, the copy of the office is planned beside.
import { go } from "../address.js";
import { freshKey, post, Refused } from "../api.js";
import { week } from "../dates.js";
import { move } from "../drafts.js";
import { loadDrafts, loadRuns, shown } from "../session.js";
import { refuse, toast } from "../toasts.js";
import { lang, t } from "../words.js";

/** Seconds that a copy of the office is planned in which the remedy opens no place while the rest stays. */
const SECONDS = 60;

export async function tryIt(visit, remedy) {
  const codes = remedy.changes.map((change) => change.code);
  if (codes.length === 1 && codes[0] === "take-slot") return move(visit.id, remedy.date, null);
  const { id } = shown.get();
  const changes = remedy.changes.map(({ code, facts }) => ({ code, facts }));
  try {
    const made = await post(`/v1/plans/${id}/visits/${encodeURIComponent(visit.id)}/remedies?lang=${lang()}`, { changes }, { again: true });
    if (made.plan) {
      await loadDrafts();
      return go({ plan: made.plan, view: "week", week: week(remedy.date) });
    }
    const run = await post("/v1/plans", { problem: made.problem, seconds: SECONDS, name: made.name.slice(0, 200) }, { key: freshKey() });
    await loadRuns();
    toast(t("planned_beside", { what: made.name }));
    return go({ panel: "whatif", visit: "", run: run.id, against: id });
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return refuse(fault);
  }
}
