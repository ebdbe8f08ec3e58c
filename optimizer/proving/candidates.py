"""Every tour that a plan could have and no other tour makes useless: what the exact model chooses from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from optimizer.instance import Floats, Frame, Instance
from optimizer.proving.orders import ANY, FARE, FARE_AND_WORK, NOTHING, best_orders
from optimizer.search.handles import instance_handle
from optimizer.search.state import KEPT_MINUTES, floats, ints

#: stops of a tour beyond which orders are too many to try
MOST_STOPS = 8
#: orders of one set of visits that none of the others beats; more are never kept
MOST_ORDERS = 1_000
#: sets of visits tried between two looks at the stop criterion
PIECE = 16


Days = npt.NDArray[np.bool_]
#: stops, fare, work, visits that start as published
Timed = tuple[tuple[int, ...], float, float, frozenset[int]]


class TooLarge(Exception):
    """The problem has more candidate tours than asked for, or tours of more than ``MOST_STOPS`` stops."""


class Stopped(Exception):
    """The stop criterion became true."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tour without its crew: indices of office, workday and visits in the order driven.

    ``kept``: visits on the tour that start as published; ``fare``: baht for the kilometres; ``work``: least minutes
    of work; ``crew``: the officers that a pin asks for, or None where they are free.
    """

    office: int
    day: int
    stops: tuple[int, ...]
    kept: frozenset[int]
    fare: float
    work: float
    crew: frozenset[int] | None


def hours_matter(inst: Instance) -> bool:
    """Whether anybody's hours can cost anything."""
    return inst.overload > 0 and bool(np.isfinite(inst.fair).any())


def pinned_crews(frame: Frame) -> dict[int, frozenset[int]]:
    """The crew of each pinned visit that is not history."""
    problem, pinned = frame.problem, frame.instance.fixed == 2
    number = {officer.id: o for o, officer in enumerate(problem.officers)}
    visit = {each.id: v for v, each in enumerate(problem.visits)}
    return {visit[id_]: frozenset(number[o] for o in tour.crew)
            for tour, id_, _ in problem.published_stops() if pinned[visit[id_]]}  # fmt: skip


def possible_days(inst: Instance) -> Days:
    """[V, D] the days a visit may be on: rhythms and what history leaves of gaps and order are counted in."""
    days: Days = inst.day_ok == 1
    days[inst.fixed == 1] = False
    for c in range(len(inst.gap)):
        visits = inst.visit_list[inst.first_visit[c] : inst.first_visit[c + 1]]
        beats = inst.rhythm[inst.first_rhythm[c] : inst.first_rhythm[c + 1]]
        for place, v in enumerate(visits):
            if inst.has_rhythm[c]:
                days[v] &= np.isin(np.arange(days.shape[1]), beats[:, place] if len(beats) else [])
            for other, u in enumerate(visits):
                if inst.past[u] >= 0:
                    apart = (inst.ordinal - inst.past[u]) * (1 if other < place else -1)
                    days[v] &= apart >= inst.gap[c]
    return days


def candidate_tours(frame: Frame, most: int, stop: Callable[[], bool]) -> list[Candidate]:
    """All candidate tours of ``frame``, by office, day, and growing number of stops.

    For each office, day and set of visits all orders are listed that no other one beats in fare, work (where hours
    have a price) and published starts kept.

    Raises:
        TooLarge: there are more than ``most``, or too long ones.
        Stopped: ``stop`` became true.
    """
    return _Lister(frame, most, stop).run()


