// A board as the service tells it, with everything that views look up.
import { monday, plus, week } from "./dates.js";

const byId = (things) => new Map(things.map((thing) => [thing.id, thing]));

export function model(board) {
  const visits = byId(board.visits);
  const cooperatives = byId(board.cooperatives);
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

/** The weeks of the horizon: name, Monday, and the days shown (Saturday and Sunday only where something is there). */
function weeksOf(dates) {
  const known = new Set(dates);
  const weeks = new Map();
  for (const date of dates) {
    const first = monday(date);
    if (weeks.has(first)) continue;
    const days = Array.from({ length: 7 }, (_, i) => plus(first, i)).filter((day, i) => i < 5 || known.has(day));
    weeks.set(first, { name: week(first), first, days });
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

/** `สมชาย + ปรีชา`: a crew by short names. */
export const crewNames = (model, crew) => crew.map((id) => model.officers.get(id)?.short ?? id).join(" + ");
