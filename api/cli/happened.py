"""What happened, as written on the command line: ``o09:2012-09-03..2012-09-07`` and the like."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from models.changes import Absence, Change, Closure, ContentLate, Departure, FewerCars, HeldOn, NotHeld, UrgentVisit
from models.faults import Fault, InvalidInput
from models.intake.values import date as day_of

Made = TypeVar("Made")
_CHANGE = re.compile(r"changes\[(\d+)\]")

#: how each option is written; the fault repeats it
FORMS = {
    "--absent": "OFFICER:FROM..TO",
    "--leaves": "OFFICER:FROM",
    "--closed": "COOPERATIVE:FROM..TO",
    "--cars": "OFFICE:FROM..TO=NUMBER",
    "--urgent": "COOPERATIVE:MINUTES[:DUE[:TOPIC+TOPIC]]",
    "--new": "COOPERATIVE:MINUTES[:DUE[:TOPIC+TOPIC]]",
    "--missed": "VISIT[:UNTIL]",
    "--held": "VISIT:DATE",
    "--slips": "ISSUE:DATE",
}


def changes_of(written: Mapping[str, Sequence[str]]) -> list[Change]:
    """The changes that the options say.

    Raises:
        InvalidInput: with every option that cannot be read.
    """
    found: list[Change] = []
    faults: list[Fault] = []
    for option, texts in written.items():
        for value in texts:
            try:
                found.append(_READERS[option](value))
            except ValueError:
                remedy = f"Write {FORMS[option]}, with dates as 2012-08-15 or 15/08/2555."
                faults.append(Fault("option-value", option, f"{value!r} cannot be read.", remedy))
    if faults:
        raise InvalidInput(faults)
    return found


def told_by_option(written: Mapping[str, Sequence[str]], make: Callable[[], Made]) -> Made:
    """What ``make`` makes of the changes; its faults name the option and its value where they name a change.

    Raises:
        InvalidInput: from ``make``.
    """
    said = [f"{option} {value}" for option, texts in written.items() for value in texts]
    try:
        return make()
    except InvalidInput as error:
        faults = []
        for fault in error.faults:
            number = _CHANGE.match(fault.where)
            option = {"today": "--today", "pins": "--pin"}.get(fault.where, fault.where)
            faults.append(replace(fault, where=said[int(number[1])] if number else option))
        raise InvalidInput(faults) from None


def date_of(option: str, text: str | None) -> dt.date | None:
    """A date given to an option.

    Raises:
        InvalidInput: it is no date.
    """
    try:
        return day_of(text) if text is not None else None
    except ValueError:
        fault = Fault("option-value", option, f"{text!r} is not a date.", "Write it like 2012-08-15 or 15/08/2555.")
        raise InvalidInput([fault]) from None


def _range(text: str) -> tuple[dt.date, dt.date]:
    first, dots, last = text.partition("..")
    start = day_of(first)
    return start, day_of(last) if dots else start


def _split(text: str) -> tuple[str, str]:
    """An id, which may hold colons itself, and what follows its last colon."""
    id_, colon, rest = text.rpartition(":")
    if not colon or not id_:
        raise ValueError(text)
    return id_, rest


def _absent(text: str) -> Change:
    officer, days = _split(text)
    return Absence(officer, *_range(days))


def _leaves(text: str) -> Change:
    officer, day = _split(text)
    return Departure(officer, day_of(day))


def _closed(text: str) -> Change:
    cooperative, days = _split(text)
    return Closure(cooperative, *_range(days))


def _cars(text: str) -> Change:
    office, rest = _split(text)
    days, equals, number = rest.partition("=")
    cars = int(number)
    if not equals or cars < 0:
        raise ValueError(text)
    return FewerCars(office, *_range(days), cars)


def _urgent(text: str) -> Change:
    cooperative, minutes, *rest = text.split(":")
    if not cooperative or len(rest) > 2 or not 0 < float(minutes) <= 24 * 60:
        raise ValueError(text)
    due = day_of(rest[0]) if rest and rest[0] else None
    topics = tuple(topic for topic in rest[1].split("+") if topic) if len(rest) > 1 else ()
    return UrgentVisit(cooperative, float(minutes), due, topics=topics)


def _missed(text: str) -> Change:
    if ":" in text:
        visit, until = _split(text)
        return NotHeld(visit, day_of(until))
    return NotHeld(text)


def _held(text: str) -> Change:
    visit, day = _split(text)
    return HeldOn(visit, day_of(day))


def _slips(text: str) -> Change:
    issue, day = _split(text)
    return ContentLate(issue, day_of(day))


_READERS: dict[str, Callable[[str], Change]] = {
    "--absent": _absent,
    "--leaves": _leaves,
    "--closed": _closed,
    "--cars": _cars,
    "--urgent": _urgent,
    "--new": _urgent,
    "--missed": _missed,
    "--held": _held,
    "--slips": _slips,
}
