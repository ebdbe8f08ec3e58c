"""What a caller says is otherwise, read against the problem at hand: one reader for each kind of argument.

Things are named by id or by name, as on the command line; dates are read as :func:`models.intake.dates.date_given`
does, also as Thai offices write them. Every fault of an argument is told at once, with its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, TypeVar, get_args

import pandas as pd

from api.naming import Lookup
from api.together import each_of
from api.what_if.labelled import matrix
from models import given
from models.changes import Change
from models.clock import format_clock, parse_clock
from models.faults import Fault, InvalidInput
from models.intake.values import CellError, date_given, hours, span_given
from models.likeness import perhaps
from models.limits import MOST
from models.office import Office
from models.problem import Prices, Problem
from models.saying import Said, both
from optimizer.replanning.mistakes import faults_of_span

Key = TypeVar("Key")
Read = TypeVar("Read")

#: cars that an office may be given
MOST_CARS = 10_000
_POSITIVE = both("Give a number above 0.", "ระบุจำนวนที่มากกว่า 0")
_NO_LESS = both("Give a number, 0 or more.", "ระบุจำนวนตั้งแต่ 0 ขึ้นไป")
_LIKE_HOURS = both("Write it like 09:00-12:00.", "เขียนแบบ 09:00-12:00")
_BY_NAME = both("Give a mapping: for each name its value.", "ระบุเป็นคู่ ชื่อ: ค่า")


class Reading:
    """Reads arguments for one ``problem``; ``office`` has its names, where they are known."""

    def __init__(self, problem: Problem, office: Office | None) -> None:
        self._problem, self._office = problem, office

    @cached_property
    def _names(self) -> Lookup:
        return Lookup(self._problem, self._office)

    def officers(self, value: Any, where: str) -> int | dict[str, int]:
        """So many officers, or so many of each topic."""
        if not isinstance(value, Mapping):
            return given.whole(value, where, 0, MOST["officers"])
        return _each(value, where, partial(self._find, "topic"), partial(given.whole, least=0, most=MOST["officers"]))

    def topics(self, value: Any, where: str) -> dict[str, list[str]]:
        """Topics by officer; a text alone is one topic."""
        return _each(value, where, self._officer, partial(self._several, "topic"))

    def cars(self, value: Any, where: str) -> int | dict[str | dt.date, int]:
        """So many cars, or so many by office, and by each workday of a date or range; no day is named twice."""
        if not isinstance(value, Mapping):
            return given.whole(value, where, 0, MOST_CARS)
        found = _each(value, where, self._office_or_days, partial(given.whole, least=0, most=MOST_CARS))
        if faults := list(_named_twice(dict(zip(value, found, strict=True)), where)):
            raise InvalidInput(faults)
        return {each: number for keys, number in found.items() for each in keys}

    def without_officers(self, value: Any, where: str) -> list[str]:
        """Officers."""
        return self._several("officer", value, where)

    def without_cars(self, value: Any, where: str) -> list[str]:
        """Cars with names."""
        if not any(office.named for office in self._problem.offices):
            cause = both("The cars have no names.", "รถไม่มีชื่อ")
            remedy = both("Say how many there are: cars=5.", "ระบุจำนวนรถ เช่น cars=5")
            raise InvalidInput([Fault("option-value", where, cause, remedy)])
        return self._several("car", value, where)

    def prices(self, value: Any, where: str) -> dict[str, Any]:
        """Baht by price; a price may be a scale as well."""
        return _each(value, where, _price, lambda baht, at: baht if _is_scale(baht) else _no_less(baht, at))

    def absent(self, value: Any, where: str) -> dict[str, list[dt.date]]:
        """The workdays away, by officer."""
        return _each(value, where, self._officer, self._workdays)

    def travel(self, value: Any, where: str) -> float | dict[str, Any]:
        """A factor, or ``minutes`` and ``km``, each a factor or a matrix."""
        if not isinstance(value, Mapping):
            return _no_less(value, where)
        return _each(
            value, where, lambda key, at: str(key),
            lambda one, at: matrix(one, self._problem, at) if _listed(one) else _no_less(one, at),
        )  # fmt: skip

    def durations(self, value: Any, where: str) -> float | dict[str, float]:
        """A factor, or minutes by visit or cooperative."""
        if not isinstance(value, Mapping):
            return _positive(value, where)
        return _each(value, where, self._visit_or_cooperative, _positive)

    def windows(self, value: Any, where: str) -> dict[str, Any]:
        """Stretches of hours by visit or cooperative; None for any."""
        return _each(value, where, self._visit_or_cooperative, self._window)

    def slack(self, value: Any, where: str) -> float:
        """Minutes before each visit."""
        return _no_less(value, where)

    def add(self, value: Any, where: str) -> list[dict[str, Any]]:
        """Visits as in ``problem.json``: one, several, or the rows of a frame."""
        if isinstance(value, pd.DataFrame):
            value = value.reset_index([name for name in value.index.names if name is not None])
            value = [{key: one for key, one in row.items() if not _is_missing(one)} for row in value.to_dict("records")]
        rows = [value] if isinstance(value, Mapping) else value
        if isinstance(rows, str) or not isinstance(rows, Iterable):
            raise InvalidInput([given.refused(value, where, both("Give visits as mappings.", "ระบุเป็นคู่ ชื่อ: ค่า"))])
        return each_of(lambda numbered: self._visit(numbered[1], f"{where}[{numbered[0]}]"), enumerate(rows))

    def drop(self, value: Any, where: str) -> list[str]:
        """Visits and cooperatives."""
        return each_of(lambda one: self._visit_or_cooperative(one, where), _texts(value, where))

    def districts(self, value: Any, where: str) -> dict[str, str]:
        """Districts by what they are counted as, each in Thai and in English."""
        rows = self._office.cooperatives if self._office else ()
        known = {name: row for row in rows for name in (row.district_th, row.district_en) if name}

        def district(name: object, at: str) -> str:
            if name in known:
                return str(name)
            remedy = both("Name a district of the office.", "ระบุอำเภอของสำนักงาน")
            raise InvalidInput([_no("district", "อำเภอ", name, at, remedy, known)])

        found: dict[str, str] = _each(value, where, district, district)
        pairs = [(known[name], known[other]) for name, other in found.items()]
        return {one.district_th: other.district_th for one, other in pairs} | {
            one.district_en: other.district_en for one, other in pairs
        }

    def happened(self, change: Change, where: str) -> Change:
        """A change, whose names are ids after it."""
        if not isinstance(change, get_args(get_args(Change)[0])):
            example = 'Give changes, such as Absence("o09", "2012-09-03", "2012-09-07").'
            remedy = both(example, 'ระบุสิ่งที่เกิดขึ้น เช่น Absence("o09", "2012-09-03", "2012-09-07")')
            raise InvalidInput([given.refused(change, where, remedy)])
        kinds = ("officer", "cooperative", "office", "car", "visit", "issue", "partner")
        named = [(kind, getattr(change, kind)) for kind in kinds if getattr(change, kind, None) is not None]
        read: Change = replace(change, **{kind: self._find(kind, name, f"{where}.{kind}") for kind, name in named})
        return read

    def officer_ids(self, value: Any, where: str) -> list[str]:
        """Officers, by their ids."""
        return self._several("officer", value, where)

    def pins(self, value: Any, where: str) -> tuple[str, ...]:
        """Visits that stay."""
        return tuple(self._several("visit", value, where))

    def _find(self, kind: str, name: object, where: str) -> str:
        if not isinstance(name, str):
            raise InvalidInput([given.refused(name, where, both(f"Name a {kind} by a text.", "ระบุเป็นข้อความ"))])
        return self._names.find(kind, name, where)

    def _several(self, kind: str, names: Any, where: str) -> list[str]:
        return each_of(lambda one: self._find(kind, one, where), _texts(names, where))

    def _officer(self, name: object, where: str) -> str:
        return self._find("officer", name, where)

    def _visit_or_cooperative(self, name: object, where: str) -> str:
        if isinstance(name, str) and (name in self._problem.visit_by_id or name in self._problem.cooperative_by_id):
            return name
        try:
            return self._find("visit", name, where)
        except InvalidInput as error:
            if not isinstance(name, str) or name.rpartition("-")[0] in self._problem.cooperative_by_id:
                raise  # a number that its cooperative does not have
            visit = error
        try:
            return self._find("cooperative", name, where)
        except InvalidInput as error:
            raise (visit if visit.faults[0].code == "name-ambiguous" else error) from None

    def _office_or_days(self, key: object, where: str) -> tuple[str | dt.date, ...]:
        if key in self._problem.office_by_id:
            return (str(key),)
        try:
            spans = [span_given(key)]
        except CellError as error:
            if not isinstance(key, str):
                raise InvalidInput([Fault("option-value", where, error.cause, error.remedy)]) from None
            try:
                return (self._find("office", key, where),)
            except InvalidInput as office:
                if office.faults[0].code == "name-ambiguous":
                    raise
                remedy = both("Name an office, or a date, or a range of dates.", "ระบุสำนักงาน วันที่ หรือช่วงวันที่")
                fault = _no("office", "สำนักงาน", key, where, remedy, self._problem.office_by_id)
                raise InvalidInput([fault]) from None
        return self._days(spans, where)

    def _workdays(self, value: Any, where: str) -> list[dt.date]:
        pair = isinstance(value, tuple) and len(value) == 2  # from the one to the other
        ones = [value] if pair or isinstance(value, str) or not isinstance(value, Iterable) else value
        return list(self._days(each_of(lambda one: _span(one, where), ones), where))

    def _days(self, spans: list[tuple[dt.date, dt.date]], where: str) -> tuple[dt.date, ...]:
        """The workdays in ``spans``. Other days may be among them, but no range may lie outside, or hold none alone."""
        workdays = self._problem.workdays
        days = tuple(day for day in workdays if any(first <= day <= last for first, last in spans))
        outside = (span for span in spans if not days or span[1] < max(span[0], workdays[0]) or span[0] > workdays[-1])
        if faults := [fault for span in outside for fault in faults_of_span(self._problem, span, where, workdays[0])]:
            raise InvalidInput(faults)
        return days

    def _window(self, value: Any, where: str) -> Any:
        """Hours in which a visit can start at all: 9 and 12 are minutes after midnight, and hardly meant."""
        found, day = _hours(value, where), self._problem.day
        if any(last < day.start or first > day.end for first, last in _stretches(found)):
            hours = f"{format_clock(day.start)}-{format_clock(day.end)}"
            cause = both("{value} lies outside the day of the tours, {hours}.",
                         "{value} อยู่นอกเวลาออกพื้นที่ {hours}", value=repr(value), hours=hours)  # fmt: skip
            raise InvalidInput([Fault("option-value", where, cause, _LIKE_HOURS)])
        return found

    def _visit(self, row: Any, where: str) -> dict[str, Any]:
        """A visit as in ``problem.json``, with ids, dates and times as they are written there."""
        if not isinstance(row, Mapping):
            raise InvalidInput([given.refused(row, where, both("Give a visit as a mapping.", "ระบุเป็นคู่ ชื่อ: ค่า"))])
        readers: dict[str, Callable[[Any, str], Any]] = {
            "cooperative": partial(self._find, "cooperative"), "partner": partial(self._find, "partner"),
            "topics": partial(self._several, "topic"), "dates": self._workdays,
            "earliest": date, "due": date, "latest": date, "minutes": _positive, "load": _no_less,
            "window": self._window,
        }  # fmt: skip

        def read(key: Any) -> Any:
            value = row[key]
            return value if value is None or key not in readers else readers[key](value, f"{where}.{key}")

        return dict(zip(row, each_of(read, row), strict=True))


def date(value: object, where: str) -> dt.date:
    """A date that a caller gives.

    Raises:
        InvalidInput: it is none.
    """
    try:
        return date_given(value)
    except CellError as error:
        raise InvalidInput([Fault("option-value", where, error.cause, error.remedy)]) from None


def _span(value: object, where: str) -> tuple[dt.date, dt.date]:
    try:
        return span_given(value)
    except CellError as error:
        raise InvalidInput([Fault("option-value", where, error.cause, error.remedy)]) from None


def _hours(value: Any, where: str) -> Any:
    if value is None or isinstance(value, list | tuple):  # as in problem.json
        return value
    try:
        found = hours(value)
    except CellError as error:
        raise InvalidInput([Fault("option-value", where, error.cause, error.remedy)]) from None
    if found.by_weekday:
        raise InvalidInput([given.refused(value, where, _LIKE_HOURS)])
    return [[format_clock(first), format_clock(last)] for first, last in found.stretches]


def _stretches(window: Any) -> Iterator[tuple[float, float]]:
    """The stretches of a window as far as they can be read; what cannot is told where the visit is made."""
    pairs = window if window and all(isinstance(one, list | tuple) for one in window) else [window]
    for pair in pairs:
        with suppress(ValueError, TypeError):
            first, last = (parse_clock(one) if isinstance(one, str) else float(one) for one in pair)
            yield first, last


def _price(name: object, where: str) -> str:
    if name in Prices.model_fields:
        return str(name)
    names = ", ".join(Prices.model_fields)
    remedy = both(f"Name any of {names}.", f"ระบุอย่างใดอย่างหนึ่ง: {names}")
    raise InvalidInput([_no("price", "ราคา", name, where, remedy, Prices.model_fields)])


def _no(kind: str, thai: str, name: object, where: str, remedy: Said, known: Iterable[str]) -> Fault:
    """That there is none of this name, with what may have been meant."""
    cause = both(f"There is no {kind} {{name}}.", f"ไม่มี{thai} {{name}}", name=repr(name))
    return Fault("id-unknown", where, cause, perhaps(remedy, str(name), known))


def _positive(value: object, where: str) -> float:
    return given.real(value, where, lambda number: number > 0, _POSITIVE)


def _no_less(value: object, where: str) -> float:
    return given.real(value, where, lambda number: number >= 0, _NO_LESS)


def _listed(value: object) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str)


def _is_scale(value: object) -> bool:
    return isinstance(value, list | tuple)


def _is_missing(value: object) -> bool:
    """Whether a cell of a frame is empty."""
    return value is None or (not hasattr(value, "__len__") and value != value)


def _texts(value: Any, where: str) -> list[Any]:
    """One text, or several."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes | pd.DataFrame):
        return list(value)
    raise InvalidInput([given.refused(value, where, both("Give a text, or several.", "ระบุข้อความเดียวหรือหลายข้อความ"))])


