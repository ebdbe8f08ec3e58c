"""Good tours that the searchers have driven: what a model that chooses among whole tours may choose from.

A searcher adds the tours of its plan when it is asked to; each set of visits of one day and kind of car keeps its
cheapest order for each crew. The oldest go when the pool is full, so that it follows the search.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.instance import Instance
from optimizer.search.state import State

#: tours that a pool keeps: more than a model could choose from
MOST_TOURS = 50_000


@dataclass(frozen=True, slots=True)
class PooledTour:
    """A tour by indices: slot ``kind`` (see ``Instance.slot_kind``), workday, stops in order, crew ascending.

    ``kept`` are the stops that hold their published start; ``fare`` is baht, ``span`` and ``work`` are minutes with and
    without the break.
    """

    office: int
    day: int
    kind: int
    stops: tuple[int, ...]
    crew: tuple[int, ...]
    kept: frozenset[int]
    fare: float
    span: float
    work: float


def driven(inst: Instance, state: State, t: int) -> PooledTour:
    """The tour in slot ``t`` of a plan in work."""
    stops = tuple(state.stops[t, : state.size[t]].tolist())
    return PooledTour(
        office=int(inst.slot_office[t]),
        day=int(inst.slot_day[t]),
        kind=int(inst.slot_kind[t]),
        stops=stops,
        crew=tuple(sorted(state.crew[t, : state.crew_size[t]].tolist())),
        kept=frozenset(v for v in stops if state.keeps[v]),
        fare=float(state.fare[t]),
        span=float(state.span[t]),
        work=float(state.work[t]),
    )


class TourPool:
    """Tours of all searchers, each once; any thread may add and read."""

    def __init__(self, inst: Instance, most: int = MOST_TOURS) -> None:
        self._inst, self._most = inst, most
        self._lock = threading.Lock()
        self._tours: dict[tuple[int, int, frozenset[int], frozenset[int], tuple[int, ...]], PooledTour] = {}

    def __len__(self) -> int:
        return len(self._tours)

    def __iter__(self) -> Iterator[PooledTour]:
        """The tours at this moment, the last added last."""
        with self._lock:
            return iter(list(self._tours.values()))

    def add(self, state: State) -> None:
        """Add the tours of a plan in work; no searcher may change it meanwhile."""
        tours = [driven(self._inst, state, t) for t in map(int, (state.size > 0).nonzero()[0])]
        with self._lock:
            for tour in tours:
                key = (tour.kind, tour.day, frozenset(tour.stops), tour.kept, tour.crew)
                known = self._tours.pop(key, tour)
                self._tours[key] = min(known, tour, key=lambda each: (each.fare, each.work))
            while len(self._tours) > self._most:
                del self._tours[next(iter(self._tours))]
