// The public API: every request of the page goes through here.
import { store } from "./store.js";
import { lang, t } from "./words.js";

/** Whether the service answers; the page says so where it does not. */
export const line = store({ up: true });

/** Seconds to wait before the next try while the service does not answer. */
const WAITS = [0.3, 0.7, 1.5, 3, 5];

/** An answer that is a refusal: its faults, each with code, place, cause and remedy, and whatever else it says. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.title ?? `HTTP ${status}`);
    this.status = status;
    this.body = body ?? {};
    this.faults = body?.errors ?? [];
  }
}

/** Answers and refusals come in the language of the page, whatever the browser prefers. */
const spoken = () => ({ Accept: "application/json", "Accept-Language": lang() });

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Ask again until the service answers; only for what may be asked twice. */
async function insist(path, options) {
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await fetch(path, options);
      if (answer.status !== 502 && answer.status !== 504) {
        if (!line.get().up) line.set({ up: true });
        return answer;
      }
    } catch (error) {
      if (error.name === "AbortError") throw error;
    }
    if (line.get().up) line.set({ up: false });
    await pause(WAITS[Math.min(tries, WAITS.length - 1)]);
  }
}

async function told(answer, file = false) {
  if (answer.status === 204) return null;
  const kind = answer.headers.get("content-type") ?? "";
  const body = kind.includes("json") ? await answer.json() : await (file ? answer.blob() : answer.text());
  if (!answer.ok) throw new Refused(answer.status, typeof body === "object" ? body : null);
  return body;
}

export async function get(path, options = {}) {
  return told(await insist(path, { ...options, headers: { ...spoken(), ...options.headers } }));
}

/** Send `body`; what may be sent twice without harm (`again`) is sent until the service answers. `file`: it answers one. */
export async function send(method, path, body, { again = false, key = null, file = false } = {}) {
  const headers = spoken();
  const options = { method, headers };
  if (body instanceof Blob) {
    headers["Content-Type"] = body.type;
    if (body instanceof File) headers["Content-Disposition"] = `attachment; filename*=UTF-8''${encodeURIComponent(body.name)}`;
    options.body = body;
  } else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  if (key) headers["Idempotency-Key"] = key;
  return told(again || key ? await insist(path, options) : await once(path, options), file);
}

/** Ask once what must not be asked twice; where no answer comes, that is a refusal too. */
async function once(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    line.set({ up: false });
    insist("/v1/me", { headers: spoken() }); // says when the service is back
    throw new Refused(0, { title: t("no_answer"), errors: [{ code: "no-answer", where: "", cause: t("no_answer"), remedy: t("no_answer_remedy") }] });
  }
}

export const post = (path, body, options) => send("POST", path, body, options);

/** A key of our own for a run, so that asking twice starts one. */
export const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
