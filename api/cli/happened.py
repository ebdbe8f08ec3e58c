"""What happened, as written on the command line: ``o09:2012-09-03..2012-09-07`` and the like."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar, overload

from api.language.helptexts import form as form_in_thai
from api.naming import Lookup
from models.changes import (
    Absence,
    BoardMeets,
    CarAway,
    Change,
    Closure,
    ContentLate,
    Departure,
    FewerCars,
    HeldOn,
    NoMeeting,
    NotHeld,
    UrgentVisit,
)
from models.faults import Fault, InvalidInput
from models.intake.values import CellError, date_range
from models.intake.values import date as day_of
from models.saying import Said

Made = TypeVar("Made")
_PIN = re.compile(r"pins\[(\d+)\]")

_URGENT = "COOPERATIVE:MINUTES[:DUE[:TOPIC+TOPIC]][:priority=1-5][:partner=AGENCY][:subject=WORDS]"
#: how each option is written; the fault repeats it
FORMS = {
    "--absent": "OFFICER:FROM..TO",
    "--leaves": "OFFICER:FROM",
    "--closed": "COOPERATIVE:FROM..TO",
    "--cars": "OFFICE:FROM..TO=NUMBER",
    "--car-away": "CAR:FROM..TO",
    "--urgent": _URGENT,
    "--new": _URGENT,
    "--missed": "VISIT[:UNTIL]",
    "--held": "VISIT:DATE",
    "--meeting": "COOPERATIVE:DATE[=INSTEAD-OF]",
    "--no-meeting": "COOPERATIVE:DATE",
    "--slips": "ISSUE:DATE",
}


def changes_of(written: Mapping[str, Sequence[str]], names: Lookup) -> list[Change]:
    """The changes that the options say; what they name may be named by id or by name.

    Raises:
        InvalidInput: with every option that cannot be read, or names what is not there.
    """
    found: list[Change] = []
    faults: list[Fault] = []
    for option, texts in written.items():
        for value in texts:
            try:
                found.append(_READERS[option](value, _Names(names, f"{option} {value}")))
            except InvalidInput as error:
                faults += (_of_option(f"{option} {value}", fault) for fault in error.faults)
            except CellError as error:
                faults.append(Fault("option-value", f"{option} {value}", error.cause, error.remedy))
            except (ValueError, KeyError):
                faults.append(_unread(option, value))
    if faults:
        raise InvalidInput(faults)
    return found


def _of_option(where: str, fault: Fault) -> Fault:
    """The fault at its option: a change that can be none (a priority of 9, minutes of nothing) names its own field."""
    if fault.where == where:
        return fault
    return replace(fault, code="option-value", where=f"{where}, {fault.where.partition('.')[2]}")


def _unread(option: str, value: str) -> Fault:
    form = FORMS[option]
    thai = form_in_thai(form)
    return Fault(
        "option-value",
        option,
        Said(f"{value!r} cannot be read.", None, f"อ่าน {value!r} ไม่ได้"),
        Said(
            f"Write {form}, with dates as 2012-08-15, 15/08/2555 or 15 ส.ค. 2555.",
            None,
            f"เขียนเป็น {thai} โดยวันที่เขียนแบบ 2012-08-15, 15/08/2555 หรือ 15 ส.ค. 2555",
        ),
    )


class _Names:
    """Looks up what one option names; faults name the option with its value."""

    def __init__(self, names: Lookup, where: str) -> None:
        self._names, self._where = names, where

    def __call__(self, kind: str, text: str) -> str:
        if not text.strip():
            raise ValueError(text)
        return self._names.find(kind, text, self._where)


def told_by_option(
    written: Mapping[str, Sequence[str]], make: Callable[[], Made], pinned: Sequence[str] | None = None
) -> Made:
    """What ``make`` makes of the changes; its faults name the option and its value where they name a change.

    ``pinned``: as the visits to pin were written, in the command that has options for them and for the days; None in
    one that has neither.

    Raises:
        InvalidInput: from ``make``.
    """
    said = {
        f"changes[{number}]": f"{option} {value}"
        for number, (option, value) in enumerate(
            (option, value) for option, texts in written.items() for value in texts
        )
    }
    if pinned is not None:
        said |= {f"pins[{number}]": f"--pin {value}" for number, value in enumerate(pinned)}
        said |= {"today": "--today", "begins": "--begins"}
    try:
        return make()
    except InvalidInput as error:
        raise InvalidInput(
            replace(fault, where=said.get(fault.where.partition(".")[0], fault.where)) for fault in error.faults
        ) from None


@overload
def date_of(option: str, text: str) -> dt.date: ...
@overload
def date_of(option: str, text: str | None) -> dt.date | None: ...
def date_of(option: str, text: str | None) -> dt.date | None:
    """A date given to an option.

    Raises:
        InvalidInput: it is no date.
    """
    try:
        return day_of(text) if text is not None else None
    except CellError as error:
        raise InvalidInput([Fault("option-value", option, error.cause, error.remedy)]) from None


def _split(text: str) -> tuple[str, str]:
    """An id, which may hold colons itself, and what follows its last colon."""
    id_, colon, rest = text.rpartition(":")
    if not colon or not id_:
        raise ValueError(text)
    return id_, rest


def _absent(text: str, names: _Names) -> Change:
    officer, days = _split(text)
    return Absence(names("officer", officer), *date_range(days))


def _leaves(text: str, names: _Names) -> Change:
    officer, day = _split(text)
    return Departure(names("officer", officer), day_of(day))


def _closed(text: str, names: _Names) -> Change:
    cooperative, days = _split(text)
    return Closure(names("cooperative", cooperative), *date_range(days))


def _cars(text: str, names: _Names) -> Change:
    office, rest = _split(text)
    days, equals, number = rest.partition("=")
    if not equals:
        raise ValueError(text)
    return FewerCars(names("office", office), *date_range(days), int(number))


def _car_away(text: str, names: _Names) -> Change:
    car, days = _split(text)
    return CarAway(names("car", car), *date_range(days))


def _urgent(text: str, names: _Names) -> Change:
    head, parts = _minutes(text.split(":"))
    plain = [part for part in parts[1:] if "=" not in part]
    if len(plain) > 2:
        raise ValueError(text)
    more: dict[str, Any] = {}
    if plain and plain[0]:
        more["due"] = day_of(plain[0])
    if len(plain) > 1:
        more["topics"] = tuple(names("topic", topic) for topic in plain[1].split("+") if topic)
    for part in parts[1:]:
        name, equals, value = part.partition("=")
        if equals:
            more[name.strip().casefold()] = _KEYS[name.strip().casefold()](value, names)
    return UrgentVisit(names("cooperative", head), float(parts[0]), **more)


#: what an urgent visit says by name
_KEYS: dict[str, Callable[[str, _Names], Any]] = {
    "due": lambda text, names: day_of(text),
    "topics": lambda text, names: tuple(names("topic", topic) for topic in text.split("+") if topic),
    "priority": lambda text, names: int(text),
    "partner": lambda text, names: names("partner", text),
    "subject": lambda text, names: text,
}


def _minutes(parts: list[str]) -> tuple[str, list[str]]:
    """The cooperative, whose name may hold colons, and what follows from the minutes on."""
    for number in range(1, len(parts)):
        if re.fullmatch(r"\d+(\.\d+)?", parts[number].strip()):
            return ":".join(parts[:number]), parts[number:]
    raise ValueError(":".join(parts))


def _missed(text: str, names: _Names) -> Change:
    visit, colon, until = text.rpartition(":")
    if not colon:
        return NotHeld(names("visit", text))
    return NotHeld(names("visit", visit), day_of(until))


def _held(text: str, names: _Names) -> Change:
    visit, day = _split(text)
    return HeldOn(names("visit", visit), day_of(day))


def _meeting(text: str, names: _Names) -> Change:
    cooperative, days = _split(text)
    day, equals, instead = days.partition("=")
    return BoardMeets(names("cooperative", cooperative), day_of(day), day_of(instead) if equals else None)


def _no_meeting(text: str, names: _Names) -> Change:
    cooperative, day = _split(text)
    return NoMeeting(names("cooperative", cooperative), day_of(day))


def _slips(text: str, names: _Names) -> Change:
    issue, day = _split(text)
    return ContentLate(names("issue", issue), day_of(day))


_READERS: dict[str, Callable[[str, _Names], Change]] = {
    "--absent": _absent,
    "--leaves": _leaves,
    "--closed": _closed,
    "--cars": _cars,
    "--car-away": _car_away,
    "--urgent": _urgent,
    "--new": _urgent,
    "--missed": _missed,
    "--held": _held,
    "--meeting": _meeting,
    "--no-meeting": _no_meeting,
    "--slips": _slips,
}
