// Drafts: plans made by hand from plans. Each is immutable, so undo and redo are steps between them.
import { go, here } from "./address.js";
import { get, post, Refused, send } from "./api.js";
import { say } from "./live.js";
import { mark, unmark } from "./marks.js";
import { board, drafts, loadDrafts, shown, versions } from "./session.js";
import { store } from "./store.js";
import { refuse } from "./toasts.js";
import { count, lang, signed, t } from "./words.js";

/** What is known of the draft on show: {id, base, differences, broken, pins}; null where the plan on show is none. */
export const draft = store(null);
/** While a move is on its way: the visit, so that it is seen to be worked on. */
export const pending = store(null);

/** What the service told of drafts: their pins, and what they break, in words of one language. */
const told = new Map();

function about(id) {
  const key = `${id} ${lang()}`;
  if (!told.has(key)) {
    const asked = get(`/v1/plans/${id}/moves?lang=${lang()}`);
    told.set(key, asked);
    asked.catch(() => told.delete(key));
  }
  return told.get(key);
}

/** plan -> the draft that was left by undoing, for redo */
const undone = new Map();

/** Whether a plan is a draft still: one that was published is what people act on. */
const drafted = (id) => drafts.get().has(id) && !versions.get().some((version) => version.plan === id);

/** The plan a chain of drafts began with: one that a run made, or that was published. */
export function baseOf(id) {
  let plan = id;
  while (drafted(plan)) plan = drafts.get().get(plan).draft.parent;
  return plan;
}

/** Put a visit into the place that a slot stands for; without a slot, on the day, whatever that breaks. */
export function move(visit, date, slot, tour = null) {
  const place = { kind: "place", visit, date };
  if (slot?.joins && tour === slot.joins) place.tour = slot.joins;
  else if (!slot && tour) place.tour = tour;
  return make([place]);
}

/** Make a draft of the plan on show. */
export async function make(moves) {
  const parent = shown.get().id;
  pending.set(moves[0].visit ?? null);
  try {
    const answer = await post(`/v1/plans/${parent}/moves?lang=${lang()}`, { moves }, { again: true });
    const { plan } = answer;
    told.set(`${plan} ${lang()}`, Promise.resolve(answer));
    undone.delete(parent);
    await Promise.all([learn(plan), board(plan)]);
    go({ plan });
    return plan;
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    refuse(fault);
    return null;
  } finally {
    pending.set(null);
  }
}

async function learn(plan) {
  if (!drafts.get().has(plan)) {
    const told = await get(`/v1/plans/${plan}`);
    drafts.set((known) => new Map(known).set(plan, told));
  }
}

/** Find out about the plan on show: whether it is a draft, and what it has otherwise than the plan it began with. */
export async function study(id) {
  if (!id || !drafted(id)) {
    if (draft.get()) unmark();
    return draft.set(null);
  }
  const base = baseOf(id);
  const before = draft.get();
  const [{ broken, pins }, differences, now, then] = await Promise.all([
    about(id), get(`/v1/plans/${id}/differences?from=${base}`), board(id), board(base),
  ]);
  if (shown.get().id !== id && here().plan !== id) return undefined;
  const baht = now.cost.total - then.cost.total;
  draft.set({
    id, base, broken, pins, differences, baht, paid: now.cost.paid - then.cost.paid, weighed: now.cost.weighed - then.cost.weighed,
    changed: new Set(differences.visits.map((one) => one.visit)), parts: partsOf(now.cost, then.cost),
  });
  mark(draft.get().changed, broken.map((one) => one.about?.id).filter(Boolean), pins);
  if (before?.id !== id) say([verdict(draft.get()), t("draft_cost", { baht: signed(baht) })].join(". "));
  return undefined;
}

export const verdict = ({ broken }) => (broken.length ? count("n_broken", broken.length) : t("nothing_broken"));

function partsOf(now, then) {
  return now.parts
    .map((part, i) => ({ ...part, baht: part.baht - then.parts[i].baht }))
    .filter((part) => Math.abs(part.baht) >= 0.5);
}

export function undo() {
  const { id } = shown.get();
  if (!drafted(id)) return;
  const { parent } = drafts.get().get(id).draft;
  undone.set(parent, id);
  go({ plan: parent });
}

export const redoable = (id) => undone.get(id);

export function redo() {
  const next = undone.get(shown.get().id);
  if (next) go({ plan: next });
}

/** Leave the draft: back to the plan it began with. */
export function discard() {
  go({ plan: baseOf(shown.get().id), against: "" });
}

export async function name(id, text) {
  await send("PATCH", `/v1/plans/${id}`, { name: text || null }, { again: true });
  await loadDrafts();
}
