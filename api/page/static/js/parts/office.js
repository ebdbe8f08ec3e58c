// What the board does not tell of its office: cars with names, and issues. Asked once for each problem.
import { get } from "../api.js";
import { useEffect, useState } from "../html.js";
import { lang } from "../words.js";

const asked = new Map();

function office(problem, language) {
  const key = `${problem} ${language}`;
  if (!asked.has(key)) {
    const told = get(`/v1/problems/${problem}/names`).then((names) => ({
      cars: names.cars.map((one) => ({ id: one.id, office: one.office, name: one[`name_${language}`] || one.name_th || one.id })),
      issues: names.issues.map((one) => ({ ...one, title: one[`title_${language}`] || one.title_th || one.title_en || one.id })),
    }));
    told.catch(() => asked.delete(key));
    asked.set(key, told);
  }
  return asked.get(key);
}

export function useOffice(problem) {
  const [known, setKnown] = useState(null);
  useEffect(() => { office(problem, lang()).then(setKnown, () => {}); }, [problem, lang()]);
  return known;
}

/** The name of a car; its id where it has none, or is another office's. */
export const carName = (known, id) => known?.cars.find((one) => one.id === id)?.name ?? id;
