// What keeps a form from being sent, told beside the field: the browser's own bubbles speak the browser's language, and hide with the field
// beneath what sticks to the top.
import { html, useEffect, useLayoutEffect, useRef } from "../html.js";
import { store, useStore } from "../store.js";
import { number, t } from "../words.js";

/** The first field that a form cannot be sent with; null while nothing is amiss. */
const amiss = store(null);

let telling = false; // every field that is amiss is told of in turn, at once: the first alone is shown

/** Fields that are being read: they say themselves what comes of it. */
export const inReading = new WeakSet();

function tell(event) {
  event.preventDefault();
  if (telling || inReading.has(event.target)) return;
  telling = true;
  setTimeout(() => { telling = false; });
  const field = event.target;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
  amiss.set(field);
}

/** Why a field will not do: fields that say so themselves have their own words. */
function why({ validity, validationMessage, min, max }) {
  if (validity.customError) return validationMessage;
  if (validity.valueMissing) return t("fill_this");
  if (validity.stepMismatch) return t("whole_number");
  if (max !== "" && max !== undefined) return t("number_between", { least: number(min), most: number(max) });
  return t("number_from", { least: number(min || 0) });
}

export function Amiss() {
  const field = useStore(amiss);
  const bubble = useRef(null);
  useEffect(() => {
    addEventListener("invalid", tell, true);
    return () => removeEventListener("invalid", tell, true);
  }, []);
  useLayoutEffect(() => {
    if (!field) return undefined;
    const place = () => {
      const { left, bottom } = field.getBoundingClientRect();
      Object.assign(bubble.current.style, { left: `${Math.max(8, Math.min(left, innerWidth - bubble.current.offsetWidth - 8))}px`, top: `${bottom + 6}px` });
    };
    const leave = () => amiss.set(null);
    place();
    addEventListener("scroll", place, true);
    addEventListener("resize", place);
    field.addEventListener("input", leave);
    field.addEventListener("blur", leave);
    return () => {
      removeEventListener("scroll", place, true);
      removeEventListener("resize", place);
      field.removeEventListener("input", leave);
      field.removeEventListener("blur", leave);
    };
  }, [field]);
  return field && html`<p class="amiss" role="alert" ref=${bubble}>${why(field)}</p>`;
}
