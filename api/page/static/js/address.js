// What is looked at lives in the address, so that every view can be linked and Back works.
import { store, useStore } from "./store.js";

/** Keys of the address with what they are when left out. */
const DEFAULTS = {
  view: "week", plan: "", lang: "", week: "", day: "", month: "", visit: "", officer: "", district: "", topic: "",
  partner: "", state: "", q: "", sort: "", panel: "", run: "", against: "", change: "",
};

function read() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(Object.entries(DEFAULTS).map(([key, usual]) => [key, query.get(key) ?? usual]));
}

const address = store(read());
addEventListener("popstate", () => address.set(read()));

export const here = () => address.get();

export const useAddress = (pick) => useStore(address, pick);

/** The address with some of its keys changed, for links. */
export function to(changes) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...here(), ...changes })) {
    if (value && value !== DEFAULTS[key]) query.set(key, value);
  }
  const text = query.toString();
  return text ? `/?${text}` : "/";
}

/** Go there; with `replace` Back skips where we were. */
export function go(changes, { replace = false } = {}) {
  const target = to(changes);
  if (target === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", target);
  address.set(read());
}

/** For links: an ordinary click goes there without loading the page anew. */
export function follow(changes) {
  return {
    href: to(changes),
    onClick(event) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go(changes);
    },
  };
}
