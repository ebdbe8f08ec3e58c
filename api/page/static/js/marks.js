// Visits and tours that are marked on every view: what changed, and what breaks a rule.
import { store } from "./store.js";

const NONE = { changed: new Set(), broken: new Set() };

export const marks = store(NONE);

export const mark = (changed, broken = []) => marks.set({ changed: new Set(changed), broken: new Set(broken) });
export const unmark = () => marks.set(NONE);
