"""Open hours as the problem has them: what was written, without the lunch of cooperatives that say nothing of it."""

from __future__ import annotations

from models.hours import WEEKDAYS, Spans, Weekday
from models.intake.values import Hours

Open = Spans | dict[Weekday, Spans]


def opening(written: Hours | None, lunch: tuple[float, float] | None, day: tuple[float, float]) -> Open | None:
    """When a cooperative can be visited; None for the whole of the office's ``day``, from and to in minutes.

    ``lunch`` is taken out of a day that is written as one stretch, or not at all; hours in several stretches, and those
    that are said to go through, stay as they are.
    """
    if written is None:
        return None if lunch is None else _without(lunch, (day,))
    closed = None if written.through else lunch
    if written.by_weekday:
        return {WEEKDAYS[number]: _without(closed, stretches) for number, stretches in written.by_weekday}
    return _without(closed, written.stretches)


def _without(lunch: tuple[float, float] | None, stretches: Spans) -> Spans:
    if lunch is None or len(stretches) != 1:
        return stretches
    (opens, closes), (begins, ends) = stretches[0], lunch
    if ends <= opens or begins >= closes:
        return stretches
    pieces = ((opens, min(begins, closes)), (max(ends, opens), closes))
    return tuple((first, last) for first, last in pieces if last > first) or stretches
