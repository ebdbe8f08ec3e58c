"""From what the exact model chose to the rows of a plan, and from rows to the model's hint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np

from optimizer.instance import Frame
from optimizer.proving.alike import alike
from optimizer.proving.answering import Answering
from optimizer.proving.choosing import Choice, Literal
from optimizer.search.annealing import load
from optimizer.search.handles import best_handle, instance_handle, state_handle
from optimizer.search.state import Best, new_best
from optimizer.starting import starting_state


def rows_of(frame: Frame, choice: Choice, answering: Answering, true: Callable[[Literal], bool]) -> Best:
    """The rows of the tours, crews and leads whose literals are ``true``; ``cost`` is the search's own."""
    inst = frame.instance
    state = starting_state(frame, with_published=False)
    best = new_best(state)
    # A pinned tour keeps the slot that the search locks for it.
    slot_of_pin = {int(v): int(state.tour[v]) for v in np.flatnonzero(inst.fixed == 2)}
    taken: set[int] = set(slot_of_pin.values())
    for t, tour in enumerate(choice.tours):
        if not true(choice.runs[t]):
            continue
        first = int(inst.first_slot[tour.office, tour.day])
        own = next((slot_of_pin[v] for v in tour.stops if v in slot_of_pin), None)
        slot = next(s for s in range(first, len(best.size)) if s not in taken) if own is None else own
        taken.add(slot)
        crew = sorted(o for (number, o), ride in choice.rides.items() if number == t and true(ride))
        best.size[slot], best.crew_size[slot] = len(tour.stops), len(crew)
        best.stops[slot, : len(tour.stops)] = tour.stops
        best.crew[slot, : len(crew)] = crew
        best.keeps[list(tour.kept)] = 1
    for (c, o), literal in answering.lead.items():
        if true(literal):
            best.lead[c] = o
    load(instance_handle(inst), state_handle(state), best_handle(best))
    best.lead[:] = state.lead
    best.cost[0] = state.cost[0]
    return best


def hints(frame: Frame, choice: Choice, answering: Answering, rows: Best) -> Iterator[tuple[Literal, bool]]:
    """What ``rows`` say of every literal for tours, rides and leads; officers alike are put in the model's order."""
    inst = frame.instance
    chosen: dict[int, frozenset[int]] = {}
    by_visits: defaultdict[tuple[int, int, frozenset[int]], list[int]] = defaultdict(list)
    for t, tour in enumerate(choice.tours):
        by_visits[tour.office, tour.day, frozenset(tour.stops)].append(t)
    for s in np.flatnonzero(rows.size):
        stops = frozenset(rows.stops[s, : rows.size[s]].tolist())
        kept = {v for v in stops if rows.keeps[v]}
        fits = by_visits[int(inst.slot_office[s]), int(inst.slot_day[s]), stops]
        fits = sorted(fits, key=lambda t: (len(kept - choice.tours[t].kept), choice.tours[t].fare))
        if fits:
            chosen[fits[0]] = frozenset(rows.crew[s, : rows.crew_size[s]].tolist())
    ridden = [sum(o in crew for crew in chosen.values()) for o in range(len(inst.base))]
    name = list(range(len(inst.base)))
    for group in alike(frame):
        for o, other in zip(sorted(group, key=lambda o: -ridden[o]), group, strict=True):
            name[o] = other
    crews = {t: {name[o] for o in crew} for t, crew in chosen.items()}
    told: set[int] = set()
    literals = [(run, t in crews) for t, run in enumerate(choice.runs)]
    literals += [(ride, o in crews.get(t, ())) for (t, o), ride in choice.rides.items()]
    literals += [(lead, rows.lead[c] >= 0 and name[rows.lead[c]] == o) for (c, o), lead in answering.lead.items()]
    for literal, value in literals:
        if literal.index not in told:
            told.add(literal.index)
            yield literal, bool(value)
