// Letting go: the slot aimed at becomes a draft.
import { toast } from "../toasts.js";
import { t } from "../words.js";
import { move } from "../drafts.js";
import { moving, slotOn, stop } from "./moving.js";
import { said } from "./price.js";

export async function drop() {
  const now = moving.get();
  if (!now?.aim) return stop();
  const day = now.days?.get(now.aim.date);
  const slot = slotOn(day, now.aim.tour);
  stop();
  if (!now.days) return toast(t("not_priced_yet"));
  if (!slot) return toast(said(day));
  return move(now.visit, now.aim.date, slot);
}
