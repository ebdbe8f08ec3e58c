// Small drawings, 16 by 16, in the colour of the text around them.
import { html } from "../html.js";

const PATHS = {
  late: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 4.5V8l2.5 1.5",
  standin: "M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.500 2.500L6 13",
  pin: "M6 2h4l-.5 4 2 2.500h-7L6.500 6 6 2ZM8 8.500V14",
  partner: "M5.500 7.500a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600ZM1.500 13c0-2.200 1.800-3.800 4-3.800s4 1.600 4 3.800M10.500 7.200a2 2 0 1 0-.4-4M11 9.300c2 .1 3.500 1.600 3.500 3.700",
  board: "M8 2.500 13.500 8 8 13.500 2.500 8Z",
  lock: "M4 7.500h8v6H4zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500",
  search: "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM10.800 10.800 14 14",
  close: "M4 4l8 8M12 4l-8 8",
  left: "M10 3 5 8l5 5",
  right: "M6 3l5 5-5 5",
  undo: "M5.500 4 2.500 7l3 3M2.500 7h7a4 4 0 0 1 0 8H7",
  redo: "M10.500 4l3 3-3 3M13.500 7h-7a4 4 0 0 0 0 8H9",
  warn: "M8 2 1.500 13.500h13L8 2ZM8 6.500v3.500M8 11.800v.2",
  ok: "M3 8.500 6.500 12 13 4.500",
  car: "M2 10.500V8l1.500-3.500h9L14 8v2.500zM4.500 12.500v-2M11.500 12.500v-2M2.500 8h11",
  people: "M8 7.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM3 13.500c0-2.700 2.200-4.500 5-4.500s5 1.800 5 4.500",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  moon: "M13 9.500A5.500 5.500 0 0 1 6.500 3a5.500 5.500 0 1 0 6.500 6.500Z",
  system: "M2 3h12v8H2zM6 13.500h4M8 11v2.500",
  print: "M4.500 6V2.500h7V6M4.500 11.500h-2V6h11v5.500h-2M4.500 9.500h7v4h-7z",
  more: "M3.500 8h.01M8 8h.01M12.500 8h.01",
  help: "M8 14.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13ZM6 6.200C6.200 5 7 4.500 8 4.500s2 .7 2 1.800c0 1.500-2 1.500-2 3M8 11.500v.1",
  add: "M8 3v10M3 8h10",
  down: "M3.500 6 8 10.500 12.500 6",
  place: "M8 14.500S3 10 3 6.500a5 5 0 0 1 10 0C13 10 8 14.500 8 14.500ZM8 8a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Z",
  move: "M8 1.500v13M1.500 8h13M6 3.500l2-2 2 2M6 12.500l2 2 2-2M3.500 6l-2 2 2 2M12.500 6l2 2-2 2",
};

/** An icon; with a `title` it says something, without it only decorates. */
export function Icon({ name, title }) {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16"
    role=${title ? "img" : null} aria-label=${title ?? null} aria-hidden=${title ? null : "true"}>
    ${title && html`<title>${title}</title>`}<path d=${PATHS[name]} /></svg>`;
}
