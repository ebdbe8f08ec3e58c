// Letting go: the place aimed at becomes a draft. A day that a rule forbids is taken too: the draft says what it breaks.
import { move } from "../drafts.js";
import { moving, slotOn, stop } from "./moving.js";

export async function drop() {
  const now = moving.get();
  stop();
  if (!now?.aim) return null;
  const { date, tour } = now.aim;
  return move(now.visit, date, slotOn(now.days?.get(date), tour), tour);
}
