// What can be done, by the name it has in the address.
import { Around } from "./around.js";
import { Capacity } from "./capacity.js";
import { Changes } from "./changes.js";
import { Circle } from "./circle.js";
import { Compare } from "./compare.js";
import { Documents } from "./documents.js";
import { OfficeData } from "./officedata.js";
import { People } from "./people.js";
import { PlanRun } from "./planrun.js";
import { Publish } from "./publish.js";
import { WhatIf } from "./whatif.js";

export const PANELS = {
  plan: PlanRun, changes: Changes, whatif: WhatIf, capacity: Capacity, publish: Publish, documents: Documents,
  people: People, office: OfficeData, compare: Compare, around: Around, circle: Circle,
};

/** Panels that need more room than a column. */
export const WIDE = new Set(["changes", "compare", "capacity", "whatif"]);
