// Visits and tours that are marked on every view: what changed, what breaks a rule, what is pinned.
import { store } from "./store.js";

const NONE = { changed: new Set(), broken: new Set(), pinned: new Set() };

export const marks = store(NONE);

export const mark = (changed, broken = [], pinned = []) =>
  marks.set({ changed: new Set(changed), broken: new Set(broken), pinned: new Set(pinned) });
export const unmark = () => marks.set(NONE);
