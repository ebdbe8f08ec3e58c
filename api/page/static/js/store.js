// A value that components share: who reads it with useStore is drawn anew when what was picked of it changes.
import { useLayoutEffect, useState } from "./html.js";

export function store(initial) {
  let value = initial;
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      value = typeof next === "function" ? next(value) : next;
      for (const listener of Array.from(listeners)) listener(value);
    },
    patch(part) {
      this.set({ ...value, ...part });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore(shared, pick = (value) => value) {
  const picked = pick(shared.get());
  const [, redraw] = useState(0);
  useLayoutEffect(() => {
    let last = picked;
    const look = (value) => {
      const now = pick(value);
      if (now !== last) {
        last = now;
        redraw((count) => count + 1);
      }
    };
    look(shared.get());
    return shared.subscribe(look);
  });
  return picked;
}
