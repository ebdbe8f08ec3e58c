// The views of a plan, in the order of their tabs; all but the first are loaded when they are about to be opened.
import { lazy } from "../lazy.js";
import { Week } from "./week.js";

export const VIEWS = {
  week: { component: Week },
  month: { component: lazy(async () => (await import("./month.js")).Month) },
  officers: { component: lazy(async () => (await import("./officers.js")).Officers) },
  cooperatives: { component: lazy(async () => (await import("./cooperatives.js")).Cooperatives) },
  map: { component: lazy(async () => (await import("./map.js")).Map_) },
  list: { component: lazy(async () => (await import("./list.js")).List) },
};
