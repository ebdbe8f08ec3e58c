"""The shortest day of a given order of stops, worked out as a chain of bounds: exact, and slow on purpose.

A tour's times are a chain of events (leave, start each visit, be back) with bounds on each event and least distances
between neighbours. Where the break lies, or that there is none, only changes bounds and distances, so each case is
one forward and one backward pass. All times are minutes since midnight; whole seconds are kept where the input has
whole seconds, because nothing is ever divided.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.hours import Spans
from models.problem import Day

#: minutes that rounding of floats may cost
HAIR = 1e-7


@dataclass(frozen=True)
class Chain:
    """Bounds of n + 2 events (leave, n starts, return) and the least time between each and the next.

    All but the return are whole multiples of ``step`` minutes, where that is not 0.
    """

    earliest: tuple[float, ...]
    latest: tuple[float, ...]
    between: tuple[float, ...]
    step: float = 0.0

    def bounded(self, event: int, earliest: float = 0.0, latest: float = float("inf"), extra: float = 0.0) -> Chain:
        """The chain with one event's bounds tightened, and ``extra`` minutes more between it and the next."""
        low, high, gaps = list(self.earliest), list(self.latest), list(self.between)
        low[event], high[event] = max(low[event], earliest), min(high[event], latest)
        if extra:
            gaps[event] += extra
        return Chain(tuple(low), tuple(high), tuple(gaps), self.step)

    def times(self) -> list[float] | None:
        """The events' times of least whole duration, and among those the earliest; None where bounds clash."""
        last = len(self.earliest) - 1
        early = [self._up(self.earliest[0])]
        for event, (low, gap) in enumerate(zip(self.earliest[1:], self.between, strict=True), start=1):
            time = max(low, early[-1] + gap)
            early.append(time if event == last else self._up(time))
        if any(time > high + HAIR for time, high in zip(early, self.latest, strict=True)):
            return None
        late = [early[-1]]
        for high, gap in zip(self.latest[-2::-1], self.between[::-1], strict=True):
            late.append(self._down(min(high, late[-1] - gap)))
        late.reverse()
        times = [late[0]]
        for event, (low, gap) in enumerate(zip(self.earliest[1:], self.between, strict=True), start=1):
            time = max(low, times[-1] + gap)
            times.append(time if event == last else self._up(time))
        return times

    def _up(self, minutes: float) -> float:
        return math.ceil(minutes / self.step - HAIR) * self.step if self.step else minutes

    def _down(self, minutes: float) -> float:
        return math.floor(minutes / self.step + HAIR) * self.step if self.step else minutes


@dataclass(frozen=True)
class Timing:
    """A day's times: when it leaves, starts each visit and is back, and its break; ``worked`` leaves the break out."""

    depart: float
    starts: tuple[float, ...]
    back: float
    break_: tuple[float, float] | None
    worked: float

    @property
    def length(self) -> float:
        """Minutes from leaving to being back."""
        return self.back - self.depart

    def no_worse(self, other: Timing) -> bool:
        """Whether it is neither more work nor longer than the other."""
        return self.worked <= other.worked + HAIR and self.length <= other.length + HAIR


def shortest(
    day: Day,
    drives: Sequence[float],
    minutes: Sequence[float],
    windows: Sequence[Spans],
    within: tuple[float, float] = (0.0, float("inf")),
) -> Timing | None:
    """The timing of least work: visits of ``minutes`` that start in one of their ``windows``, between ``drives``.

    ``drives`` are one more than visits; the whole tour lies ``within``. None where no timing keeps day, windows and
    break.
    """
    found = timings(day, drives, minutes, windows, within)
    return min(found, key=lambda timing: timing.worked, default=None)


def timings(
    day: Day,
    drives: Sequence[float],
    minutes: Sequence[float],
    windows: Sequence[Spans],
    within: tuple[float, float] = (0.0, float("inf")),
) -> list[Timing]:
    """The timings that no other one beats both in work and in length; see :func:`shortest`."""
    found: list[Timing] = []
    for chosen in itertools.product(*windows):
        lows, highs = (day.start, *(low for low, _ in chosen), 0.0), (day.end, *(high for _, high in chosen), day.end)
        slack = [day.slack] * len(minutes) + [0.0]
        between = [spent + drive + more for spent, drive, more in zip((0.0, *minutes), drives, slack, strict=True)]
        chain = Chain(lows, highs, tuple(between), day.step)
        chain = chain.bounded(0, earliest=within[0]).bounded(len(minutes) + 1, latest=within[1])
        for timing in _cases(day, chain, minutes):
            too_long = day.max_minutes is not None and timing.length > day.max_minutes + HAIR
            if not too_long and not any(other.no_worse(timing) for other in found):
                found = [other for other in found if not timing.no_worse(other)] + [timing]
    return found


def _cases(day: Day, chain: Chain, minutes: Sequence[float]) -> Iterator[Timing]:
    """The best timing of each case of the break: none, or between a given pair of neighbours."""
    last = len(chain.earliest) - 1
    if not day.has_break:
        yield from _timing(chain)
        return
    # Who leaves when the earliest break is over had it at the office; who is back when the latest begins has it there.
    yield from _timing(chain.bounded(0, earliest=day.break_opens + day.break_length))
    yield from _timing(chain.bounded(last, latest=day.break_closes))
    spent = (0.0, *minutes)
    for leg in range(last):
        # The break begins after event `leg` has ended, not later than it may, and ends before event `leg + 1`. What
        # it takes beside the drive, the slack before a visit need not take again.
        extra = max(0.0, day.break_length - (day.slack if leg + 1 < last else 0.0))
        chosen = chain.bounded(leg, latest=day.break_closes - spent[leg], extra=extra)
        chosen = chosen.bounded(leg + 1, earliest=day.break_opens + day.break_length)
        for timing in _timing(chosen):
            ended = (timing.depart, *timing.starts)[leg] + spent[leg]
            begin = max(day.break_opens, ended)
            break_ = (begin, begin + day.break_length)
            yield replace(timing, break_=break_, worked=timing.worked - day.break_length)


def _timing(chain: Chain) -> Iterator[Timing]:
    times = chain.times()
    if times is not None:
        yield Timing(times[0], tuple(times[1:-1]), times[-1], None, times[-1] - times[0])
