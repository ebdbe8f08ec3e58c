// What an officer's browser keeps to go on without a line: who reads, the own calendar, the forms of the own visits.
import { get, Refused } from "../api.js";
import { model } from "../model.js";
import { shown } from "../session.js";
import { store } from "../store.js";

const START = "patithin.kept.";

export function kept(name) {
  const text = localStorage.getItem(START + name);
  return text === null ? null : JSON.parse(text);
}

/** Keep a value; where the browser has no room left the page works on, with a line alone. */
export function keep(name, value) {
  try {
    localStorage.setItem(START + name, JSON.stringify(value));
  } catch { /* full, or not allowed */ }
}

/** Forget all that was kept; reports that wait to be sent are not among it. */
export function forgetAll() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(START)) localStorage.removeItem(key);
}

/** Have the page opened without a line from now on: its own files alone are kept for that. */
export function keepShell() {
  navigator.serviceWorker?.register("/offline.js").catch(() => {}); // not allowed here: the page needs a line, as before
}

/** Show the own calendar: the one that was kept at once, the service's as soon as it answers. */
export async function showOwn(language) {
  const before = kept("board");
  if (before && !shown.get().model) shown.set({ id: "", model: model(before), fault: null });
  try {
    const told = await get(`/v1/calendar?format=board&lang=${language}`);
    keep("board", told);
    shown.set({ id: "", model: model(told), fault: null });
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    shown.set({ id: "", model: null, fault });
  }
}

/** Keep the forms of these visits, so that they can be opened where there is no line. */
export async function keepForms(visits) {
  for (const visit of visits) await formOf(visit).catch((fault) => { if (!(fault instanceof Refused)) throw fault; });
}

/** What the service is known to have of visits: visit -> the answer of its form, with the newest report. */
export const forms = store(new Map());

/** The form of a visit as it was kept, at once, until :func:`formOf` is answered. */
export function keptForm(visit) {
  const about = kept(`form.${visit}`);
  if (about) know(visit, about);
}

/** The form of a visit from the service, which is kept. */
export async function formOf(visit) {
  const about = await get(`/v1/visits/${encodeURIComponent(visit)}/reporting`);
  know(visit, about);
  return about;
}

/** The service has taken a report: the form begins from it now, and nobody has approved it yet. */
export function taken({ visit, about }, { version, report }) {
  know(visit, { ...(forms.get().get(visit) ?? about), report, version, approved_by: null, approved_at: null });
}

/** Of two answers the one of the newer report stands: an older one may be on its way still. */
function know(visit, about) {
  const before = forms.get().get(visit);
  if (before?.season === about.season && before.version > about.version) return;
  keep(`form.${visit}`, about);
  forms.set((all) => new Map(all).set(visit, about));
}
