"""Timing: board visits on board meetings, the other visits spread between them, due dates kept in sight.

Dates are handled as open days: the office's workdays on which the cooperative can be visited.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.bundles import Bundle

Days = Sequence[dt.date]
_LateAndUneven = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Period:
    """When a visit may be, when it should have been, and when it must have been; all inclusive."""

    earliest: dt.date
    due: dt.date
    latest: dt.date


def choose_meetings(
    bundles: Sequence[Bundle], meetings: Days, gap_days: int, busy: Callable[[dt.date], int],
    joins: Callable[[str, dt.date], bool],
) -> list[dt.date] | None:  # fmt: skip
    """One of ``meetings`` for each of ``bundles``, in their order, or None where they do not suffice.

    Least late (by workdays would be finer; by days is enough to choose a month) comes first, then the meetings that
    are least ``busy`` over the whole office, then the earliest. Meetings chosen lie ``gap_days`` apart; ``joins`` says
    whether a partner is free on a date.
    """
    # best[i]: the cheapest choice for the bundles so far whose last meeting is meetings[i]
    best: dict[int, tuple[tuple[int, int, tuple[dt.date, ...]], list[dt.date]]] = {-1: ((0, 0, ()), [])}
    for bundle in bundles:
        following: dict[int, tuple[tuple[int, int, tuple[dt.date, ...]], list[dt.date]]] = {}
        for index, date in enumerate(meetings):
            if bundle.ready is not None and date < bundle.ready:
                continue
            if bundle.partner is not None and not joins(bundle.partner, date):
                continue
            late = max(0, (date - bundle.due).days) * bundle.priority if bundle.due else 0
            for last, ((lateness, load, _), chosen) in best.items():
                if last >= index or (chosen and (date - chosen[-1]).days < gap_days):
                    continue
                dates = [*chosen, date]
                candidate = ((lateness + late, load + busy(date), tuple(dates)), dates)
                if index not in following or candidate[0] < following[index][0]:
                    following[index] = candidate
        best = following
    return min(best.values(), key=lambda entry: entry[0])[1] if best else None


def spread(
    bundles: Sequence[Bundle], fixed: Days, days: Days, gap_days: int, slack: int,
    joins: Callable[[str, dt.date], bool],
) -> list[Period] | None:  # fmt: skip
    """A span for each of ``bundles``, in their order, around the ``fixed`` dates; None where they do not fit.

    The fixed dates cut the open ``days`` into stretches. How many bundles go into each is chosen so that least is
    late, then so that they are spread most evenly. Within a stretch each bundle has an equal share of the days and
    ``slack`` days more; spans are tightened until a date for each, ``gap_days`` apart, exists.
    """
    stretches = _stretches(fixed, days, gap_days)
    # best[n]: the cheapest way to have the first n bundles within the stretches so far
    best: dict[int, tuple[_LateAndUneven, list[Period]]] = {0: ((0.0, 0.0), [])}
    for stretch in stretches:
        following: dict[int, tuple[_LateAndUneven, list[Period]]] = {}
        for done, ((late, uneven), spans) in best.items():
            for upto in range(done, len(bundles) + 1):
                group = bundles[done:upto]
                laid = _lay(group, stretch, gap_days, slack, joins)
                if laid is None:
                    break
                worse = late + sum(map(_expected_lateness, group, laid))
                cost = (worse, uneven + (len(group) ** 2 / len(stretch) if group else 0.0))
                if upto not in following or cost < following[upto][0]:
                    following[upto] = (cost, [*spans, *laid])
        best = following
    return best[len(bundles)][1] if len(bundles) in best else None


def _expected_lateness(bundle: Bundle, span: Period) -> float:
    return max(0, (span.earliest - bundle.due).days) * bundle.priority if bundle.due else 0.0


def _stretches(fixed: Days, days: Days, gap_days: int) -> list[Days]:
    """The open days before, between and after the ``fixed`` dates, ``gap_days`` away from each."""
    gap = dt.timedelta(days=gap_days)
    bounds = [dt.date.min, *fixed, dt.date.max]
    stretches = []
    for number, (before, after) in enumerate(pairwise(bounds)):
        first = days[0] if number == 0 else before + gap
        last = days[-1] if number == len(fixed) else after - gap
        stretches.append(days[bisect_left(days, first) : bisect_right(days, last)])
    return stretches


def _lay(
    bundles: Sequence[Bundle], days: Days, gap_days: int, slack: int, joins: Callable[[str, dt.date], bool]
) -> list[Period] | None:
    """Spans for ``bundles`` within ``days``, in order; None where they do not fit."""
    if not bundles:
        return []
    if len(days) < len(bundles):
        return None
    laid = None
    for eager in (False, True):
        laid = laid or _lay_wished(bundles, _wishes(bundles, days, slack, eager), days, gap_days, joins)
    return laid


def _lay_wished(
    bundles: Sequence[Bundle], wishes: Sequence[Period], days: Days, gap_days: int,
    joins: Callable[[str, dt.date], bool],
) -> list[Period] | None:  # fmt: skip
    """The ``wishes`` tightened from the front, then from the back, to spans that hold a date for each, gaps kept."""
    gap = dt.timedelta(days=gap_days)
    firsts: list[dt.date] = []
    for bundle, wish in zip(bundles, wishes, strict=False):
        from_ = max(wish.earliest, firsts[-1] + gap) if firsts else wish.earliest
        possible = _possible(bundle, days, joins)
        at = bisect_left(possible, from_)
        if at == len(possible):
            return None
        firsts.append(possible[at])
    if len(firsts) < len(bundles):
        return None
    spans: list[Period] = []
    until = days[-1]
    for bundle, wish, first in zip(reversed(bundles), reversed(wishes), reversed(firsts), strict=True):
        wanted = days[-1] if bundle.partner is not None else max(wish.latest, first)
        possible = _possible(bundle, days, joins)
        latest = possible[bisect_right(possible, max(first, min(wanted, until))) - 1]
        due = min(max(wish.due, first), latest, bundle.due or latest)
        spans.append(Period(first, due, latest))
        until = latest - gap
    return spans[::-1]


def _possible(bundle: Bundle, days: Days, joins: Callable[[str, dt.date], bool]) -> Days:
    partner = bundle.partner
    return days if partner is None else [day for day in days if joins(partner, day)]


def _wishes(bundles: Sequence[Bundle], days: Days, slack: int, eager: bool) -> list[Period]:
    """When each bundle would best be; ``eager``: from the first day that its content is ready.

    The ``number``-th bundle has the ``number``-th equal share of ``days``, moved by when its content is ready and its
    issues are due; one with a partner may be on any day. The list ends before a bundle whose content comes too late.
    """
    wishes: list[Period] = []
    share = max(1, len(days) // len(bundles))
    for number, bundle in enumerate(bundles):
        ready = bisect_left(days, bundle.ready) if bundle.ready else 0
        if ready >= len(days):
            break
        start = ready if eager or bundle.partner is not None else max(number * len(days) // len(bundles), ready)
        end = min(max((number + 1) * len(days) // len(bundles), start + share), len(days)) - 1
        due = days[end]
        if bundle.due is not None and bundle.due < due:
            last = max(0, bisect_right(days, bundle.due) - 1)
            start = max(ready, min(start, last - share + 1))
            due, end = bundle.due, max(start, last)
        wishes.append(Period(days[start], due, days[min(len(days) - 1, end + slack)]))
    return wishes
