// Drafts: plans made by hand from plans. Each is immutable, so undo and redo are steps between them.
import { toast } from "./toasts.js";
import { t } from "./words.js";

export async function move() {
  toast(t("not_yet"));
}
