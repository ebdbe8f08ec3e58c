// What one plan has otherwise than another, asked once for each pair.
import { get } from "../api.js";
import { useEffect, useState } from "../html.js";

const asked = new Map();

export function differences(plan, from) {
  const key = `${plan} ${from}`;
  if (!asked.has(key)) {
    asked.set(key, get(`/v1/plans/${plan}/differences?from=${from}`));
    asked.get(key).catch(() => asked.delete(key));
  }
  return asked.get(key);
}

export function useDifferences(plan, from) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    let here = true;
    setFound(null);
    if (plan && from) differences(plan, from).then((answer) => here && setFound(answer), () => {});
    return () => { here = false; };
  }, [plan, from]);
  return found;
}
