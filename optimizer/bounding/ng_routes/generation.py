"""Column generation over ng-routes: improve the master's prices, look for the cheapest tours at them, again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from optimizer.bounding.ng_routes.cuts import MOST_CUTS, Cuts
from optimizer.bounding.ng_routes.memory import Memory
from optimizer.bounding.ng_routes.programme import Master, Prices
from optimizer.bounding.ng_routes.schedules import Schedules, schedules_of
from optimizer.bounding.ng_routes.shifts import Shift, shifts_of
from optimizer.bounding.ng_routes.tours import MOST_LABELS, Searches
from optimizer.bounding.prices import BLUR, ROUNDING
from optimizer.bounding.relaxed import Relaxed
from optimizer.instance import Flags, Floats, Frame, Ints
from optimizer.stopping import Stopped

#: labels of a search to begin with, and of one that proves nothing
FEW_LABELS, SOON = 50_000, 20_000
#: labels of a shift up to which each round proves something; rounds in a row that do not
LIGHT, MOST_SOON = 3_000, 10
#: steps of the master in a round: to begin with, and later
FEW_STEPS, STEPS_LATER, FIRST_ROUNDS = 100, 400, 6
#: what a visit may be priced at most, in what a tour of its own costs: to begin with, and how many times more when so
#: few tours of each shift are new
BOX, WIDER, FEW_NEW = 0.08, 2.0, 5
#: new tours of each shift from which on labels that ran out are no matter
MANY = 15
#: rounds without a gain of such a share of the bound after which ways remember more, where few tours are new and in
#: any case, and the work ends where none comes back
SETTLED, PATIENCE, LEAST_GAIN = 3, 20, 1e-4
#: share of a tour in the programme from which on it is not to come back; tours that grow what is remembered at once
SHARE, GROWING = 0.02, 12
#: labels of a shift up to which cuts are added, for which labels have to be told apart
CUTTABLE = 20_000
#: baht up to which the price of a cut is nothing
WORTHLESS = 1e-3
#: times that a look which ended early is tried again, each half the way back to prices that proved the best bound
STEPS_BACK = 3


class Look(NamedTuple):
    """What prices prove, how many tours are new, whether no search ended early, and labels of a shift at most."""

    bound: float
    new: int
    complete: bool
    labels: int
    soon: bool = False  # whether it was to find tours only


class Generation:
    """Master, shifts and the best bound so far."""

    def __init__(self, relaxed: Relaxed, frame: Frame) -> None:
        self.relaxed = relaxed
        inst = frame.instance
        days = np.arange(inst.cars.shape[1])
        self.periods = [days[d : d + 1] for d in days] if inst.has_rhythm.any() else [days]
        self.schedules: Schedules = schedules_of(relaxed, inst, self.periods)
        self.shifts: list[Shift] = shifts_of(relaxed, self.schedules, self.periods, inst.cars)
        self.memory, self.cuts = Memory(relaxed), Cuts()
        self.master = Master(self.schedules, self.shifts, self.cuts)
        self.searches = Searches(self.shifts, self.schedules.visit, self.memory, self.cuts)
        self.proven = -np.inf
        self._sure: Prices | None = None  # that proved it
        self._cut_at = 0.0  # what was proven when cuts were added last
        self._limit = FEW_LABELS
        self._light, self._soon = True, 0

    def bounds(self, stop: Callable[[], bool]) -> Iterator[float | None]:
        """For each round a proven bound, not always better than the last, or None; ends when nothing is gained.

        Raises:
            Stopped: ``stop`` became true.
        """
        if not self.shifts:
            return
        alone = self._begin()
        box, idle, rounds = BOX, 0, 0
        while True:
            price = self.master.improve(FEW_STEPS if rounds < FIRST_ROUNDS else STEPS_LATER)
            rounds += 1
            before = self.proven
            look = self._soon_or_sure(price, stop)
            yield look.bound if look.complete else None
            if look.soon:
                continue
            few = look.new <= FEW_NEW * len(self.shifts)
            idle = 0 if self.proven > before + LEAST_GAIN * abs(before) else idle + 1
            if few and self._is_held(price):
                box *= WIDER
                self._open(alone, box)
            elif idle >= (SETTLED if few else PATIENCE):
                if self._remember_more() or (few and look.labels <= CUTTABLE and self._cut()):
                    idle = 0
                elif idle >= PATIENCE:
                    return

    def _soon_or_sure(self, price: Prices, stop: Callable[[], bool]) -> Look:
        """Look with few labels while that finds enough; else one that proves something, if need be nearer to prices
        that did."""
        if not self._light and self._soon < MOST_SOON:
            look = self.look(price, stop, SOON, False)
            if look.new > FEW_NEW * len(self.shifts):
                self._soon += 1
                return look._replace(soon=True)
        self._soon = 0
        new = 0
        for _ in range(STEPS_BACK + 1):
            look = self.look(price, stop, self._limit, True)
            new += look.new
            if look.bound > self.proven:
                self.proven, self._sure = look.bound, price
            self._light = look.labels <= LIGHT
            if look.complete or self._sure is None:
                break
            price = Prices(*((a + b) / 2 for a, b in zip(price, self._sure, strict=True)))
        if not look.complete and new < len(self.shifts) * MANY:
            self._limit = min(MOST_LABELS, 2 * self._limit)
        return look._replace(new=new)

    def _begin(self) -> Floats:
        """Begin with a tour for each visit alone; returns the least that costs, for each row."""
        alone = np.full(len(self.schedules.visit), np.inf)
        for s, shift in enumerate(self.shifts):
            ground = shift.ground
            costs = ground.tour + ground.km[-1, :-1] + ground.km[:-1, -1]
            self.master.add(s, [np.array([row]) for row in shift.row], costs)
            np.minimum.at(alone, shift.row, costs)
        self._open(alone, BOX)
        leave_out = self.relaxed.leave_out[self.schedules.visit]
        self.master.start_from(np.minimum(BOX * np.where(np.isfinite(alone), alone, 0.0), leave_out))
        return alone

    def _open(self, alone: Floats, box: float) -> None:
        """Let prices be so many times what a tour of its own costs: high ones would let too many tours earn at once."""
        leave_out = self.relaxed.leave_out[self.schedules.visit]
        most = np.minimum(leave_out, box * np.where(np.isfinite(alone), alone, 0.0))
        highest = box * float(most.max(initial=1.0))
        self.master.most = Prices(most, np.full(len(self.shifts), highest), np.full(len(self.cuts), highest))

    def _is_held(self, price: Prices) -> bool:
        """Whether some visit would be priced higher if it might, and not just by what leaving it out costs."""
        most, leave_out = self.master.most.visit, self.relaxed.leave_out[self.schedules.visit]
        return bool(((price.visit >= 0.99 * most) & (most > 0) & (most < leave_out)).any())

    def _remember_more(self) -> bool:
        """Let ways remember what keeps the tours of the programme from coming back; whether any did."""
        coop = self.relaxed.coop[self.schedules.visit]
        ways, share = self.master.ways, self.master.at.routes
        grown = 0
        for c in np.argsort(-share, kind="stable"):
            if share[c] < SHARE or grown >= GROWING:
                break
            tour = [int(one) for one in coop[ways[c]]]
            grown += self.memory.allows(tour) and self.memory.grow(tour)
        self.master.keep(lambda c: self.memory.allows([int(one) for one in coop[ways[c]]]))
        return grown > 0

    def _cut(self) -> bool:
        """Add the cuts that the programme breaks, in the place of those that are worth nothing; whether any."""
        if self.proven <= self._cut_at + LEAST_GAIN * abs(self._cut_at):
            return False  # the last ones brought nothing
        self._cut_at = self.proven
        visits = self.schedules.visit
        worthless = (self.master.prices().cut < WORTHLESS).astype(np.uint8)
        room = MOST_CUTS - int((worthless == 0).sum())
        tours = [visits[way] for way in self.master.ways]
        broken = self.cuts.broken(tours, self.master.at.routes, int(visits.max(initial=-1)) + 1, room)
        if len(broken):
            self.change_cuts(worthless, broken)
        return len(broken) > 0

    def change_cuts(self, dropped: Flags, new: Ints) -> None:
        """Leave some cuts away [K], and add new ones [k, 3] as far as there is room."""
        self.master.change_cuts(dropped, new)
        if self._sure is not None:
            kept = self._sure.cut[dropped == 0]
            self._sure = self._sure._replace(cut=np.append(kept, np.zeros(len(self.cuts) - len(kept))))

    def look(self, price: Prices, stop: Callable[[], bool], most: int = MOST_LABELS, careful: bool = True) -> Look:
        """Look for tours in each shift that earn more than cars are priced at, and add them.

        Raises:
            Stopped: ``stop`` became true.
        """
        price = price._replace(cut=np.maximum(0.0, price.cut))
        schedules, given = float(self.schedules.least(price.visit).sum()), float(price.cut.sum())
        new, complete, labels = 0, True, 0
        for s, shift in enumerate(self.shifts):
            if stop():
                raise Stopped
            found = self.searches.search(shift, price, float(price.car[s]), most, careful)
            given += shift.tours * max(0.0, -found.least)
            complete = complete and found.complete
            labels = max(labels, found.labels)
            new += self.master.add(s, found.ways, found.costs)
        relaxed = self.relaxed
        size = abs(relaxed.sunk) + relaxed.places + float(np.abs(price.visit).sum()) + abs(schedules) + given
        bound = relaxed.sunk - relaxed.places + schedules - given - BLUR * len(price.visit) - ROUNDING * size
        return Look(bound, new, complete, labels)
