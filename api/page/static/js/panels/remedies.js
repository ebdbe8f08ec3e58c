// "Try it": a remedy becomes a draft, or where it changes the office's data, a what-if that can be looked at beside.
import { go } from "../address.js";
import { move } from "../drafts.js";

export function remedy(visit, one) {
  if (one.changes.length === 1 && one.changes[0].code === "take-slot") return move(visit.id, one.date, null);
  return go({ panel: "whatif", visit: "", run: "" });
}
