"""Stretches of a day: open hours, windows, and where within them a visit may start.

A stretch is a pair (from, to) of minutes since midnight, both ends belonging to it. Files may write one stretch as
``[from, to]`` and several as ``[[from, to], ...]``; code always sees a tuple of stretches, and one that stands alone
is written as it was read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, GetCoreSchemaHandler, Tag
from pydantic_core import CoreSchema, core_schema

from models.clock import Clock, format_clock

Span = tuple[float, float]
Spans = tuple[Span, ...]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
#: the keys of hours by weekday, in the order of ``date.weekday()``
WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: the whole day, whatever its end
ALL_DAY: Final[Span] = (0.0, float("inf"))
#: minutes by which sums of floats may miss each other
HAIR: Final = 1e-7

#: names of the shapes that a value may have; they stand in pydantic's places of errors and mean nothing to a reader
SHAPES: Final = frozenset({"<one>", "<several>", "<weekdays>", "<days>", "<flat>", "<by hours>", "<number>", "<named>"})

_Pair = tuple[Clock, Clock]


def _one_or_several(value: Any) -> str:
    listed = isinstance(value, list | tuple)
    return "<several>" if listed and (not value or isinstance(value[0], list | tuple)) else "<one>"


_Written = Annotated[
    Annotated[_Pair, Tag("<one>")] | Annotated[tuple[_Pair, ...], Tag("<several>")], Discriminator(_one_or_several)
]


class _OneOrSeveral:
    """Reads ``[from, to]`` or ``[[from, to], ...]`` as a tuple of stretches, and writes one alone as a pair."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            _several, handler.generate_schema(_Written),
            serialization=core_schema.plain_serializer_function_ser_schema(_write, when_used="json"),
        )  # fmt: skip


def _several(value: Any) -> Spans:
    return value if not value or isinstance(value[0], tuple) else (value,)


def _write(spans: Spans) -> list[Any]:
    pairs = [[format_clock(first), format_clock(last)] for first, last in spans]
    return pairs[0] if len(pairs) == 1 else pairs


#: one stretch of a day or several
Stretches = Annotated[Spans, _OneOrSeveral]


def _by_weekday(value: Any) -> str:
    return "<weekdays>" if isinstance(value, Mapping) else "<days>"


#: stretches that hold on every day, or by weekday, where a weekday that is not named is closed
Hours = Annotated[
    Annotated[Stretches, Tag("<days>")] | Annotated[dict[Weekday, tuple[_Pair, ...]], Tag("<weekdays>")],
    Discriminator(_by_weekday),
]


def on_weekday(hours: Spans | Mapping[Weekday, Spans] | None, date: dt.date) -> Spans:
    """The stretches of ``hours`` on ``date``: all day where no hours are given, none on a weekday not named."""
    if hours is None:
        return (ALL_DAY,)
    if isinstance(hours, Mapping):
        return hours.get(WEEKDAYS[date.weekday()], ())
    return hours


def starts_within(windows: Iterable[Span], stretches: Iterable[Span], minutes: float) -> Spans:
    """Where a visit of ``minutes`` may start: in one of ``windows``, and wholly within one of ``stretches``.

    Ascending, disjoint; spans that overlap or touch are joined.
    """
    allowed = list(windows)
    found: list[Span] = []
    for opens, closes in stretches:
        for first, last in allowed:
            low, high = max(opens, first), min(closes - minutes, last)
            if high >= low - HAIR:
                found.append((low, max(low, high)))
    joined: list[Span] = []
    for low, high in sorted(found):
        if joined and low <= joined[-1][1] + HAIR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return tuple(joined)
