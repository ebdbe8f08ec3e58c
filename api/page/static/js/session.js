// Who reads, which plan is looked at, and what was loaded of it. Plans never change, so a loaded board stays good until its plan is published.
import { here } from "./address.js";
import { get } from "./api.js";
import { momentNamed } from "./dates.js";
import { model } from "./model.js";
import { store } from "./store.js";
import { count, lang, t } from "./words.js";

export const me = store(undefined); // undefined: not asked yet; null: nobody
export const runs = store([]); // the newest runs, newest first
export const versions = store([]); // the published versions, newest first
export const drafts = store(new Map()); // drafts by id
/** The board on show: {id, model} or {id, fault}; `id` is the plan's, "" while there is none. */
export const shown = store({ id: null, model: null, fault: null });

const boards = new Map();

export async function board(id, language = lang()) {
  if (!id) return model(await get(`/v1/calendar?format=board&lang=${language}`)); // another one after each publication
  const key = `${id} ${language}`;
  if (!boards.has(key)) {
    const asked = get(`/v1/plans/${id}/calendar?format=board&lang=${language}`).then(model);
    boards.set(key, asked);
    asked.catch(() => boards.delete(key));
    if (boards.size > 12) boards.delete(boards.keys().next().value);
  }
  return boards.get(key);
}

/** Show a plan; what was on show stays until it is there. */
export async function show(id, language) {
  try {
    const loaded = await board(id, language);
    shown.set({ id, model: loaded, fault: null });
  } catch (fault) {
    shown.set({ id, model: null, fault });
  }
}

/** Planners and heads look at every plan; others at the published one. */
export const watches = () => ["planner", "head"].includes(me.get()?.role);
export const isPlanner = () => me.get()?.role === "planner";
export const hasPlan = (run) => Boolean(run.cost);

/** What the page knows of the whole: `ready` once asked; `published` the version that stands; `empty`: no plan yet. */
export const current = store({ ready: false, published: null, empty: false });

/** Show the plan of this id, or without one what is published, or else what was planned last. */
export async function open(plan = here().plan) {
  const known = plan || (current.get().ready ? current.get().published?.plan : me.get().publication?.plan);
  if (known) show(known);
  if (!current.get().ready) await survey();
  const id = plan || current.get().published?.plan || runs.get().find(hasPlan)?.id;
  current.patch({ empty: !id });
  if (id && id !== known) await show(id);
  if (!id) shown.set({ id: null, model: null, fault: null });
}

/** Ask what there is: published versions, runs and drafts. */
export async function survey() {
  await Promise.all([loadVersions(), loadRuns(), loadDrafts()]);
  current.patch({ ready: true });
}

export async function loadVersions() {
  const list = await get("/v1/publications?limit=50");
  const before = versions.get()[0]?.plan, now = list[0]?.plan; // what stands may be known from the stream before this list
  versions.set(list);
  current.patch({ published: versions.get()[0] ?? null });
  if (current.get().ready && now && now !== before) reopened(now);
}

/** A plan that was published meanwhile: no more of it stays than what is past, so that its board is another one. */
function reopened(plan) {
  for (const key of [...boards.keys()].filter((one) => one.startsWith(`${plan} `))) boards.delete(key);
  if (shown.get().id === plan) show(plan);
}

export async function loadRuns() {
  runs.set(await get("/v1/plans?limit=50"));
}

export async function loadDrafts() {
  const list = await get("/v1/plans?drafts=true&limit=100");
  drafts.set(new Map(list.map((one) => [one.id, one])));
}

/** A plan that a run made, or a draft, as the service lists it. */
const listed = (id) => drafts.get().get(id) ?? runs.get().find((one) => one.id === id);

/** Whether a plan is of a changed copy of the office; one that was published is of the office itself. */
export const isWhatIf = (id) => Boolean(listed(id)?.what_if) && !versions.get().some((one) => one.plan === id);

/** Fewer left out, then less money in what runs: the moves themselves aside. */
const cheaper = (one, other) => one.unplanned - other.unplanned || running(one) - running(other);
const running = ({ cost }) => cost.total - cost.moved;

/** The kind under which a proposal is offered: what was found between may undercut the one sought as the cheapest. */
function offeredAs({ id, request }) {
  const beside = runs.get().filter((one) => one.request.proposed_by === request.proposed_by && one.cost);
  const named = beside.find((one) => one.request.proposal === "cheapest");
  const best = named && beside.reduce((least, one) => (cheaper(one, least) < -0.005 ? one : least), named);
  return best?.id === id ? "cheapest" : request.proposal;
}

/** What a plan is called. */
export function titleOf(id) {
  if (id === null) return "";
  const { published } = current.get();
  if (published?.plan === id) return t("published_version", { version: published.version });
  return isWhatIf(id) ? t("whatif_of", { what: calledBy(id) }) : calledBy(id);
}

/** A proposal by its kind; of those between, the moves of each tell them apart. */
const proposed = ({ request }, kind) => (kind === "at-most" && request.moves !== undefined
  ? `${t(`kind_of_${kind}`)} (${count("n_moves", request.moves)})` : t(`kind_of_${kind}`));

function calledBy(id) {
  const run = runs.get().find((one) => one.id === id);
  if (run?.request.proposal) return `${t("proposal")}: ${proposed(run, offeredAs(run))}`;
  if (run?.request.name) return run.request.name;
  if (drafts.get().has(id)) return drafts.get().get(id).draft.name || t("draft");
  return run ? t("plan_of", { at: momentNamed(run.created_at) }) : t("plan");
}
