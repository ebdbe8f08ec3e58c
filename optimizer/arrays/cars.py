"""Cars: a slot for each tour that can be, with the car that it takes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from models.cars import CAPACITY_HAIR, Car, Depot
from models.problem import Problem
from optimizer.instance import Flags


def cars(problem: Problem, day_ok: Flags) -> dict[str, Any]:
    """Offices and their slots: office by office, day by day, cars alike side by side.

    No more slots of one kind are laid out than officers could ride in or visits could fill.
    """
    wanted = day_ok.sum(axis=0, dtype=np.int64) if len(day_ok) else np.zeros(len(problem.workdays), np.int64)
    staff = Counter(officer.office for officer in problem.officers)
    slots: list[tuple[int, int, int, int, float, float, int]] = []
    ends = [0]
    kinds: dict[tuple[int, int, float, float], int] = {}
    for f, office in enumerate(problem.offices):
        people = staff[office.id]
        for d, date in enumerate(problem.workdays):
            for number, car in _useful(problem, office, date, min(people, int(wanted[d]))):
                kind = (f, min(car.seats, people), car.capacity, car.km)
                named = -1 if number is None else number
                slots.append((d, f, kind[1], kinds.setdefault(kind, len(kinds)), car.capacity, car.km, named))
            ends.append(len(slots))
    rows = np.array(slots, np.float64).reshape(-1, 7)
    days = len(problem.workdays)
    return {
        "depot": np.array([office.location for office in problem.offices], np.int64),
        "cars": np.diff(ends).reshape(len(problem.offices), days).astype(np.int64),
        "seats": np.array([min(o.most_seats, staff[o.id]) for o in problem.offices], np.int64),
        "capacity": np.array([o.most_capacity * (1 + CAPACITY_HAIR) for o in problem.offices], np.float64),
        "first_slot": np.stack([np.array(ends[f * days : (f + 1) * days + 1]) for f in range(len(problem.offices))]),
        "slot_day": rows[:, 0].astype(np.int64),
        "slot_office": rows[:, 1].astype(np.int64),
        "slot_seats": rows[:, 2].astype(np.int64),
        "slot_kind": rows[:, 3].astype(np.int64),
        "slot_other": _next_others(rows[:, 3], ends),
        "kinds": len(kinds),
        "slot_capacity": rows[:, 4] * (1 + CAPACITY_HAIR),
        "slot_km": rows[:, 5].copy(),
        "slot_car": rows[:, 6].astype(np.int64),
        "least_km": float(min(problem.kilometre_prices)),
    }


def _next_others(kinds: Any, ends: list[int]) -> Any:
    """[T] for each slot the next one of another kind, or of another day."""
    new = np.union1d(np.flatnonzero(np.diff(kinds)) + 1, np.array(ends, np.int64))
    return new[np.searchsorted(new, np.arange(len(kinds)), side="right")]


def _useful(problem: Problem, office: Depot, date: Any, most: int) -> list[tuple[int | None, Car]]:
    """Cars worth a slot on ``date``, cheapest and smallest first, each with its number among the named ones."""
    if not office.has_names:
        one = office.cars_at(date, problem.prices.km)[:most]
        return [(None, car) for car in one]
    number = {car.id: n for n, car in enumerate(office.named)}
    there = sorted(
        office.cars_at(date, problem.prices.km), key=lambda car: (car.km, car.seats, car.capacity, number[car.id or ""])
    )
    alike: Counter[tuple[int, float, float]] = Counter()
    useful: list[tuple[int | None, Car]] = []
    for car in there:
        kind = (car.seats, car.capacity, car.km)
        alike[kind] += 1
        if alike[kind] <= most:
            useful.append((number[car.id or ""], car))
    return useful


def most_stops(problem: Problem, parts: dict[str, Any]) -> int:
    """A bound on the stops of one tour: one at each cooperative, by time, and by load."""
    if not len(parts["cooperative"]):
        return 1
    cooperatives = len(problem.cooperatives)
    reach = _reaches(problem, parts)
    taken = np.full(cooperatives, np.inf)
    np.minimum.at(taken, parts["cooperative"], parts["minutes"] + reach + problem.day.slack)
    loads = np.full(cooperatives, np.inf)
    np.minimum.at(loads, parts["cooperative"], parts["load"])
    bounds = [cooperatives, _how_many(taken, parts["longest"]), _how_many(loads, parts["capacity"].max())]
    return max(1, min(bounds))


def _how_many(least: Any, room: float) -> int:
    """How many of the ``least`` shares fit into ``room`` at most."""
    shares = np.sort(least[np.isfinite(least)])
    return int(np.searchsorted(np.cumsum(shares), room + 1e-6, side="right"))


def _reaches(problem: Problem, parts: dict[str, Any]) -> Any:
    """[V] minutes of the shortest drive to the visit's place from any other; 0 where visits share a place."""
    places = np.unique(np.concatenate([parts["place"], parts["depot"]]))
    visited = set(parts["place"].tolist())
    located = {each.location for each in problem.cooperatives if each.location in visited}
    shared = len(located) < len(set(parts["cooperative"].tolist())) or visited & set(parts["depot"].tolist())
    if shared or len(places) < 2:
        return np.zeros(len(parts["place"]))
    apart = parts["drive"][np.ix_(places, places)] + np.where(np.eye(len(places)), np.inf, 0.0)
    return apart.min(axis=0)[np.searchsorted(places, parts["place"])]
