// Days, typed as people write them (`3 ก.ย. 2555`, `3–7 Sep 2012`) and read by the parser of the office's tables.
import { get, line, Refused } from "../api.js";
import { fullDate, readDay, span } from "../dates.js";
import { html, useEffect, useRef, useState } from "../html.js";
import { lang, t } from "../words.js";

/** How many milliseconds of no typing before what stands there is read; a fault is told when the field is left. */
const PAUSE = 250;
/** How many milliseconds the service has to read a day, before the browser reads the usual ways of writing one. */
const PATIENCE = 4000;

/** From one day to another: `first` and `last`, both "" while nothing is read. */
export function Range({ first, last, onRange, label = t("days") }) {
  return html`<${Typed} label=${label} value=${first ? span(first, last ?? first) : ""} hint=${lang() === "th" ? "3–7 ก.ย. 2555" : "3–7 Sep 2012"}
    onRead=${(found) => onRange(found ? { first: found.first, last: found.last } : { first: "", last: "" })} />`;
}

/** One day; "" while none is read. */
export function Day({ value, onDay, label, required, hint = lang() === "th" ? "3 ก.ย. 2555" : "3 Sep 2012" }) {
  return html`<${Typed} label=${label} value=${value ? fullDate(value) : ""} hint=${hint} single=${true} required=${required}
    onRead=${(found) => onDay(found?.first ?? "")} />`;
}

/** Days here and there (`3, 5–7 ก.ย. 2555`): their list, empty while none is read. */
export function Days({ value, onDays, label }) {
  return html`<${Typed} label=${label} value=${value} hint=${lang() === "th" ? "3, 5–7 ก.ย. 2555" : "3, 5–7 Sep 2012"}
    onRead=${(found, text) => onDays(found?.days ?? [], text)} />`;
}

/** What the service reads in a text; where there is no line, a single day written as usual is read here. */
async function reading(text, single) {
  const late = new AbortController();
  setTimeout(() => late.abort(), line.get().up ? PATIENCE : 0);
  try {
    return await get(`/v1/days?text=${encodeURIComponent(text)}`, { signal: late.signal });
  } catch (fault) {
    if (fault.name !== "AbortError") return fault;
    const day = single && readDay(text);
    return day ? { first: day, last: day, days: [day] } : new Refused(0, { errors: [{ remedy: t("day_without_line") }] });
  }
}

function Typed({ label, value, hint, single, required, onRead }) {
  const [text, setText] = useState(value);
  const [found, setFound] = useState("");
  const [fault, setFault] = useState("");
  const typed = useRef({});
  const input = useRef(null); // what is not read yet, or cannot be, is not sent
  typed.current.read = onRead;
  const read = async (asked, whole) => {
    if (!asked.trim() || typed.current.done === asked) return;
    const answer = await reading(asked, single);
    if (typed.current.text !== asked) return;
    if (answer instanceof Error && !(answer instanceof Refused)) throw answer;
    const wrong = answer instanceof Refused ? answer.faults[0]?.remedy ?? t("went_wrong") : single && answer.first !== answer.last ? t("one_day") : "";
    input.current?.setCustomValidity(wrong);
    if (whole) setFault(wrong);
    if (wrong) return;
    typed.current.done = asked; // told once: leaving the field changes nothing any more
    setFault("");
    setFound(answer.days.length > 1 ? `${span(answer.first, answer.last)} (${answer.days.length})` : fullDate(answer.first));
    typed.current.read(answer, asked);
  };
  const type = (now) => {
    typed.current.text = now;
    typed.current.done = "";
    setText(now);
    setFault("");
    setFound("");
    input.current.setCustomValidity(now.trim() ? t("reading") : "");
    onRead(null, now);
    clearTimeout(typed.current.timer);
    typed.current.timer = setTimeout(() => read(now, false), PAUSE);
  };
  useEffect(() => () => clearTimeout(typed.current.timer), []);
  return html`<label class="field">${label}<input ref=${input} required=${required} value=${text} placeholder=${hint} autocomplete="off" aria-invalid=${fault ? "true" : null}
      onInput=${(event) => type(event.target.value)} onChange=${(event) => { typed.current.text = event.target.value; read(event.target.value, true); }} />
    <small role="status">${fault || found}</small></label>`;
}
