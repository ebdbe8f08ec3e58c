// Drafts: plans made by hand from plans. Each is immutable, so undo and redo are steps between them.
import { go, here } from "./address.js";
import { get, post, Refused, send } from "./api.js";
import { say } from "./live.js";
import { mark, unmark } from "./marks.js";
import { board, drafts, isWhatIf, loadDrafts, shown, versions } from "./session.js";
import { wholeOf } from "./parts/sums.js";
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

/** The plan that is worked on: the newest draft, even while its board is still on the way. */
const atWork = () => here().plan || shown.get().id;

/** Whether a plan is a draft still: one that was published is what people act on. */
export const drafted = (id) => drafts.get().has(id) && !versions.get().some((version) => version.plan === id);

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

/** Make a draft of the plan on show. Its verdict is shown at once; its board follows. */
export async function make(moves) {
  const { model } = shown.get();
  const parent = atWork();
  pending.set(moves[0].visit ?? null);
  try {
    const answer = await post(`/v1/plans/${parent}/moves?lang=${lang()}`, { moves }, { again: true });
    const { plan, name, broken } = answer;
    told.set(`${plan} ${lang()}`, Promise.resolve(answer));
    undone.delete(parent);
    const made = { id: plan, request: {}, created_at: new Date().toISOString(), cost: answer.cost, what_if: isWhatIf(parent), draft: { parent, name, moves: answer.moves, broken } };
    drafts.set((known) => new Map(known).set(plan, made));
    if (baseOf(plan) === parent) tell(plan, parent, answer, answer.differences, sidesOf(model.cost.parts, pairs(answer)));
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

/** Find out about a plan: whether it is a draft, and what it has otherwise than the plan it began with. */
export async function study(id) {
  if (!id || !drafted(id)) {
    if (draft.get()) unmark();
    return draft.set(null);
  }
  const base = baseOf(id);
  const known = draft.get();
  if (known?.id === id && known.base === base && known.lang === lang()) return undefined;
  const [answer, differences, now] = await Promise.all([about(id), get(`/v1/plans/${id}/differences?from=${base}`), board(id)]);
  if (atWork() !== id || !drafted(id)) return undefined; // or published, as is known only now
  return tell(id, base, answer, differences, sidesOf(now.cost.parts, differences.cost));
}

/** `then` and `now`: what the base and the draft cost. The draft says what the figures shown of both differ by. */
function tell(id, base, { broken, pins }, differences, [then, now]) {
  const [paid, weighed] = ["paid", "weighed"].map((sum) => Math.round(now[sum]) - Math.round(then[sum]));
  const total = paid + weighed;
  const parts = partsOf(then.parts, now.parts);
  const before = draft.get();
  const changed = new Set(differences.visits.map((one) => one.visit));
  draft.set({ id, base, lang: lang(), broken, pins, differences, baht: total, paid, weighed, changed, parts });
  mark(changed, broken.map((one) => one.about?.id).filter(Boolean), pins);
  if (before?.id !== id) say([verdict(draft.get()), t("draft_cost", { baht: signed(total) })].join(". "));
}

export const verdict = ({ broken }) => (broken.length ? count("n_broken", broken.length) : t("nothing_broken"));

/** What a draft's base and the draft cost, by what is told of each part and of both sums. */
const sidesOf = (parts, told) => ["before", "after"].map((side) => ({
  parts: parts.map((part) => ({ ...part, baht: told[part.part][side] })), paid: told.paid[side], weighed: told.weighed[side],
}));

/** The same of the answer to a move: each figure as it is, and as it was before it changed. */
function pairs({ cost, paid, weighed, change }) {
  const more = { ...change.parts, paid: change.paid, weighed: change.weighed };
  return Object.fromEntries(Object.entries({ ...cost, paid, weighed }).map(([name, after]) => [name, { before: after - (more[name] ?? 0), after }]));
}

/** The parts of the cost that differ, by so many whole baht. */
function partsOf(then, now) {
  const [before, after] = [then, now].map(wholeOf);
  return now.map((part) => ({ ...part, baht: after.get(part.part) - before.get(part.part) })).filter((part) => part.baht);
}

export function undo() {
  const id = atWork();
  if (!drafted(id)) return;
  const { parent } = drafts.get().get(id).draft;
  undone.set(parent, id);
  go({ plan: parent });
}

export const redoable = (id) => undone.get(id);

export function redo() {
  const next = undone.get(atWork());
  if (next) go({ plan: next });
}

/** Leave the draft: back to the plan it began with. */
export function discard() {
  go({ plan: baseOf(atWork()), against: "" });
}

export async function name(id, text) {
  await send("PATCH", `/v1/plans/${id}`, { name: text || null }, { again: true });
  await loadDrafts();
}
