// What happens elsewhere, told by the service: publications, runs and drafts of everybody.
import { line } from "./api.js";
import { current, drafts, watches, loadDrafts, loadRuns, loadVersions, runs } from "./session.js";
import { store } from "./store.js";
import { toast } from "./toasts.js";
import { t } from "./words.js";

/** Runs at work, by id, with their progress; those that ended stay until the page is left. */
export const working = store(new Map());

let begun = false;

export function follow() {
  if (begun) return;
  begun = true;
  const url = `${document.getElementById("page").dataset.base}worker/stream.js`;
  if ("SharedWorker" in globalThis) {
    const { port } = new SharedWorker(url);
    port.onmessage = ({ data }) => hear(data);
    addEventListener("pagehide", () => port.postMessage("leave"));
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  } else alone();
}

/** Where a browser has no shared workers each tab has its own stream. */
function alone() {
  const source = new EventSource("/v1/events");
  source.onopen = () => hear({ kind: "open" });
  source.onerror = () => hear({ kind: "down" });
  for (const kind of ["standing", "published", "run", "draft"]) {
    source.addEventListener(kind, (event) => hear({ kind, data: JSON.parse(event.data) }));
  }
}

function hear({ kind, data }) {
  if (kind === "open") line.set({ up: true });
  else if (kind === "down") line.set({ up: false });
  else if (kind === "standing") {
    if (data.publication) published(data.publication);
    data.runs.forEach(run);
  } else if (kind === "published") published(data);
  else if (kind === "run") run(data);
  else if (kind === "draft" && !drafts.get().has(data.id)) loadDrafts();
}

/** Publications that this page is making itself, and has not heard the answer of. */
const making = new Set();
/** Versions that this page made: it has told of them. */
const mine = new Set();

/** Publish from this page: the stream may tell of it before the answer is here, and need not tell of it as news. */
export async function ours(publish) {
  const answer = publish();
  making.add(answer);
  try {
    const made = await answer;
    mine.add(made.version);
    return made;
  } finally {
    making.delete(answer);
  }
}

async function published(made) {
  const known = current.get().published;
  if (known && known.version >= made.version) return;
  current.patch({ published: made });
  if (watches()) loadVersions();
  await Promise.allSettled(making);
  if (known && !mine.has(made.version)) toast(t("was_published", { version: made.version }));
}

function run(news) {
  const before = working.get().get(news.id);
  working.set((all) => new Map(all).set(news.id, news));
  const over = !["queued", "running"].includes(news.state);
  if (over && (before ? before.state !== news.state : !runs.get().some((one) => one.id === news.id))) loadRuns();
}
