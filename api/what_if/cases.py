"""An office, and changed copies of it. Nothing is solved before a plan is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from api.what_if import shelf
from models.faults import Fault, InvalidInput
from models.intake.book import OfficeBook, make_book
from models.intake.folder import read_folder
from models.intake.reading import read_office
from models.office import Office
from models.plan import Plan
from models.problem import Problem
from optimizer.comparing.cases import with_absences, with_cars, with_officers, with_prices
from optimizer.params import Params
from optimizer.solving import solve
from optimizer.stopping import TimeLimit

#: the case of each problem that a plan was made of here, by the problem's hash
_MADE: dict[str, Case] = {}

Dates = str | dt.date | Sequence[str | dt.date]


def load(path: str | Path) -> Case:
    """The office in a folder or workbook, as it is.

    Raises:
        InvalidInput: with every fault found.
    """
    return Case(Path(path), {})


def case_of(plan: Plan) -> Case:
    """The case that :meth:`Case.plan` made a plan of.

    Raises:
        InvalidInput: it was not made in this session.
    """
    made = _MADE.get(plan.record.problem_hash) if plan.record else None
    if made is None:
        remedy = "Give the case itself, or a plan that its plan() made here."
        raise InvalidInput([Fault("plan-foreign", "compare", "Nobody here knows what the plan was made of.", remedy)])
    return made


class Case:
    """An office with some ``changes``; equal cases have equal problems and share their plans."""

    def __init__(self, path: Path, changes: Mapping[str, Any]) -> None:
        self.path = path
        self.changes = dict(changes)
        if not changes:
            read_office(path)  # what is wrong is told at once, not when a plan is asked for

    def what_if(
        self,
        *,
        officers: int | None = None,
        cars: int | Mapping[str, int] | None = None,
        start: str | dt.date | None = None,
        end: str | dt.date | None = None,
        prices: Mapping[str, float] | None = None,
        absent: Mapping[str, Dates] | None = None,
    ) -> Case:
        """This case with more changes on top; a change of the same kind takes the place of the one before.

        Args:
            officers: so many officers; the last ones go, or copies of the first ones come.
            cars: so many cars at every office, or at those named.
            start: the horizon begins on this day; visits are laid out anew.
            end: the horizon ends on this day.
            prices: baht for any of the prices; those of several cases add up.
            absent: for each officer named, dates or ranges ``2012-09-03..2012-09-07``; those of several cases add up.
        """
        given: dict[str, Any] = {
            "officers": officers,
            "cars": cars,
            "start": start,
            "end": end,
            "prices": prices,
            "absent": absent,
        }
        changes = dict(self.changes)
        for key, value in given.items():
            if value is None:
                continue
            if key in ("prices", "absent"):
                changes[key] = {**changes.get(key, {}), **dict(value)}
            else:
                changes[key] = value
        return Case(self.path, changes)

    @property
    def name(self) -> str:
        """The changes in short; "as it is" without any."""
        return ", ".join(f"{key}={_short(value)}" for key, value in self.changes.items()) or "as it is"

    @cached_property
    def book(self) -> OfficeBook:
        """The office and its problem, without the changes that concern the problem alone.

        Raises:
            InvalidInput: a change cannot be made.
        """
        start, end = self.changes.get("start"), self.changes.get("end")
        if start is None and end is None:
            return read_office(self.path)
        if not self.path.is_dir():
            fault = Fault("option-value", "what_if, start", "The office is a workbook.", "Change its horizon there.")
            raise InvalidInput([fault])
        sources = read_folder(self.path)
        horizon = dict((sources.settings or {}).get("horizon", {}))
        horizon |= {key: _date(value) for key, value in (("first", start), ("last", end)) if value is not None}
        sources.settings = {**(sources.settings or {}), "horizon": horizon}
        return make_book(sources)

    @property
    def office(self) -> Office:
        """Names and places."""
        return self.book.office

    @cached_property
    def problem(self) -> Problem:
        """The problem with every change.

        Raises:
            InvalidInput: a change cannot be made.
        """
        problem = self.book.problem
        changes = self.changes
        if "officers" in changes:
            problem = with_officers(problem, changes["officers"])
        if "cars" in changes:
            problem = with_cars(problem, changes["cars"])
        if "prices" in changes:
            problem = with_prices(problem, changes["prices"])
        if "absent" in changes:
            days = {name: _days(value, problem) for name, value in changes["absent"].items()}
            problem = with_absences(problem, days)
        return problem

    def plan(self, seconds: float = 10.0, seed: int = 1) -> Plan:
        """A plan of this case; one that was made before under the same limit and seed is there at once."""
        params = Params(seed=seed)
        found = shelf.known(self.problem, params, seconds)
        if found is None:
            found = solve(self.problem, params, TimeLimit(seconds))
            shelf.keep(self.problem, params, seconds, found)
        _MADE[self.problem.hash] = self
        return found

    def __repr__(self) -> str:
        return f"Case({self.path.name}: {self.name})"


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key}:{_short(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "+".join(map(_short, value))
    return str(value)


def _date(value: str | dt.date) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value.strip())
    except ValueError:
        fault = Fault("option-value", "what_if", f"{value!r} is not a date.", "Write it YYYY-MM-DD.")
        raise InvalidInput([fault]) from None


def _days(value: Dates, problem: Problem) -> list[dt.date]:
    """The workdays among dates and ranges."""
    wanted: list[dt.date] = []
    for one in [value] if isinstance(value, str | dt.date) else value:
        first, dots, last = one.partition("..") if isinstance(one, str) else (one, "", one)
        begin, finish = _date(first), _date(last if dots else first)
        wanted += [day for day in problem.workdays if begin <= day <= finish]
    return wanted
