"""What happened, as written on the command line: ``o09:2012-09-03..2012-09-07`` and the like."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from api.language.helptexts import form as form_in_thai
from api.naming import Gathering, Lookup
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
from models.saying import Said, both

Made = TypeVar("Made")
#: stands for a day that cannot be read
_SOME_DAY = dt.date(2000, 1, 1)
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


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an option with its value, ``where``, says: a change, None where it cannot be read, and what is wrong.

    ``dated``: whether the days of the change can be read; one that cannot stands for some other.
    """

    where: str
    change: Change | None
    faults: tuple[Fault, ...]
    dated: bool


def spoken(written: Mapping[str, Sequence[str]], names: Lookup) -> list[Spoken]:
    """What each option says; what it names may be named by id or by name."""
    found: list[Spoken] = []
    for option, value in ((option, value) for option, texts in written.items() for value in texts):
        where = f"{option} {value}"
        parts = _Parts(names, where)
        change: Change | None = None
        told: list[Fault] = []
        try:
            change = _READERS[option](value, parts)
        except InvalidInput as error:
            told = [_of_option(where, fault) for fault in error.faults]
        except (ValueError, KeyError):
            told = [_unread(option, value)]
        found.append(Spoken(where, change, (*parts.faults, *told), parts.dated))
    return found


def changes_of(written: Mapping[str, Sequence[str]], names: Lookup) -> list[Change]:
    """The changes that the options say.

    Raises:
        InvalidInput: with every option that cannot be read, or names what is not there.
    """
    said = spoken(written, names)
    if faults := [fault for one in said for fault in one.faults]:
        raise InvalidInput(dict.fromkeys(faults))
    return [one.change for one in said if one.change is not None]


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


class _Parts:
    """Reads the parts of what one option says, and keeps the faults of all that name the option with its value.

    A part that cannot be read stands for something readable, so that those after it are read as well.
    """

    def __init__(self, names: Lookup, where: str) -> None:
        self.where = where
        self._names, self._cells = Gathering(names), list[Fault]()

    @property
    def faults(self) -> list[Fault]:
        return [*self._names.faults, *self._cells]

    @property
    def dated(self) -> bool:
        """Whether no day was found that cannot be read."""
        return not self._cells

    def name(self, kind: str, text: str) -> str:
        if not text.strip():
            raise ValueError(text)
        return self._names.find(kind, text, self.where)

    def day(self, text: str) -> dt.date:
        return self._read(day_of, text, _SOME_DAY)

    def days(self, text: str) -> tuple[dt.date, dt.date]:
        return self._read(date_range, text, (_SOME_DAY, _SOME_DAY))

    def _read(self, read: Callable[[str], Made], text: str, instead: Made) -> Made:
        try:
            return read(text)
        except CellError as error:
            self._cells.append(Fault("option-value", self.where, error.cause, error.remedy))
            return instead


def told_by_option(
    written: Mapping[str, Sequence[str]], make: Callable[[], Made], pinned: Sequence[str] | None = None
) -> Made:
    """What ``make`` makes of the changes; its faults name the option and its value where they name a change.

    ``pinned``: as the visits to pin were written, in the command that has options for them and for the days; None in
    one that has neither.

    Raises:
        InvalidInput: from ``make``.
    """
    try:
        return make()
    except InvalidInput as error:
        places = [f"{option} {value}" for option, texts in written.items() for value in texts]
        raise InvalidInput(at_options(error.faults, places, pinned)) from None


def at_options(faults: Iterable[Fault], places: Sequence[str], pinned: Sequence[str] | None) -> Iterator[Fault]:
    """The faults at their options: at the ``places`` of the changes, in their order, and of pins and days."""
    said = {f"changes[{number}]": place for number, place in enumerate(places)}
    if pinned is not None:
        said |= {f"pins[{number}]": f"--pin {value}" for number, value in enumerate(pinned)}
        said |= {"today": "--today", "begins": "--begins"}
    return (replace(fault, where=said.get(fault.where.partition(".")[0], fault.where)) for fault in faults)


def _split(text: str) -> tuple[str, str]:
    """An id, which may hold colons itself, and what follows its last colon."""
    id_, colon, rest = text.rpartition(":")
    if not colon or not id_:
        raise ValueError(text)
    return id_, rest


def _absent(text: str, parts: _Parts) -> Change:
    officer, days = _split(text)
    return Absence(parts.name("officer", officer), *parts.days(days))


