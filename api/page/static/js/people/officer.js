// An officer on a phone: my tours by day, where to drive, and the calendar to subscribe to.
import { html } from "../html.js";
import { Frame } from "../frame.js";

export function Officer() {
  return html`<${Frame} model=${null} />`;
}
