"""The core's turns in a run: slices of one worker's time, more where they pay and soon none where they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from optimizer.instance import Frame
from optimizer.pacing import Slices
from optimizer.params import Params
from optimizer.pool import TourPool
from optimizer.searching import Incumbent
from optimizer.stopping import Progress

if TYPE_CHECKING:  # ortools takes half a second to import
    from optimizer.proving.core import Core

#: the part of a run before which the core has no turn: by then the plan is good, and the search cold
FIRST = 0.82
#: visits beyond which CP-SAT finds nothing in a slice that the search does not find sooner (see docs/proving.md)
MOST_VISITS = 150


#: seconds of the run that must be left for a slice: its linear programme cannot be interrupted
LEAST_LEFT = 3.0


class CoreTurns:
    """Gives the core its turns, and offers what it finds to the incumbent."""

    def __init__(self, frame: Frame, params: Params, pool: TourPool, incumbent: Incumbent) -> None:
        self.frame, self.pool, self.incumbent, self.work = frame, pool, incumbent, params.core_work
        large = len(frame.problem.visits) > MOST_VISITS
        self.slices = Slices(0.0 if large else params.core_share, max(FIRST, params.bound_share))
        self._core: Core | None = None

    def take(self, progress: Callable[[], Progress], ended: Callable[[], bool]) -> bool:
        """Take a slice if one is due by the clock; whether a better plan was offered."""
        now = progress()
        left = now.seconds * (1.0 - now.share) / max(now.share, 1e-9)
        if not self.slices.is_due(now.share) or left < LEAST_LEFT:
            return False
        ends = self.slices.ends(now.share)
        paid = self._improve(lambda: ended() or progress().share >= ends, None)
        self.slices.took(now.share, progress().share, paid=paid)
        return paid

    def take_by_work(self, share: float, ended: Callable[[], bool]) -> bool:
        """The same in a run where work is counted: a slice is ``Params.core_work``, whatever the clock says."""
        if not self.slices.is_due(share):
            return False
        paid = self._improve(ended, self.work)
        self.slices.took(share, self.slices.ends(share), paid=paid)
        return paid

    def _improve(self, stop: Callable[[], bool], work: float | None) -> bool:
        if self._core is None:
            from optimizer.proving.core import Core

            self._core = Core(self.frame, self.pool)
        rows = self.incumbent.rows
        better = None if rows is None else self._core.improve(rows, stop=stop, work=work)
        if better is not None:
            self.incumbent.offer(better)
        return better is not None