class _Lister:
    """Sets of visits, grown one visit at a time, and the orders of each."""

    def __init__(self, frame: Frame, most: int, stop: Callable[[], bool]) -> None:
        inst = self.inst = frame.instance
        self.most, self.stop = most, stop
        self.handle = instance_handle(inst)
        self.aim = FARE_AND_WORK if hours_matter(inst) else FARE
        self.days = possible_days(inst)
        self.crews = pinned_crews(frame)
        self.found: list[Candidate] = []
        self.tried = 0
        # Over shortest ways a visit can always be dropped from a tour: a set is only tried when its parts are possible.
        self.loose = instance_handle(inst._replace(drive=frame.problem.travel.shortest_minutes))

    def run(self) -> list[Candidate]:
        if int(self.days.sum()) > self.most:
            raise TooLarge
        for office in range(len(self.inst.depot)):
            self._of_office(office)
        return self.found

    def _of_office(self, office: int) -> None:
        inst = self.inst
        staffed = np.array(
            [((inst.base == office) & (inst.there[:, d] == 1)).any() for d in range(len(inst.ordinal))], bool
        )
        days = self.days & (inst.cars[office] > 0) & staffed
        home = inst.home[inst.cooperative]
        visits = [v for v in range(len(inst.cooperative)) if days[v].any() and home[v] in (-1, office)]
        level: list[tuple[tuple[int, ...], Days]] = [((), np.ones(len(inst.ordinal), np.bool_))]
        while level:
            larger = []
            for members, common in level:
                for v in visits:
                    shared = common & days[v]
                    if (not members or v > members[-1]) and shared.any() and self._possible(office, (*members, v)):
                        larger.append(((*members, v), shared))
                        self._add(office, (*members, v), shared)
            level = larger

    def _possible(self, office: int, visits: tuple[int, ...]) -> bool:
        """Whether some tour might make these visits, and perhaps more."""
        self.tried += 1
        if self.tried % PIECE == 0 and self.stop():
            raise Stopped
        inst, chosen = self.inst, np.array(visits)
        if len(set(inst.cooperative[chosen])) < len(visits) or inst.load[chosen].sum() > inst.capacity[office]:
            return False
        joined = inst.partner[chosen]
        if any((joined == p).sum() > inst.per_day[p] for p in set(joined[joined >= 0])):
            return False
        crews = {self.crews[v] for v in visits if v in self.crews}
        if len(crews) > 1 or any(set(inst.base[list(crew)]) != {office} for crew in crews):
            return False
        fits = bool(self._orders(self.loose, ANY, office, visits, inst.opens, inst.closes))
        if fits and len(visits) > min(MOST_STOPS, inst.most_stops):
            if inst.most_stops > MOST_STOPS:
                raise TooLarge
            return False
        return fits

    def _add(self, office: int, visits: tuple[int, ...], days: Days) -> None:
        """Add the tours over these visits on each of the days."""
        inst = self.inst
        crew = next((self.crews[v] for v in visits if v in self.crews), None)
        pinned = frozenset(v for v in visits if inst.fixed[v] == 2)
        plain = list(self._timed(office, visits, frozenset()))
        for day in np.flatnonzero(days):
            loose = [v for v in visits if v not in pinned and inst.move_price[v] > 0 and inst.published_day[v] == day]
            tours = plain
            if loose:
                tours = plain + [tour for size in range(1, len(loose) + 1) for kept in combinations(loose, size)
                                 for tour in self._timed(office, visits, frozenset(kept))]  # fmt: skip
                tours = self._useful(tours)
            for stops, fare, work, kept_starts in tours:
                self.found.append(Candidate(office, int(day), stops, kept_starts | pinned, fare, work, crew))
            if len(self.found) > self.most:
                raise TooLarge

    def _timed(self, office: int, visits: tuple[int, ...], kept: frozenset[int]) -> Iterator[Timed]:
        """The orders of ``visits`` where those in ``kept`` start as published: stops, fare, work, kept."""
        inst = self.inst
        opens, closes = inst.opens, inst.closes
        if kept:
            held = np.array(sorted(kept))
            opens, closes = opens.copy(), closes.copy()
            opens[held] = np.maximum(opens[held], inst.published_start[held] - KEPT_MINUTES)
            closes[held] = np.minimum(closes[held], inst.published_start[held] + KEPT_MINUTES)
            if (opens[held] > closes[held]).any():
                return
        for stops, fare, work in self._orders(self.handle, self.aim, office, visits, opens, closes):
            yield stops, fare, work, kept

    def _orders(
        self, inst: Instance, aim: int, office: int, visits: tuple[int, ...], opens: Floats, closes: Floats
    ) -> list[tuple[tuple[int, ...], float, float]]:
        room = 1 if aim != FARE_AND_WORK else MOST_ORDERS
        orders, fares, works = ints(room, len(visits)), floats(room), floats(room)
        count = best_orders(inst, office, np.array(visits), opens, closes, aim, orders, fares, works)
        if count < 0:
            raise TooLarge
        return [(tuple(orders[i].tolist()), float(fares[i]), float(works[i])) for i in range(count)]

    def _useful(self, tours: Sequence[Timed]) -> list[Timed]:
        """The tours that no other one beats in fare, work and starts kept."""
        useful: list[Timed] = []
        for tour in sorted(tours, key=lambda each: (-len(each[3]), each[1], each[2])):
            beaten = any(
                fare <= tour[1] + NOTHING and (self.aim == FARE or work <= tour[2] + NOTHING) and kept >= tour[3]
                for _, fare, work, kept in useful
            )  # fmt: skip
            if not beaten:
                useful.append(tour)
        return useful
