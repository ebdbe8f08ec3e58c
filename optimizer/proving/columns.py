"""Tours with their crews as columns, and how dear each one is beside the best mixture of all: its reduced cost.

The linear programme chooses shares of columns so that every visit is made or left out, nobody and no car is on two
tours a day, and weeks, partners and fair hours are kept; leads are those of a plan at hand. A column whose reduced cost
is large is in no plan of these columns that is much cheaper than the mixture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from ortools.linear_solver import pywraplp

from optimizer.instance import Floats, Instance, Ints
from optimizer.pool import PooledTour, driven
from optimizer.proving.candidates import Candidate, Timed, hours_matter
from optimizer.search.measuring import day_pay
from optimizer.search.state import Best, State

#: rows of the programme: what is limited, and the columns that take from it with how much each
Row = tuple[float, list[tuple[int, float]]]


def columns_of(state: State, inst: Instance, rows: Best, pooled: Iterable[PooledTour], most: int) -> list[PooledTour]:
    """The tours of the plan in ``state``, then the last ones of the pool, ``most`` in all; each once."""
    own = [driven(inst, state, int(t)) for t in np.flatnonzero(rows.size)]
    found: dict[tuple[int, tuple[int, ...], frozenset[int], tuple[int, ...]], PooledTour] = {}
    for tour in [*own, *reversed(list(pooled))]:
        if len(found) == most:
            break
        found.setdefault((tour.day, tour.stops, tour.kept, tour.crew), tour)
    return list(found.values())


def candidate(inst: Instance, handle: Instance, tour: PooledTour) -> Candidate:
    """The column as a candidate tour of the exact model, its crew given."""
    at = [inst.depot[tour.office], *inst.place[list(tour.stops)], inst.depot[tour.office]]
    km = float(inst.km[at[:-1], at[1:]].sum())
    timed = Timed(tour.stops, tour.kept, frozenset(), km, float(day_pay(handle, tour.span)), tour.work)
    return Candidate(tour.office, tour.day, timed, frozenset(tour.crew))


def prices_of(inst: Instance, handle: Instance, columns: Sequence[PooledTour], leads: Ints) -> Floats:
    """Baht of each column by itself under these leads: fare, car, days, lateness, stand-ins, starts that move."""
    baht = np.zeros(len(columns))
    for j, tour in enumerate(columns):
        baht[j] = tour.fare + inst.car_day + len(tour.crew) * float(day_pay(handle, tour.span))
        for v in tour.stops:
            baht[j] += inst.late[v, tour.day]
            baht[j] += inst.stand_in * (int(leads[inst.cooperative[v]]) not in tour.crew)
            baht[j] += inst.move_price[v] * (v not in tour.kept)
    return baht


def reduced_costs(inst: Instance, columns: Sequence[PooledTour], baht: Floats) -> Floats:
    """What each column would cost beside the prices of the best mixture; 0 or less for those that are in it."""
    programme = pywraplp.Solver.CreateSolver("GLOP")
    shares = [programme.NumVar(0.0, programme.infinity(), "") for _ in columns]
    objective = programme.Objective()
    for share, price in zip(shares, baht.tolist(), strict=True):
        objective.SetCoefficient(share, price)
    by_visit: defaultdict[int, list[int]] = defaultdict(list)
    for j, tour in enumerate(columns):
        for v in tour.stops:
            by_visit[v].append(j)
    for v, made in by_visit.items():
        row = programme.Constraint(1.0, 1.0)
        left_out = programme.NumVar(0.0, 0.0 if inst.fixed[v] == 2 else 1.0, "")
        row.SetCoefficient(left_out, 1.0)
        objective.SetCoefficient(left_out, float(inst.leave_out[v]))
        for j in made:
            row.SetCoefficient(shares[j], 1.0)
    for most, taken in _limits(inst, columns):
        row = programme.Constraint(-programme.infinity(), most)
        for j, much in taken:
            row.SetCoefficient(shares[j], much)
    for fair, worked in _hours(inst, columns):
        row = programme.Constraint(-programme.infinity(), fair)
        over = programme.NumVar(0.0, programme.infinity(), "")
        row.SetCoefficient(over, -1.0)
        objective.SetCoefficient(over, inst.overload)
        for j, minutes in worked:
            row.SetCoefficient(shares[j], minutes)
    objective.SetMinimization()
    if programme.Solve() != pywraplp.Solver.OPTIMAL:
        return baht
    return np.array([share.reduced_cost() for share in shares])


def _limits(inst: Instance, columns: Sequence[PooledTour]) -> Iterator[Row]:
    """Officers' days and weeks, cars of a kind, partners' places."""
    taken: defaultdict[tuple[str, int, int], list[tuple[int, float]]] = defaultdict(list)
    most: dict[tuple[str, int, int], float] = {}
    for j, tour in enumerate(columns):
        week = int(inst.week[tour.day])
        for o in tour.crew:
            most["day", o, tour.day] = 1.0
            taken["day", o, tour.day].append((j, 1.0))
            most["week", o, week] = float(inst.week_limit[o] - inst.past_tours[o, week])
            taken["week", o, week].append((j, 1.0))
        slots = slice(inst.first_slot[tour.office, tour.day], inst.first_slot[tour.office, tour.day + 1])
        most["car", tour.kind, tour.day] = float((inst.slot_kind[slots] == tour.kind).sum())
        taken["car", tour.kind, tour.day].append((j, 1.0))
        for p in [int(p) for p in inst.partner[list(tour.stops)] if p >= 0]:
            most["partner", p, tour.day] = float(inst.per_day[p])
            taken["partner", p, tour.day].append((j, 1.0))
    for key, some in taken.items():
        summed: defaultdict[int, float] = defaultdict(float)
        for j, much in some:
            summed[j] += much
        if sum(summed.values()) > most[key]:
            yield most[key], list(summed.items())


def _hours(inst: Instance, columns: Sequence[PooledTour]) -> Iterator[Row]:
    """Minutes of each officer whose hours may cost something."""
    worked: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for j, tour in enumerate(columns) if hours_matter(inst) else ():
        for o in tour.crew:
            worked[o].append((j, tour.work))
    for o, some in worked.items():
        if np.isfinite(inst.fair[o]):
            yield float(inst.fair[o] - inst.past_minutes[o]), some
