// Long tables: only the rows on screen and some around them are drawn, so that thousands stay fluent. Paper has them all.
import { html, useLayoutEffect, useMemo, useState } from "../html.js";

/** Rows drawn above and below what is on screen, and how far it may move before others are drawn: few at a time. */
const SPARE = 8;
const STEP = 4;

/** From which row to which a table within `box` is drawn, whose rows are `height` pixels high. */
export function useRows(box, height) {
  const [seen, setSeen] = useState({ from: 0, to: 60 });
  useLayoutEffect(() => {
    const scroller = box.current;
    if (!scroller) return undefined;
    const look = () => {
      const from = Math.max(0, Math.floor(scroller.scrollTop / height) - SPARE);
      setSeen((before) => (Math.abs(before.from - from) < STEP && Number.isFinite(before.to) ? before
        : { from, to: from + Math.ceil(scroller.clientHeight / height) + 2 * SPARE }));
    };
    const all = () => setSeen({ from: 0, to: Infinity });
    look();
    scroller.addEventListener("scroll", look, { passive: true });
    addEventListener("beforeprint", all);
    addEventListener("afterprint", look);
    return () => {
      scroller.removeEventListener("scroll", look);
      removeEventListener("beforeprint", all);
      removeEventListener("afterprint", look);
    };
  }, []);
  return seen;
}

/**
 * The drawn rows between the space that the others take. A row that was drawn is not compared again while the table
 * scrolls, only where something of `memo` changes.
 */
export function Rows({ seen, rows, columns, height, draw, memo }) {
  const known = useMemo(() => new Map(), [rows, ...memo]);
  const drawn = (row, i) => {
    if (!known.has(row)) known.set(row, draw(row, i));
    return known.get(row);
  };
  const to = Math.min(rows.length, seen.to);
  return [
    seen.from > 0 && html`<${Space} key="above" columns=${columns} height=${seen.from * height} />`,
    ...rows.slice(seen.from, to).map((row, i) => drawn(row, seen.from + i)),
    to < rows.length && html`<${Space} key="below" columns=${columns} height=${(rows.length - to) * height} />`,
  ];
}

const Space = ({ columns, height }) => html`<tr class="spacer" aria-hidden="true"><td colspan=${columns} style=${{ height: `${height}px` }}></td></tr>`;
