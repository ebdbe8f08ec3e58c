"""Searchers at work side by side: each thread anneals a plan of its own; the best of all is kept here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from optimizer.borrowing import borrowed
from optimizer.instance import Frame, Instance, Ints
from optimizer.pacing import LAST, Coolings, overload_counts
from optimizer.params import Params
from optimizer.pool import TourPool
from optimizer.search.annealing import anneal, begin_build, build_some, end_build, load
from optimizer.search.drawing import dice
from optimizer.search.ruining import weights_of
from optimizer.search.state import Best, new_best, remember
from optimizer.starting import starting_state

if TYPE_CHECKING:
    from optimizer.experimenting import Experiment, Trial

#: baht by which random noise shuffles places of equal cost
NOISE = 1e-3
#: seconds between two looks at the stop while the first plan is built
SOON = 0.02


class Searcher:
    """One thread's plan: built, then annealed piece by piece."""

    def __init__(
        self, frame: Frame, params: Params, number: int, stop: Callable[[], bool] = lambda: False,
        experiment: Experiment | None = None,
    ) -> None:  # fmt: skip
        """``stop`` ends the building of a first plan; what is not in it by then is left out of it."""
        self.params, self._frame, self.stop = params, frame, stop
        inst = self._arrays = frame.instance
        self._state = starting_state(frame, with_published=True)
        self.best = new_best(self._state)
        self._inst = self._true = borrowed(inst)
        self._handle, self._best = borrowed(self._state), borrowed(self.best)
        self._counts, self._hot = 1.0, new_best(self._state)
        self._hot_best = borrowed(self._hot)
        bound = float(inst.has_rhythm.mean()) if len(inst.has_rhythm) else 0.0
        self._weights = weights_of(params.operators, leads_matter=bool(inst.leads_matter), rhythms=bound)
        self._coolings = Coolings(len(inst.cooperative)) if experiment is None else None
        self._cooling = LAST
        seed = params.seed * 1009 + number
        self._dice = dice(seed)
        self._trial = _trial(experiment, frame.problem, self._weights, seed, self._inst, self._state, self._handle)
        self.steps = 0
        remember(self._handle, self._best)
        self._build()

    def _begin(self) -> None:
        """Begin with another first plan."""
        self._count_overload(1.0)
        self._state = starting_state(self._frame, with_published=True)
        self._handle = borrowed(self._state)
        self._build()

    def _build(self) -> None:
        """Insert visit after visit, and look at the stop in between."""
        count = begin_build(self._inst, self._handle, self._dice)
        done, pace = 0, 1
        while done < count and not self.stop():
            began = time.monotonic()
            build_some(self._inst, self._handle, self._dice, done, min(count, done + pace))
            done += pace
            pace = 2 * pace if time.monotonic() - began < SOON else max(1, pace // 2)
        end_build(self._inst, self._handle, self._best)

    def _scale(self) -> float:
        """Baht of driving for one stop in the plan at hand: what temperatures are measured in."""
        stops = int((self._state.tour >= 0).sum())
        driven = float(self._state.fare[self._state.size > 0].sum())
        tours = int((self._state.size > 0).sum())
        out = self._state.size > 0
        people = float((self._state.crew_size[out] * self._state.day_pay[out]).sum())
        paid = driven + tours * self._arrays.car_day + people
        return paid / stops if stops else 1.0

    def _ruin_size(self) -> float:
        """Visits that a step takes out on average: more where tours are long."""
        tours = max(1, int((self._state.size > 0).sum()))
        return 1.0 + self.params.ruin * int((self._state.tour >= 0).sum()) / tours

    def advance(self, steps: int, share: float) -> None:
        """Anneal for so many steps at the temperature that belongs to ``share`` (0..1) of the run."""
        params = self.params
        if self._coolings is not None:
            share = self._cooled(self._coolings, share)
        warm = params.warm * self._scale()
        heat = warm * (params.cool / params.warm) ** min(1.0, share)
        size = self._ruin_size()
        self._count_overload(overload_counts(share) if self._arrays.overload > 0.0 else 1.0)
        best, kept = (self._best, self.best) if self._counts == 1.0 else (self._hot_best, self._hot)
        if self._trial is not None:
            self._trial.anneal(self._inst, self._dice, best, kept.cost, steps, heat, size, NOISE)
        else:
            anneal(self._inst, self._handle, self._dice, best, steps, heat, size, NOISE, self._weights)
        self.steps += steps
        cost = self.at_hand
        if self._counts != 1.0 and cost < self.best.cost[0] - 1e-7:
            remember(self._handle, self._best)
            self.best.cost[0] = cost

    def _count_overload(self, times: float) -> None:
        """Let overload count so many times its price from now on.

        Where that is more than once, steps have a best plan of their own, by what counts; what the plan at hand costs
        is held against the best of all after each piece of work.
        """
        if times == self._counts:
            return
        self._state.cost[0] += (times - self._counts) * self._overload()
        arrays = self._arrays
        self._inst = self._true if times == 1.0 else borrowed(arrays._replace(overload=times * arrays.overload))
        self._counts = times
        self._hot.cost[0] = self._state.cost[0]

    def _overload(self) -> float:
        """Baht of overload in the plan at hand."""
        over = np.maximum(0.0, self._state.minutes - self._arrays.fair)
        return float(over.sum()) * self._arrays.overload

    def _cooled(self, coolings: Coolings, share: float) -> float:
        """How far the present one of several coolings has come; each begins anew, the last one with the best plan."""
        share, cooling = coolings.cooled(share, self.steps)
        if cooling != self._cooling:
            self._cooling = cooling
            if cooling == LAST:
                self.adopt(copy_rows(self.best))
            elif cooling > 0:  # the first one has a plan
                self._begin()
        return share

    @property
    def at_hand(self) -> float:
        """Baht of the plan at hand, which may be dearer than the best one."""
        return self.cost_in_work - (self._counts - 1.0) * self._overload()

    @property
    def cost_in_work(self) -> float:
        """The same as the search counts it at present, overload perhaps more than once."""
        return float(self._state.cost[0])

    def pool(self, tours: TourPool) -> None:
        """Add the tours of the plan at hand to a pool."""
        tours.add(self._state)

    def adopt(self, rows: Best) -> None:
        """Go on from another searcher's best plan."""
        self._count_overload(1.0)
        load(self._inst, self._handle, borrowed(rows))
        if rows.cost[0] < self.best.cost[0]:
            remember(self._handle, self._best)


def _trial(experiment: Experiment | None, *parts: Any) -> Trial | None:
    """The experiment on one searcher's plan; None where there is none: most runs need not load it."""
    if experiment is None:
        return None
    from optimizer.experimenting import Trial

    return Trial(experiment, *parts)


def copy_rows(rows: Best) -> Best:
    """A copy that its searcher no longer changes."""
    return Best(**{name: np.copy(part) for name, part in rows._asdict().items()})


def torn(inst: Instance, rows: Best) -> Ints:
    """The cooperatives bound to rhythms of which only some visits are planned, which no plan may have."""
    planned = inst.past >= 0
    for t in np.flatnonzero(rows.size):
        planned[rows.stops[t, : rows.size[t]]] = True
    number = len(inst.gap)
    some, whole = (np.bincount(inst.cooperative[of], minlength=number) for of in (planned, planned | True))
    return np.flatnonzero((inst.has_rhythm == 1) & (some > 0) & (some < whole))


class Incumbent:
    """The best plan of all searchers that keeps every rule; never lost, never worse."""

    def __init__(self, inst: Instance, on_better: Callable[[], None]) -> None:
        self._inst = inst
        self._lock = threading.Lock()
        self._on_better = on_better
        self.rows: Best | None = None

    @property
    def cost(self) -> float:
        """Baht of the best plan's rows; infinite before there is one."""
        return float(self.rows.cost[0]) if self.rows is not None else float("inf")

    def offer(self, rows: Best) -> None:
        """Keep ``rows`` if they are better, and whole."""
        with self._lock:
            if rows.cost[0] < self.cost - 1e-7 and not len(torn(self._inst, rows)):
                self.rows = copy_rows(rows)
                self._on_better()
