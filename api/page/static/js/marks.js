// Visits and tours that are marked on every view: what changed, what breaks a rule, what is pinned.
import { store } from "./store.js";

const NONE = { changed: new Set(), broken: new Set(), pinned: new Set() };

export const marks = store(NONE);

export const mark = (changed, broken = [], pinned = []) =>
  marks.set({ changed: new Set(changed), broken: new Set(broken), pinned: new Set(pinned) });
export const unmark = () => marks.set(NONE);

/** The marks of a visit as class names, for views that have room for no more: `now` of `marks`, `held` of what is reported. */
export const tones = (visit, now, held) => ({
  changed: now.changed.has(visit.id), broken: now.broken.has(visit.id), pinned: now.pinned.has(visit.id) || Boolean(visit.pinned),
  held: held[visit.id] === true, "not-held": held[visit.id] === false,
});