def _leaves(text: str, parts: _Parts) -> Change:
    officer, day = _split(text)
    return Departure(parts.name("officer", officer), parts.day(day))


def _closed(text: str, parts: _Parts) -> Change:
    cooperative, days = _split(text)
    return Closure(parts.name("cooperative", cooperative), *parts.days(days))


def _cars(text: str, parts: _Parts) -> Change:
    office, rest = _split(text)
    days, equals, number = rest.partition("=")
    if not equals:
        raise ValueError(text)
    return FewerCars(parts.name("office", office), *parts.days(days), int(number))


def _car_away(text: str, parts: _Parts) -> Change:
    car, days = _split(text)
    return CarAway(parts.name("car", car), *parts.days(days))


def _urgent(text: str, parts: _Parts) -> Change:
    head, (minutes, *rest) = _minutes(text.split(":"))
    cooperative = parts.name("cooperative", head)
    more = {name: _KEYS[name](value, parts) for name, value in _by_name(rest, parts.where).items()}
    return UrgentVisit(cooperative, float(minutes), **more)


def _by_name(rest: Sequence[str], where: str) -> dict[str, str]:
    """What follows the minutes of an urgent visit, by name: due and topics may stand without theirs, at the front.

    Raises:
        InvalidInput: one comes twice, or one without a name too late.
    """
    found: dict[str, str] = {}
    unnamed, named = ["due", "topics"], False
    for one in rest:
        name, equals, value = one.partition("=")
        name = name.strip().casefold()
        if equals:
            named = True
        elif named:
            cause = both("{part} has no name, and follows a part that has one.",
                         "{part} ไม่มีชื่อ แต่ตามหลังส่วนที่มีชื่อ", part=repr(one))  # fmt: skip
            remedy = both("Put it before that, or name it; words hold no colon.",
                          "ย้ายไปไว้ก่อนหน้า หรือใส่ชื่อ ข้อความต้องไม่มีเครื่องหมาย :")  # fmt: skip
            raise InvalidInput([Fault("option-value", where, cause, remedy)])
        elif one and unnamed:
            name, value = unnamed.pop(0), one
        elif unnamed:
            del unnamed[0]
            continue
        if name not in _KEYS:
            raise ValueError(one)
        if name in found:
            cause = both("It says {name} twice.", "ระบุ {name} สองครั้ง", name=name)
            raise InvalidInput([Fault("option-value", where, cause, both("Say it once.", "ระบุครั้งเดียว"))])
        found[name] = value
    return found


#: what an urgent visit says by name
_KEYS: dict[str, Callable[[str, _Parts], Any]] = {
    "due": lambda text, parts: parts.day(text),
    "topics": lambda text, parts: tuple(parts.name("topic", topic) for topic in text.split("+") if topic),
    "priority": lambda text, parts: int(text),
    "partner": lambda text, parts: parts.name("partner", text),
    "subject": lambda text, parts: text,
}


def _minutes(parts: list[str]) -> tuple[str, list[str]]:
    """The cooperative, whose name may hold colons, and what follows from the minutes on."""
    for number in range(1, len(parts)):
        if re.fullmatch(r"\d+(\.\d+)?", parts[number].strip()):
            return ":".join(parts[:number]), parts[number:]
    raise ValueError(":".join(parts))


def _missed(text: str, parts: _Parts) -> Change:
    visit, colon, until = text.rpartition(":")
    if not colon:
        return NotHeld(parts.name("visit", text))
    return NotHeld(parts.name("visit", visit), parts.day(until))


def _held(text: str, parts: _Parts) -> Change:
    visit, day = _split(text)
    return HeldOn(parts.name("visit", visit), parts.day(day))


def _meeting(text: str, parts: _Parts) -> Change:
    cooperative, days = _split(text)
    day, equals, instead = days.partition("=")
    return BoardMeets(parts.name("cooperative", cooperative), parts.day(day), parts.day(instead) if equals else None)


def _no_meeting(text: str, parts: _Parts) -> Change:
    cooperative, day = _split(text)
    return NoMeeting(parts.name("cooperative", cooperative), parts.day(day))


def _slips(text: str, parts: _Parts) -> Change:
    issue, day = _split(text)
    return ContentLate(parts.name("issue", issue), parts.day(day))


_READERS: dict[str, Callable[[str, _Parts], Change]] = {
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