def _each(
    value: Any, where: str, key: Callable[[object, str], Key], read: Callable[[Any, str], Read]
) -> dict[Key, Read]:
    """The mapping with every key and value read; two keys for one thing are a fault."""
    if not isinstance(value, Mapping):
        raise InvalidInput([given.refused(value, where, _BY_NAME)])
    seen: set[Key] = set()

    def both_of(name: Any) -> tuple[Key, Read]:
        at, named = f"{where}, {name}", key(name, where)
        if named in seen:
            cause = both("It is named twice.", "ระบุซ้ำ")
            raise InvalidInput([Fault("id-repeated", at, cause, both("Name it once.", "ระบุครั้งเดียว"))])
        seen.add(named)
        return named, read(value[name], at)

    return dict(each_of(both_of, value))


def _named_twice(keys: Mapping[Any, Iterable[str | dt.date]], where: str) -> Iterator[Fault]:
    """That what a caller named holds what an earlier name held: a range of dates and a day in it."""
    told: dict[str | dt.date, Any] = {}
    for name, ones in keys.items():
        twice = next((one for one in ones if one in told), None)
        if twice is not None:
            cause = both(
                "{day} is named by {name} already.", "{day} ระบุไว้แล้วใน {name}", day=twice, name=str(told[twice])
            )
            yield Fault("id-repeated", f"{where}, {name}", cause, both("Name each day once.", "ระบุแต่ละวันครั้งเดียว"))
        told |= {one: name for one in ones if one not in told}
