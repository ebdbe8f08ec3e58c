"""The shortest day of a given order of stops, worked out as a chain of bounds: exact, and slow on purpose.

A tour's times are a chain of events (leave, start each visit, be back) with bounds on each event and least distances
between neighbours. Where the break lies, or that there is none, only changes bounds and distances, so each case is
one forward and one backward pass. All times are minutes since midnight; whole seconds are kept where the input has
whole seconds, because nothing is ever divided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.problem import Day

SECOND = 1 / 60
#: minutes that rounding of floats may cost
HAIR = 1e-7


@dataclass(frozen=True)
class Chain:
    """Bounds of n + 2 events (leave, n starts, return) and the least time between each and the next."""

    earliest: tuple[float, ...]
    latest: tuple[float, ...]
    between: tuple[float, ...]

    def bounded(self, event: int, earliest: float = 0.0, latest: float = float("inf"), extra: float = 0.0) -> Chain:
        """The chain with one event's bounds tightened, and ``extra`` minutes more between it and the next."""
        low, high, gaps = list(self.earliest), list(self.latest), list(self.between)
        low[event], high[event] = max(low[event], earliest), min(high[event], latest)
        if extra:
            gaps[event] += extra
        return Chain(tuple(low), tuple(high), tuple(gaps))

    def times(self) -> list[float] | None:
        """The events' times of least whole duration, and among those the earliest; None where bounds clash."""
        early = [self.earliest[0]]
        for low, gap in zip(self.earliest[1:], self.between, strict=True):
            early.append(max(low, early[-1] + gap))
        if any(time > high + HAIR for time, high in zip(early, self.latest, strict=True)):
            return None
        late = [early[-1]]
        for high, gap in zip(self.latest[-2::-1], self.between[::-1], strict=True):
            late.append(min(high, late[-1] - gap))
        late.reverse()
        times = [late[0]]
        for low, gap in zip(self.earliest[1:], self.between, strict=True):
            times.append(max(low, times[-1] + gap))
        return times


@dataclass(frozen=True)
class Timing:
    """A day's times: when it leaves, starts each visit and is back, and its break; ``worked`` leaves the break out."""

    depart: float
    starts: tuple[float, ...]
    back: float
    rest: tuple[float, float] | None
    worked: float


def shortest(
    day: Day, drives: Sequence[float], minutes: Sequence[float], windows: Sequence[tuple[float, float]]
) -> Timing | None:
    """The timing of least work: visits of ``minutes`` that start in ``windows``, between ``drives`` (one more).

    None where no timing keeps the day, the windows and the break.
    """
    if any(high < low for low, high in windows):
        return None
    chain = Chain(
        (day.start, *(low for low, _ in windows), 0.0),
        (day.end, *(high for _, high in windows), day.end),
        tuple(spent + drive for spent, drive in zip((0.0, *minutes), drives, strict=True)),
    )
    best: Timing | None = None
    for timing in _cases(day, chain, minutes):
        too_long = day.max_minutes is not None and timing.back - timing.depart > day.max_minutes + HAIR
        if not too_long and (best is None or timing.worked < best.worked - HAIR):
            best = timing
    return best


def _cases(day: Day, chain: Chain, minutes: Sequence[float]) -> Iterator[Timing]:
    """The best timing of each case of the break: none, or between a given pair of neighbours."""
    last = len(chain.earliest) - 1
    if not day.has_break:
        yield from _timing(chain)
        return
    length = day.break_minutes or 0.0
    # Files carry whole seconds, so a tour without a break leaves a second after the break opens, or is back a
    # second before it closes.
    yield from _timing(chain.bounded(0, earliest=day.break_opens + SECOND))
    yield from _timing(chain.bounded(last, latest=day.break_closes - SECOND))
    spent = (0.0, *minutes)
    for leg in range(last):
        # The break begins after event `leg` has ended, not later than it may, and ends before event `leg + 1`.
        chosen = chain.bounded(leg, latest=day.break_closes - spent[leg], extra=length)
        chosen = chosen.bounded(leg + 1, earliest=day.break_opens + length)
        for timing in _timing(chosen):
            ended = (timing.depart, *timing.starts)[leg] + spent[leg]
            begin = max(day.break_opens, ended)
            yield replace(timing, rest=(begin, begin + length), worked=timing.worked - length)


def _timing(chain: Chain) -> Iterator[Timing]:
    times = chain.times()
    if times is not None:
        yield Timing(times[0], tuple(times[1:-1]), times[-1], None, times[-1] - times[0])
