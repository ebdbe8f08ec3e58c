// A time of day, typed as people write it (`9.30`, `09:30 น.`) and read by the parser of the office's tables; never the browser's own clock field,
// which speaks the language of the machine.
import { readTime, saidTime } from "../dates.js";
import { html } from "../html.js";
import { t } from "../words.js";
import { Typed } from "./typed.js";

const here = (text) => {
  const time = readTime(text);
  return time && { time };
};

/** One time, `09:30`; "" while none is read. */
export function Time({ value, onTime, label, required }) {
  return html`<${Typed} label=${label} value=${value ? saidTime(value) : ""} hint=${saidTime("09:30")} required=${required} ask=${(text) => `/v1/time?text=${text}`} here=${here}
    remedy=${t("time_without_line")} said=${({ time }) => saidTime(time)} onRead=${(found) => onTime(found?.time ?? "")} />`;
}
