"""When to stop: small criteria that look at the progress so far, joined by ``any_of``.

A criterion is any callable from :class:`Progress` to bool. Where it can tell how far along the run is, it also has
``share(progress)`` in 0..1, which cools the search and fills a progress bar.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from models import given
from models.saying import both

if TYPE_CHECKING:
    from models.plan import Plan


#: steps that a limit may name: more than any machine does in a year
MOST_STEPS: Final = 10**15


class Stopped(Exception):
    """Work was given up because its stop criterion became true."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a run stands.

    ``seconds`` since the solve's start; ``best`` cost in baht of the best complete plan, None before the first;
    ``bound`` a proven lower bound in baht, None where there is none; ``steps`` of the search; ``share`` of the limit
    used up, 0..1; ``improved_at`` the second of the last improvement. ``plan`` drafts the best plan as it
    stands, without reasons for what is left out; None before the first, and once the search is over.
    """

    seconds: float
    best: float | None
    bound: float | None
    steps: int
    share: float
    improved_at: float
    plan: Callable[[], Plan] | None = field(default=None, compare=False, repr=False)

    @property
    def gap(self) -> float | None:
        """(best - bound) / best, None where either is missing; 0 for a plan that costs nothing."""
        if self.best is None or self.bound is None:
            return None
        return max(0.0, self.best - self.bound) / self.best if self.best > 0 else 0.0


class Stop(Protocol):
    """A stop criterion: any callable that says whether the run should end now.

    One that also has ``share(progress)``, how much of the run is done (0..1; 0 where it cannot tell), cools the search
    by it; without, the search warms and cools in turns (see :func:`optimizer.pacing.coolness`).
    """

    def __call__(self, progress: Progress, /) -> bool:
        """Whether the run should end now."""


def share_of(stop: Stop, progress: Progress) -> float:
    """How much of the run is done by ``stop``, 0..1; 0 where it cannot tell."""
    share: Callable[[Progress], float] | None = getattr(stop, "share", None)
    return 0.0 if share is None else share(progress)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Ends a run after wall-clock ``seconds``.

    Raises:
        InvalidInput: they are no finite number.
    """

    seconds: float

    def __post_init__(self) -> None:
        given.real(self.seconds, "TimeLimit", lambda _: True, both("Give a number of seconds.", "ระบุจำนวนวินาที"))

    def __call__(self, progress: Progress) -> bool:
        """Whether the time is up."""
        return progress.seconds >= self.seconds

    def share(self, progress: Progress) -> float:
        """The part of the time that is gone."""
        return min(1.0, progress.seconds / self.seconds) if self.seconds > 0 else 1.0


@dataclass(frozen=True, slots=True)
class StepLimit:
    """Ends a run after so many search ``steps``; the same number of steps gives the same plan again.

    Raises:
        InvalidInput: they are no whole number.
    """

    steps: int

    def __post_init__(self) -> None:
        given.whole(self.steps, "StepLimit", 0, MOST_STEPS)

    def __call__(self, progress: Progress) -> bool:
        """Whether the steps are used up."""
        return progress.steps >= self.steps

    def share(self, progress: Progress) -> float:
        """The part of the steps that is done."""
        return min(1.0, progress.steps / self.steps) if self.steps > 0 else 1.0


@dataclass(frozen=True, slots=True)
class GapLimit:
    """Ends a run once the plan is proven to be within ``gap`` (0.03 is 3 %) of the optimum.

    Raises:
        InvalidInput: it is no number from 0 up to 1.
    """

    gap: float

    def __post_init__(self) -> None:
        given.gap(self.gap, "GapLimit")

    def __call__(self, progress: Progress) -> bool:
        """Whether the gap is small enough."""
        return progress.gap is not None and progress.gap <= self.gap

    def share(self, progress: Progress) -> float:
        """Unknown: a gap does not close evenly."""
        return 0.0


@dataclass(frozen=True, slots=True)
class NoImprovement:
    """Ends a run once nothing better has been found for ``seconds``.

    Raises:
        InvalidInput: they are no finite number above 0.
    """

    seconds: float

    def __post_init__(self) -> None:
        given.seconds(self.seconds, "NoImprovement")

    def __call__(self, progress: Progress) -> bool:
        """Whether it has been quiet for too long."""
        return progress.best is not None and progress.seconds - progress.improved_at >= self.seconds

    def share(self, progress: Progress) -> float:
        """Unknown: an improvement may come at any time."""
        return 0.0


class Cancel:
    """Ends a run when somebody, in any thread, calls :meth:`cancel`."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the run to end; it returns its best plan within a second."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked."""
        return self._event.is_set()

    def __call__(self, progress: Progress) -> bool:
        """Whether it was asked."""
        return self.cancelled

    def share(self, progress: Progress) -> float:
        """Unknown: nobody knows when someone loses patience."""
        return 0.0


class AnyOf:
    """Ends a run as soon as one of ``stops`` does."""

    def __init__(self, *stops: Stop) -> None:
        self.stops = stops

    def __call__(self, progress: Progress) -> bool:
        """Whether one of them says so."""
        return any(stop(progress) for stop in self.stops)

    def share(self, progress: Progress) -> float:
        """The largest share among them."""
        return max((share_of(stop, progress) for stop in self.stops), default=0.0)


OnProgress = Callable[[Progress], None]


#: the criteria that a record names, each with its one field
_LIMITS: dict[str, Callable[[float], Stop]] = {
    "seconds": TimeLimit,
    "steps": lambda steps: StepLimit(int(steps)),
    "gap": GapLimit,
    "quiet_seconds": NoImprovement,
}


def limits_of(stop: Stop) -> dict[str, float] | None:
    """The criteria as numbers for a plan's record; None where one is not a number: somebody's own."""
    if isinstance(stop, AnyOf):
        parts = [limits_of(one) for one in stop.stops if not isinstance(one, Cancel)]
        return None if None in parts else {key: value for part in parts if part for key, value in part.items()}
    match stop:
        case TimeLimit(seconds):
            return {"seconds": seconds}
        case StepLimit(steps):
            return {"steps": steps}
        case GapLimit(gap):
            return {"gap": gap}
        case NoImprovement(seconds):
            return {"quiet_seconds": seconds}
    return None


def stop_of(limits: Mapping[str, float]) -> Stop:
    """The criteria of a record again.

    Raises:
        KeyError: one that is not known.
    """
    return AnyOf(*(_LIMITS[name](value) for name, value in limits.items()))
