"""From what the exact model chose to the rows of a plan, and from rows to the model's hint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from optimizer.borrowing import borrowed
from optimizer.instance import Frame
from optimizer.proving.alike import alike
from optimizer.proving.answering import Answering
from optimizer.proving.choosing import Choice, Literal
from optimizer.search.annealing import load
from optimizer.search.state import Best, new_best, new_state


def rows_of(frame: Frame, choice: Choice, answering: Answering, true: Callable[[Literal], bool]) -> Best:
    """The rows of the tours, crews and leads whose literals are ``true``; ``cost`` is the search's own."""
    inst = frame.instance
    state = new_state(inst)
    best = new_best(state)
    crews: defaultdict[int, list[int]] = defaultdict(list)
    for (t, o), ride in choice.rides.items():
        if true(ride):
            crews[t].append(o)
    for (t, kind), takes in choice.takes.items():
        if not (true(takes) and true(choice.runs[t])):
            continue
        tour, crew = choice.tours[t], sorted(crews[t])
        first, last = inst.first_slot[tour.office, tour.day], inst.first_slot[tour.office, tour.day + 1]
        slot = next(s for s in range(first, last) if best.size[s] == 0 and inst.slot_kind[s] == kind)
        best.size[slot], best.crew_size[slot] = len(tour.stops), len(crew)
        best.stops[slot, : len(tour.stops)] = tour.stops
        best.crew[slot, : len(crew)] = crew
        best.keeps[list(tour.timed.kept)] = 1
    for (c, o), literal in answering.lead.items():
        if true(literal):
            best.lead[c] = o
    load(borrowed(inst), borrowed(state), borrowed(best))
    best.lead[:] = state.lead
    best.cost[0] = state.cost[0]
    return best


def hints(frame: Frame, choice: Choice, answering: Answering, rows: Best) -> Iterator[tuple[Literal, bool]]:
    """What ``rows`` say of every literal for tours, rides and leads; officers alike are put in the model's order."""
    inst = frame.instance
    chosen: dict[int, frozenset[int]] = {}
    cars: dict[int, int] = {}
    by_visits: defaultdict[tuple[int, int, frozenset[int]], list[int]] = defaultdict(list)
    for t, tour in enumerate(choice.tours):
        by_visits[tour.office, tour.day, frozenset(tour.stops)].append(t)
    for s in np.flatnonzero(rows.size):
        stops = frozenset(rows.stops[s, : rows.size[s]].tolist())
        crew = frozenset(rows.crew[s, : rows.crew_size[s]].tolist())
        fits = by_visits[int(inst.slot_office[s]), int(inst.slot_day[s]), stops]
        kept = frozenset(v for v in stops if rows.keeps[v])
        if fits:
            best = min(fits, key=partial(_misfit, choice, crew, kept))
            chosen[best], cars[best] = crew, int(inst.slot_kind[s])
    ridden = [sum(o in crew for crew in chosen.values()) for o in range(len(inst.base))]
    name = list(range(len(inst.base)))
    for group in alike(frame) if choice.people is None else ():
        for o, other in zip(sorted(group, key=lambda o: -ridden[o]), group, strict=True):
            name[o] = other
    crews = {t: {name[o] for o in crew} for t, crew in chosen.items()}
    told: set[int] = set()
    literals = [(run, t in crews) for t, run in enumerate(choice.runs)]
    literals += [(ride, o in crews.get(t, ())) for (t, o), ride in choice.rides.items()]
    literals += [(takes, cars.get(t) == kind) for (t, kind), takes in choice.takes.items()]
    literals += [(lead, rows.lead[c] >= 0 and name[rows.lead[c]] == o) for (c, o), lead in answering.lead.items()]
    for literal, value in literals:
        if literal.index not in told:
            told.add(literal.index)
            yield literal, bool(value)


def _misfit(choice: Choice, crew: frozenset[int], kept: frozenset[int], t: int) -> tuple[int, int, float, float]:
    """How badly a candidate says what a crew does: who is busy, which starts are not kept; then what it costs."""
    timed = choice.tours[t].timed
    return len(crew & timed.busy), len(kept - timed.kept), len(crew) * timed.pay + timed.work, timed.km
