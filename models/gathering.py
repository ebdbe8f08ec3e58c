"""Faults and doubts of one cause that many rows share, told once with all their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from models.faults import Fault
from models.saying import Place


def gathered(faults: Iterable[Fault]) -> list[Fault]:
    """The faults; equal ones of a column are one, with all their rows, where the first of them stood."""
    found: dict[object, list[Fault]] = {}
    for fault in faults:
        parts = {kind: part for kind, part in fault.place.parts.items() if kind != "row"} if fault.place else {}
        where = tuple(parts.items()) if "column" in parts else fault.where
        thai = fault.in_language("th")  # names may be the same in English alone
        found.setdefault((fault.code, where, fault.cause, fault.remedy, thai.cause, thai.remedy), []).append(fault)
    return [_one(alike) for alike in found.values()]


def _one(alike: Sequence[Fault]) -> Fault:
    first = alike[0]
    if len(alike) == 1 or first.place is None or "row" not in first.place.parts:
        return first
    rows = dict.fromkeys(each.place.parts["row"] for each in alike if each.place)
    rest = Place({kind: part for kind, part in first.place.parts.items() if kind != "row"})
    return replace(first, where=rest.at(row=_in_words(list(rows))))


def _in_words(rows: Sequence[str | int]) -> str:
    """Rows as text, those that follow each other as a range: "5-16, 20"."""
    if not all(isinstance(row, int) for row in rows):
        return ", ".join(map(str, rows))
    pieces = []
    for _, run in groupby(enumerate(sorted(map(int, rows))), key=lambda pair: pair[1] - pair[0]):
        (_, low), *more = run
        high = more[-1][1] if more else low
        pieces += [f"{low}-{high}"] if high > low + 1 else [f"{row}" for row in range(low, high + 1)]
    return ", ".join(pieces)
