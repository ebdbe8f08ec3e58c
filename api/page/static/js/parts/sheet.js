// The side of the board. On a narrow screen what opens there lies over the board as a sheet: the focus goes into it, what
// lies below it is out of reach, and once it is closed the focus is back where it was.
import { go, useAddress } from "../address.js";
import { html, names, useEffect, useRef, useState } from "../html.js";
import { moving } from "../moving/moving.js";
import { useStore } from "../store.js";

const query = matchMedia("screen and (max-width: 900px)");
/** What a sheet covers. */
const COVERED = ".top, .striphold, .filters, .view";

export const isNarrow = () => query.matches;

/** `what`: what is open, "" for nothing. While a visit moves the board is in sight. */
export function Aside({ what, wide = false, children }) {
  const narrow = useNarrow();
  const moves = useStore(moving, Boolean);
  const sheet = Boolean(narrow && what && !moves);
  const side = useRef(null);
  const before = useRef(null);
  useEffect(() => {
    document.querySelectorAll(COVERED).forEach((one) => one.toggleAttribute("inert", sheet));
    return () => document.querySelectorAll(COVERED).forEach((one) => one.removeAttribute("inert"));
  }, [sheet]);
  useEffect(() => {
    if (sheet) {
      before.current ??= document.activeElement?.closest("[data-visit], button, a") ?? document.querySelector("#desk");
      side.current.scrollTop = 0;
      side.current.focus();
    } else if (before.current && !moves) {
      (before.current.isConnected ? before.current : document.querySelector("#desk"))?.focus();
      before.current = null;
    }
  }, [sheet, what]);
  const onKey = (event) => {
    if (!sheet || event.key !== "Escape" || event.target.closest("input, textarea, select")) return;
    go(CLOSED);
    event.stopPropagation();
  };
  return html`<aside class=${names("side", { wide, sheet, hidden: narrow && what && moves })} ref=${side} tabindex=${sheet ? "-1" : null} onKeyDown=${onKey}>${children}</aside>`;
}

/** The address with nothing open at the side. */
export const CLOSED = { panel: "", visit: "", run: "", change: "", against: "" };

/** What the address says is open, as far as it can be shown. */
export const useOpen = (model, panels) => useAddress(({ visit, panel }) => (visit && model.visits.has(visit) ? `visit ${visit}` : panels(panel) ? panel : ""));

function useNarrow() {
  const [narrow, setNarrow] = useState(isNarrow);
  useEffect(() => {
    const look = () => setNarrow(isNarrow());
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return narrow;
}
