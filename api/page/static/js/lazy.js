// Parts of the page that are loaded when they are first wanted, so that the first view is small.
import { line } from "./api.js";
import { html, useEffect, useState } from "./html.js";
import { t } from "./words.js";

const AGAIN = 1500;

/**
 * The component that `load` imports; asked for again while the service does not answer. With `quiet` nothing is said
 * meanwhile. Its `ahead` loads it before it is wanted.
 */
export function lazy(load, { quiet = false } = {}) {
  let found = null;
  Lazy.ahead = () => { load().catch(() => {}); };
  return Lazy;

  function Lazy(props) {
    const [Part, setPart] = useState(() => found);
    useEffect(() => {
      let here = true;
      const ask = () => load().then((part) => {
        found = part;
        if (here) setPart(() => part);
      }, () => {
        line.set({ up: false });
        if (here) setTimeout(ask, AGAIN);
      });
      if (!Part) ask();
      return () => { here = false; };
    }, []);
    return Part ? html`<${Part} ...${props} />` : quiet ? null : html`<p class="waiting page" role="status">${t("loading")}</p>`;
  }
}
