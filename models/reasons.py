"""Why a visit is left out of a plan: a code, the facts, and the sentence that a plan file carries.

A plan holds a reason as text, ``code: sentence``. The sentence is a template that is filled in, ids in backticks, so
that what :class:`str` makes of a reason can be read back by :func:`read_reason`, and said in another language with
names for ids: the text of the plan stays the only place where the reason stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from typing import Final


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The days that a visit may fall on: ``days`` of the workdays from ``first`` to ``last``, or (None) all of them."""

    first: dt.date
    last: dt.date
    days: int | None = None

    @property
    def form(self) -> str:
        """The one of :data:`SPANS` that says it."""
        if self.first == self.last:
            return "one"
        return "every" if self.days is None else "some"


@dataclass(frozen=True, slots=True)
class Share:
    """What stands against a visit on ``days`` of its possible days; ``form`` is one of :data:`SHARES`."""

    form: str
    days: int
    facts: Mapping[str, str] = field(default_factory=dict)


Fact = str | dt.date | dt.time | int | DaySpan | tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit is left out; ``form`` is one of :data:`FORMS`, and ``facts`` fill in its sentence; text is an id."""

    form: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """What the plan file has before the colon: one code may have several forms."""
        return FORMS[self.form][0]

    def __str__(self) -> str:
        code, sentence = FORMS[self.form]
        return f"{code}: {sentence.format(**{name: _written(fact) for name, fact in self.facts.items()})}"


#: form -> (code, sentence); the order is that of reading, the longer one first where one begins like another
FORMS: Final[dict[str, tuple[str, str]]] = {
    "no-day-with-partner": (
        "no-day",
        "no workday from {first} to {last} on which {cooperative} can be visited and {partner} is free",
    ),
    "no-day": ("no-day", "no workday from {first} to {last} on which {cooperative} can be visited"),
    "no-day-left": ("no-day", "its last possible day, {last}, lies before {first}"),
    "no-rhythm": (
        "no-rhythm",
        "no rhythm of the cooperative has room for all of its visits together beside the rest of the plan",
    ),
    "no-officer-at-all": ("no-officer", "{office} has no officers"),
    "all-barred": ("no-officer", "every officer of {office} is barred from {cooperative}"),
    "no-topic-anywhere": ("no-officer", "no officer has topic {topic}"),
    "no-topic-at-all": ("no-officer", "no officer of {office} has topic {topic}"),
    "too-few-officers": ("crew-too-large", "it wants {number} officers, more than {office} can send in one car"),
    "crew-too-large": ("crew-too-large", "its topics take more officers than the {number} seats of a car"),
    "too-heavy": ("too-heavy", "its load is above what a car can carry"),
    "no-time": (
        "no-time",
        "the drive there and back, the visit in its hours and the break do not fit into one day",
    ),
    "not-there-in-time": ("not-in-time", "nobody can begin it before {arrive}, and it has to begin by {until}"),
    "not-back-in-time": (
        "not-in-time",
        "it may begin at {begin} at the earliest, and has to begin by {until} for its crew to be back in time",
    ),
    "gap": ("gap", "other visits of the cooperative are too near {span}"),
    "partner-full": ("partner-full", "{partner} has no visit left to give {span}"),
    "no-car": ("no-car", "no car is free {span}, and no tour that is out can take it in while the rest stays"),
    "no-car-untried": (
        "no-car",
        "no car is free {span}, and whether a tour could take it in was not tried",
    ),
    "no-car-there": ("no-car", "no car is there {span}"),
    "no-car-takes-it": ("no-car", "no car that is there {span} carries its load"),
    "no-officer-there": ("no-officer", "no officer who may ride to it is there {span}"),
    "all-busy": ("no-officer", "everybody is busy {span} for a part of the day that leaves no time for it"),
    "no-topic-there": ("no-officer", "no officer with topic {topic} is there {span}"),
    "no-crew-there": (
        "no-officer",
        "those who are there {span} are too few, or do not cover its topics in one car",
    ),
    "no-lead": ("no-officer", "nobody may lead its cooperative {span}"),
    "no-topic-untried": (
        "no-officer",
        "no officer with topic {topic} is free {span}, and whether a tour could take it in was not tried",
    ),
    "no-officer-untried": (
        "no-officer",
        "no officer is free {span}, and whether a tour could take it in was not tried",
    ),
    "no-crew-untried": (
        "no-officer",
        "those who are free {span} are too few, or do not cover its topics in one car, and whether a tour could take "
        "it in was not tried",
    ),
    "no-topic": ("no-officer", "no officer with topic {topic} is free {span}"),
    "no-officer": ("no-officer", "no officer is free {span}"),
    "no-crew": ("no-officer", "those who are free {span} are too few, or do not cover its topics in one car"),
    "no-time-left": ("no-time", "no tour {span} has time for it while the rest stays"),
    "by-hand": ("by-hand", "it was left out by hand"),
    "not-held": ("not-held", "it did not take place"),
    "dear": ("dear", "there is room {span}, but no plan with it was found that costs less"),
    "dear-untried": ("dear", "no plan with it {span} was found that costs less"),
    "not-looked-into": (
        "dear",
        "no plan with it was found that costs less, and what stands against it was not looked into",
    ),
    "no-room": ("no-room", "of its {number} possible days from {first} to {last}, {shares}"),
}

#: form of a share -> what stands against the visit on those days
SHARES: Final[dict[str, str]] = {
    "gap": "on {number} another visit of the cooperative is too near",
    "partner-full": "on {number} {partner} has no visit left to give",
    "no-car": "on {number} no car is free, and no tour that is out can take it in while the rest stays",
    "no-car-untried": "on {number} no car is free, and whether a tour could take it in was not tried",
    "no-car-there": "on {number} no car is there",
    "no-car-takes-it": "on {number} no car that is there carries its load",
    "no-officer-there": "on {number} no officer who may ride to it is there",
    "all-busy": "on {number} everybody is busy for a part of the day that leaves no time for it",
    "no-topic-there": "on {number} nobody with topic {topic} is there",
    "no-crew-there": "on {number} those who are there are too few, or do not cover its topics in one car",
    "no-lead": "on {number} nobody may lead its cooperative",
    "no-topic-untried": (
        "on {number} nobody with topic {topic} is free, and whether a tour could take it in was not tried"
    ),
    "no-officer-untried": "on {number} nobody is free, and whether a tour could take it in was not tried",
    "no-crew-untried": (
        "on {number} those who are free are too few, or do not cover its topics in one car, and whether a tour could "
        "take it in was not tried"
    ),
    "no-topic": "on {number} nobody with topic {topic} is free",
    "no-officer": "on {number} nobody is free",
    "no-crew": "on {number} those who are free are too few, or do not cover its topics in one car",
    "no-time-left": "on {number} no tour has time for it while the rest stays",
    "dear": "on {number} there is room, but no plan with it was found that costs less",
    "dear-untried": "on {number} no plan with it was found that costs less",
}

#: form of a span -> how it is said
SPANS: Final[dict[str, str]] = {
    "one": "on {first}",
    "every": "between {first} and {last}",
    "some": "on any of its {number} possible days between {first} and {last}",
}

_DATE, _NUMBER, _TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}", r"[1-9][0-9]{0,5}", r"[0-2][0-9]:[0-5][0-9]"
_TIMES: Final = ("arrive", "begin", "until")
_PATTERNS: Final = {
    "first": _DATE, "last": _DATE, "number": _NUMBER, "span": ".+", "shares": ".+", **dict.fromkeys(_TIMES, _TIME),
}  # fmt: skip
_ID: Final = "`.+`"
#: characters; a longer text is of another hand
_LONGEST: Final = 4000


def read_reason(text: str) -> Reason | None:
    """The reason that was written as ``text``; None where it is of another hand."""
    if len(text) > _LONGEST:
        return None
    code, _, sentence = text.partition(": ")
    for form, (of, template) in FORMS.items():
        if of == code and (found := _pattern(template).fullmatch(sentence)):
            facts = {name: _read(name, value) for name, value in found.groupdict().items()}
            read = {name: fact for name, fact in facts.items() if fact is not None}
            return Reason(form, read) if len(read) == len(facts) else None
    return None


def _written(fact: Fact) -> str:
    if isinstance(fact, tuple):
        return "; ".join(
            SHARES[share.form].format(number=share.days, **{name: _written(id_) for name, id_ in share.facts.items()})
            for share in fact
        )
    if isinstance(fact, DaySpan):
        return SPANS[fact.form].format(first=fact.first, last=fact.last, number=fact.days)
    if isinstance(fact, dt.time):
        return f"{fact:%H:%M}"
    return f"`{fact}`" if isinstance(fact, str) else str(fact)


def _read(name: str, text: str) -> Fact | None:
    """The fact of a field; None where its text is no such fact."""
    if name in ("first", "last"):
        return _date(text)
    if name in _TIMES:
        return _time(text)
    if name == "number":
        return int(text)
    if name == "span":
        return _read_span(text)
    return _read_shares(text) if name == "shares" else text[1:-1]


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _time(text: str) -> dt.time | None:
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        return None


def _read_span(text: str) -> DaySpan | None:
    for template in SPANS.values():
        if found := _pattern(template).fullmatch(text):
            facts = found.groupdict()
            first, last = _date(facts["first"]), _date(facts.get("last", facts["first"]))
            if first is None or last is None:
                return None
            return DaySpan(first, last, int(facts["number"]) if "number" in facts else None)
    return None


def _read_shares(text: str) -> tuple[Share, ...] | None:
    shares = []
    for part in text.split("; "):
        for form, template in SHARES.items():
            if found := _pattern(template).fullmatch(part):
                facts = found.groupdict()
                number = int(facts.pop("number"))
                shares.append(Share(form, number, {name: id_[1:-1] for name, id_ in facts.items()}))
                break
        else:
            return None
    return tuple(shares)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """What a template looks like when its fields are filled in."""
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if name:
            parts.append(f"(?P<{name}>{_PATTERNS.get(name, _ID)})")
    return re.compile("".join(parts), re.DOTALL)
