// A board as the service tells it, with everything that views look up.
import { monday, plus, week } from "./dates.js";

const byId = (things) => new Map(things.map((thing) => [thing.id, thing]));

export function model(board) {
  const visits = byId(board.visits);
  const cooperatives = byId(board.cooperatives.map((one) => ({ ...one, ...beside(one, board.lang) })));
  const officers = byId(board.officers);
  const tours = byId(board.tours);
  const late = new Map(board.late.map((one) => [one.visit, one]));
  const unplanned = new Map(board.unplanned.map((one) => [one.visit, one]));
  const stops = new Map();
  const byDate = new Map();
  for (const tour of board.tours) {
    if (!byDate.has(tour.date)) byDate.set(tour.date, []);
    byDate.get(tour.date).push(tour);
    tour.colour = (byDate.get(tour.date).length - 1) % 8;
    tour.stops.forEach((stop, order) => stops.set(stop.visit, { stop, tour, order }));
  }
  const workdays = new Set(board.workdays);
  const dates = [...new Set([...board.workdays, ...byDate.keys()])].sort();
  const cars = new Map(board.workdays.map((date, i) => [date, board.offices.reduce((sum, one) => sum + one.cars[i], 0)]));
  return {
    ...board, lateList: board.late, unplannedList: board.unplanned, visits, visitList: board.visits, cooperatives, officers, tours, tourList: board.tours, late, unplanned,
    stops, byDate, workdays, dates, cars, weeks: weeksOf(dates),
    toursOn: (date) => byDate.get(date) ?? [],
    carsOn: (date) => cars.get(date) ?? 0,
    cooperativeOf: (visit) => cooperatives.get(visits.get(visit)?.cooperative),
    lead: (cooperative) => officers.get(cooperative?.lead),
  };
}

/**
 * The weeks of the horizon: name, Monday, the days shown (Saturday and Sunday only where something is there), and the
 * first of them within the plan: one from 1 August does not begin in July.
 */
function weeksOf(dates) {
  const known = new Set(dates);
  const weeks = new Map();
  for (const date of dates) {
    const first = monday(date);
    if (weeks.has(first)) continue;
    const days = Array.from({ length: 7 }, (_, i) => plus(first, i)).filter((day, i) => i < 5 || known.has(day));
    weeks.set(first, { name: week(first), first, days, begins: days.find((day) => day >= dates[0]) ?? days[0] });
  }
  return [...weeks.values()];
}

/** The states a visit can be filtered by. */
export const STATES = ["planned", "unplanned", "late", "stand_in", "pinned"];

export function stateOf(model, visit) {
  const states = new Set();
  const placed = model.stops.get(visit.id);
  states.add(placed ? "planned" : "unplanned");
  if (model.late.has(visit.id) || placed?.stop.late) states.add("late");
  if (placed?.stop.stand_in) states.add("stand_in");
  if (visit.pinned) states.add("pinned");
  return states;
}

/** Which visits the filters of the address let through; null where there is no filter. */
export function filtered(model, { officer, district, topic, partner, state, q }) {
  if (![officer, district, topic, partner, state, q].some(Boolean)) return null;
  const sought = q.trim().toLowerCase();
  const kept = new Set();
  for (const visit of model.visitList) {
    const cooperative = model.cooperatives.get(visit.cooperative);
    const crew = model.stops.get(visit.id)?.tour.crew ?? [];
    if (officer && !crew.includes(officer) && cooperative.lead !== officer) continue;
    if (district && cooperative.district !== district) continue;
    if (topic && !(visit.topics ?? []).includes(topic)) continue;
    if (partner && visit.partner !== partner) continue;
    if (state && !stateOf(model, visit).has(state)) continue;
    if (sought && !searched(model, visit, cooperative, crew).includes(sought)) continue;
    kept.add(visit.id);
  }
  return kept;
}

function searched(model, visit, cooperative, crew) {
  const people = crew.map((id) => model.officers.get(id)?.name ?? id);
  return [visit.id, cooperative.id, cooperative.name, cooperative.district, ...people, ...(visit.agenda ?? [])]
    .join("\n").toLowerCase();
}

export const districts = (model) =>
  [...new Set(model.cooperatives.size ? [...model.cooperatives.values()].map((one) => one.district) : [])]
    .filter(Boolean).sort((one, other) => one.localeCompare(other, model.lang));

/** `สมชาย + ปรีชา`: a crew by short names; what is a word with a number has the word once, `จนท. 17 + 35`. */
export function crewNames(model, crew) {
  const names = crew.map((id) => model.officers.get(id)?.short ?? id);
  const word = /^(.*\D)\d+$/.exec(names[0] ?? "")?.[1];
  const alike = word?.endsWith(" ") && names.every((name) => name.startsWith(word) && /^\d+$/.test(name.slice(word.length)));
  return names.map((name, i) => (alike && i ? name.slice(word.length) : name)).join(" + ");
}

/** `นายสมชาย ใจดี (o17)`, for tooltips: the whole name of an officer with the code that tables and commands use. */
export const wholeName = (model, id) => {
  const name = model.officers.get(id)?.name;
  return name && name !== id ? `${name} (${id})` : id;
};
export const wholeNames = (model, crew) => crew.map((id) => wholeName(model, id)).join(", ");

/** A cooperative on two short lines: `brief`, its name without the district at the end, and `land`, the district unless the name has it. */
function beside({ name, short, district }, lang) {
  const whole = short || name;
  if (!district) return { brief: whole, land: "" };
  const land = lang === "th" ? `อ.${district}` : district;
  if (!whole.includes(district)) return { brief: whole, land };
  const head = whole.endsWith(district) ? whole.slice(0, -district.length) : "";
  const brief = /[\s,](อ\.|อำเภอ)?\s*$/.test(head) ? head.replace(/[\s,]+(อ\.|อำเภอ)?\s*$/, "") : "";
  return /\p{L}/u.test(brief) ? { brief, land } : { brief: whole, land: "" };
}
