// What can be done, by the name it has in the address. Each is loaded when it is first opened.
import { lazy } from "../lazy.js";

export const PANELS = {
  plan: lazy(async () => (await import("./planrun.js")).PlanRun),
  changes: lazy(async () => (await import("./changes.js")).Changes),
  whatif: lazy(async () => (await import("./whatif.js")).WhatIf),
  capacity: lazy(async () => (await import("./capacity.js")).Capacity),
  publish: lazy(async () => (await import("./publish.js")).Publish),
  documents: lazy(async () => (await import("./documents.js")).Documents),
  people: lazy(async () => (await import("./people.js")).People),
  office: lazy(async () => (await import("./officedata.js")).OfficeData),
  compare: lazy(async () => (await import("./compare.js")).Compare),
  around: lazy(async () => (await import("./around.js")).Around),
  next: lazy(async () => (await import("./nextquarter.js")).NextQuarter),
  circle: lazy(async () => (await import("./circle.js")).Circle),
};

/** Panels that need more room than a column. */
export const WIDE = new Set(["changes", "compare", "capacity", "whatif", "next"]);
