// A field that is typed as people write things, and read by the parser of the office's tables while the reader goes on.
import { get, line, Refused } from "../api.js";
import { html, useEffect, useRef, useState } from "../html.js";
import { capital, t } from "../words.js";
import { inReading } from "./amiss.js";

/** How many milliseconds of no typing before what stands there is read; a fault is told when the field is left. */
const PAUSE = 250;
/** How many milliseconds the service has to read a text. */
const PATIENCE = 4000;

/** Settled while nothing is pressed. */
let release = Promise.resolve();
let released = () => {};
addEventListener("pointerdown", () => {
  released();
  release = new Promise((settle) => { released = settle; });
}, true);
["pointerup", "pointercancel"].forEach((end) => addEventListener(end, () => setTimeout(released), true)); // once it has clicked

/** The button that was pressed last, by hand or by a key in it; null for a key in a field. */
let pressed = null;
["pointerdown", "keydown"].forEach((kind) => addEventListener(kind, ({ target }) => { pressed = target.closest?.("button") ?? null; }, true));

/** What is written as usual is read `here` at once; anything else the service reads. Where there is no line, that is refused. */
async function reading(ask, text, here, remedy) {
  const usual = here?.(text);
  if (usual) return usual;
  const late = new AbortController();
  setTimeout(() => late.abort(), line.get().up ? PATIENCE : 0);
  try {
    return await get(ask(encodeURIComponent(text)), { signal: late.signal });
  } catch (fault) {
    if (fault.name !== "AbortError") return fault;
    return new Refused(0, { errors: [{ remedy }] });
  }
}

/**
 * The field. The service reads a text at the address that `ask(text)` tells; `here(text)` reads the usual ways of writing by itself, null for any other;
 * `remedy` says how to write without a line. `said(found)` is shown below, `wrong(found)` says why it will not do here;
 * `onRead` is told what was read, null while nothing is.
 */
export function Typed({ label, value, hint, required, ask, here, remedy, said, wrong = () => "", onRead }) {
  const [text, setText] = useState(value);
  const [found, setFound] = useState("");
  const [fault, setFault] = useState("");
  const typed = useRef({});
  const input = useRef(null); // what is not read yet, or cannot be, is not sent
  typed.current.tell = onRead;
  const look = async (asked, whole) => {
    if (!asked.trim() || typed.current.done === asked) return;
    const answer = await reading(ask, asked, here, remedy);
    if (whole) await release; // what was pressed to leave the field must not be moved away before it is let go
    if (typed.current.text !== asked) return;
    if (answer instanceof Error && !(answer instanceof Refused)) throw answer;
    inReading.delete(input.current);
    const { again } = typed.current;
    typed.current.again = null;
    if (again) setTimeout(again); // once it is drawn what was read
    const why = answer instanceof Refused ? answer.faults[0]?.remedy ?? t("went_wrong") : wrong(answer);
    input.current?.setCustomValidity(why);
    if (whole) setFault(why);
    if (why) return;
    typed.current.done = asked; // told once: leaving the field changes nothing any more
    setFault("");
    setFound(said(answer));
    typed.current.tell(answer, asked);
  };
  const type = (now) => {
    typed.current.text = now;
    typed.current.done = "";
    typed.current.again = null;
    setText(now);
    setFault("");
    setFound("");
    input.current.setCustomValidity(now.trim() ? t("reading") : "");
    if (now.trim()) inReading.add(input.current);
    else inReading.delete(input.current);
    onRead(null, now);
    clearTimeout(typed.current.timer);
    typed.current.timer = setTimeout(() => look(now, false), here?.(now) ? 0 : PAUSE);
  };
  const wait = ({ target }) => { // what was pressed is pressed again once it is read
    if (!inReading.has(target)) return;
    const button = pressed;
    typed.current.again = () => (button ? button.isConnected && button.click() : target.form?.requestSubmit());
  };
  useEffect(() => () => clearTimeout(typed.current.timer), []);
  return html`<label class="field">${capital(label)}<input ref=${input} required=${required} value=${text} placeholder=${hint} autocomplete="off" aria-invalid=${fault ? "true" : null}
      onInvalid=${wait} onInput=${(event) => type(event.target.value)} onChange=${(event) => { typed.current.text = event.target.value; look(event.target.value, true); }} />
    <small role="status">${fault || found}</small></label>`;
}
