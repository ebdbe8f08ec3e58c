"""Every tour that a plan could have and no other tour makes useless: what the exact model chooses from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from optimizer.borrowing import borrowed
from optimizer.instance import Frame, Instance
from optimizer.proving.orders import ALL, ANY, NO_ROOM, NOTHING, best_orders
from optimizer.proving.stretches import Stretch, stretches
from optimizer.search.state import GAPS, State, floats, hold_start, ints, new_state
from optimizer.stopping import Stopped

#: stops of a tour beyond which orders are too many to try
MOST_STOPS = 8
#: orders of one set of visits that none of the others beats; more are never kept
MOST_ORDERS = 1_000
#: sets of visits tried between two looks at the stop criterion
PIECE = 16
#: all of a day
ALWAYS = Stretch(-np.inf, np.inf, frozenset())


Days = npt.NDArray[np.bool_]


class TooLarge(Exception):
    """The problem has more candidate tours than asked for, or tours of more than ``MOST_STOPS`` stops or of too many
    ways to be timed."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An order of stops with its times: what it costs, and what it leaves open.

    ``kept``: visits on it that start as published; ``busy``: officers who are busy meanwhile; ``km``: kilometres, 0
    where they cost nothing; ``pay``: baht for the day of each officer; ``work``: least minutes of work, 0 where hours
    cost nothing.
    """

    stops: tuple[int, ...]
    kept: frozenset[int]
    busy: frozenset[int]
    km: float
    pay: float
    work: float

    def beats(self, other: Timed) -> bool:
        """Whether it costs no more and leaves as much open, over the same visits."""
        return (
            self.km <= other.km + NOTHING
            and self.pay <= other.pay + NOTHING
            and self.work <= other.work + NOTHING
            and self.kept >= other.kept
            and self.busy <= other.busy
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tour without its crew and car: indices of office and workday, and what is driven.

    ``crew``: the officers that a pin asks for, or None where they are free.
    """

    office: int
    day: int
    timed: Timed
    crew: frozenset[int] | None

    @property
    def stops(self) -> tuple[int, ...]:
        """Indices of visits in the order driven."""
        return self.timed.stops


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

    For each office, day, set of visits and stretch of the day in which some officers are free, all orders are listed
    that no other one beats in kilometres, pay of the day, work (where hours have a price) and published starts kept.

    Raises:
        TooLarge: there are more than ``most``, too long ones, or such of too many ways to be timed.
        Stopped: ``stop`` became true.
    """
    return _Lister(frame, most, stop).run()


class Timetabler:
    """Orders and times of sets of visits, from an office on a day, within a stretch of it."""

    def __init__(self, inst: Instance) -> None:
        self.inst, self.handle = inst, borrowed(inst)
        self.state = new_state(inst)
        self.rows: State = borrowed(self.state)
        self._prices = np.array([inst.slot_km.any(), hours_matter(inst)], np.float64)
        # where a longer tour is paid less, it may be made longer: what no tour of that length costs less than
        self._rates = np.minimum.accumulate(inst.rate_baht[::-1])[::-1].copy()
        self._room = MOST_ORDERS if hours_matter(inst) or len(inst.rate_baht) > 1 else 2

    def possible(self, office: int, day: int, visits: tuple[int, ...]) -> bool:
        """Whether some order fits the day, whoever rides."""
        return bool(self._orders(ANY, office, day, visits, ALWAYS))

    def timed(
        self, office: int, day: int, visits: tuple[int, ...], kept: frozenset[int], within: Stretch = ALWAYS
    ) -> Iterator[Timed]:
        """The orders that no other beats, where the visits in ``kept`` start as published.

        Raises:
            TooLarge: too many orders, or ways to time them.
        """
        for v in kept:
            hold_start(self.handle, self.rows, v, 1)
        orders, costs = self._orders(ALL, office, day, visits, within)
        for v in kept:
            hold_start(self.handle, self.rows, v, 0)
        for stops, (km, pay, work) in zip(orders.tolist(), costs.tolist(), strict=True):
            yield Timed(tuple(stops), kept, within.busy, km, pay, work)

    def _orders(
        self, aim: int, office: int, day: int, visits: tuple[int, ...], within: Stretch
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        state = self.state
        state.counts[GAPS] = int(within.opens > -np.inf or within.closes < np.inf)
        state.gap_from[0], state.gap_to[0] = within.opens, within.closes
        room = 1 if aim == ANY else self._room
        orders, costs = ints(room, len(visits)), floats(room, 3)
        found = best_orders(self.handle, self.rows, office, day, np.array(visits), aim, self._prices, self._rates,
                            orders, costs)  # fmt: skip
        if found < 0:
            raise TooLarge("too many orders of a tour" if found == NO_ROOM else "too many ways to time a tour")
        return orders[:found], costs[:found]


class _Lister:
    """Sets of visits, grown one visit at a time, and the orders of each."""

    def __init__(self, frame: Frame, most: int, stop: Callable[[], bool]) -> None:
        inst = self.inst = frame.instance
        self.most, self.stop = most, stop
        self.days = possible_days(inst)
        if int(self.days.sum()) > self.most:  # before anything that takes its time on a large problem
            raise TooLarge("too many days for single visits")
        self.crews = pinned_crews(frame)
        self.found: list[Candidate] = []
        self.tried = 0
        self.timetabler = Timetabler(inst)
        frame.problem.travel.shorten(self._look)
        # Over shortest ways a visit can always be dropped from a tour: a set is only tried when its parts are possible.
        self.loose = Timetabler(inst._replace(drive=frame.problem.travel.shortest_minutes))
        #: [D] workdays of one number have the same hours
        hours = _hours_by_weekday(inst)
        self.hours = np.array([hours[w] for w in inst.weekday], np.int64)
        self.example = {int(h): int(np.flatnonzero(self.hours == h)[0]) for h in set(self.hours.tolist())}

    def run(self) -> list[Candidate]:
        for office in range(len(self.inst.depot)):
            self._of_office(office)
        return self.found

    def _of_office(self, office: int) -> None:
        inst = self.inst
        some = range(len(inst.ordinal))
        self.stretches = [stretches(inst, office, d) if inst.cars[office, d] > 0 else () for d in some]
        days = self.days & np.array([bool(self.stretches[d]) for d in some], bool)
        home = inst.home[inst.cooperative]
        visits = [v for v in range(len(inst.cooperative)) if days[v].any() and home[v] in (-1, office)]
        level: list[tuple[tuple[int, ...], Days]] = [((), np.ones(len(inst.ordinal), np.bool_))]
        while level:
            larger = []
            for members, common in level:
                for v in visits:
                    if not members or v > members[-1]:
                        shared = self._possible(office, (*members, v), common & days[v])
                        if shared.any():
                            larger.append(((*members, v), shared))
                            self._add(office, (*members, v), shared)
            level = larger

    def _look(self) -> None:
        if self.stop():
            raise Stopped

    def _possible(self, office: int, visits: tuple[int, ...], days: Days) -> Days:
        """Those of the days on which some tour might make these visits, and perhaps more."""
        if not days.any():
            return days
        self.tried += 1
        if self.tried % PIECE == 0:
            self._look()
        if not self._allowed(office, visits):
            return np.zeros_like(days)
        fits = {h: self.loose.possible(office, self.example[h], visits) for h in set(self.hours[days].tolist())}
        if any(fits.values()) and len(visits) > min(MOST_STOPS, self.inst.most_stops):
            if self.inst.most_stops > MOST_STOPS:
                raise TooLarge("too many stops")
            return np.zeros_like(days)
        same: Days = days & np.array([fits.get(h, False) for h in self.hours.tolist()], bool)
        return same

    def _allowed(self, office: int, visits: tuple[int, ...]) -> bool:
        """Whether the visits may meet on a tour, whatever its times."""
        inst, chosen = self.inst, np.array(visits)
        if len(set(inst.cooperative[chosen])) < len(visits) or inst.load[chosen].sum() > inst.capacity[office]:
            return False
        joined = inst.partner[chosen]
        if any((joined == p).sum() > inst.per_day[p] for p in set(joined[joined >= 0])):
            return False
        crews = {self.crews[v] for v in visits if v in self.crews}
        return len(crews) <= 1 and all(set(inst.base[list(crew)]) == {office} for crew in crews)

    def _add(self, office: int, visits: tuple[int, ...], days: Days) -> None:
        """Add the tours over these visits on each of the days."""
        inst = self.inst
        crew = next((self.crews[v] for v in visits if v in self.crews), None)
        pinned = frozenset(v for v in visits if inst.fixed[v] == 2)
        plain: dict[tuple[int, tuple[Stretch, ...]], list[Timed]] = {}
        for day in map(int, np.flatnonzero(days)):
            alike = int(self.hours[day]), self.stretches[day]
            if alike not in plain:
                plain[alike] = _useful(self._timed(office, day, visits, pinned, [()]))
            tours = plain[alike]
            loose = [v for v in visits if v not in pinned and inst.move_price[v] > 0 and inst.published_day[v] == day]
            if loose:
                kept = [some for size in range(1, len(loose) + 1) for some in combinations(loose, size)]
                tours = _useful([*tours, *self._timed(office, day, visits, pinned, kept)])
            self.found += [Candidate(office, day, timed, crew) for timed in tours]
            if len(self.found) > self.most:
                raise TooLarge("too many tours")

    def _timed(
        self, office: int, day: int, visits: tuple[int, ...], pinned: frozenset[int],
        kept: Sequence[tuple[int, ...]],
    ) -> Iterator[Timed]:  # fmt: skip
        """The orders of ``visits`` in each stretch of the day, with each of the sets in ``kept`` starting as published.

        A pinned visit always does: its one window sees to it.
        """
        for some in kept:
            for within in self.stretches[day]:
                yield from self.timetabler.timed(office, day, visits, frozenset(some) | pinned, within)


def _hours_by_weekday(inst: Instance) -> list[int]:
    """[7] weekdays of one number have the same windows for every visit."""
    known: dict[tuple[tuple[float, ...], ...], int] = {}
    count = len(inst.cooperative)
    numbers = []
    for weekday in range(7):
        rows = [slice(inst.first_window[7 * v + weekday], inst.first_window[7 * v + weekday + 1]) for v in range(count)]
        windows = tuple((*inst.window_opens[row].tolist(), *inst.window_closes[row].tolist()) for row in rows)
        numbers.append(known.setdefault(windows, len(known)))
    return numbers


def _useful(tours: Iterator[Timed] | Sequence[Timed]) -> list[Timed]:
    """The tours that no other one beats; equal ones once."""
    useful: list[Timed] = []
    for tour in sorted(tours, key=lambda each: (-len(each.kept), len(each.busy), each.km, each.pay, each.work)):
        if not any(other.beats(tour) for other in useful):
            useful.append(tour)
    return useful
