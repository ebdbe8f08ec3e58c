// The views of a plan, in the order of their tabs.
import { Cooperatives } from "./cooperatives.js";
import { List } from "./list.js";
import { Map_ } from "./map.js";
import { Month } from "./month.js";
import { Officers } from "./officers.js";
import { Week } from "./week.js";

export const VIEWS = {
  week: { component: Week },
  month: { component: Month },
  officers: { component: Officers },
  cooperatives: { component: Cooperatives },
  map: { component: Map_ },
  list: { component: List },
};
